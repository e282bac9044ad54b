"""Names of participants: what is shown of sixty hostile ones, and which two look alike."""

import unicodedata

import pytest

from contest.live.names import LONGEST, MARKS_EACH, clean_name, distinct, skeleton
from question_bank.errors import Refusal
from tests.journeys.hostile_names import NAMES

REFUSED = {"\u200b\ufeff\u202e", "   ", "x" * 41, "Nguyễn " * 300}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_what_is_shown_is_one_line_that_hides_nothing(name: str) -> None:
    try:
        shown = clean_name(name)
    except Refusal:
        assert name in REFUSED
        return
    assert 1 <= len(shown) <= LONGEST
    assert shown == unicodedata.normalize("NFC", shown).strip()
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not set(shown) & set("\u115f\u1160\u3164\uffa0\u2800")
    height = 0
    for char in unicodedata.normalize("NFD", shown):
        height = height + 1 if unicodedata.combining(char) else 0
        assert height <= MARKS_EACH + 2  # those that NFC had joined with their letter
    assert clean_name(shown) == shown


@pytest.mark.parametrize(
    "name", ["", "  ", "\u200b\u200d", "\u3164", "\u2800\u2800", "\uffa0\u115f", "...", "\u202e"]
)
def test_a_name_without_anything_to_see_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="name-empty"):
        clean_name(name)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("An Bình", "\u0410n \u0412\u00ecnh"),  # Cyrillic А and В
        ("HOA", "\u041d\u041e\u0410"),
        ("KIM", "\u039a\u0399\u039c"),  # Greek
        ("Minh 1", "\uff2d\uff49\uff4e\uff48 1"),
        ("Lê Hòa", "LE HOÀ"),
    ],
)
def test_names_that_look_alike_are_told_apart_by_the_seat(first: str, second: str) -> None:
    shown = clean_name(second)
    assert distinct(shown, taken={skeleton(clean_name(first))}, seat=7) == f"{shown} (7)"


def test_names_that_differ_stay_as_they_are() -> None:
    assert distinct("Trần An", taken={skeleton("Trần Anh")}, seat=7) == "Trần An"
