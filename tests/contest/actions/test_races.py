"""Twelve threads at one gate, on the database that is configured: the limits hold by constraint, not by check."""

import pytest

from contest.actions import attempts
from contest.models import Attempt, BoardBucket
from contest.rules.attempts import AttemptRule
from tests.at_once import at_once
from tests.builders import at, token_of, world

pytestmark = pytest.mark.django_db(transaction=True)


def test_twelve_simultaneous_starts_make_one_attempt():
    place = world(attempts=AttemptRule(3))
    entrant = place.entrant()

    started = at_once(lambda number: place.start(entrant, key=f"gate-key-{number}").pk)

    assert len(set(started)) == 1
    assert Attempt.objects.filter(entrant=entrant).count() == 1


def test_starts_and_submits_mixed_never_pass_the_limit():
    place = world(attempts=AttemptRule(2))
    entrant = place.entrant()

    def one(number):
        attempt = place.start(entrant, key=f"mixed-key-{number}")
        return attempts.submit_attempt(token_of(attempt), attempts.Work(1, {}), now=at(2)).pk

    done = [outcome for outcome in at_once(one) if isinstance(outcome, int)]

    assert done
    assert Attempt.objects.filter(entrant=entrant).count() <= 2
    assert not Attempt.objects.filter(entrant=entrant, state="in_progress").exists()


def test_of_twelve_simultaneous_saves_the_newest_revision_wins():
    place = world()
    attempt = place.start(place.entrant())
    token = token_of(attempt)

    at_once(
        lambda number: attempts.save_answers(token, attempts.Work(number + 1, {"1": str(number)}), now=at(2))
    )
    attempt.refresh_from_db()

    assert (attempt.revision, attempt.answers) == (12, {"1": "11"})


def test_twelve_simultaneous_submits_finish_once_with_one_receipt():
    place = world()
    attempt = place.start(place.entrant(), now=at(1))
    token = token_of(attempt)

    receipts = at_once(
        lambda number: (
            attempts.submit_attempt(token, attempts.Work(1, {"1": "b"}), now=at(2, seconds=number)).receipt
        )
    )
    attempt.refresh_from_db()

    assert set(receipts) == {attempt.receipt}
    assert (attempt.state, attempt.score) == ("submitted", 1)
    assert sum(BoardBucket.objects.values_list("entrants", flat=True)) == 1
