"""The rules as one exchangeable set of functions, so that the same properties judge the real ones and faulty ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contest.rules import (
    attempts,
    best_attempt,
    blueprint,
    overall,
    paper,
    prediction,
    prizes,
    ranking,
    receipts,
    scoring,
    settlement,
    units,
    windows,
)


@dataclass(frozen=True)
class Engine:
    rank: Callable[..., Any] = ranking.rank
    counted_attempt: Callable[..., Any] = best_attempt.counted_attempt
    stated_prediction: Callable[..., Any] = best_attempt.stated_prediction
    settle: Callable[..., Any] = settlement.settle
    score: Callable[..., Any] = scoring.score
    error: Callable[..., Any] = prediction.error
    parse: Callable[..., Any] = prediction.parse
    truth: Callable[..., Any] = prediction.truth
    overall: Callable[..., Any] = overall.settle
    award: Callable[..., Any] = prizes.award
    receipt: Callable[..., Any] = receipts.receipt
    read_receipt: Callable[..., Any] = receipts.read_receipt
    shortages: Callable[..., Any] = blueprint.shortages
    draw: Callable[..., Any] = paper.draw
    draw_many: Callable[..., Any] = paper.draw_many
    rolled_up: Callable[..., Any] = units.rolled_up
    counted_once: Callable[..., Any] = units.counted_once
    how_many_left: Callable[..., Any] = attempts.how_many_left
    finish_time: Callable[..., Any] = attempts.finish_time
    is_late: Callable[..., Any] = attempts.is_late
    deadline_in: Callable[..., Any] = windows.deadline_in


REAL = Engine()
