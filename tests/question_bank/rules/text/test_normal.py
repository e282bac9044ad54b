"""The stored form of text and the folds for search and quotation."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules import text


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (unicodedata.normalize("NFD", "Đoàn kết"), "Đoàn kết"),
        ("a\u00a0b\u3000c", "a b c"),
        ("\ufeffquảng\u200b bá\u00ad", "quảng bá"),
        ("một\r\nhai\rba\x0cbốn\u2028năm", "một\nhai\nba\nbốn\nnăm"),
        ("ghi\x00chú\x07", "ghichú"),
        ("\ud83d lẻ", " lẻ"),
    ],
)
def test_nfc_gives_the_stored_form(raw: str, stored: str) -> None:
    assert text.nfc(raw) == stored


def test_collapse_leaves_one_line() -> None:
    assert text.nfc(" một \n\n hai\tba ", collapse=True) == "một hai ba" == text.clean_line(" một \n hai\tba")


@given(st.text())
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert text.nfc(text.nfc(raw)) == text.nfc(raw)
    assert text.clean_line(text.clean_line(raw)) == text.clean_line(raw)
    assert text.fold(text.fold(raw)) == text.fold(raw)
    assert text.quote_fold(text.quote_fold(raw)) == text.quote_fold(raw)
    assert text.tone_fold(text.tone_fold(raw)) == text.tone_fold(raw)


@given(st.text())
def test_stored_text_can_be_encoded(raw: str) -> None:
    text.nfc(raw).encode("utf-8")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đảng Cộng sản", "dang cong san"),
        ("MÁC – LÊNIN", "mac - lenin"),
        ("“Đoàn viên”", '"doan vien"'),
        ("Ðường", "duong"),  # an Icelandic eth for Đ
    ],
)
def test_fold_is_for_search(written: str, folded: str) -> None:
    assert text.fold(written) == folded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("khóa", "khoá"),
        ("tọa", "toạ"),
        ("ủy", "uỷ"),
        ("khỏe", "khoẻ"),
        ("HÓA", "HOÁ"),
        ("Thủy", "Thuỷ"),
        ("xóa bỏ, lũy kế", "xoá bỏ, luỹ kế"),
    ],
)
def test_tone_placement_is_folded(old: str, new: str) -> None:
    assert text.tone_fold(old) == text.tone_fold(new) == new


@pytest.mark.parametrize(
    "word", ["hoàn", "của", "mùa", "quý", "qúy", "quả", "khuỷu", "toàn", "giúp", "nguyễn"]
)
def test_other_words_keep_their_tone(word: str) -> None:
    assert text.tone_fold(word) == word


def test_a_quotation_differs_by_writing_only() -> None:
    assert text.quote_fold("Chủ nghĩa Mác – Lênin,\n “tự chuyển hóa”") == text.quote_fold(
        'chủ nghĩa Mác - Lênin, "tự chuyển hoá"'
    )
    assert text.quote_fold("bán") != text.quote_fold("bàn")
