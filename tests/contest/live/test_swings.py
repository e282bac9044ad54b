"""What a deed changes on the board."""

from contest.live import swings
from contest.live.modes.base import Total
from contest.live.ranking import Board, Line
from contest.live.state import Floor, State
from contest.live.unit_ranking import UnitBoard, UnitLine


def board(*lines):
    """Lines as (id, rank, points)."""
    made = tuple(Line(rank, id_, f"Người {id_}", "", Total(points, 0, 0)) for id_, rank, points in lines)
    return Board(made, {line.id: index for index, line in enumerate(made)})


def test_only_lines_that_change_are_told_in_the_order_after():
    before = board((1, 1, 30), (2, 2, 20), (3, 3, 10))
    after = board((2, 1, 40), (1, 2, 30), (3, 3, 10))
    found = swings.between(before, after)
    assert [(swing.id, swing.before.rank, swing.after.rank) for swing in found] == [(2, 2, 1), (1, 1, 2)]


def test_points_alone_are_a_change():
    found = swings.between(board((1, 1, 30)), board((1, 1, 25)))
    assert [(swing.before.points, swing.after.points) for swing in found] == [(30, 25)]


def test_a_line_that_comes_or_goes_has_one_side():
    found = swings.between(board((1, 1, 30)), board((2, 1, 5)))
    assert [(swing.id, swing.before is None, swing.after is None) for swing in found] == [
        (2, True, False),
        (1, False, True),
    ]


def test_who_is_back_on_the_floor_is_counted_once():
    before = State(floor=Floor(out={1: 1, 2: 1}, waiting={3: 2}))
    after = State(floor=Floor(out={2: 1}))
    assert swings.back_on_floor(before, after) == 2


def units(*lines):
    """Units as (name, rank, points)."""
    return UnitBoard(tuple(UnitLine(rank, name, 3, Total(points, 0, 0)) for name, rank, points in lines))


def test_units_move_too_however_they_are_written():
    before = units(("Xã A", 1, 3000), ("Xã B", 2, 2000), ("Xã C", 3, 100), ("Xã D", 4, 0))
    after = units(("xã b", 1, 3500), ("Xã A", 2, 3000), ("Xã C", 3, 100), ("Xã E", 4, 0))
    found = [
        (one.name, one.before and one.before.rank, one.after and one.after.rank)
        for one in swings.units_between(before, after)
    ]
    assert found == [("xã b", 2, 1), ("Xã A", 1, 2), ("Xã E", None, 4), ("Xã D", 4, None)]
