"""Small sums for organisers: how scores are spread, and how many people came each day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from contest.rules.windows import VIETNAM

Numbers = TypeVar("Numbers")


def histogram(points: Iterable[int], max_points: int, *, buckets: int = 10) -> list[int]:
    """How many scores fall into each of `buckets` equal parts of 0..max_points; the maximum is in the last part.

    ValueError for a score outside 0..max_points.
    """
    counts = [0] * buckets
    for score in points:
        if not 0 <= score <= max_points:
            raise ValueError(f"{score} of {max_points} points")
        counts[min(score * buckets // max_points, buckets - 1) if max_points else 0] += 1
    return counts


def people_a_day(starts: Iterable[tuple[int, datetime]]) -> list[tuple[date, int]]:
    """(day in Vietnam, different people who started an attempt on it) out of (entrant id, moment), by day.

    Days without anyone are left out; who comes on two days is counted on both.
    """
    days = {(moment.astimezone(VIETNAM).date(), entrant_id) for entrant_id, moment in starts}
    return sorted(Counter(day for day, _ in days).items())


def every_day(
    found: Mapping[date, Numbers], first: date, last: date, *, nothing: Numbers, most: int = 31
) -> list[tuple[date, Numbers]]:
    """(day, numbers) from `first` to `last`, both included, `nothing` where none were found.

    At most the last `most` days; none at all when `last` lies before `first`.
    """
    length = min((last - first).days + 1, most)
    days = [last - timedelta(days=back) for back in reversed(range(max(0, length)))]
    return [(day, found.get(day, nothing)) for day in days]


def spread(found: Mapping[int, int], max_points: int, *, buckets: int = 20) -> list[tuple[int, int, int]]:
    """(lowest score, highest score, people) in equal steps over 0..max_points, empty steps included.

    Every score has a step of its own while there are at most `buckets` + 1 of them. ValueError for a score outside.
    """
    if any(not 0 <= score <= max_points for score in found):
        raise ValueError(f"scores outside 0..{max_points}")
    step = -(-(max_points + 1) // (buckets + 1))
    return [
        (low, min(low + step - 1, max_points), sum(found.get(score, 0) for score in range(low, low + step)))
        for low in range(0, max_points + 1, step)
    ]
