import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules import units
from tests.contest.rules import strategies as some


def test_the_line_goes_down_from_the_root():
    assert units.line("3/17/204/") == ["3/", "3/17/", "3/17/204/"]
    assert units.line("") == [""]


def test_the_parent_is_one_step_up():
    assert [units.parent(path) for path in ("3/17/204/", "3/17/", "3/", "")] == ["3/17/", "3/", None, None]


@pytest.mark.parametrize(
    ("path", "root", "inside"),
    [
        ("3/17/", "3/17/", True),
        ("3/17/204/", "3/17/", True),
        ("3/170/", "3/17/", False),
        ("3/", "3/17/", False),
        ("", "3/", False),
        ("3/", "", False),
        ("", "", True),
    ],
)
def test_who_lies_where(path, root, inside):
    assert units.lies_in(path, root) is inside


@pytest.mark.parametrize(
    ("path", "unit", "new_parent", "expected"),
    [
        ("3/17/204/", "3/17/", "5/", "5/17/204/"),
        ("3/17/", "3/17/", "5/", "5/17/"),
        ("3/170/", "3/17/", "5/", "3/170/"),
        ("3/17/204/", "3/17/", "", "17/204/"),
        ("", "3/", "5/", ""),
    ],
)
def test_a_moved_unit_takes_its_subtree_along(path, unit, new_parent, expected):
    assert units.moved(path, unit, new_parent) == expected


def test_no_unit_lies_below_itself():
    with pytest.raises(ValueError, match="below itself"):
        units.moved("3/17/", "3/", "3/17/")


@given(st.data(), some.trees())
def test_moving_a_unit_keeps_the_total(data, own):
    paths = sorted({above for path in own for above in units.line(path)} - {"1/"})
    if not paths:
        return
    unit = data.draw(st.sampled_from(paths))
    homes = sorted(path for path in {"1/", *paths} if not units.lies_in(path, unit))
    new_parent = data.draw(st.sampled_from(homes))

    moved = {units.moved(path, unit, new_parent): numbers for path, numbers in own.items()}

    assert len(moved) == len(own)
    assert units.rolled_up(moved)["1/"] == units.rolled_up(own)["1/"]


def test_sums_reach_every_unit_above():
    own = {"1/2/": [3, 30], "1/2/5/": [1, 10], "1/": [2, 20], "": [7, 70]}

    assert units.rolled_up(own) == {"1/": [6, 60], "1/2/": [4, 40], "1/2/5/": [1, 10], "": [7, 70]}


def test_who_changed_the_unit_counts_in_the_last_one():
    rows = [(1, "1/2/", (1, 10)), (2, "1/2/", (1, 5)), (1, "1/3/", (1, 20))]

    assert units.counted_once(rows) == {"1/3/": [1, 2, 30], "1/2/": [1, 1, 5]}


@pytest.mark.parametrize(
    ("part", "members", "share"), [(1, 3, 333), (0, 3, 0), (5, None, None), (5, 0, None)]
)
def test_share_of_the_members(part, members, share):
    assert units.share_permille(part, members) == share
