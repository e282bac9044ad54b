"""The running board of an open round: each entrant's best finished attempt, and a histogram for own ranks."""

from contest.actions import statements
from contest.models import Attempt, BoardEntry

_ENTER = """
INSERT INTO contest_boardentry (round_id, entrant_id, attempt_id, points, duration_ms, finished_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (round_id, entrant_id) DO UPDATE
   SET attempt_id = excluded.attempt_id, points = excluded.points, duration_ms = excluded.duration_ms,
       finished_at = excluded.finished_at
"""
_COUNT = """
INSERT INTO contest_boardbucket (round_id, points, seconds, entrants) VALUES (%s, %s, %s, %s)
ON CONFLICT (round_id, points, seconds) DO UPDATE SET entrants = contest_boardbucket.entrants + excluded.entrants
"""


def enter(attempt: Attempt) -> None:
    """Puts a finished attempt on its round's board when it is the entrant's best so far.

    Runs inside the transaction that finishes the attempt. Buckets are written in sorted order, so that two finishing
    attempts never wait for each other crosswise.
    """
    before = _best_before(attempt)
    if before is not None and not _better(attempt, before):
        return
    changes = {(attempt.score or 0, (attempt.duration_ms or 0) // 1000): 1}
    if before is not None:
        old = (before.points, before.duration_ms // 1000)
        changes[old] = changes.get(old, 0) - 1
    values = [attempt.round_id, attempt.entrant_id, attempt.pk, attempt.score, attempt.duration_ms]
    assert attempt.finished_at is not None  # noqa: S101  (finishing set it)
    statements.run(_ENTER, [*values, statements.moment(attempt.finished_at)])
    for (points, seconds), change in sorted(changes.items()):
        if change:
            statements.run(_COUNT, [attempt.round_id, points, seconds, change])


def _best_before(attempt: Attempt) -> BoardEntry | None:
    """First attempts have none before them: one statement saved for most people."""
    if attempt.number == 1:
        return None
    return (
        BoardEntry.objects.select_for_update()
        .filter(round_id=attempt.round_id, entrant_id=attempt.entrant_id)
        .first()
    )


def _better(attempt: Attempt, entry: BoardEntry) -> bool:
    """More points, or as many in less time; the earlier one stays when both are equal."""
    return (-(attempt.score or 0), attempt.duration_ms or 0) < (-entry.points, entry.duration_ms)
