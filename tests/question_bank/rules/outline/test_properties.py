"""Outlines made at random are read back as they were made."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.rules import outline
from question_bank.rules.outline import NodeWarning
from tests.question_bank.rules.outline.checks import assert_invariants

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
# What a sentence may hold without being taken for a heading, and how a blank line may break it.
WORDS = [
    "đọc sách,",
    "thanh niên",
    "kinh tế - xã hội",
    "số 21-KL/TW",
    "(khóa XI, XII)",
    "ngày 22-10-2018",
    "2.10",
]
BREAKS = [" ", " ", "\n\ntrong ", "\n\n2045 ", "\n \n6 "]
SENTENCES = st.sampled_from(
    [
        (f"Việc {word} đọc{gap}{word} mới{end}", gap != " ")
        for word in WORDS
        for gap in BREAKS
        for end in ".;:"
    ]
)
GAPS = st.sampled_from(["\n\n", "\n\n\n", "\n \n"])


@dataclass
class Made:
    """An outline while it is made: its text, and what reading it must give."""

    parts: list[str] = field(default_factory=list)
    nodes: list[tuple[str, str, bool]] = field(default_factory=list)


@st.composite
def outlines(draw: st.DrawFn) -> Made:
    made = Made()
    separator = draw(st.sampled_from("-.)–"))

    def add(key: str, text: str, *, broken: bool = False) -> None:
        made.parts.append(text)
        made.nodes.append((key, " ".join(text.split()), broken))

    def add_leaves(parent: str) -> None:
        leaves = draw(st.sampled_from(["", "", "p", "b", "bb", "ppb"]))
        for place, form in enumerate(leaves):
            words, broken = draw(SENTENCES)
            number = leaves[: place + 1].count(form)
            add(f"{parent}/{form}{number}", f"- {words}" if form == "b" else words, broken=broken)

    for roman in ROMAN[: draw(st.integers(1, 4))]:
        add(roman, f"{roman}{separator} NHÓM VIỆC")
        add_leaves(roman)
        for group in range(1, draw(st.integers(1, 3)) + 1):
            add(f"{roman}.{group}", f"{group}{separator} Nhóm việc")
            add_leaves(f"{roman}.{group}")
            for item in range(1, draw(st.sampled_from([0, 1, 2, 11])) + 1):
                words, broken = draw(SENTENCES)
                add(f"{roman}.{group}.{item}", f"{group}.{item}{separator} {words}", broken=broken)
            add_leaves(made.nodes[-1][0]) if "." in made.nodes[-1][0] and "/" not in made.nodes[-1][
                0
            ] else None
    return made


@settings(max_examples=40)
@given(outlines(), st.data())
def test_what_was_made_is_read(made: Made, data: st.DataObject) -> None:
    text = "KẾ HOẠCH\n\nĐọc sách\n\n" + data.draw(GAPS).join(made.parts)
    document = outline.parse(text)
    assert_invariants(document)
    assert [
        (node.key, node.text, NodeWarning.JOINED_BREAK in node.warnings) for node in document.nodes
    ] == made.nodes


@settings(max_examples=40)
@given(outlines())
def test_reading_the_same_file_again_changes_nothing(made: Made) -> None:
    text = "\n\n".join(made.parts)
    assert outline.diff(outline.parse(text).nodes, outline.parse(f"\n\n{text}\n").nodes).is_empty


@settings(max_examples=40)
@given(outlines(), st.data())
def test_an_edited_file_shows_exactly_what_was_edited(made: Made, data: st.DataObject) -> None:
    old = outline.parse("\n\n".join(made.parts))
    place = data.draw(st.sampled_from(range(len(made.parts))))
    parts = list(made.parts)
    parts[place] += " Thêm một câu."
    change = outline.diff(old.nodes, outline.parse("\n\n".join(parts)).nodes)
    assert [after.key for _, after in change.changed] == [made.nodes[place][0]]
    assert (change.added, change.removed) == ((), ())
