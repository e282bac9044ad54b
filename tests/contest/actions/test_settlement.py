import pytest
from django.core.management import CommandError, call_command

from contest.actions import corrections, rounds, settlement
from contest.errors import Refusal
from contest.models import Attempt, Lot, Paper
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Chain
from tests.builders import CLOSES, at, world

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)


def closed(place):
    rounds.begin_closing(now=CLOSES)
    place.round.refresh_from_db()
    return place.round


def settle(place, **keywords):
    return settlement.settle_round(closed(place), actor=place.chief, now=AFTER, **keywords)


def places(edition):
    return list(edition.standings.values_list("rank", "entrant__name", "points"))


def test_a_round_settles_publishes_and_verifies(capsys):
    place = world(prizes=PrizePlan(((Tier.FIRST, 1), (Tier.CONSOLATION, 1))))
    for name, right, seconds in (("An", 2, 30), ("Bình", 4, 90), ("Châu", 4, 80)):
        place.finish(place.entrant(name), right=right, now=at(5), seconds=seconds)

    edition = settle(place)
    settlement.publish_round(place.round, actor=place.chief, now=AFTER)

    assert places(edition) == [(1, "Châu", 4), (2, "Bình", 4), (3, "An", 2)]
    assert list(edition.standings.values_list("prize", flat=True)) == ["first", "consolation", ""]
    call_command("verify_result", place.round.pk)
    assert "identical" in capsys.readouterr().out


def test_a_tampered_answer_is_noticed():
    place = world()
    attempt = place.finish(place.entrant(), right=1, now=at(5))
    settle(place)
    Attempt.objects.filter(pk=attempt.pk).update(answers={"1": "b", "2": "b", "3": "b", "4": "b"})

    with pytest.raises(CommandError, match="differs"):
        call_command("verify_result", place.round.pk)


def test_settling_waits_for_the_close_and_its_tolerance():
    place = world()

    for now in (at(10), CLOSES, at(days=5, seconds=5)):
        with pytest.raises(Refusal) as caught:
            settlement.settle_round(place.round, actor=place.chief, now=now)
        assert caught.value.code == "round-not-closed"


def test_attempts_left_open_are_closed_at_their_deadline_and_ranked():
    place = world()
    place.start(place.entrant("An"), now=at(5))

    edition = settle(place)

    assert edition.numbers["attempts"] == 1
    assert edition.standings.get().duration_ms == 600_000


def test_the_nearest_prediction_breaks_a_tie_of_points():
    chain = Chain(("points", "prediction_error", "duration", "attempt_id"))
    place = world(prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT), chain=chain)
    for name, right, guess, seconds in (("An", 4, 9, 30), ("Bình", 4, 3, 90), ("Châu", 3, 2, 10)):
        place.finish(place.entrant(name), right=right, now=at(5), seconds=seconds, prediction=guess)

    edition = settle(place)

    assert edition.numbers["truth"] == 2
    assert [name for _, name, _ in places(edition)] == ["Bình", "An", "Châu"]


def test_barred_people_count_nowhere():
    place = world(prediction=PredictionRule(Kind.PEOPLE_PARTICIPATING))
    barred = place.entrant("An")
    place.finish(barred, right=4, now=at(5))
    place.finish(place.entrant("Bình"), right=1, now=at(5))
    barred.barred = "Ban tổ chức"
    barred.save()

    edition = settle(place)

    assert places(edition) == [(1, "Bình", 1)]
    assert edition.numbers["truth"] == 1


def test_people_the_chain_cannot_tell_apart_need_lots():
    place = world(chain=Chain(("points", "lottery")))
    first, second = place.entrant("An"), place.entrant("Bình")
    for entrant in (first, second):
        place.finish(entrant, right=2, now=at(5))

    with pytest.raises(Refusal) as caught:
        settle(place)
    assert caught.value.code == "ranking-undecided"
    for number, entrant in enumerate((second, first), start=1):
        Lot.objects.create(round=place.round, entrant=entrant, place=number, recorded_at=AFTER)

    assert [name for _, name, _ in places(settle(place))] == ["Bình", "An"]


def question_of(place, number):
    paper = Paper.objects.get(round=place.round)
    return paper.items[number - 1]["version"]


def test_accepting_another_answer_keeps_the_former_ranking_and_publishes_the_next():
    place = world()
    place.finish(place.entrant("An"), right=3, now=at(5), seconds=90)
    place.finish(place.entrant("Bình"), right=4, now=at(6), seconds=95)
    first = settle(place)
    settlement.publish_round(place.round, actor=place.chief, now=AFTER)
    corrections.correct_key(
        place.round, version_id=question_of(place, 4), effect="accept", answer="a", actor=place.chief,
        reason="hai phương án đúng", now=AFTER,
    )  # fmt: skip

    second = settlement.settle_round(place.round, actor=place.chief, now=AFTER, reason="hai phương án đúng")

    assert places(first) == [(1, "Bình", 4), (2, "An", 3)]
    assert places(second) == [(1, "An", 4), (2, "Bình", 4)]
    assert (second.edition, second.published_at) == (2, AFTER)
    place.round.refresh_from_db()
    assert place.round.state == "amended"


def test_a_voided_question_gives_everybody_full_marks():
    place = world()
    place.finish(place.entrant("An"), right=0, now=at(5))
    corrections.correct_key(
        place.round,
        version_id=question_of(place, 1),
        effect="void",
        actor=place.chief,
        reason="sai đề",
        now=AFTER,
    )

    assert places(settle(place)) == [(1, "An", 1)]


def test_amending_needs_a_reason_and_publishing_happens_once():
    place = world()
    place.finish(place.entrant(), right=1, now=at(5))
    settle(place)
    settlement.publish_round(place.round, actor=place.chief, now=AFTER)

    for call, code in (
        (lambda: settlement.publish_round(place.round, actor=place.chief, now=AFTER), "round-published"),
        (lambda: settlement.settle_round(place.round, actor=place.chief, now=AFTER), "reason-missing"),
    ):
        with pytest.raises(Refusal) as caught:
            call()
        assert caught.value.code == code
