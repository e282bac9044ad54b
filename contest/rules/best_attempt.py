"""Which of a person's attempts counts, and which of them gives the prediction. Decided at settlement."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from contest.rules.ranking import Chain, Row


class Counted(StrEnum):
    """`best` by the ranking chain; `highest_points` looks at points alone, the earliest of equals."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"
    HIGHEST_POINTS = "highest_points"


class PredictionFrom(StrEnum):
    """`counted`: each attempt stands with its own prediction. `first` and `last`: the first or last attempt that
    states one speaks for the person, so that seven attempts are not seven guesses.
    """

    COUNTED = "counted"
    FIRST = "first"
    LAST = "last"


def counted_attempt(attempts: Sequence[Row], policy: Counted, chain: Chain) -> Row:
    """The attempt of one person that is ranked; ValueError for no attempts. Attempt ids settle what is equal."""
    if not attempts:
        raise ValueError("a person without attempts has no counted attempt")
    if len(attempts) == 1:
        return attempts[0]
    if policy is Counted.FIRST:
        return min(attempts, key=_when)
    if policy is Counted.LAST:
        return max(attempts, key=_when)
    if policy is Counted.HIGHEST_POINTS:
        return min(attempts, key=lambda row: (-row.points, *_when(row)))
    return min(attempts, key=lambda row: (chain.key(row), row.attempt_id))


def stated_prediction(attempts: Sequence[Row], source: PredictionFrom) -> int | None:
    """The prediction that speaks for the person under `first` or `last`; None when no attempt states one."""
    stated = sorted((row for row in attempts if row.prediction is not None), key=_when)
    if not stated:
        return None
    return stated[0 if source is PredictionFrom.FIRST else -1].prediction


def _when(row: Row) -> tuple[datetime, int]:
    return (row.started_at, row.attempt_id)
