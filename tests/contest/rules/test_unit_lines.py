import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.unit_lines import Verdict, read

INDENTED = """\
Đoàn xã Đồng Mít; 1.600
  Chi đoàn thôn 1\t42
  Chi đoàn thôn 2
    Tổ 1
Đoàn xã Gò Sim;
"""


def paths(pasted, **keywords):
    return [(line.path, line.members, line.verdict.value) for line in read(pasted, **keywords)]


def test_indented_lines_lie_in_the_line_above():
    assert paths(INDENTED) == [
        (("Đoàn xã Đồng Mít",), 1600, "new"),
        (("Đoàn xã Đồng Mít", "Chi đoàn thôn 1"), 42, "new"),
        (("Đoàn xã Đồng Mít", "Chi đoàn thôn 2"), None, "new"),
        (("Đoàn xã Đồng Mít", "Chi đoàn thôn 2", "Tổ 1"), None, "new"),
        (("Đoàn xã Gò Sim",), None, "new"),
    ]


def test_tabs_and_spaces_indent_alike():
    assert paths("A\n\tB\n    C") == [
        (("A",), None, "new"),
        (("A", "B"), None, "new"),
        (("A", "C"), None, "new"),
    ]


def test_a_path_may_be_written_out():
    assert paths("A > B > C; 7\nA > B") == [(("A", "B", "C"), 7, "new"), (("A", "B"), None, "new")]


def test_what_is_there_and_what_comes_twice_is_told():
    assert [verdict for *_, verdict in paths("A\n  B\nA\n  C", known=[("A",), ("A", "B")])] == [
        "known", "known", "repeated", "new",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pasted", "verdict"),
    [
        ("; 12", Verdict.NAMELESS),
        ("A >  > B", Verdict.NAMELESS),
        ("x" * 201, Verdict.TOO_LONG),
        ("A > B > C > D", Verdict.TOO_DEEP),
        ("A; mười", Verdict.COUNT_MALFORMED),
        ("A; -3", Verdict.COUNT_MALFORMED),
        ("A; 99999999999", Verdict.COUNT_MALFORMED),
        ("A\n    B\n  C", Verdict.MISALIGNED),
    ],
)
def test_what_is_wrong_is_told_at_its_line(pasted, verdict):
    assert read(pasted, most_depth=3)[-1].verdict is verdict


names = st.text(st.sampled_from("ABCĐêữ "), min_size=1, max_size=4).map(str.strip).filter(bool)


@st.composite
def trees(draw):
    """Lines of a well indented tree as (depth, name)."""
    lines, depth = [], -1
    for _ in range(draw(st.integers(1, 12))):
        depth = draw(st.integers(0, min(depth + 1, 5)))
        lines.append((depth, draw(names)))
    return lines


@given(trees(), st.sampled_from(["  ", "\t", "   "]))
def test_both_ways_of_writing_a_tree_read_alike(tree, step):
    indented = read("\n".join(step * depth + name for depth, name in tree))
    written_out = read("\n".join(" > ".join(line.path) for line in indented))

    assert [line.depth for line in indented] == [depth for depth, _ in tree]
    assert [line.path for line in written_out] == [line.path for line in indented]
    assert all(line.verdict in {Verdict.NEW, Verdict.REPEATED} for line in indented)


@given(st.text(max_size=80))
def test_anything_can_be_read(pasted):
    assert all(line.verdict in Verdict for line in read(pasted))
