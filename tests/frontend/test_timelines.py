"""Rounds, and what follows an attempt, as steps of a line."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contest.rules.windows import Phase
from frontend import timelines

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@dataclass
class Round:
    title: str
    phase: Phase
    opens_at: datetime = NOW
    closes_at: datetime = NOW


def states(*phases):
    rounds = [Round(str(phase), phase) for phase in phases]
    return [step["state"] for step in timelines.of_contest(rounds, now=NOW)]


def test_an_open_round_is_todays_mark():
    assert states(Phase.PUBLISHED, Phase.OPEN, Phase.UPCOMING) == ["done", "now", "next"]


def test_between_rounds_today_is_a_step_of_its_own():
    assert states(Phase.PUBLISHED, Phase.UPCOMING) == ["done", "now", "next"]
    assert states(Phase.UPCOMING) == ["now", "next"]
    assert states(Phase.AMENDED) == ["done", "now"]
    assert timelines.of_contest([Round("Tuần 1", Phase.UPCOMING)], now=NOW)[0]["note"] == "23/11/2026"


def test_a_contest_without_rounds_has_no_line():
    assert states() == []


def after(phase, released_at=None):
    steps = timelines.of_attempt(
        finished_at=NOW, closes_at=NOW + timedelta(1), phase=phase, released_at=released_at
    )
    return [step["state"] for step in steps]


def test_an_attempt_is_followed_to_its_publication():
    assert after(Phase.OPEN) == ["done", "now", "next", "next"]
    assert after(Phase.PAUSED) == ["done", "now", "next", "next"]
    assert after(Phase.CLOSING) == ["done", "done", "now", "next"]
    assert after(Phase.SETTLED) == ["done", "done", "done", "now"]
    assert after(Phase.AMENDED, NOW) == ["done"] * 4
