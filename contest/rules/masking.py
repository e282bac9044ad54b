"""Names in public lists: masked unless the person agreed to be named; phones before eyes that need not call.

The masked form keeps the family name, by which neighbours and kin are not told apart, and an initial for every other
word: a person finds the own line, a stranger finds nobody.
"""


def public_name(name: str, *, consented: bool) -> str:
    """The whole name with consent; else family name and initials: "Nguyễn Thị Phương Thảo" is "Nguyễn T. P. T.".

    A single word is a given name and becomes an initial. So does a first word with an apostrophe, the given name of a
    people who put it first: "H'Hen Niê" is "H. N.". Names are expected in NFC.
    """
    words = name.split()
    if consented:
        return " ".join(words)
    if len(words) < 2 or any(mark in words[0] for mark in "'’"):
        return " ".join(_initial(word) for word in words)
    return " ".join([words[0], *(_initial(word) for word in words[1:])])


def _initial(word: str) -> str:
    return f"{word[0].upper()}."


def masked_phone(phone: str) -> str:
    """The first and the last three digits of an E.164 number as people write it: "+84912345678" is "091****678"."""
    digits = local_phone(phone)
    return f"{digits[:3]}****{digits[-3:]}"


def local_phone(phone: str) -> str:
    """An E.164 number with the trunk 0: "+84912345678" is "0912345678"."""
    return f"0{phone.removeprefix('+84')}" if phone.startswith("+84") else phone


def hall_name(name: str, *, seat: int, consented: bool) -> str:
    """The name somebody typed for the hall, as it may stand on a public page.

    People see it on a projector for an evening; the web keeps it for good and everywhere, so it is masked like any
    other name without consent. The seat, which stands beside it, is taken off where it told two alike apart.
    """
    return public_name(name.removesuffix(f" ({seat})"), consented=consented)
