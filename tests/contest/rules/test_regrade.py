import pytest

from contest.rules.regrade import Movement, Place, movements

BEFORE = {1: Place(1, 20, "first"), 2: Place(2, 18, "second"), 3: Place(3, 15), 4: Place(4, 10)}


def test_who_stays_is_not_named():
    assert movements(BEFORE, dict(BEFORE)) == []


def test_moves_are_told_in_the_new_order():
    after = {2: Place(1, 20, "first"), 1: Place(2, 20, "second"), 3: Place(3, 15), 5: Place(4, 12)}

    moved = movements(BEFORE, after)

    assert [move.entrant_id for move in moved] == [2, 1, 5, 4]
    assert [move.direction for move in moved] == ["up", "down", "up", "down"]
    assert [move.changes_prize for move in moved] == [True, True, False, False]


@pytest.mark.parametrize(
    ("before", "after", "direction", "prize"),
    [
        (Place(3, 10), Place(3, 12), "same", False),
        (Place(3, 10), Place(3, 10, "third"), "same", True),
        (None, Place(9, 1, "consolation"), "up", True),
        (Place(1, 9, "first"), None, "down", True),
    ],
)
def test_one_move(before, after, direction, prize):
    move = Movement(1, before, after)

    assert (move.direction, move.changes_prize) == (direction, prize)
