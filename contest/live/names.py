"""Names of participants: what may stand on a projector, and which two look alike."""

import unicodedata
from functools import lru_cache
from itertools import chain, count

from contest.errors import Refusal
from question_bank.rules.text import clean_line, fold

LONGEST = 40
# Letters of other scripts that look like Latin ones, in lower case; whichever case looks alike.
ALIKE = str.maketrans(
    "авекмнорстухіјѕһԁԛԝ" + "αβεζηικμνορτυχ",
    "abekmhopctyxijshdqw" + "abezhikmnoptyx",
)
# Letters, signs and marks that show nothing: fillers, the empty braille cell, joiners, variation selectors.
UNSEEN = frozenset(
    "\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
MARKS_EACH = 3  # combining marks on one letter that Vietnamese and others need; more is a tower


def clean_name(text: str) -> str:
    """The name as it is shown: one line in NFC, nothing invisible, at most 40 code points.

    Refusals: `name-empty` (no letter or digit in it), `name-too-long` (`most`).
    """
    name = clean_line(_without_towers(clean_line(text)))
    if not any(char.isalnum() for char in name):
        raise Refusal("name-empty")
    if len(name) > LONGEST:
        raise Refusal("name-too-long", most=LONGEST)
    return name


def clean_unit(text: str) -> str:
    """A unit as it is shown: one line in NFC, nothing invisible; empty without a letter or digit."""
    unit = clean_line(_without_towers(clean_line(text)))
    return unit if any(char.isalnum() for char in unit) else ""


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        if char in UNSEEN:
            continue
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MARKS_EACH and unicodedata.category(char) not in {"Cf", "Cc", "Cs", "Co", "Cn"}:
            kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=16_384)  # with every batch of people who join, the names of the whole hall are asked for
def skeleton(name: str) -> str:
    """What two names that look alike have in common: no accents, case or spaces, compatibility forms undone, letters of
    other scripts that look Latin for Latin ones.
    """
    folded = fold(unicodedata.normalize("NFKC", name)).translate(ALIKE)
    return "".join(char for char in folded if char.isalnum())


def distinct(name: str, *, taken: set[str], seat: int) -> str:
    """The name, with the seat number where somebody else's looks the same; never one that looks like a taken one."""
    numbered = (f"{name} ({seat}-{number})" for number in count(2))
    return next(
        shown for shown in chain((name, f"{name} ({seat})"), numbered) if skeleton(shown) not in taken
    )
