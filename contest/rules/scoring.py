"""From marks to a score, in integers. How one answer is marked is the bank's business."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class KeyEffect(StrEnum):
    """What a correction did to a question version beyond changing its accepted answers.

    `void_full`: full marks for everybody, answered or not. `void_removed`: out of points, maximum and total.
    `accept_all`: full marks for whoever gave any answer.
    """

    VOID_FULL = "void_full"
    VOID_REMOVED = "void_removed"
    ACCEPT_ALL = "accept_all"


@dataclass(frozen=True, slots=True)
class ItemMark:
    """One item of an attempt as marked by the current key: `earned` of `possible` shares of its `points`."""

    version_id: int
    points: int
    earned: int
    possible: int = 1
    answered: bool = True

    def __post_init__(self) -> None:
        if not (self.points >= 0 and 0 <= self.earned <= self.possible and self.possible >= 1):
            raise ValueError(f"no such mark: {self.earned} of {self.possible} for {self.points} points")


@dataclass(frozen=True, slots=True)
class Score:
    """Points of max_points; `correct` of `total` items wholly right."""

    points: int
    max_points: int
    correct: int
    total: int

    @property
    def all_correct(self) -> bool:
        """Every item wholly right. A paper of which every item was removed is not all correct."""
        return self.total > 0 and self.correct == self.total


def score(marks: Iterable[ItemMark], effects: Mapping[int, KeyEffect] | None = None) -> Score:
    """The score of an attempt; `effects` by version id. A partial mark gives points * earned // possible."""
    points = max_points = correct = total = 0
    for mark in marks:
        effect = effects.get(mark.version_id) if effects else None
        if effect is KeyEffect.VOID_REMOVED:
            continue
        right = mark.earned == mark.possible or _gives_full(effect, mark)
        points += mark.points if right else mark.points * mark.earned // mark.possible
        max_points += mark.points
        correct += right
        total += 1
    return Score(points, max_points, correct, total)


def _gives_full(effect: KeyEffect | None, mark: ItemMark) -> bool:
    return effect is KeyEffect.VOID_FULL or (effect is KeyEffect.ACCEPT_ALL and mark.answered)
