"""What may be seen when: the one function behind every page, frame, export and chart (reliability.md §3.3, 36)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contest.rules.attempts import LATE_TOLERANCE
from contest.rules.windows import SHORTEST_NOTICE, Phase


class BoardPolicy(StrEnum):
    """What the board of an open round shows."""

    LIVE = "live"
    FROZEN = "frozen"
    OWN = "own"
    HIDDEN = "hidden"


class ReviewPolicy(StrEnum):
    """From when an entrant sees the own answers beside the right ones."""

    AFTER_SUBMIT = "after_submit"
    AFTER_CLOSE = "after_close"
    AFTER_PUBLICATION = "after_publication"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Visible:
    """`board`: others' results may move; `frozen`: as they stood at the freeze; `counters`: how many took part;
    `own_score`: the entrant's own points; `review`: right answers and explanations; `ranking`: the published result.
    """

    board: bool
    frozen: bool
    counters: bool
    own_score: bool
    review: bool
    ranking: bool


RELEASED = frozenset({Phase.PUBLISHED, Phase.AMENDED})
# An early close leaves open attempts up to a minute, and answers on their way the usual seconds.
LAST_ANSWERS = SHORTEST_NOTICE + LATE_TOLERANCE


def visible_results(
    *,
    board: BoardPolicy,
    review: ReviewPolicy,
    phase: Phase,
    now: datetime,
    frozen_from: datetime | None = None,
    prediction: bool = False,
    closes_at: datetime | None = None,
) -> Visible:
    """What this phase shows to anyone, staff included.

    While a round with a prediction about counts is not settled, its board, counters and scores would answer the
    prediction, so they are withheld from everyone. Explanations shown before the close would help later attempts, so
    `after_submit` is honoured only where the organiser chose it and no prediction is open; `after_close` waits until
    the last answer of an attempt that outlives `closes_at` (65 s; see windows.changed_deadline) has come in.
    """
    closed = phase is Phase.CLOSING and (closes_at is None or now > closes_at + LAST_ANSWERS)
    if phase in RELEASED:
        return Visible(True, False, True, True, review is not ReviewPolicy.NEVER, True)
    if phase is Phase.SETTLED:
        shows_review = review in {ReviewPolicy.AFTER_CLOSE, ReviewPolicy.AFTER_SUBMIT}
        return Visible(False, False, False, False, shows_review, False)
    if prediction or phase is Phase.DRAFT:
        shows_review = closed and review in {ReviewPolicy.AFTER_CLOSE, ReviewPolicy.AFTER_SUBMIT}
        return Visible(False, False, False, False, shows_review, False)
    moving = board is BoardPolicy.LIVE or (board is BoardPolicy.FROZEN and not _stopped(frozen_from, now))
    frozen = board is BoardPolicy.FROZEN and not moving
    shows_review = review is ReviewPolicy.AFTER_SUBMIT or (review is ReviewPolicy.AFTER_CLOSE and closed)
    own = board is not BoardPolicy.HIDDEN
    return Visible(moving, frozen, moving, own, shows_review, False)


def _stopped(frozen_from: datetime | None, now: datetime) -> bool:
    return frozen_from is None or now >= frozen_from
