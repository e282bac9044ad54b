from datetime import UTC, datetime, timedelta

import pytest

from contest.errors import Refusal
from contest.rules.attempts import (
    LATE_TOLERANCE,
    AttemptRule,
    AttemptState,
    Move,
    Per,
    change_within,
    duration_ms,
    finish_time,
    how_many_left,
    is_late,
    iso_week,
    move,
    require_writable,
)

NOON = datetime(2026, 3, 4, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ALLOWED = {
    (AttemptState.IN_PROGRESS, Move.SUBMIT): AttemptState.SUBMITTED,
    (AttemptState.IN_PROGRESS, Move.EXPIRE): AttemptState.AUTO_SUBMITTED,
    (AttemptState.IN_PROGRESS, Move.VOID): AttemptState.VOIDED,
    (AttemptState.SUBMITTED, Move.VOID): AttemptState.VOIDED,
    (AttemptState.AUTO_SUBMITTED, Move.VOID): AttemptState.VOIDED,
    (AttemptState.AUTO_SUBMITTED, Move.REOPEN): AttemptState.IN_PROGRESS,
}
REFUSED = {AttemptState.VOIDED: "attempt-voided", AttemptState.IN_PROGRESS: "attempt-open"}


@pytest.mark.parametrize("state", AttemptState)
@pytest.mark.parametrize("step", Move)
def test_every_move_is_allowed_or_refused(state, step):
    if (state, step) in ALLOWED:
        assert move(state, step) is ALLOWED[state, step]
    else:
        code = REFUSED.get(state, "attempt-finished")
        with pytest.raises(Refusal, match=code) as caught:
            move(state.value, step)
        assert caught.value.facts == {"state": state.value}


@pytest.mark.parametrize(
    ("seconds", "room_s", "written"), [(60, 0, 60), (-60, 90, -60), (-60, 30, -30), (-60, -5, 0)]
)
def test_no_more_time_is_taken_than_there_is(seconds, room_s, written):
    assert change_within(seconds, room_s) == written


def test_an_answer_on_its_way_is_taken():
    require_writable(AttemptState.IN_PROGRESS, NOON + LATE_TOLERANCE, NOON)


def test_a_late_answer_is_refused_with_how_late_it_was():
    with pytest.raises(Refusal, match="attempt-late") as caught:
        require_writable("in_progress", NOON + 6 * SECOND, NOON)

    assert caught.value.facts == {"late_ms": 6000}


@pytest.mark.parametrize(
    ("state", "code"),
    [("submitted", "attempt-finished"), ("voided", "attempt-voided"), ("auto_submitted", "attempt-finished")],
)
def test_the_state_is_named_before_the_clock(state, code):
    with pytest.raises(Refusal, match=code):
        require_writable(state, NOON + timedelta(days=1), NOON)


def test_attempts_of_a_week_begin_anew_on_monday_in_vietnam():
    rule = AttemptRule(limit=2, per=Per.WEEK)
    sunday_night = datetime(2026, 3, 8, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    started = [NOON, sunday_night]

    assert how_many_left(rule, started, sunday_night) == 0
    assert how_many_left(rule, started, sunday_night + timedelta(minutes=1)) == 2
    assert iso_week(sunday_night) == (2026, 10)


def test_granted_attempts_come_on_top():
    assert how_many_left(AttemptRule(1), [NOON, NOON], NOON, extra=2) == 1
    assert how_many_left(AttemptRule(1), [NOON, NOON], NOON) == 0


def test_a_sweep_gives_the_deadline_as_the_finish():
    assert finish_time(NOON - SECOND, NOON) == NOON - SECOND
    assert finish_time(NOON + timedelta(hours=3), NOON) == NOON


def test_lateness_has_the_tolerance_asked_for():
    assert not is_late(NOON, NOON, timedelta())
    assert is_late(NOON + SECOND, NOON, timedelta())


def test_durations_are_whole_milliseconds_and_never_negative():
    assert duration_ms(NOON, NOON + timedelta(microseconds=1_999_999)) == 1999
    assert duration_ms(NOON, NOON - SECOND) == 0


def test_the_rule_survives_json():
    rule = AttemptRule(7, Per.WEEK)

    assert rule.as_json() == {"limit": 7, "per": "week"}
    assert AttemptRule.from_json(rule.as_json()) == rule
