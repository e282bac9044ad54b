from datetime import UTC, datetime, timedelta

import pytest

from contest.rules.windows import (
    VIETNAM,
    DayHours,
    Phase,
    RoundStatus,
    Window,
    changed_deadline,
    daily_hours,
    deadline,
    deadline_in,
    hours_as_json,
    hours_from_json,
    next_opening,
    open_until,
    phase_at,
    remaining_ms,
    weekly_span,
)

# A working week and the next: Monday 07:30 to Friday 17:30, as Nghệ An 2025 had it.
OFFICE = weekly_span(0, 450, 4, 1050)


def local(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)  # 2 March 2026 is a Monday


ALWAYS = Window(local(2, 8), local(16, 8))
WORKING = Window(local(2, 0), local(16, 8), OFFICE)
EVENINGS = Window(local(2, 0), local(16, 8), daily_hours([1, 3], 19 * 60, 21 * 60))


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (local(2, 7, 59), Phase.UPCOMING),
        (local(2, 8), Phase.OPEN),
        (local(16, 7, 59), Phase.OPEN),
        (local(16, 8), Phase.CLOSING),
    ],
)
def test_announced_round_follows_the_clock(now, phase):
    assert phase_at(RoundStatus.ANNOUNCED, ALWAYS, now) is phase
    assert phase_at("announced", ALWAYS, now.astimezone(UTC)) is phase


@pytest.mark.parametrize("status", [status for status in RoundStatus if status is not RoundStatus.ANNOUNCED])
def test_other_states_stand_whatever_the_time(status):
    assert phase_at(status, ALWAYS, local(3)).value == status.value


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (local(2, 7, 29), None),
        (local(2, 7, 30), local(6, 17, 30)),
        (local(4, 0), local(6, 17, 30)),
        (local(6, 17, 29), local(6, 17, 30)),
        (local(6, 17, 30), None),
        (local(8, 23), None),
        (local(9, 12), local(13, 17, 30)),
    ],
)
def test_a_working_week_is_one_stretch(now, until):
    assert open_until(WORKING, now) == until
    assert phase_at("announced", WORKING, now) is (Phase.OPEN if until else Phase.PAUSED)


def test_opening_hours_end_with_the_round():
    short = Window(local(2, 0), local(5, 12), OFFICE)

    assert open_until(short, local(5, 9)) == local(5, 12)
    assert next_opening(short, local(5, 13)) is None


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (local(1, 12), local(3, 19)),
        (local(3, 19, 30), local(3, 19, 30)),
        (local(3, 21), local(5, 19)),
        (local(6, 0), local(10, 19)),
        (local(12, 21), None),
    ],
)
def test_next_opening(now, opening):
    assert next_opening(EVENINGS, now) == opening


def test_midnight_stops_nobody():
    window = Window(local(2), local(16), (DayHours(6, 1200, 1440), DayHours(0, 0, 120)))

    assert open_until(window, local(8, 23)) == local(9, 2)
    assert open_until(window, local(9, 1)) == local(9, 2)


def test_deadline_is_the_earliest_end():
    start = local(2, 9)

    assert deadline(start, 600, local(2, 10)) == local(2, 9, 10)
    assert deadline(start, 600, local(2, 10), extra_s=300) == local(2, 9, 15)
    assert deadline(start, 600, local(2, 9, 5), extra_s=300) == local(2, 9, 5)
    assert deadline_in(EVENINGS, local(3, 20, 55), 600) == local(3, 21)


def test_nobody_starts_while_the_round_is_shut():
    with pytest.raises(ValueError, match="shut"):
        deadline_in(EVENINGS, local(3, 21), 600)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (local(2, 9, 10), local(2, 9, 20), local(2, 9, 20)),
        (local(2, 9, 10), local(2, 9, 0), local(2, 9, 6)),
        (local(2, 9, 10), local(2, 9, 8), local(2, 9, 8)),
    ],
)
def test_shortening_leaves_a_minute(old, new, expected):
    assert changed_deadline(old, new, now=local(2, 9, 5)) == expected


def test_shortening_never_lengthens():
    old = local(2, 9, 5) + timedelta(seconds=20)

    assert changed_deadline(old, local(2, 8), now=local(2, 9, 5)) == old


def test_remaining_time_is_whole_milliseconds_and_never_negative():
    end = local(2, 9)

    assert remaining_ms(end, end - timedelta(microseconds=1999)) == 1
    assert remaining_ms(end, end + timedelta(hours=1)) == 0


def test_hours_survive_json():
    data = hours_as_json(OFFICE)

    assert data[0] == {"weekday": 0, "opens": "07:30", "closes": "24:00"}
    assert hours_from_json(data) == OFFICE


@pytest.mark.parametrize(
    "row", [("25:00", "26:00"), ("09:00", "09:00"), ("10:00", "08:00"), ("10:60", "12:00")]
)
def test_impossible_hours_are_refused(row):
    with pytest.raises(ValueError, match=r"no (such|time)"):
        hours_from_json([{"weekday": 0, "opens": row[0], "closes": row[1]}])


def test_a_round_opens_before_it_closes():
    with pytest.raises(ValueError, match="before"):
        Window(local(3), local(3))


def test_a_stretch_stays_within_its_week():
    assert weekly_span(2, 60, 2, 120) == (DayHours(2, 60, 120),)
    with pytest.raises(ValueError, match="end of the week"):
        weekly_span(4, 0, 0, 60)
