"""One prize a person, however the rounds of a contest are settled, published and amended."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from contest.actions import corrections, rounds, settlement
from contest.errors import Refusal
from contest.models import Paper, Standing
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.rulebook import Rules
from tests.builders import CLOSES, OPENS, at, world

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)
ONE_EACH = PrizePlan(((Tier.FIRST, 1), (Tier.SECOND, 1)), one_a_person=True)


@pytest.fixture
def contest():
    """Two closed rounds in which the same three people come in the same order: An, Bình, Châu."""
    place = world(prizes=ONE_EACH)
    second = rounds.create_round(
        place.contest,
        title="Tuần 2",
        opens_at=OPENS,
        closes_at=CLOSES,
        rules=Rules.from_json(place.round.rules),
    )
    place.second = rounds.announce_round(second, actor=place.chief, now=OPENS - timedelta(hours=1))
    place.first = place.round
    people = [place.entrant(name) for name in ("An", "Bình", "Châu")]
    for round in (place.first, place.second):
        place.round = round
        for right, seconds, person in zip((4, 3, 2), (90, 80, 70), people, strict=True):
            place.finish(person, right=right, now=at(5), seconds=seconds)
    rounds.begin_closing(now=CLOSES)
    return place


def settle(place, round, **keywords):
    return settlement.settle_round(round, actor=place.chief, now=AFTER, **keywords)


def publish(place, round):
    return settlement.publish_round(round, actor=place.chief, now=AFTER)


def won(round):
    """Names of the winners by the newest edition."""
    newest = round.settlements.order_by("-edition")[0]
    rows = newest.standings.exclude(prize="").order_by("position")
    return list(rows.values_list("entrant__name", flat=True))


def prizes_of_everybody(place):
    newest = [round.settlements.order_by("-edition")[0] for round in (place.first, place.second)]
    rows = Standing.objects.filter(settlement__in=newest).exclude(prize="")
    return sorted(rows.values_list("entrant__name", flat=True))


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
def test_nobody_wins_twice_whichever_round_comes_out_first(contest, order):
    early, late = (getattr(contest, name) for name in order)
    for round in (early, late):
        settle(contest, round)
        publish(contest, round)

    assert won(early) == ["An", "Bình"]
    assert won(late) == ["Châu"]


def test_two_rounds_settled_side_by_side_are_not_both_published(contest):
    settle(contest, contest.first)
    settle(contest, contest.second)
    publish(contest, contest.first)

    with pytest.raises(Refusal) as caught:
        publish(contest, contest.second)
    assert caught.value.code == "prizes-out-of-date"

    settle(contest, contest.second)
    publish(contest, contest.second)
    assert prizes_of_everybody(contest) == ["An", "Bình", "Châu"]


def test_a_round_amended_later_takes_no_prize_from_who_has_one(contest):
    for round in (contest.first, contest.second):
        settle(contest, round)
        publish(contest, round)
    # With full points for everybody the quickest is first: Châu, who has won the second round.
    paper = Paper.objects.filter(round=contest.first)[0]
    for item in paper.items[2:]:
        corrections.correct_key(
            contest.first, version_id=item["version"], effect="accept_all", actor=contest.chief, reason="sai đề",
            now=AFTER,
        )  # fmt: skip
    settle(contest, contest.first, reason="sai đề")

    assert contest.first.settlements.last().standings.get(rank=1).entrant.name == "Châu"
    assert won(contest.first) == ["Bình", "An"]
    assert won(contest.second) == ["Châu"]
    assert prizes_of_everybody(contest) == ["An", "Bình", "Châu"]


def test_a_round_verifies_after_another_was_published_and_after_a_correction_is_recorded(contest, capsys):
    settle(contest, contest.second)
    publish(contest, contest.second)
    settle(contest, contest.first)
    publish(contest, contest.first)
    paper = Paper.objects.filter(round=contest.second)[0]
    corrections.correct_key(
        contest.second, version_id=paper.items[0]["version"], effect="void", actor=contest.chief, reason="sai đề",
        now=AFTER,
    )  # fmt: skip

    call_command("verify_result", contest.second.pk)
    call_command("verify_result", contest.first.pk)

    assert capsys.readouterr().out.count("identical") == 2


def test_rules_without_the_clause_let_a_person_win_in_every_round(contest):
    for round in (contest.first, contest.second):
        round.rules["prizes"]["one_a_person"] = False
        round.save()
        settle(contest, round)
        publish(contest, round)

    assert prizes_of_everybody(contest) == ["An", "An", "Bình", "Bình"]
