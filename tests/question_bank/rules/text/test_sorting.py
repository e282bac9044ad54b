"""Vietnamese order of words and people."""

import random

from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules.text import given_name, name_sort_key, sort_key

WORDS = [
    "An",
    "Àn",
    "Ản",
    "Ãn",
    "Án",
    "Ạn",
    "Anh",
    "Ánh",
    "Ăn",
    "Ân",
    "Bình",
    "Chi",
    "Dung",
    "Đào",
    "Em",
    "Ém",
    "Êm",
    "Oanh",
    "Ôn",
    "Ơn",
    "Phú",
    "Uyên",
    "Ưng",
    "Vân",
    "Xuân",
    "Yến",
]
PEOPLE = [
    "Bùi Anh An",
    "Bùi Thị An",
    "Nguyễn Văn An",
    "Trần An",
    "Lê Thị Ánh",
    "Đỗ Bình",
    "Cao Văn Đạt",
    "Hoàng Yến",
]


def shuffled(values: list[str]) -> list[str]:
    return random.Random(7).sample(values, len(values))


def test_words_sort_by_letters_then_tones() -> None:
    assert sorted(shuffled(WORDS), key=sort_key) == WORDS


def test_a_syllable_is_settled_before_the_next_one() -> None:
    names = ["Ba Bể", "Ba Vì", "Bà Nà", "Bà Rịa", "Bắc Hà"]
    assert sorted(shuffled(names), key=sort_key) == names


def test_numbers_sort_by_value() -> None:
    units = ["Chi đoàn 2", "Chi đoàn 10", "Chi đoàn 10 B", "Chi đoàn A"]
    assert sorted(shuffled(units), key=sort_key) == units


def test_case_and_tone_placement_do_not_count() -> None:
    assert sort_key("HÒA") == sort_key("hoà")


def test_people_sort_by_given_name_then_family_name() -> None:
    assert sorted(shuffled(PEOPLE), key=name_sort_key) == PEOPLE


def test_the_given_name_is_the_last_word() -> None:
    assert given_name(" Nguyễn  Thị Hoà ") == "Hoà"
    assert given_name("H'Hen") == "H'Hen"


@given(st.text())
def test_a_key_is_digits_only_so_that_every_collation_agrees(value: str) -> None:
    assert all(char in "0123456789" for char in sort_key(value) + name_sort_key(value))
