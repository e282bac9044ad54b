"""A plan of our own that holds every difficulty we met in official ones."""

import json
import unicodedata
from collections import Counter

from question_bank.rules import outline
from question_bank.rules.outline import NodeWarning
from tests.question_bank.rules.outline.checks import assert_invariants, sample

DOCUMENT = outline.parse(sample())
NODES = {node.key: node for node in DOCUMENT.nodes}

TREE = """
I I/b1 I/b2 I/b3
II II.1 II.1.1 II.1.2
II.2 II.2.1 II.2.2 II.2.3 II.2.4 II.2.5 II.2.6 II.2.7 II.2.8 II.2.9 II.2.10
III III.1 III.1.1 III.1.1/p1 III.1.1/p2 III.1.2 III.2 III.2.1
IV IV.1 IV.1/b1 IV.1/b2 IV.1/b2/b1 IV.1/b2/b2 IV.2 IV.2/p1 IV.3 IV.3/b1
"""


def test_the_tree_has_path_keys_in_document_order() -> None:
    assert [node.key for node in DOCUMENT.nodes] == TREE.split()
    kinds = Counter(node.kind.value for node in DOCUMENT.nodes)
    assert kinds == {"section": 4, "group": 7, "item": 15, "bullet": 8, "paragraph": 3}


def test_the_invariants_hold() -> None:
    assert_invariants(DOCUMENT)


def test_parents_follow_from_keys() -> None:
    parents = {key: NODES[key].parent for key in ("II", "II.2.10", "III.1.1/p2", "IV.2/p1", "IV.1/b2/b1")}
    assert parents == {
        "II": "",
        "II.2.10": "II.2",
        "III.1.1/p2": "III.1.1",
        "IV.2/p1": "IV.2",
        "IV.1/b2/b1": "IV.1/b2",
    }


def test_numbers_are_as_printed() -> None:
    numbers = [NODES[key].number for key in ("II", "II.2", "II.2.10", "I/b1", "IV.1/b2/b1", "IV.2/p1")]
    assert numbers == ["II", "2", "2.10", "-", "+", ""]


def test_sentences_broken_by_a_blank_line_are_joined() -> None:
    joined = {node.key: node.text for node in DOCUMENT.nodes if NodeWarning.JOINED_BREAK in node.warnings}
    assert joined.keys() == {"I/b2", "II.1.2", "IV.2/p1"}
    assert "thực hiện 4 việc trọng tâm, 2 khâu đột phá" in joined["I/b2"]
    assert "đến năm 2035 theo định hướng" in joined["II.1.2"]
    assert "viết, vẽ, quảng bá các tủ sách" in joined["IV.2/p1"]
    assert (NODES["II.1.2"].line_first, NODES["II.1.2"].line_last) == (28, 30)


def test_spans_are_code_points_of_the_stored_text() -> None:
    node = NODES["II.1"]
    assert DOCUMENT.source[node.start : node.end] == "1- Nội dung trọng tâm"
    assert DOCUMENT.source[node.start : node.subtree_end].endswith("các phòng đọc đã mở.")
    assert DOCUMENT.source[NODES["III"].start : NODES["III"].subtree_end].endswith("Triển lãm bìa sách.")


def test_a_note_is_no_part_of_the_title() -> None:
    section = NODES["II"]
    assert (section.title, section.note) == ("NỘI DUNG", "(có phụ lục kèm theo)")
    assert section.text == "II- NỘI DUNG *(có phụ lục kèm theo)*"
    assert section.warnings == (NodeWarning.MARKDOWN_RESIDUE,)


def test_titles_are_first_clauses_of_at_most_120_code_points() -> None:
    assert NODES["II.1.1"].title == "Việc thực hiện Quyết định số 12-QĐ/ĐTN về tủ sách chi đoàn"
    assert NODES["II.2.3"].title == "Giới thiệu sách mới hằng tuần"
    assert NODES["III.2"].title == "Dùng hình thức trực quan"
    assert NODES["IV.3/b1"].title == "Góp sách và giữ sách"
    cut = NODES["I/b2"].title
    assert cut.endswith("trong đó…")
    assert len(cut) <= 120


def test_likely_misprints_are_offered_and_never_applied() -> None:
    node = NODES["II.2.2"]
    assert node.warnings == (NodeWarning.SUSPECTED_TYPO,)
    [correction] = node.corrections
    assert (correction.found, correction.suggested) == ("Cùng cố", "Củng cố")
    assert DOCUMENT.source[correction.start : correction.end] == "Cùng cố"
    assert (node.title[:7], node.display_title[:7]) == ("Cùng cố", "Củng cố")
    assert [(item.found, item.suggested) for item in NODES["IV.1/b1"].corrections] == [
        ("phân bác", "phản bác")
    ]


def test_words_that_only_resemble_a_misprint_are_left_alone() -> None:
    document = outline.parse("I- MỘT\n\n1- Cùng cố gắng\n\n- Cùng\ncố và PHÂN BÁC.\n")
    assert [node.display_title for node in document.nodes] == ["MỘT", "Cùng cố gắng", "Củng cố và PHẢN BÁC"]


def test_what_stands_around_the_tree_is_metadata() -> None:
    assert DOCUMENT.doc_type == "KẾ HOẠCH"
    assert DOCUMENT.title == "Tổ chức phong trào đọc sách trong thanh niên và xây dựng tủ sách cơ sở năm 2031"
    assert [passage.text[:8] for passage in DOCUMENT.preamble] == ["Năm 2031", "Để phong"]
    assert [passage.text for passage in DOCUMENT.recipients] == [
        "- Thường vụ (để báo cáo).",
        "- Các chi đoàn.",
        "- Lưu VP.",
    ]
    assert DOCUMENT.signature is not None
    assert DOCUMENT.signature.text == "**K/T BÍ THƯ PHÓ BÍ THƯ THƯỜNG TRỰC** Trần Văn Mẫu"
    for passage in (*DOCUMENT.preamble, *DOCUMENT.recipients, DOCUMENT.signature):
        assert " ".join(DOCUMENT.source[passage.start : passage.end].split()) == passage.text


def test_the_text_below_a_node() -> None:
    assert "Trang sách mới" in DOCUMENT.subtree_text("III.1")
    assert "Triển lãm" not in DOCUMENT.subtree_text("III.1")
    assert DOCUMENT.subtree_text("V") == ""


def test_the_json_names_every_field() -> None:
    rows = json.loads(json.dumps(outline.as_json(DOCUMENT)))
    assert rows[10] == {
        "order": 11,
        "kind": "item",
        "key": "II.2.2",
        "number": "2.2",
        "parent": "II.2",
        "depth": 3,
        "title": "Cùng cố tủ sách đã có và quy ước mượn, trả",
        "display_title": "Củng cố tủ sách đã có và quy ước mượn, trả",
        "note": "",
        "text": "2.2- Cùng cố tủ sách đã có và quy ước mượn, trả.",
        "start": 1048,
        "end": 1096,
        "subtree_end": 1096,
        "line_first": 36,
        "line_last": 36,
        "warnings": ["suspected_typo"],
        "corrections": [{"found": "Cùng cố", "suggested": "Củng cố", "start": 1053, "end": 1060}],
    }
    assert rows[0]["parent"] is None


def test_decomposed_text_gives_the_same_spans() -> None:
    assert outline.parse(unicodedata.normalize("NFD", sample())) == DOCUMENT
