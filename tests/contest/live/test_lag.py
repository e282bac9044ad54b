"""Lag compensation: a table of links, and the bounds that make faking pointless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.live.lag import CAP_MS, GROWTH_MS, MOST_MS, START_MS, compensation, next_quota, quota_after
from contest.live.modes.game import speed_points


@pytest.mark.parametrize(
    ("rtt_ms", "quota_ms", "granted"),
    [
        (None, 500, 0),  # not measured: nothing
        (0, 500, 50),
        (1, 500, 50),
        (40, 500, 70),
        (200, 500, 150),
        (399, 500, 249),
        (400, 500, 250),
        (5_000, 500, 250),  # held back on purpose: not more than this
        (200, 100, 100),  # what is left of the quota
        (200, 0, 0),
        (-80, 500, 10),
        (-4000, 500, 0),
    ],
)
def test_what_a_link_is_granted(rtt_ms, quota_ms, granted):
    assert compensation(rtt_ms, quota_ms) == granted


@pytest.mark.parametrize(
    ("used", "quota"),
    [
        ([], 500),
        ([0], 600),
        ([50], 550),
        ([250], 350),
        ([250, 250], 200),
        ([250, 250, 200], 100),
        ([0] * 5, 1000),
        ([0] * 50, 1000),
        ([600], 100),
    ],
)
def test_how_the_quota_moves(used, quota):
    assert quota_after(used) == quota


@given(st.lists(st.one_of(st.none(), st.integers(-100, 10_000)), max_size=60))
def test_no_link_gets_more_than_the_law_allows(rtts):
    used, quota = [], START_MS
    for rtt in rtts:
        granted = compensation(rtt, quota)
        assert 0 <= granted <= min(MOST_MS, quota)
        used.append(granted)
        quota = next_quota(quota, granted)
        assert 0 <= quota <= CAP_MS
        assert quota == quota_after(used)
    assert sum(used) <= START_MS + GROWTH_MS * len(used)


@given(st.integers(0, 20_000))
def test_faking_all_of_it_gains_seven_points_of_a_thousand(ms):
    """6.25, and rounding; but for who answers within the free half second anyway."""
    gain = speed_points(1000, max(0, ms - MOST_MS), 20_000) - speed_points(1000, ms, 20_000)
    assert gain <= 7 or 500 < ms <= 500 + MOST_MS
