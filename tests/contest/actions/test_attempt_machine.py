"""Random lives of attempts keep the laws, on whichever database is configured."""

import pytest

from contest.actions import attempts
from tests.builders import at, token_of, world
from tests.contest.actions.attempt_engine import Engine
from tests.contest.actions.attempt_machine import run_machine

pytestmark = pytest.mark.django_db


def test_random_lives_of_attempts_keep_the_laws():
    run_machine(Engine, derandomize=False)


def test_a_clock_set_back_does_not_end_an_attempt_before_it_began():
    place = world()
    attempt = place.start(place.entrant(), now=at(5))

    done = attempts.submit_attempt(token_of(attempt), attempts.Work(1, {"1": "b"}), now=at(4))

    assert (done.state, done.finished_at, done.duration_ms) == ("submitted", at(5), 0)
