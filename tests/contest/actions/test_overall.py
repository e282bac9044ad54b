"""The prizes of a whole contest, from their rules to an amended final standing."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from contest.actions import audit, corrections, lots, overall, rounds, settlement
from contest.errors import Refusal
from contest.models import Attempt, Paper, Standing
from contest.queries import overall as queries
from contest.rules.overall import Chain, Terms
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.rulebook import Rules
from tests.builders import CLOSES, OPENS, at, world

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)
ONE = PrizePlan(((Tier.FIRST, 1),), one_a_person=True)
TWO = PrizePlan(((Tier.FIRST, 1), (Tier.SECOND, 1)))


@pytest.fixture
def contest():
    """Two published rounds with a prize each. Points: An 4+1, Bình 3+4, Châu 2+3, Dũng 1 in the second alone."""
    place = world(prizes=ONE)
    second = rounds.create_round(
        place.contest,
        title="Tuần 2",
        opens_at=OPENS,
        closes_at=CLOSES,
        rules=Rules.from_json(place.round.rules),
    )
    place.second = rounds.announce_round(second, actor=place.chief, now=OPENS - timedelta(hours=1))
    place.first = place.round
    people = {name: place.entrant(name) for name in ("An", "Bình", "Châu", "Dũng")}
    for round, rights in ((place.first, (4, 3, 2)), (place.second, (1, 4, 3, 1))):
        place.round = round
        for right, (name, person) in zip(rights, people.items(), strict=False):
            place.finish(person, right=right, now=at(5), seconds=50 if name == "Châu" else 60)
    rounds.begin_closing(now=CLOSES)
    for round in (place.first, place.second):
        settlement.settle_round(round, actor=place.chief, now=AFTER)
        settlement.publish_round(round, actor=place.chief, now=AFTER)
    return place


def plan(place, terms, reason=""):
    overall.set_terms(place.contest, terms, actor=place.chief, now=AFTER, reason=reason)
    place.contest.refresh_from_db()


def settle(place, reason=""):
    return overall.settle_contest(place.contest, actor=place.chief, now=AFTER, reason=reason)


def publish(place):
    return overall.publish_contest_result(place.contest, actor=place.chief, now=AFTER)


def lines(edition):
    rows = edition.standings.order_by("position")
    return list(rows.values_list("rank", "entrant__name", "points", "rounds", "prize"))


def code_of(call, *args, **keywords):
    with pytest.raises(Refusal) as caught:
        call(*args, **keywords)
    return caught.value.code


def amend(place):
    paper = Paper.objects.filter(round=place.second)[0]
    corrections.correct_key(
        place.second, version_id=paper.items[3]["version"], effect="accept_all", actor=place.chief, reason="sai đề",
        now=AFTER,
    )  # fmt: skip
    settlement.settle_round(place.second, actor=place.chief, now=AFTER, reason="sai đề")


def test_points_of_all_rounds_are_added_and_prizes_given(contest, capsys):
    plan(contest, Terms(prizes=TWO))

    edition = settle(contest)
    publish(contest)

    assert lines(edition) == [
        (1, "Bình", 7, 2, "first"),
        (2, "An", 5, 2, "second"),
        (3, "Châu", 5, 2, ""),
        (4, "Dũng", 1, 1, ""),
    ]
    call_command("verify_result", contest=contest.contest.slug)
    assert "4 entrants, identical" in capsys.readouterr().out
    deeds = list(contest.contest.audit.values_list("deed", flat=True))[-3:]
    assert deeds == ["set-contest-prizes", "settle-contest", "publish-contest-result"]
    assert audit.broken_at(contest.contest) is None


def test_who_has_won_a_round_is_passed_over_when_the_rules_say_so(contest):
    plan(contest, Terms(prizes=PrizePlan(TWO.counts, one_a_person=True)))

    prizes = {name: prize for _, name, _, _, prize in lines(settle(contest))}

    # An won the first round, Bình the second.
    assert prizes == {"Bình": "", "An": "", "Châu": "first", "Dũng": "second"}


def test_a_round_settled_again_takes_no_second_prize_from_a_winner_of_the_contest(contest):
    plan(contest, Terms(prizes=PrizePlan(((Tier.FIRST, 1),), one_a_person=True)))
    settle(contest)
    publish(contest)
    paper = Paper.objects.filter(round=contest.second)[0]
    for item in paper.items:
        corrections.correct_key(
            contest.second, version_id=item["version"], effect="accept_all", actor=contest.chief, reason="sai đề",
            now=AFTER,
        )  # fmt: skip
    settlement.settle_round(contest.second, actor=contest.chief, now=AFTER, reason="sai đề")

    # All have full points now: Châu is first by time, then An; both hold prizes elsewhere.
    rows = Standing.objects.filter(settlement=contest.second.settlements.last()).order_by("position")
    assert list(rows.values_list("entrant__name", "prize"))[:3] == [
        ("Châu", ""),
        ("An", ""),
        ("Bình", "first"),
    ]


def test_who_took_part_in_too_few_rounds_is_not_ranked(contest):
    plan(contest, Terms(prizes=TWO, least_rounds=2))

    assert [name for _, name, *_ in lines(settle(contest))] == ["Bình", "An", "Châu"]


def test_amending_a_round_is_noticed_until_the_contest_is_settled_anew(contest, capsys):
    plan(contest, Terms(prizes=TWO))
    first = settle(contest)
    publish(contest)
    assert not queries.out_of_date(first)

    amend(contest)

    assert queries.out_of_date(first)
    call_command("verify_result", contest=contest.contest.slug)
    assert "identical" in capsys.readouterr().out
    assert code_of(settle, contest) == "reason-missing"
    second = settle(contest, reason="điều chỉnh vòng 2")
    assert not queries.out_of_date(second)
    assert (second.edition, second.published_at) == (2, AFTER)
    assert (lines(first)[1][1:3], lines(second)[1][1:3]) == (("An", 5), ("Châu", 6))
    assert contest.contest.audit.last().deed == "amend-contest-result"


def test_a_round_amended_between_settling_and_publishing_stops_the_publication(contest):
    plan(contest, Terms(prizes=TWO))
    settle(contest)
    amend(contest)

    assert code_of(publish, contest) == "overall-out-of-date"
    settle(contest)
    assert publish(contest).edition == 2


def test_what_is_not_ready_is_refused(contest):
    assert code_of(settle, contest) == "overall-unplanned"
    assert code_of(plan, contest, Terms()) == "rules-problems"
    plan(contest, Terms(prizes=TWO))
    assert code_of(publish, contest) == "overall-not-settled"
    assert code_of(plan, contest, Terms(prizes=ONE)) == "reason-missing"
    contest.second.state = "closing"
    contest.second.save()
    assert code_of(settle, contest) == "rounds-unpublished"


def test_rules_change_until_the_result_is_out_and_make_a_settled_one_out_of_date(contest):
    plan(contest, Terms(prizes=TWO))
    edition = settle(contest)
    plan(contest, Terms(prizes=ONE), reason="thiếu kinh phí")
    edition.contest.refresh_from_db()
    assert (queries.version_of(contest.contest), queries.out_of_date(edition)) == (2, True)
    assert edition.terms_version == 1
    settle(contest)
    publish(contest)

    assert code_of(plan, contest, Terms(prizes=TWO), "muộn") == "overall-published"
    assert code_of(publish, contest) == "overall-published"


def test_lots_decide_between_people_who_are_equal(contest):
    plan(contest, Terms(chain=Chain(("points", "lottery")), prizes=TWO))
    with pytest.raises(Refusal) as caught:
        settle(contest)
    assert caught.value.code == "ranking-undecided"
    [group] = caught.value.facts["entrants"]
    receipts = [Attempt.objects.filter(entrant=person).first().receipt for person in reversed(group)]

    lots.record_contest_lots(contest.contest, receipts, actor=contest.chief, now=AFTER)

    assert [name for _, name, *_ in lines(settle(contest))] == ["Bình", "Châu", "An", "Dũng"]


def test_a_changed_row_is_noticed(contest):
    plan(contest, Terms(prizes=TWO))
    settle(contest)
    Standing.objects.filter(settlement__round=contest.second, entrant__name="Dũng").update(points=9)

    with pytest.raises(CommandError, match="differs"):
        call_command("verify_result", contest=contest.contest.slug)


def test_the_sheet_names_its_rules_and_the_sheets_of_the_rounds(contest):
    plan(contest, Terms(prizes=TWO))
    data = json.loads(settle(contest).sheet)

    assert data["terms_version"] == 1
    assert data["terms"]["prizes"]["counts"] == {"first": 1, "second": 1}
    assert sorted(data["rounds"].values()) == sorted(
        round.settlements.get().sheet_hash for round in (contest.first, contest.second)
    )
