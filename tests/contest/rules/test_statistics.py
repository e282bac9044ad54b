from datetime import UTC, date, datetime

import pytest

from contest.rules.statistics import every_day, histogram, people_a_day, spread


def test_scores_fall_into_equal_parts():
    assert histogram([0, 1, 2, 9, 10, 10, 19, 20], 20) == [2, 1, 0, 0, 1, 2, 0, 0, 0, 2]
    assert histogram([0, 0], 0, buckets=2) == [2, 0]
    assert histogram([], 20, buckets=3) == [0, 0, 0]


@pytest.mark.parametrize("score", [-1, 21])
def test_a_score_lies_within_the_paper(score):
    with pytest.raises(ValueError, match="of 20 points"):
        histogram([score], 20)


def test_people_are_counted_once_a_day_in_vietnam():
    night = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # 00:30 of 2 March in Vietnam
    starts = [(1, night), (1, night.replace(hour=20)), (2, night.replace(hour=16)), (2, night)]

    assert people_a_day(starts) == [(date(2026, 3, 1), 1), (date(2026, 3, 2), 2)]


def test_every_day_fills_the_gaps_and_keeps_the_last_ones():
    found = {date(2026, 3, 2): 5}

    assert every_day(found, date(2026, 3, 1), date(2026, 3, 3), nothing=0) == [
        (date(2026, 3, 1), 0),
        (date(2026, 3, 2), 5),
        (date(2026, 3, 3), 0),
    ]
    assert every_day(found, date(2026, 1, 1), date(2026, 3, 2), nothing=0, most=1) == [(date(2026, 3, 2), 5)]
    assert every_day(found, date(2026, 3, 3), date(2026, 3, 1), nothing=0) == []


def test_scores_spread_over_even_steps():
    assert spread({0: 1, 2: 3}, 2) == [(0, 0, 1), (1, 1, 0), (2, 2, 3)]
    assert spread({100: 2, 97: 1}, 100)[-1] == (100, 100, 2)
    assert sum(people for _low, _high, people in spread({100: 2, 97: 1, 3: 4}, 100)) == 7
    with pytest.raises(ValueError, match="outside"):
        spread({3: 1}, 2)
