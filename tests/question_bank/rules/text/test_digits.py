"""Whole numbers as forms and addresses carry them."""

import pytest

from question_bank.rules.text import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        (" 1", None),
        ("1\x00", None),
        ("²", None),
        ("٣", None),
    ],
)
def test_only_short_rows_of_ascii_digits_are_numbers(text: str, number: int | None) -> None:
    assert whole_number(text) == number
