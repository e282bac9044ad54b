"""Which typed answers count as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules.text import answer_fold

SAME = [
    ("Hòa bình", "hoà bình"),
    ("Mác - Lênin", "MÁC–LÊNIN"),
    ("“Búa liềm vàng”", "Búa liềm vàng."),
    ("  nhiều   khoảng trắng ", "nhiều khoảng trắng"),
    ("6", "06"),
    ("6", "sáu"),
    ("6", "VI"),
    ("VII", "7"),
    ("lần thứ VII", "lần thứ bảy"),
    ("lần thứ nhất", "lần thứ 1"),
    ("15", "mười lăm"),
    ("21", "hai mươi mốt"),
    ("105", "một trăm linh năm"),
    ("2022", "hai nghìn không trăm hai mươi hai"),
    ("2.045", "2045"),
    ("năm 2045", "2045"),
    ("22-10-2018", "22/10/2018"),
    ("22-10-2018", "22.10.2018"),
    ("22-10-2018", "ngày 22 tháng 10 năm 2018"),
    ("2/9/2031", "02-09-2031"),
    ("35-NQ/TW", "số 35 - NQ / TW"),
    ("05-CT/TW", "5-ct/tw"),
    ("khóa XI, XII", "khoá 11, 12"),
    ("50 %", "50%"),
]
DIFFERENT = [
    ("bán", "bàn"),
    ("6", "7"),
    ("XI", "XII"),
    ("22-10-2018", "10-22-2018"),
    ("21-KL/TW", "12-KL/TW"),
    ("tư tưởng", "4 tưởng"),
    ("hai trăm năm", "205"),
    ("0,5", "5"),
    ("1,06", "1,6"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_of_writing_are_one_answer(one: str, other: str) -> None:
    assert answer_fold(one, accents=True) == answer_fold(other, accents=True)
    assert answer_fold(one, accents=False) == answer_fold(other, accents=False)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_answers_stay_different(one: str, other: str) -> None:
    assert answer_fold(one, accents=True) != answer_fold(other, accents=True)


def test_accents_may_be_left_out_only_where_allowed() -> None:
    assert answer_fold("đạo đức", accents=False) == answer_fold("dao duc", accents=False)
    assert answer_fold("đạo đức", accents=True) != answer_fold("dao duc", accents=True)
    assert answer_fold("sáu", accents=False) == answer_fold("sau", accents=False) == "6"


WORDS = st.sampled_from(
    [
        "năm",
        "nam",
        "hai",
        "mươi",
        "mười",
        "lăm",
        "thứ",
        "nhất",
        "tư",
        "trăm",
        "nghìn",
        "không",
        "linh",
        "06",
        "2018",
        "22",
        "10",
        "tháng",
        "ngày",
        "số",
        "XII",
        "v",
        "-",
        "/",
        ".",
        ",",
        "“",
        "”",
        "%",
        "hòa",
        "ủy",
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)), st.booleans())
def test_folding_twice_changes_nothing(answer: str, accents: bool) -> None:
    folded = answer_fold(answer, accents=accents)
    assert answer_fold(folded, accents=accents) == folded
