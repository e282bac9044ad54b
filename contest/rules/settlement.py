"""Settling a round: the one order in which its numbers come about. Pure; a second run gives the same bytes.

void and regrade -> all correct (by person, any attempt) -> truth of the prediction -> errors -> counted attempt
-> ranks. All correct must not depend on which attempt counts, because the truth depends on all correct and the
counted attempt on the truth.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from contest.errors import Refusal
from contest.rules import prediction
from contest.rules.attempts import FINISHED, AttemptState, duration_ms
from contest.rules.best_attempt import Counted, PredictionFrom, counted_attempt, stated_prediction
from contest.rules.prediction import Numbers, PredictionRule
from contest.rules.ranking import Chain, Row, Shared, rank
from contest.rules.scoring import ItemMark, KeyEffect, score


@dataclass(frozen=True, slots=True)
class Entry:
    """One attempt as stored, marked by the current keys. `barred`: the person is excluded or disqualified."""

    attempt_id: int
    entrant_id: int
    state: AttemptState
    started_at: datetime
    finished_at: datetime
    marks: tuple[ItemMark, ...]
    prediction: int | None = None
    barred: bool = False
    lottery: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the published rules say about settling. No prediction rule: the errors stay None."""

    chain: Chain
    counted: Counted = Counted.BEST
    shared: Shared = Shared.NEVER
    prediction: PredictionRule | None = None
    prediction_from: PredictionFrom = PredictionFrom.COUNTED


@dataclass(frozen=True, slots=True)
class SettledRow:
    """One person's line of the result: the counted attempt, its rank and how many attempts the person had.

    `person_all_correct`: any of the person's attempts was all correct (what the prediction counts).
    """

    rank: int
    row: Row
    key: tuple[int, ...]
    attempts: int
    person_all_correct: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """`truth` is None when nothing was to be predicted; rows from the best to the last."""

    numbers: Numbers
    truth: int | None
    rows: tuple[SettledRow, ...]


def settle(
    entries: Iterable[Entry], terms: Terms, effects: Mapping[int, KeyEffect] | None = None
) -> Settlement:
    """The settlement of these attempts; `effects` by question version id.

    Voided attempts and barred people count nowhere. `entries` is read once, so that it may be a stream. Refusals:
    `round-not-swept` with `attempts` while any is in progress; `ranking-undecided` (see ranking.rank).
    """
    people = _scored(entries, effects or {})
    all_correct = {person for person, rows in people.items() if any(row.all_correct for row in rows)}
    numbers = Numbers(
        people_participating=len(people),
        attempts=sum(len(rows) for rows in people.values()),
        people_all_correct=len(all_correct),
    )
    truth = _truth(numbers, terms.prediction)
    counted = [
        counted_attempt(_with_errors(rows, truth, terms), terms.counted, terms.chain)
        for rows in people.values()
    ]
    return Settlement(
        numbers,
        truth,
        tuple(
            SettledRow(
                rank=entry.rank,
                row=entry.row,
                key=entry.key,
                attempts=len(people[entry.row.entrant_id]),
                person_all_correct=entry.row.entrant_id in all_correct,
            )
            for entry in rank(counted, terms.chain, terms.shared)
        ),
    )


def _scored(entries: Iterable[Entry], effects: Mapping[int, KeyEffect]) -> dict[int, list[Row]]:
    people: dict[int, list[Row]] = defaultdict(list)
    unswept = 0
    for entry in entries:
        unswept += entry.state is AttemptState.IN_PROGRESS
        if entry.state in FINISHED and not entry.barred:
            people[entry.entrant_id].append(_row(entry, effects))
    if unswept:
        raise Refusal("round-not-swept", attempts=unswept)
    return people


def _row(entry: Entry, effects: Mapping[int, KeyEffect]) -> Row:
    scored = score(entry.marks, effects)
    return Row(
        attempt_id=entry.attempt_id,
        entrant_id=entry.entrant_id,
        points=scored.points,
        max_points=scored.max_points,
        correct=scored.correct,
        all_correct=scored.all_correct,
        duration_ms=duration_ms(entry.started_at, entry.finished_at),
        started_at=entry.started_at,
        submitted_at=entry.finished_at,
        prediction=entry.prediction,
        lottery=entry.lottery,
    )


def _truth(numbers: Numbers, rule: PredictionRule | None) -> int | None:
    return None if rule is None else prediction.truth(rule.kind, numbers, rule.decimals)


def _with_errors(rows: list[Row], truth: int | None, terms: Terms) -> list[Row]:
    if terms.prediction is None or truth is None:
        return rows
    if terms.prediction_from is not PredictionFrom.COUNTED:
        spoken = stated_prediction(rows, terms.prediction_from)
        rows = [replace(row, prediction=spoken) for row in rows]
    rule = terms.prediction.error
    return [replace(row, prediction_error=prediction.error(row.prediction, truth, rule)) for row in rows]
