"""When a round is open: its calendar, its phase at a moment, and the deadline of one attempt.

All moments are aware datetimes handed in by the caller. Opening hours are read in Vietnamese time, which has
been UTC+7 without summer time since 1975, so that no time zone database is needed to judge an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
SHORTEST_NOTICE = timedelta(seconds=60)


class RoundStatus(StrEnum):
    """What is stored with a round. Upcoming, open and paused are derived from the clock."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CLOSING = "closing"
    SETTLED = "settled"
    PUBLISHED = "published"
    AMENDED = "amended"


class Phase(StrEnum):
    """What a round is at a moment."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    OPEN = "open"
    PAUSED = "paused"
    CLOSING = "closing"
    SETTLED = "settled"
    PUBLISHED = "published"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True, order=True)
class DayHours:
    """Opening hours on one weekday (0 = Monday), in minutes of the day; `closes` may be 1440 for midnight.

    Hours that touch (Monday until 24:00, Tuesday from 00:00) are one stretch: nobody is stopped at midnight.
    """

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.opens < self.closes <= DAY_MINUTES):
            raise ValueError(f"no such opening hours: {self.weekday} {self.opens}-{self.closes}")


@dataclass(frozen=True, slots=True)
class Window:
    """A round is open for opens_at <= now < closes_at, and only in the weekday hours when there are any."""

    opens_at: datetime
    closes_at: datetime
    weekdays: tuple[DayHours, ...] = ()

    def __post_init__(self) -> None:
        if self.opens_at >= self.closes_at:
            raise ValueError("a round must open before it closes")


def daily_hours(weekdays: Iterable[int], opens: int, closes: int) -> tuple[DayHours, ...]:
    """The same hours (minutes of the day) on each of these weekdays."""
    return tuple(DayHours(day, opens, closes) for day in sorted(set(weekdays)))


def weekly_span(first_day: int, opens: int, last_day: int, closes: int) -> tuple[DayHours, ...]:
    """One stretch a week, such as Monday 07:30 to Friday 17:30; both days in one week, first before last."""
    if first_day == last_day:
        return (DayHours(first_day, opens, closes),)
    if first_day > last_day:
        raise ValueError("the stretch must not pass the end of the week")
    between = (DayHours(day, 0, DAY_MINUTES) for day in range(first_day + 1, last_day))
    return (DayHours(first_day, opens, DAY_MINUTES), *between, DayHours(last_day, 0, closes))


def weekly_stretches(weekdays: Iterable[DayHours]) -> list[tuple[int, int]]:
    """Opening hours in minutes since Monday 00:00, joined where they touch; Sunday's end is not joined to Monday."""
    return _joined((hours.weekday * DAY_MINUTES, hours) for hours in weekdays)


def phase_at(status: RoundStatus | str, window: Window, now: datetime) -> Phase:
    """The phase at `now`. An announced round whose close has passed is closing, whoever noticed it or not."""
    stored = RoundStatus(status)
    if stored is not RoundStatus.ANNOUNCED:
        return Phase(stored.value)
    if now < window.opens_at:
        return Phase.UPCOMING
    if now >= window.closes_at:
        return Phase.CLOSING
    return Phase.OPEN if open_until(window, now) is not None else Phase.PAUSED


def open_until(window: Window, now: datetime) -> datetime | None:
    """The end of the stretch of opening hours that holds `now`, never past the close; None when shut."""
    if not window.opens_at <= now < window.closes_at:
        return None
    if not window.weekdays:
        return window.closes_at
    monday = _monday(now)
    end = next((end for start, end in _stretches(window.weekdays, monday) if start <= now < end), None)
    return None if end is None else min(end, window.closes_at)


def next_opening(window: Window, now: datetime) -> datetime | None:
    """The first moment after or at `now` when the round is open; None when it will not be again."""
    moment = max(now, window.opens_at)
    if open_until(window, moment) is not None:
        return moment
    starts = (start for start, _ in _stretches(window.weekdays, _monday(moment)) if start > moment)
    first = min(starts, default=None)
    return first if first is not None and first < window.closes_at else None


def deadline(start: datetime, limit_s: int, close: datetime, extra_s: int = 0) -> datetime:
    """min(start + limit + extra, close): absolute, stored at the start. Extra time never passes the close."""
    return min(start + timedelta(seconds=limit_s + extra_s), close)


def deadline_in(window: Window, start: datetime, limit_s: int, extra_s: int = 0) -> datetime:
    """The deadline of an attempt started in this window: also no later than the end of the opening hours.

    Raises ValueError when the round is shut at `start`: such an attempt must have been refused.
    """
    end = open_until(window, start)
    if end is None:
        raise ValueError("no attempt starts while the round is shut")
    return deadline(start, limit_s, end, extra_s)


def changed_deadline(old: datetime, new: datetime, now: datetime) -> datetime:
    """The deadline after the calendar or limit of an open round changed.

    A later deadline is taken at once. An earlier one leaves at least 60 s from now, or what was left if less.
    """
    return max(new, min(old, now + SHORTEST_NOTICE))


def moved_deadline(
    window: Window, *, started_at: datetime, limit_s: int, extra_s: int, old: datetime, now: datetime
) -> datetime:
    """The deadline of an open attempt after its round's calendar or its own extra time changed; see changed_deadline.

    Both go through here, so that neither forgets the other.
    """
    shut = open_until(window, started_at) or window.closes_at
    return changed_deadline(old, deadline(started_at, limit_s, shut, extra_s), now)


def remaining_ms(deadline: datetime, now: datetime) -> int:
    """Whole milliseconds left, 0 when none. The client is told this and never a wall-clock time."""
    return max(0, (deadline - now) // timedelta(milliseconds=1))


def hours_as_json(weekdays: Iterable[DayHours]) -> list[dict[str, Any]]:
    """[{"weekday": 0, "opens": "07:30", "closes": "24:00"}, …]."""
    return [
        {"weekday": hours.weekday, "opens": _clock(hours.opens), "closes": _clock(hours.closes)}
        for hours in weekdays
    ]


def hours_from_json(data: Iterable[dict[str, Any]]) -> tuple[DayHours, ...]:
    """Reads what hours_as_json wrote; ValueError for hours that cannot be."""
    return tuple(
        DayHours(int(row["weekday"]), _minutes(row["opens"]), _minutes(row["closes"])) for row in data
    )


def _monday(now: datetime) -> datetime:
    local = now.astimezone(VIETNAM)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=local.weekday())


def _stretches(weekdays: tuple[DayHours, ...], monday: datetime) -> list[tuple[datetime, datetime]]:
    """Absolute opening hours from the week before to four weeks after, joined where they touch."""
    days = (
        (week * WEEK_MINUTES + hours.weekday * DAY_MINUTES, hours)
        for week in range(-1, 5)
        for hours in weekdays
    )
    return [
        (monday + timedelta(minutes=start), monday + timedelta(minutes=end)) for start, end in _joined(days)
    ]


def _joined(days: Iterable[tuple[int, DayHours]]) -> list[tuple[int, int]]:
    """(minutes of the day's midnight, hours) as stretches of minutes."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((day + hours.opens, day + hours.closes) for day, hours in days):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    if not (0 <= int(hours) <= 24 and 0 <= int(minutes) < 60):
        raise ValueError(f"no time of the day: {text}")
    return int(hours) * 60 + int(minutes)
