"""Text on its way into a document: cleaned, measured, broken into lines."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.documents.lettering import Lettering, clean

LETTERS = Lettering()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("a\x00b\x1bc\td", "a b c d"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("75\u00a0%", "75\u00a0%"),
        ("Vo\u0300ng", "Vòng"),
        ("z\u0311\u0312\u0313\u0314\u0315y", "z\u0311\u0312y"),
        ("☺\ufe0f\U000e0067", "☺"),
        ("\ud800\ue000a", "a"),
    ],
)
def test_only_what_is_seen_stays(typed, kept):
    assert clean(typed) == kept


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=80), st.integers(20, 200), st.booleans())
def test_every_line_fits_and_nothing_is_lost(text, width, bold):
    lines = LETTERS.wrap(text, width, 9, bold=bold)

    assert all(LETTERS.width(line, 9, bold=bold) <= width + 1e-6 for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


def test_lines_break_at_spaces_and_no_earlier_than_they_must():
    text = "Ban Tổ chức cuộc thi tìm hiểu truyền thống vẻ vang của Đảng bộ"
    lines = LETTERS.wrap(text, 100, 10)

    assert " ".join(lines) == text
    assert all(
        LETTERS.width(f"{line} {after.split()[0]}", 10, bold=False) > 100 for line, after in pairwise(lines)
    )


def test_a_text_on_one_line_is_cut():
    assert LETTERS.cut("Vòng 1\nchung kết", 200, 10) == "Vòng 1 chung kết"
    shown = LETTERS.cut("Vòng chung kết " * 20, 100, 10)
    assert shown.endswith("…")
    assert LETTERS.width(shown, 10, bold=False) <= 100
