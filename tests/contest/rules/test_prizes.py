import pytest

from contest.rules.prizes import Award, PrizePlan, Tie, Tier, award

PLAN = PrizePlan(((Tier.FIRST, 1), (Tier.SECOND, 2), (Tier.CONSOLATION, 2)))


def tiers(awards: list[Award]) -> dict[int, str]:
    return {given.entrant_id: given.tier.value for given in awards}


def test_prizes_go_down_the_ranking():
    awards, ties = award([(1, 10), (2, 20), (3, 30), (4, 40), (5, 50), (6, 60)], PLAN)

    assert tiers(awards) == {10: "first", 20: "second", 30: "second", 40: "consolation", 50: "consolation"}
    assert ties == []


def test_people_of_one_rank_get_one_tier_and_the_board_is_told():
    awards, ties = award([(1, 10), (1, 20), (3, 30), (4, 40), (5, 50)], PLAN)

    assert tiers(awards) == {10: "first", 20: "first", 30: "second", 40: "consolation", 50: "consolation"}
    assert ties == [Tie(Tier.FIRST, rank=1, people=2, left=1)]


def test_a_shared_last_rank_is_not_cut():
    awards, ties = award([(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (5, 6), (5, 7)], PLAN)

    assert len(awards) == 7
    assert ties == [Tie(Tier.CONSOLATION, rank=5, people=3, left=1)]


def test_a_tie_within_its_tier_needs_no_decision():
    awards, ties = award([(1, 1), (2, 2), (2, 3)], PLAN)

    assert tiers(awards) == {1: "first", 2: "second", 3: "second"}
    assert ties == []


@pytest.mark.parametrize(("one_a_person", "first"), [(True, 2), (False, 1)])
def test_one_prize_a_person_carries_to_the_next(one_a_person, first):
    plan = PrizePlan(((Tier.FIRST, 1),), one_a_person)

    awards, _ = award([(1, 1), (2, 2)], plan, won_before={1})

    assert tiers(awards) == {first: "first"}


def test_fewer_people_than_prizes():
    assert tiers(award([(1, 1)], PLAN)[0]) == {1: "first"}
    assert award([], PLAN) == ([], [])
    assert award([(1, 1)], PrizePlan()) == ([], [])


def test_the_plan_survives_json():
    plan = PrizePlan(((Tier.FIRST, 1), (Tier.THIRD, 3)), one_a_person=True)

    assert PrizePlan.from_json(plan.as_json()) == plan
    assert PrizePlan.from_json({}) == PrizePlan()
    assert PrizePlan.from_json({"counts": {"second": 0, "first": 2}}) == PrizePlan(((Tier.FIRST, 2),))
