"""What an early close and a moved calendar leave to those who are still writing."""

from datetime import timedelta

import pytest

from contest.actions import rounds
from contest.queries import board
from contest.rules.attempts import AttemptState
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from contest.rules.windows import daily_hours
from tests.builders import CLOSES, OPENS, at, world

pytestmark = pytest.mark.django_db(transaction=True)


def test_keys_stay_hidden_while_an_early_close_lets_others_finish():
    world_ = world(review=ReviewPolicy.AFTER_CLOSE, board=BoardPolicy.OWN)
    writer = world_.start(world_.entrant(), now=at(1))
    closed = at(2)

    rounds.close_round(world_.round, actor=world_.chief, reason="Mất điện", now=closed)
    writer.refresh_from_db()

    assert writer.state == AttemptState.IN_PROGRESS
    assert writer.deadline == closed + timedelta(seconds=60)
    for later, shown in ((1, False), (60, False), (65, False), (66, True)):
        _, _, visible = board.visible(world_.round.pk, closed + timedelta(seconds=later))
        assert visible.review is shown, later


def test_a_moved_calendar_keeps_deadlines_within_the_opening_hours():
    # Open from 07:00 to 08:10 in Vietnam; the round opens at 08:00 and an attempt may take ten minutes.
    world_ = world(weekdays=daily_hours(range(7), 420, 490), limit_s=600)
    attempt = world_.start(world_.entrant(), now=at(5))
    assert attempt.deadline == at(10)

    rounds.reschedule_round(
        world_.round,
        opens_at=OPENS,
        closes_at=CLOSES + timedelta(days=1),
        actor=world_.chief,
        reason="Gia hạn",
        now=at(6),
    )
    attempt.refresh_from_db()

    assert attempt.deadline == at(10)
