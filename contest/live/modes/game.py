"""Game mode: the faster a right answer, the more points, never less than half of them."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from contest.live.modes.base import Mode, Total
from contest.live.state import Answer, Item, Mark, Run, State

FREE_MS = 500  # the network's jitter costs nobody anything
MOST_STEPS = 5


class Game(Mode):
    """P·(1 − ½·t/T) points for a right answer after t of T, all of them within the first 0.5 s.

    P: the item's points by its weight; T: the item's time as planned, so that closing early or adding time changes
    nobody's points; after T, half. Rounded to whole points, halves up.
    """

    code: ClassVar[str] = "game"
    name: ClassVar[str] = "Trò chơi"
    is_game: ClassVar[bool] = True

    def mark_one(self, state: State, run: Run, item: Item, answer: Answer, *, right: bool) -> Mark:
        whole = item.points * item.weight
        if right and state.rules.game.speed:
            whole = speed_points(whole, answer.ms, item.seconds * 1000)
        return Mark(right, whole if right else 0, answer.ms)

    def total_of(self, state: State, marks: Sequence[Mark | None], given: int) -> Total:
        """With streaks: a bonus for every right answer that follows a right one."""
        total = super().total_of(state, marks, given)
        rules = state.rules.game
        if not rules.streaks:
            return total
        streak, points, bonus = 0, total.points, 0
        for mark in marks:
            streak = streak + 1 if mark is not None and mark.right else 0
            bonus = bonus_of(streak, rules.streak_step)
            points += bonus
        return msgspec.structs.replace(total, points=points, bonus=bonus)


def speed_points(whole: int, ms: int, time_ms: int) -> int:
    """Points after `ms` of `time_ms`: exact integers, nearest, halves up."""
    if ms <= FREE_MS:
        return whole
    used = min(ms, time_ms)
    return (2 * whole * (2 * time_ms - used) + 2 * time_ms) // (4 * time_ms)


def bonus_of(streak: int, step: int) -> int:
    """The bonus of the last of so many right answers in a row."""
    return step * min(max(0, streak - 1), MOST_STEPS)
