"""Names in public lists: masked unless the person agreed to be named."""


def public_name(name: str, *, consented: bool) -> str:
    """The whole name with consent; else family name and initials: "Nguyễn Thị Phương Thảo" -> "Nguyễn T. P. T."."""
    words = name.split()
    if consented or len(words) < 2:
        return name if consented else f"{name[:1]}."
    return " ".join([words[0], *(f"{word[0].upper()}." for word in words[1:])])
