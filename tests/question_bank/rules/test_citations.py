"""Whether a quotation stands in its source."""

import pytest

from question_bank.rules.citations import is_topic_key, quote_found

SOURCE = """- Khơi dậy khát vọng phát triển; xây dựng chủ nghĩa Mác - Lênin, những biểu hiện
“tự chuyển hóa” và mở lớp viết, vẽ, quảng

bá các tủ sách."""


@pytest.mark.parametrize(
    "quote",
    [
        "khơi dậy khát vọng",
        "Mác – Lênin",
        'biểu hiện "tự chuyển hoá"',
        "quảng bá các tủ sách",
        "khát vọng … Lênin",
        "khát vọng [...] tủ sách",
        "…mở lớp viết",
    ],
)
def test_quotations_that_stand_there(quote: str) -> None:
    assert quote_found(quote, SOURCE)


@pytest.mark.parametrize(
    "quote", ["khoi day", "khát vọng lớn", "Lênin … khát vọng", "", " … ", "tủ sách…tủ sách"]
)
def test_quotations_that_do_not(quote: str) -> None:
    assert not quote_found(quote, SOURCE)


@pytest.mark.parametrize(
    "key", ["I", "II.2.10", "I/b2", "III.3.1/p2", "II.1.a", "IV.1/b2/b1", "I.1~2.3", "5.1"]
)
def test_topic_keys(key: str) -> None:
    assert is_topic_key(key)


@pytest.mark.parametrize("key", ["", "II.", ".1", "I/x2", "I b2", "I/b", "II..1"])
def test_what_is_no_topic_key(key: str) -> None:
    assert not is_topic_key(key)
