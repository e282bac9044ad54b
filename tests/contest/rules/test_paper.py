from collections import Counter

import pytest

from contest.errors import Refusal
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.paper import PoolItem, arrangement, draw, draw_many

POOL = [PoolItem(number, f"II.{number % 4}", "NB", "single") for number in range(1, 41)]
PLAN = Blueprint((Cell("II.1", 3, points=2), Cell("II", 5)))


def test_a_draw_stays_the_same_for_ever():
    # A published format: the draw of a round must come out again years later.
    assert [place.version_id for place in draw(PLAN, POOL, "tuần 1")] == [21, 33, 29, 23, 6, 39, 15, 4]


def test_another_seed_gives_another_paper():
    papers = {tuple(place.version_id for place in draw(PLAN, POOL, f"seed-{number}")) for number in range(50)}

    assert len(papers) == 50


def test_points_come_from_the_cell():
    assert [(place.cell, place.points) for place in draw(PLAN, POOL, "x")] == [(0, 2)] * 3 + [(1, 1)] * 5


def test_questions_used_less_go_first():
    worn = [
        PoolItem(item.version_id, item.topic, item.level, item.kind, used=item.version_id) for item in POOL
    ]

    assert sorted(place.version_id for place in draw(PLAN, worn, "x")) == [1, 2, 3, 4, 5, 6, 7, 9]


def test_every_question_is_as_likely_as_its_neighbour():
    counts = Counter(
        place.version_id
        for number in range(400)
        for place in draw(Blueprint((Cell("", 4),)), POOL[:8], f"{number}")
    )

    # 200 expected of 400 papers; five standard deviations are 50.
    assert all(150 < counts[item.version_id] < 250 for item in POOL[:8])


def test_papers_of_a_round_do_not_repeat_before_the_pool_is_through():
    papers = draw_many(Blueprint((Cell("", 10),)), POOL, "x", 4)

    assert sorted(place.version_id for paper in papers for place in paper) == list(range(1, 41))


def test_a_pool_too_small_is_refused_with_what_is_missing():
    with pytest.raises(Refusal, match="pool-too-small") as caught:
        draw(Blueprint((Cell("II.1", 11), Cell("II.2", 12))), POOL, "x")

    assert caught.value.facts == {"shortages": [(0, 1), (1, 2)]}


def test_a_version_twice_in_the_pool_is_a_mistake():
    with pytest.raises(ValueError, match="twice"):
        draw(PLAN, [*POOL, POOL[0]], "x")


def test_arrangement_is_an_order_of_all_numbers():
    assert arrangement(5, "any", shuffle=False) == (1, 2, 3, 4, 5)
    assert sorted(arrangement(20, "any", shuffle=True)) == list(range(1, 21))
    assert arrangement(20, "any", shuffle=True) == arrangement(20, "any", shuffle=True)
    assert arrangement(20, "any", shuffle=True) != arrangement(20, "other", shuffle=True)
