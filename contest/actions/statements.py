"""The few SQL statements of the hot path, in the dialects of PostgreSQL and SQLite.

One conditional statement a request: ownership, state, epoch, deadline and revision stand in its WHERE, so that nothing
can slip in between a check and a write (reliability.md §3.1). Everything else goes through the ORM.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contest.queries.rows import document, is_postgres, moment, one_writer, read_moment, run

_MERGED = {True: "answers || %s::jsonb", False: "json_patch(answers, %s)"}

_SAVE = """
UPDATE contest_attempt
   SET answers = {merged}, prediction = COALESCE(%s, prediction), revision = %s, saved_at = %s
 WHERE public_id = %s AND entrant_id = %s AND epoch = %s AND state = 'in_progress' AND revision < %s AND deadline >= %s
RETURNING deadline
"""


def save_answers(
    *,
    public_id: str,
    entrant_id: int,
    epoch: int,
    revision: int,
    answers: Mapping[str, Any],
    prediction: int | None,
    now: datetime,
    deadline_from: datetime,
) -> datetime | None:
    """Merges the changed answers when revision, epoch, owner, state and deadline allow it.

    The deadline of the attempt when the row took the save, else None and nothing has changed.
    """
    sql = _SAVE.format(merged=_MERGED[is_postgres()])
    values = [document(answers), prediction, revision, moment(now), public_id, entrant_id, epoch, revision,
              moment(deadline_from)]  # fmt: skip
    with one_writer():
        rows = run(sql, values)
    return read_moment(rows[0][0]) if rows else None


_START = """
INSERT INTO contest_attempt
       (public_id, round_id, entrant_id, number, start_key, paper_id, seed, state, started_at, deadline, extra_s,
        epoch, revision, answers, all_correct, unit_path, unit_name)
SELECT %s, %s, e.id,
       COALESCE((SELECT MAX(a.number) FROM contest_attempt a WHERE a.entrant_id = e.id AND a.round_id = %s), 0) + 1,
       %s, %s, %s, 'in_progress', {now}, {deadline}, 0, 1, 0, {empty}, {false}, e.unit_path, e.unit_name
  FROM contest_entrant e
 WHERE e.id = %s AND e.contest_id = %s AND e.barred = ''
   AND NOT EXISTS (SELECT 1 FROM contest_attempt a
                    WHERE a.entrant_id = e.id AND a.round_id = %s AND (a.state = 'in_progress' OR a.start_key = %s))
   AND NOT EXISTS (SELECT 1 FROM contest_startkey k WHERE k.entrant_id = e.id AND k.round_id = %s AND k.key = %s)
   AND (SELECT COUNT(*) FROM contest_attempt a
         WHERE a.entrant_id = e.id AND a.round_id = %s AND a.started_at >= %s) < %s
ON CONFLICT DO NOTHING
RETURNING id, number, unit_path, unit_name
"""
_CASTS = {
    True: {"now": "%s::timestamptz", "deadline": "%s::timestamptz", "empty": "'{}'::jsonb", "false": "false"},
    False: {"now": "%s", "deadline": "%s", "empty": "'{}'", "false": "0"},
}


def insert_attempt(
    *,
    public_id: str,
    round_id: int,
    contest_id: int,
    entrant_id: int,
    start_key: str,
    paper_id: int,
    seed: str,
    now: datetime,
    deadline: datetime,
    counted_from: datetime,
    allowed: int,
) -> tuple[int, int, str, str] | None:
    """(id, number, unit path, unit name) of the new attempt; None when none may start (the caller finds out why).

    `allowed` attempts may have started since `counted_from`. Racing starts meet the unique constraints: all but one
    get None.
    """
    sql = _START.format(**_CASTS[is_postgres()])
    values = [public_id, round_id, round_id, start_key, paper_id, seed, moment(now), moment(deadline), entrant_id,
              contest_id, round_id, start_key, round_id, start_key, round_id, moment(counted_from),
              allowed]  # fmt: skip
    with one_writer():
        rows = run(sql, values)
    if not rows:
        return None
    pk, number, unit_path, unit_name = rows[0]
    return int(pk), int(number), unit_path, unit_name
