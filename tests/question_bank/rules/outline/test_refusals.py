"""A file that is no outline is told what was expected and at which line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import Refusal
from question_bank.rules import outline
from tests.question_bank.rules.outline.checks import assert_invariants


@pytest.mark.parametrize(
    ("text", "expected", "line", "found"),
    [
        ("", "text", 1, ""),
        (" \n\n\u00a0\n", "text", 1, ""),
        ("\nMột bài văn xuôi.\n\nKhông có mục nào.", "section-heading", 2, "Một bài văn xuôi."),
        ("Đi chợ\n\n1. Sữa\n2. Trứng", "section-heading", 3, "1. Sữa"),
        ("KẾ HOẠCH\n\nI- MỤC ĐÍCH\n\nChỉ một đoạn.", "second-heading", 5, "Chỉ một đoạn."),
    ],
)
def test_no_outline(text: str, expected: str, line: int, found: str) -> None:
    with pytest.raises(Refusal, match="not-an-outline") as refused:
        outline.parse(text)
    assert refused.value.facts == {"expected": expected, "line": line, "found": found}


FRAGMENTS = st.sampled_from(
    [
        "I- MỘT",
        "II. HAI",
        "III",
        "1- Nhóm",
        "2) nhóm",
        "1.1- Mục",
        "2.10. Mục",
        "1.1.1- Ý",
        "a) ý",
        "đ) ý",
        "- Gạch",
        "+ cộng",
        "Điều 1. Tên",
        "Chương I",
        "Đoạn văn.",
        "đoạn dở",
        "2045 theo",
        "Nơi nhận:",
        "- Lưu.",
        "./.",
        "KẾ HOẠCH",
        "**đậm**",
        "\\- gạch",
        "*(ghi chú)*",
        "",
        "",
        " ",
        "## IV. BỐN",
        "Cùng cố",
        "x" * 130,
    ]
)


@given(st.lists(FRAGMENTS, max_size=40).map("\n".join) | st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document, refused = outline.parse(text), ""
    except Refusal as refusal:
        document, refused = None, refusal.code
    if document is None:
        assert refused == "not-an-outline"
        return
    assert_invariants(document)
    assert outline.parse(document.source) == document
