import pytest

from contest.rules.blueprint import (
    Blueprint,
    Cell,
    Problem,
    Shortage,
    as_json,
    covers,
    from_json,
    problems,
    shortages,
)
from contest.rules.paper import PoolItem


def item(number: int, topic: str, level: str = "NB", kind: str = "single") -> PoolItem:
    return PoolItem(number, topic, level, kind)


@pytest.mark.parametrize(
    ("topic", "key", "inside"),
    [
        ("", "IV.1/b3", True),
        ("II", "II", True),
        ("II", "II.1.1", True),
        ("II", "III", False),
        ("II.1", "II.1.1", True),
        ("II.1", "II.1/b2", True),
        ("II.1", "II.10", False),
        ("II.1.1", "II.1", False),
        ("I", "II", False),
    ],
)
def test_a_topic_covers_its_subtree(topic, key, inside):
    assert covers(topic, key) is inside


def test_a_question_that_fits_two_cells_fills_one():
    # The general cell must leave the only question of II.1 to the cell that needs it.
    plan = Blueprint((Cell("II", 1), Cell("II.1", 1)))

    assert shortages(plan, [item(1, "II.1.1"), item(2, "II.2.1")]) == []
    assert shortages(plan, [item(1, "II.1.1")]) == [Shortage(1, plan.cells[1], missing=1, fitting=1)]


def test_a_shortage_says_how_many_would_fit():
    plan = Blueprint((Cell("I", 3, level="VD"), Cell("II", 2, kind="fill")))
    pool = [
        item(1, "I", "VD"),
        item(2, "I", "NB"),
        item(3, "II", "NB", "fill"),
        item(4, "II.2", "TH", "fill"),
    ]

    assert shortages(plan, pool) == [Shortage(0, plan.cells[0], missing=2, fitting=1)]


def test_a_chain_of_moves_is_found():
    # Each question fits two neighbouring cells; only one assignment fills them all.
    plan = Blueprint(tuple(Cell(topic, 1) for topic in ("", "II", "II.1", "II.1.1")))

    assert shortages(plan, [item(1, "II.1.1"), item(2, "II.1.2"), item(3, "II.2"), item(4, "I")]) == []


def test_a_large_pool_is_checked_quickly():
    plan = Blueprint((Cell("", 60), Cell("II", 60), Cell("II.1", 60, level="NB")))
    pool = [item(number, f"II.{number % 3 + 1}", "NB" if number % 2 else "TH") for number in range(3000)]

    assert shortages(plan, pool) == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ((Cell("I", 5),), []),
        ((), [Problem("blueprint-empty")]),
        ((Cell("I", 201),), [Problem("blueprint-too-long")]),
        ((Cell("I", 1), Cell("I", 0)), [Problem("cell-count", 1)]),
        ((Cell("I", 1, points=0),), [Problem("cell-points", 0)]),
        ((Cell("I", 1, level="hard"),), [Problem("cell-level", 0)]),
        ((Cell("I", 1, kind="essay"),), [Problem("cell-kind", 0)]),
        ((Cell("I", 1), Cell("I", 1)), [Problem("cell-repeated", 1)]),
    ],
)
def test_problems(cells, found):
    assert problems(Blueprint(cells)) == found


def test_sums():
    plan = Blueprint((Cell("I", 3, points=2), Cell("II", 4)))

    assert (plan.count, plan.max_points) == (7, 10)


def test_the_blueprint_survives_json():
    plan = Blueprint((Cell("II.1", 3, 2, "VDC", "match"), Cell("", 4)))

    assert from_json(as_json(plan)) == plan
    assert from_json([{"topic": "I", "count": 2}]) == Blueprint((Cell("I", 2),))
