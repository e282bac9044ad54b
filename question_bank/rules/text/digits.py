"""Whole numbers as forms and addresses carry them."""

MOST_DIGITS = 18  # what any column of whole numbers holds


def whole_number(text: str) -> int | None:
    """The number that is written in ASCII digits, at most 18 of them; None for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if plain else None
