"""Many entrants with an attempt each, made inside the database: a million through the ORM would take an hour."""

import json
import random
from datetime import timedelta
from typing import Any

from django.db import connection

from contest.models import Entrant, Paper, Round
from contest.queries import marking, rows, snapshots
from contest.rules import scoring

SHEETS = 16
HOUR_MS = 3_600_000

_SERIES = {
    True: "generate_series({low}, {high}) AS s(n)",
    False: "(WITH RECURSIVE s(n) AS (SELECT {low} UNION ALL SELECT n + 1 FROM s WHERE n < {high}) SELECT n FROM s)",
}
_ENTRANTS = """
INSERT INTO contest_entrant (id, contest_id, name, sort_key, search, birth_year, phone, person_key, code,
                             unit_path, unit_name, consents, barred, registered_at)
SELECT n, %s, 'Trần Văn Hòa', 'hoa tran van', 'tran van hoa', 1990, '+84000', 'crowd-' || n, '23456789',
       '', 'Đơn vị khác', '{{}}', '', {moment}
  FROM {series}
"""
_ATTEMPTS = """
INSERT INTO contest_attempt (public_id, round_id, entrant_id, number, start_key, paper_id, seed, state, started_at,
                             deadline, extra_s, epoch, revision, saved_at, answers, finished_at, duration_ms, receipt,
                             score, correct, all_correct, unit_path, unit_name)
SELECT 'crowd-' || %s || '-' || n, %s, n, 1, 'crowd', %s, 'crowd', {state}, {moment}, {deadline}, 0, 1, 20, {moment},
       {answers}, {finished}, {duration}, {receipt}, {score}, {correct}, {right}, '', 'Đơn vị khác'
  FROM {series} WHERE n %% {sheets} = {sheet}
"""
_ENTRIES = """
INSERT INTO contest_boardentry (round_id, entrant_id, attempt_id, points, duration_ms, finished_at)
SELECT round_id, entrant_id, id, score, duration_ms, finished_at FROM contest_attempt
 WHERE round_id = %s AND entrant_id BETWEEN %s AND %s
"""
_BUCKETS = """
INSERT INTO contest_boardbucket (round_id, points, seconds, entrants)
SELECT round_id, points, duration_ms / 1000, COUNT(*) FROM contest_boardentry
 WHERE round_id = %s AND entrant_id BETWEEN %s AND %s GROUP BY 1, 2, 3
"""


def add(round: Round, people: int, *, unfinished_every: int = 0) -> range:
    """`people` entrants, one attempt each: twenty answers, some right; every n-th attempt is left open if asked."""
    low = (Entrant.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
    ids = range(low, low + people)
    series = _SERIES[rows.is_postgres()].format(low=ids[0], high=ids[-1])
    moment = f"'{rows.moment(round.opens_at)}'" + _cast("timestamptz")
    rows.execute(_ENTRANTS.format(series=series, moment=moment), [round.contest_id])
    papers = list(Paper.objects.filter(round=round))
    dice = random.Random(35)
    for sheet in range(SHEETS):
        paper = papers[sheet % len(papers)]
        values = _values(round, paper, _answers(paper, dice), moment, unfinished_every)
        sql = _ATTEMPTS.format(series=series, moment=moment, sheets=SHEETS, sheet=sheet, **values)
        rows.execute(sql, [round.pk, round.pk, paper.pk])
    if rows.is_postgres():
        rows.run("SELECT setval('contest_entrant_id_seq', %s)", [ids[-1]])
    return ids


def onto_board(round: Round, ids: range) -> None:
    """The attempts of these entrants on the running board, with its histogram."""
    for sql in (_ENTRIES, _BUCKETS):
        rows.execute(sql, [round.pk, ids[0], ids[-1]])


def _answers(paper: Paper, dice: random.Random) -> dict[str, Any]:
    """Right answers to about 85 % of the questions, none to the others."""
    return {number: key["accepted"][0] for number, key in paper.keys.items() if dice.random() < 0.85}


def _values(
    round: Round, paper: Paper, answers: dict[str, Any], moment: str, unfinished_every: int
) -> dict[str, str]:
    """The columns of one sheet as SQL; durations differ by entrant, from one minute to nine."""
    score = scoring.score(marking.marks(snapshots.paper(paper.pk), answers, partial=False))
    open_if = f"n %% {unfinished_every * SHEETS} < {SHEETS}" if unfinished_every else "1 = 0"
    end = round.opens_at + timedelta(milliseconds=HOUR_MS)
    late = f"'{rows.moment(end)}'" + _cast("timestamptz")

    def unless_open(value: str) -> str:
        return f"CASE WHEN {open_if} THEN NULL ELSE {value} END"

    right = str(score.all_correct).lower() if rows.is_postgres() else str(int(score.all_correct))
    return {
        "state": f"CASE WHEN {open_if} THEN 'in_progress' ELSE 'submitted' END",
        "deadline": late,
        "answers": _text(json.dumps(answers, ensure_ascii=False)) + _cast("jsonb"),
        "finished": unless_open(moment),
        "duration": unless_open("60000 + (n %% 480000) * 4099 %% 480000"),
        "receipt": unless_open(f"'C{round.pk}-' || n"),
        "score": unless_open(str(score.points)),
        "correct": unless_open(str(score.correct)),
        "right": right,
    }


def _text(value: str) -> str:
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"


def _cast(kind: str) -> str:
    return f"::{kind}" if connection.vendor == "postgresql" else ""
