"""Finishing an attempt and putting it on the running board: the entrant's best so far, and a histogram for own ranks.

PostgreSQL does all of it in one statement. SQLite knows no writes inside a WITH, but its statements cost no round trip:
there they stand in one transaction.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from contest.models import Attempt, BoardEntry
from contest.queries.rows import document, execute, is_postgres, moment, one_writer, run
from contest.rules.attempts import FINISHED

_CLOSE = """
UPDATE contest_attempt
   SET answers = {document}, prediction = %s, revision = %s, saved_at = %s, state = %s, finished_at = %s,
       duration_ms = %s, receipt = %s, score = %s, correct = %s, all_correct = %s
 WHERE id = %s AND state = 'in_progress' AND epoch = %s AND revision = %s AND deadline = %s
RETURNING id, round_id, entrant_id, score, duration_ms, finished_at
"""
_ENTER = """
INSERT INTO contest_boardentry (round_id, entrant_id, attempt_id, points, duration_ms, finished_at)
{rows}
ON CONFLICT (round_id, entrant_id) DO UPDATE
   SET attempt_id = excluded.attempt_id, points = excluded.points, duration_ms = excluded.duration_ms,
       finished_at = excluded.finished_at
"""
_COUNT = """
INSERT INTO contest_boardbucket (round_id, points, seconds, entrants)
{rows}
ON CONFLICT (round_id, points, seconds) DO UPDATE SET entrants = contest_boardbucket.entrants + excluded.entrants
"""
# More points, or as many in less time; the earlier attempt stays when both are equal.
_BETTER = """
 WHERE excluded.points > contest_boardentry.points
    OR (excluded.points = contest_boardentry.points AND excluded.duration_ms < contest_boardentry.duration_ms)
RETURNING round_id, points, duration_ms
"""
# All parts see the rows as they were before, so `before` is the entry that the new one replaces. Buckets are written in
# sorted order: two finishing attempts never wait for each other crosswise.
_FINISH = f"""
WITH done AS ({_CLOSE.format(document="%s::jsonb")}),
     before AS (SELECT b.points, b.duration_ms
                  FROM contest_boardentry b JOIN done d ON b.round_id = d.round_id AND b.entrant_id = d.entrant_id),
     entered AS ({
    _ENTER.format(rows="SELECT round_id, entrant_id, id, score, duration_ms, finished_at FROM done")
}{_BETTER}),
     moved AS (SELECT round_id, points, duration_ms / 1000 AS seconds, 1 AS n FROM entered
                UNION ALL
               SELECT e.round_id, b.points, b.duration_ms / 1000, -1 FROM before b CROSS JOIN entered e),
     counted AS ({
    _COUNT.format(
        rows="SELECT round_id, points, seconds, SUM(n) FROM moved GROUP BY round_id, points, seconds"
        " HAVING SUM(n) <> 0 ORDER BY points, seconds"
    )
})
SELECT id FROM done
"""  # noqa: S608  (no value stands in it)


def finish(attempt: Attempt, *, seen: tuple[int, int, datetime]) -> bool:
    """Writes what finishing has set on the attempt, and its place on the board; all or nothing.

    False, and nothing is written, when the row is no longer open at the (epoch, revision, deadline) seen.
    """
    if is_postgres():
        return bool(run(_FINISH, _closing(attempt, seen)))
    with one_writer(), transaction.atomic():
        done = bool(run(_CLOSE.format(document="%s"), _closing(attempt, seen)))
        if done:
            _enter(attempt)
    return done


def _closing(attempt: Attempt, seen: tuple[int, int, datetime]) -> list[Any]:
    epoch, revision, deadline = seen
    return [
        document(attempt.answers),
        attempt.prediction,
        attempt.revision,
        attempt.saved_at and moment(attempt.saved_at),
        attempt.state,
        attempt.finished_at and moment(attempt.finished_at),
        attempt.duration_ms,
        attempt.receipt,
        attempt.score,
        attempt.correct,
        attempt.all_correct,
        attempt.pk,
        epoch,
        revision,
        moment(deadline),
    ]


def _enter(attempt: Attempt) -> None:
    points, duration_ms = attempt.score or 0, attempt.duration_ms or 0
    before = _best_before(attempt)
    if before is not None and (-points, duration_ms) >= (-before.points, before.duration_ms):
        return
    changes = {(points, duration_ms // 1000): 1}
    if before is not None:
        old = (before.points, before.duration_ms // 1000)
        changes[old] = changes.get(old, 0) - 1
    finished_at = attempt.finished_at and moment(attempt.finished_at)
    execute(
        _ENTER.format(rows="VALUES (%s, %s, %s, %s, %s, %s)"),
        [attempt.round_id, attempt.entrant_id, attempt.pk, points, duration_ms, finished_at],
    )
    for (points_of, seconds), change in sorted(changes.items()):
        if change:
            execute(
                _COUNT.format(rows="VALUES (%s, %s, %s, %s)"), [attempt.round_id, points_of, seconds, change]
            )


def leave(attempt: Attempt) -> None:
    """Takes an attempt that is being reopened off its round's board; the entrant's next best takes the place.

    Runs inside the transaction that reopens it; only the entrant's latest attempt may leave.
    """
    entry = (
        BoardEntry.objects.select_for_update()
        .filter(round_id=attempt.round_id, entrant_id=attempt.entrant_id, attempt_id=attempt.pk)
        .first()
    )
    if entry is None:
        return
    bucket = [attempt.round_id, entry.points, entry.duration_ms // 1000, -1]
    execute(_COUNT.format(rows="VALUES (%s, %s, %s, %s)"), bucket)
    entry.delete()
    own = Attempt.objects.filter(round_id=attempt.round_id, entrant_id=attempt.entrant_id, state__in=FINISHED)
    best = own.exclude(pk=attempt.pk).order_by("-score", "duration_ms", "finished_at", "id").first()
    if best is not None:
        _enter(best)


def _best_before(attempt: Attempt) -> BoardEntry | None:
    """First attempts have none before them: one statement saved for most people."""
    if attempt.number == 1:
        return None
    return BoardEntry.objects.filter(round_id=attempt.round_id, entrant_id=attempt.entrant_id).first()
