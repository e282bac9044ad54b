"""Game mode: the faster a right answer, the more points, never less than half of them."""

from typing import ClassVar

from contest.live.modes.base import Mode
from contest.live.modes.totals import Total
from contest.live.rules import LiveRules
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

    def add(self, rules: LiveRules, total: Total, mark: Mark | None) -> Total:
        """With streaks: a bonus for every right answer that follows a right one."""
        made = super().add(rules, total, mark)
        bonus = bonus_of(made.streak, rules.game.streak_step) if rules.game.streaks else 0
        return Total(made.points + bonus, made.right, made.ms, made.streak, bonus)


def speed_points(whole: int, ms: int, time_ms: int) -> int:
    """Points after `ms` of `time_ms`: exact integers, nearest, halves up."""
    if ms <= FREE_MS:
        return whole
    used = min(ms, time_ms)
    return (2 * whole * (2 * time_ms - used) + 2 * time_ms) // (4 * time_ms)


def bonus_of(streak: int, step: int) -> int:
    """The bonus of the last of so many right answers in a row."""
    return step * min(max(0, streak - 1), MOST_STEPS)
