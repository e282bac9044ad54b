"""The states of an attempt, how many a person has, when one ends, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from contest.errors import Refusal
from contest.rules.windows import VIETNAM

# How long after the deadline an answer already on its way is still taken (timed-round practice: 5 to 15 s).
LATE_TOLERANCE = timedelta(seconds=5)


class AttemptState(StrEnum):
    """Sent by the person and closed by the sweeper are different states: organisers ask."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    AUTO_SUBMITTED = "auto_submitted"
    VOIDED = "voided"


class Move(StrEnum):
    """What may happen to an attempt: sent by the person, ended by the clock; voided or reopened by an organiser."""

    SUBMIT = "submit"
    EXPIRE = "expire"
    VOID = "void"
    REOPEN = "reopen"


FINISHED = frozenset({AttemptState.SUBMITTED, AttemptState.AUTO_SUBMITTED})

MOVES: dict[tuple[AttemptState, Move], AttemptState] = {
    (AttemptState.IN_PROGRESS, Move.SUBMIT): AttemptState.SUBMITTED,
    (AttemptState.IN_PROGRESS, Move.EXPIRE): AttemptState.AUTO_SUBMITTED,
    (AttemptState.IN_PROGRESS, Move.VOID): AttemptState.VOIDED,
    (AttemptState.SUBMITTED, Move.VOID): AttemptState.VOIDED,
    (AttemptState.AUTO_SUBMITTED, Move.VOID): AttemptState.VOIDED,
    (AttemptState.AUTO_SUBMITTED, Move.REOPEN): AttemptState.IN_PROGRESS,
}


class Per(StrEnum):
    """Over what attempts are counted; a week is an ISO week, Monday to Sunday, in Vietnamese time."""

    ROUND = "round"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class AttemptRule:
    """At most `limit` attempts a person, per round or per week."""

    limit: int = 1
    per: Per = Per.ROUND

    def as_json(self) -> dict[str, Any]:
        return {"limit": self.limit, "per": self.per.value}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "AttemptRule":
        return cls(limit=int(data["limit"]), per=Per(data["per"]))


def move(state: AttemptState | str, step: Move) -> AttemptState:
    """The state after the step. Refusals `attempt-voided`, `attempt-finished`, `attempt-open` where there is no such
    move.
    """
    current = AttemptState(state)
    if (current, step) in MOVES:
        return MOVES[current, step]
    code = {AttemptState.VOIDED: "attempt-voided", AttemptState.IN_PROGRESS: "attempt-open"}
    raise Refusal(code.get(current, "attempt-finished"), state=current.value)


def change_within(seconds: int, room_s: int) -> int:
    """Extra time as it is written down: what is given, whole; of what is taken away (below 0), no more than there is
    room for, so that the next gift counts from where the deadline really is.
    """
    return max(seconds, -max(0, room_s))


def require_writable(state: AttemptState | str, now: datetime, deadline: datetime) -> None:
    """Passes when an answer received at `now` may be stored.

    Refusals: `attempt-finished` or `attempt-voided` by state, then `attempt-late` by the clock.
    """
    move(state, Move.SUBMIT)
    if is_late(now, deadline):
        raise Refusal("attempt-late", late_ms=(now - deadline) // timedelta(milliseconds=1))


def how_many_left(rule: AttemptRule, started: Iterable[datetime], now: datetime, extra: int = 0) -> int:
    """Attempts the person may still start at `now`, never below 0.

    `started` are the starts of all the person's attempts in the round, abandoned and voided ones too: reading
    the questions uses an attempt up. `extra` are attempts granted by an organiser.
    """
    if rule.per is Per.WEEK:
        used = sum(iso_week(start) == iso_week(now) for start in started)
    else:
        used = sum(1 for _ in started)
    return max(0, rule.limit + extra - used)


def iso_week(moment: datetime) -> tuple[int, int]:
    """(ISO year, ISO week) in Vietnamese time."""
    year, week, _ = moment.astimezone(VIETNAM).isocalendar()
    return year, week


def finish_time(now: datetime, deadline: datetime) -> datetime:
    """When an attempt ended: never after its deadline, so it does not matter when the sweeper came by."""
    return min(now, deadline)


def is_late(now: datetime, deadline: datetime, grace: timedelta = LATE_TOLERANCE) -> bool:
    """Whether something received at `now` is too late to change the attempt."""
    return now > deadline + grace


def duration_ms(started_at: datetime, finished_at: datetime) -> int:
    """Ranking duration by the server's clock, whole milliseconds, never negative."""
    return max(0, (finished_at - started_at) // timedelta(milliseconds=1))
