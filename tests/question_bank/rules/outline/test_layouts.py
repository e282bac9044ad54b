"""The same plan in other dresses: wrapped, single-spaced, Markdown, other separators, other systems of numbers."""

import re
import textwrap

import pytest

from question_bank.rules import outline
from question_bank.rules.outline import NodeWarning
from tests.question_bank.rules.outline.checks import assert_invariants, assert_same_tree, sample

PLAIN = outline.parse(sample())
NUMBERED = re.compile(r"(?m)^([IVX]+|[\d.]+)- (.*)$")


def wrapped(text: str, width: int) -> str:
    lines = (textwrap.wrap(line, width, break_on_hyphens=False) or [""] for line in text.split("\n"))
    return "\n".join("\n".join(parts) for parts in lines)


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_text_wrapped_at_a_column(width: int) -> None:
    document = outline.parse(wrapped(sample(), width))
    assert_invariants(document)
    assert_same_tree(document, PLAIN)
    assert len(document.preamble) == 2


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\ufeff" + text,
        lambda text: re.sub(r"(?m)^(?=\S)", "   ", text),
        lambda text: re.sub(r"\n\s*\n+", "\n", text),
        lambda text: re.sub(r"\n", "\n\n", text),
        lambda text: wrapped(re.sub(r"\n\s*\n+", "\n", text), 72),
    ],
    ids=["crlf", "nbsp", "bom", "indented", "single-spaced", "double-spaced", "single-spaced and wrapped"],
)
def test_other_white_space(dress: object) -> None:
    assert callable(dress)
    document = outline.parse(dress(sample()))
    assert_invariants(document)
    assert_same_tree(document, PLAIN)


@pytest.mark.parametrize(
    "form",
    [
        r"\1– \2",
        r"\1 - \2",
        r"\1. \2",
        r"\1) \2",
        r"\1/ \2",
        r"\1: \2",
        r"\1.\2",
        r"\1\\. \2",
        r"**\1. **\2",
        r"**\1.** \2",
        r"**\1. \2**",
        r"## \1. \2",
        r"\1\\- \2",
        r"__\1. \2__",
    ],
)
def test_other_separators(form: str) -> None:
    document = outline.parse(NUMBERED.sub(form, sample()))
    assert_invariants(document)
    assert [node.key for node in document.nodes] == [node.key for node in PLAIN.nodes]
    assert [node.title for node in document.nodes] == [node.title for node in PLAIN.nodes]


@pytest.mark.parametrize("bullet", ["–", "•", "*", "\\-"])
def test_other_bullets(bullet: str) -> None:
    document = outline.parse(re.sub(r"(?m)^-(?= )", lambda _: bullet, sample()))
    assert_invariants(document)
    assert [node.key for node in document.nodes] == [node.key for node in PLAIN.nodes]
    assert len(document.recipients) == 3


def rows(text: str) -> list[tuple[str, str, str]]:
    document = outline.parse(textwrap.dedent(text))
    assert_invariants(document)
    return [(node.key, node.kind.value, node.title) for node in document.nodes]


def test_chapters_articles_clauses_and_points() -> None:
    assert rows(
        """\
        ĐOÀN XÃ MẪU

        QUY CHẾ
        Quản lý tủ sách

        Chương I
        QUY ĐỊNH CHUNG

        Điều 1. Phạm vi
        1. Quy chế này áp dụng cho tủ sách.
        2. Người giữ sách:
        a) nhận sách;
        b) ghi sổ.
        Điều 2. Giải thích
        Sách là tài sản chung.

        Chương II
        MƯỢN SÁCH

        Điều 3. Thời hạn
        1. Mười ngày.
        """
    ) == [
        ("I", "section", "QUY ĐỊNH CHUNG"),
        ("I.1", "group", "Phạm vi"),
        ("I.1.1", "item", "Quy chế này áp dụng cho tủ sách"),
        ("I.1.2", "item", "Người giữ sách"),
        ("I.1.2/b1", "bullet", "nhận sách"),
        ("I.1.2/b2", "bullet", "ghi sổ"),
        ("I.2", "group", "Giải thích"),
        ("I.2/p1", "paragraph", "Sách là tài sản chung"),
        ("II", "section", "MƯỢN SÁCH"),
        ("II.3", "group", "Thời hạn"),
        ("II.3.1", "item", "Mười ngày"),
    ]


def test_articles_without_chapters_stand_at_the_top() -> None:
    text = "QUY CHẾ\n\nĐiều 1. Phạm vi\n\n1. Cho tủ sách.\n\nĐiều 2. Thời hạn\n\n1. Mười ngày.\n"
    assert [key for key, _, _ in rows(text)] == ["1", "1.1", "2", "2.1"]


def test_letters_under_a_group_are_items_and_may_hold_bullets() -> None:
    text = "I. MỘT\n\n1. Nhóm\n\na) việc nhỏ\n\n- gạch\n\nb) việc khác\n\n2. Nhóm nữa\n\na) lại từ đầu\n"
    assert [key for key, _, _ in rows(text)] == ["I", "I.1", "I.1.a", "I.1.a/b1", "I.1.b", "I.2", "I.2.a"]


def test_a_numbered_list_inside_an_item_is_no_group() -> None:
    text = "I. MỘT\n\n1. Nhóm\n\n1.1. Mục:\n\n1) ý này;\n\n2) ý kia.\n\n1.2. Mục nữa.\n\n2. Nhóm hai\n"
    assert [key for key, _, _ in rows(text)] == ["I", "I.1", "I.1.1", "I.1.1/b1", "I.1.1/b2", "I.1.2", "I.2"]


def test_deeper_numbers_are_bullets_of_their_item() -> None:
    text = "I- MỘT\n\n1- Nhóm\n\n1.1- Mục:\n\n1.1.1- Ý một.\n\n1.1.2- Ý hai.\n"
    assert [(key, kind) for key, kind, _ in rows(text)][3:] == [
        ("I.1.1/b1", "bullet"),
        ("I.1.1/b2", "bullet"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "V.I. Lênin viết như vậy.",
        "C. Mác viết như vậy.",
        "05-CT/TW của Bộ Chính trị.",
        "22-10-2018 là ngày ban hành.",
        "2045 là năm đích.",
        "3- 5 ngày một lần.",
        "1945. Mùa thu.",
        "Mục II nêu điều này.",
    ],
)
def test_what_only_looks_like_a_number_is_a_paragraph(line: str) -> None:
    found = rows(f"I- MỘT\n\n1- Nhóm.\n\n{line}\n\n2- Nhóm hai\n")
    assert [(key, kind) for key, kind, _ in found] == [
        ("I", "section"),
        ("I.1", "group"),
        ("I.1/p1", "paragraph"),
        ("I.2", "group"),
    ]


@pytest.mark.parametrize("rest", ["XIII. Đồng thời làm tốt", "12. Trong năm tới", "2045 theo hướng mới"])
def test_a_sentence_cut_before_a_number_goes_on(rest: str) -> None:
    document = outline.parse(
        f"I- MỘT\n\n1- Nhóm\n\n- Thực hiện nghị quyết đại hội lần thứ\n\n{rest}.\n\n2- Nhóm hai\n"
    )
    assert [node.key for node in document.nodes] == ["I", "I.1", "I.1/b1", "I.2"]
    assert document.nodes[2].text == f"- Thực hiện nghị quyết đại hội lần thứ {rest}."
    assert document.nodes[2].warnings == (NodeWarning.JOINED_BREAK,)


@pytest.mark.parametrize("pair", ["kinh tế - xã hội", "Văn hóa - Thể thao"])
def test_a_dash_that_wrapping_put_first_is_no_bullet(pair: str) -> None:
    wraps = [
        "\n".join(textwrap.wrap(f"- Thúc đẩy phát triển {f'{pair} ' * 30}hết.", width))
        for width in range(55, 75)
    ]
    cut = [text for text in wraps if "\n- " in text]
    assert cut
    for text in cut:
        found = rows(f"I- MỘT\n\n1- Nhóm\n\n{text}\n")
        assert [key for key, _, _ in found] == ["I", "I.1", "I.1/b1"]


def test_odd_numbers_are_kept_and_marked() -> None:
    document = outline.parse("I- MỘT\n\n1- Nhóm.\n\n1- Lặp.\n\n4- Nhảy.\n\n7.1- Lạc.\n\nIII- BA\n\n1- Cuối\n")
    assert_invariants(document)
    marked = {node.key: [warning.value for warning in node.warnings] for node in document.nodes}
    assert marked == {
        "I": [],
        "I.1": [],
        "I.1~2": ["number_repeated"],
        "I.4": ["number_gap"],
        "I.7.1": ["group_missing"],
        "III": ["number_gap"],
        "III.1": [],
    }


def test_the_tree_ends_where_the_body_says_so() -> None:
    document = outline.parse("KẾ HOẠCH\n\nI- MỘT\n\n1- Nhóm\n\n- Làm tốt./.\n\nT/M BAN\n\nTrần Văn Mẫu\n")
    assert document.nodes[-1].key == "I.1/b1"
    assert document.signature is not None
    assert document.signature.text == "T/M BAN Trần Văn Mẫu"


def test_letterhead_and_title_on_the_line_of_the_kind() -> None:
    document = outline.parse(
        "BAN MẪU\nSố: 12-KH/BM\n\n**KẾ HOẠCH đọc sách**\n\nMở đầu.\n\nI. MỘT\n\n1. Nhóm\n"
    )
    assert (document.doc_type, document.title) == ("KẾ HOẠCH", "đọc sách")
    assert [passage.text for passage in document.letterhead] == ["BAN MẪU", "Số: 12-KH/BM"]
    assert [passage.text for passage in document.preamble] == ["Mở đầu."]
