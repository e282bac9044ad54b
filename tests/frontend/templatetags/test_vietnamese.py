from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from frontend.templatetags import vietnamese

MOMENT = datetime(2026, 3, 2, 17, 5, 9, tzinfo=UTC)


def test_moments_are_told_in_vietnamese_time():
    assert vietnamese.date_time(MOMENT) == "03/03/2026 00:05"
    assert vietnamese.day(MOMENT) == "03/03/2026"
    assert vietnamese.time_of_day(MOMENT) == "00:05:09"


def test_a_date_stays_the_same_day():
    assert vietnamese.day(date(2026, 3, 2)) == "02/03/2026"


@pytest.mark.parametrize(
    "tell",
    [
        vietnamese.date_time,
        vietnamese.day,
        vietnamese.time_of_day,
        vietnamese.number,
        vietnamese.duration,
        vietnamese.clock,
        vietnamese.board_duration,
    ],
)
def test_nothing_is_told_as_nothing(tell):
    assert tell(None) == ""


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1234, 0, "1.234"),
        (1234567.25, 1, "1.234.567,3"),
        ("87.65", 2, "87,65"),
        (-1500, 0, "-1.500"),
    ],
)
def test_numbers(value, decimals, text):
    assert vietnamese.number(value, decimals) == text


def test_numbers_for_readers_of_english():
    with translation.override("en"):
        assert vietnamese.number(1234.5, 1) == "1,234.5"
        assert vietnamese.number(164.17, 2) == "164.17"
        assert vietnamese.board_duration(61_299) == "01:01.2"


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0 giây"),
        (5_999, "5 giây"),
        (185_000, "3 phút 05 giây"),
        (3_725_000, "1 giờ 02 phút 05 giây"),
        (-1, "0 giây"),
    ],
)
def test_durations(milliseconds, text):
    assert vietnamese.duration(milliseconds) == text


@pytest.mark.parametrize(
    ("milliseconds", "face"), [(0, "00:00"), (1, "00:01"), (252_000, "04:12"), (3_600_000, "1:00:00")]
)
def test_the_clock_shows_zero_only_at_the_end(milliseconds, face):
    assert vietnamese.clock(milliseconds) == face


def test_a_board_cuts_to_tenths():
    assert vietnamese.board_duration(61_299) == "01:01,2"
    assert vietnamese.board_duration("") == ""  # what a template makes of a value that is not there


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5 * 86_400 + 3 * 3600 + 59, "5 ngày 3 giờ"),
        (2 * 3600 + 5 * 60, "2 giờ 05 phút"),
        (40 * 60 + 59, "40 phút"),
        (59, "chưa đến 1 phút"),
        (-10, "chưa đến 1 phút"),
    ],
)
def test_the_time_left_is_said_in_its_two_largest_units(seconds, words):
    now = datetime(2026, 11, 23, tzinfo=UTC)

    assert vietnamese.time_left(now + timedelta(seconds=seconds), now) == words
