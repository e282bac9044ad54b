"""Units, attempts and deadlines (reliability: A1, A5, A13)."""

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from contest.rules.attempts import AttemptRule, Per, iso_week
from contest.rules.windows import Window, daily_hours
from tests.contest.rules import strategies as some
from tests.contest.rules.judging import judge


@judge("rolled_up")
def a_unit_is_the_sum_of_its_own_and_its_children(engine):
    @given(some.trees())
    def check(own):
        totals = engine.rolled_up(own)

        for path, numbers in totals.items():
            children = [
                child
                for child in totals
                if child.startswith(path) and child.count("/") == path.count("/") + 1
            ]
            expected = [
                sum(column)
                for column in zip(own.get(path, [0, 0]), *(totals[c] for c in children), strict=True)
            ]
            assert numbers == expected
        if own:
            assert totals["1/"] == [sum(column) for column in zip(*own.values(), strict=True)]

    return check


@judge("counted_once")
def everybody_is_counted_in_one_unit(engine):
    @given(
        st.lists(
            st.tuples(st.integers(1, 5), st.sampled_from(["1/", "1/2/", "1/3/", ""]), st.tuples(some.small))
        )
    )
    def check(people):
        own = engine.counted_once(people)

        assert sum(numbers[0] for numbers in own.values()) == len({person for person, _, _ in people})
        assert sum(numbers[1] for numbers in own.values()) == sum(given[0] for _, _, given in people)

    return check


@judge("how_many_left")
def attempts_are_limited(engine):
    @given(
        st.integers(1, 4),
        st.sampled_from(Per),
        st.lists(st.integers(-300, 0).map(lambda hours: some.MONDAY + timedelta(hours=hours)), max_size=6),
        st.integers(-30, 30).map(lambda hours: some.MONDAY + timedelta(hours=hours)),
    )
    def check(limit, per, started, now):
        used = [start for start in started if per is Per.ROUND or iso_week(start) == iso_week(now)]

        left = engine.how_many_left(AttemptRule(limit, per), started, now)

        assert left == max(0, limit - len(used))

    return check


@judge("deadline_in", "finish_time", "is_late")
def attempts_end_by_their_deadline(engine):
    @given(st.integers(0, 3 * 1440), st.integers(30, 7200), st.integers(0, 600), st.integers(-100, 100))
    def check(minute, limit, extra, later):
        window = Window(
            some.MONDAY, some.MONDAY + timedelta(days=2, hours=3), daily_hours(range(7), 450, 1050)
        )
        start = some.MONDAY + timedelta(minutes=minute)
        local = (start + timedelta(hours=7)).time()
        opened = start < window.closes_at and 450 <= local.hour * 60 + local.minute < 1050
        assume(opened)

        deadline = engine.deadline_in(window, start, limit, extra)

        evening = start + timedelta(minutes=1050 - local.hour * 60 - local.minute)
        assert deadline == min(start + timedelta(seconds=limit + extra), evening, window.closes_at)
        now = max(start, deadline + timedelta(seconds=later / 10))
        finished = engine.finish_time(now, deadline)
        assert start <= finished <= deadline
        assert engine.is_late(now, deadline) == (now > deadline + timedelta(seconds=5))

    return check
