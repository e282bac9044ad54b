"""A voided attempt stays as it is and counts nowhere."""

import pytest

from contest.actions import attempts, settlement, voiding
from contest.errors import Refusal
from contest.models import Attempt, AuditEntry, BoardBucket, BoardEntry
from contest.rules.attempts import AttemptRule
from tests.builders import CLOSES, at, token_of, world

pytestmark = pytest.mark.django_db
AFTER = CLOSES.replace(hour=23)


def void(place, attempt, *, now, reason="Khai sai người"):
    return voiding.void_attempt(
        place.round, public_id=attempt.public_id, actor=place.chief, reason=reason, now=now
    )


def code_of(call, *arguments, **keywords):
    with pytest.raises(Refusal) as caught:
        call(*arguments, **keywords)
    return caught.value.code


def shown():
    buckets = BoardBucket.objects.exclude(entrants=0).values_list("points", "entrants")
    return list(BoardEntry.objects.values_list("attempt_id", "points")), list(buckets)


def test_the_next_best_attempt_takes_its_place_on_the_board():
    place = world(attempts=AttemptRule(3))
    entrant = place.entrant()
    worse, best = (place.finish(entrant, right=right, now=at(minute)) for right, minute in ((1, 1), (3, 5)))
    assert shown() == ([(best.pk, 3)], [(3, 1)])

    void(place, best, now=at(9))

    assert shown() == ([(worse.pk, 1)], [(1, 1)])
    best.refresh_from_db()
    assert (best.state, best.score, best.receipt is not None) == ("voided", 3, True)
    entry = AuditEntry.objects.get(deed="void-attempt")
    assert (entry.actor, entry.reason, entry.facts["was"]) == (place.chief, "Khai sai người", "submitted")


def test_a_voided_attempt_takes_no_answers_and_was_still_one_of_the_attempts():
    place = world(attempts=AttemptRule(1))
    entrant = place.entrant()
    attempt = place.start(entrant, now=at(1))

    void(place, attempt, now=at(2))

    token, work = token_of(attempt), attempts.Work(1, {"1": "b"})
    assert code_of(attempts.save_answers, token, work, now=at(3)) == "attempt-voided"
    assert attempts.submit_attempt(token, work, now=at(3)).state == "voided"
    assert code_of(place.start, entrant, now=at(4)) == "no-attempts-left"
    assert attempts.expire_attempts(now=at(60)) == 0
    assert Attempt.objects.get().answers == {}


def test_a_published_round_gets_an_edition_without_it_and_keeps_the_former():
    place = world()
    first, second = place.entrant("Trần Thị Nhất"), place.entrant("Lê Văn Nhì")
    winner = place.finish(first, right=4, now=at(1))
    place.finish(second, right=2, now=at(2))
    settlement.settle_round(place.round, actor=place.chief, now=AFTER)
    former = settlement.publish_round(place.round, actor=place.chief, now=AFTER)

    void(place, winner, now=AFTER)

    newest = place.round.settlements.order_by("-edition").first()
    assert (newest.edition, newest.published_at, newest.reason) == (2, AFTER, "Khai sai người")
    assert [row.entrant_id for row in newest.standings.all()] == [second.pk]
    assert [row.entrant_id for row in former.standings.all()] == [first.pk, second.pk]
    assert settlement.verify(newest)


def test_it_is_refused_without_a_reason_twice_and_for_another_round():
    place, other = world(), world()
    attempt = place.finish(place.entrant(), right=1, now=at(1))

    assert code_of(void, place, attempt, now=at(2), reason=" ") == "reason-missing"
    assert code_of(void, other, attempt, now=at(2)) == "not-found"
    void(place, attempt, now=at(2))
    assert code_of(void, place, attempt, now=at(3)) == "attempt-voided"
