"""What an edited plan would change."""

from question_bank.rules import outline
from tests.question_bank.rules.outline.checks import sample


def test_added_changed_and_removed_by_key() -> None:
    text = sample()
    edited = text.replace(
        "2.10- Tổng kết và khen thưởng.", "2.10- Tổng kết và tặng sách.\n\n2.11- Lưu trữ."
    ).replace("- Giữ gìn tủ sách chung; phê bình việc mượn sách không trả.\n", "")
    change = outline.diff(outline.parse(text).nodes, outline.parse(edited).nodes)
    assert [node.key for node in change.added] == ["II.2.11"]
    assert [(before.key, after.text) for before, after in change.changed] == [
        ("II.2.10", "2.10- Tổng kết và tặng sách.")
    ]
    assert [node.key for node in change.removed] == ["I/b3"]
    assert not change.is_empty


def test_moving_lines_is_no_change() -> None:
    moved = outline.parse(sample().replace("\n\n", "\n\n\n"))
    assert outline.diff(outline.parse(sample()).nodes, moved.nodes).is_empty
