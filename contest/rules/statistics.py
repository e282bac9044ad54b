"""Small sums for organisers: how scores are spread, and how many people came each day."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from contest.rules.windows import VIETNAM


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
