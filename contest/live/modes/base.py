"""What every mode can do: turn answers into marks, say what follows from them, and give the lines of the board.

A mode only computes. It never sees a clock, a socket or a table.
"""

from abc import ABC
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from contest.errors import Refusal
from contest.live.events import AnyEvent
from contest.live.state import GRACE_MS, Answer, Item, Mark, Phase, Player, Run, State
from question_bank.rules import kinds

Key = Mapping[str, Any]


class Total(msgspec.Struct, frozen=True):
    """What a participant has earned in the runs that count: points with adjustments, right answers, ms of those."""

    points: int = 0
    right: int = 0
    ms: int = 0
    streak: int = 0


class Contender(msgspec.Struct, frozen=True):
    """A line of the board before ranking. `floor` smaller is better (Rung chuông vàng); 0 elsewhere."""

    id: int
    name: str
    unit: str
    total: Total
    floor: int = 0


class Mode(ABC):
    """One mode, registered under `code`. `name`: its Vietnamese name and message id. `is_game`: labelled as a game."""

    code: ClassVar[str]
    name: ClassVar[str]
    is_game: ClassVar[bool] = False

    def require_open(self, state: State, run: Run, player: Player, *, at: int, lag_ms: int) -> None:
        """Passes when the participant may answer this run at this moment (ms).

        Refusals: `question-closed` (another phase, too late), `live-paused`, `question-not-open`, `not-asked` (outside
        the scope of the run).
        """
        if state.phase is not Phase.OPEN or run.no != state.run:
            raise Refusal("question-closed")
        if state.paused_at:
            raise Refusal("live-paused")
        if at < run.opens_at:
            raise Refusal("question-not-open")
        if at > run.closes_at + min(GRACE_MS, lag_ms):
            raise Refusal("question-closed")
        if run.scope and player.id not in run.scope:
            raise Refusal("not-asked")

    def read(self, item: Item, raw: object) -> Any:
        """The canonical answer of a raw one. Refusals: `response-malformed`, `answer-empty`."""
        kind = kinds.get(item.kind)
        found = kind.read(item.body, raw)
        if not kind.is_answered(found):
            raise Refusal("answer-empty")
        return found

    def mark(
        self, state: State, run: Run, item: Item, key: Key, answers: Sequence[Answer]
    ) -> dict[int, Mark]:
        """A mark for every answer of the run, by participant. A pure function of the rows, whatever their order."""
        return {
            answer.player: self.mark_one(
                state, run, item, answer, right=is_right(item, run, key, answer.value)
            )
            for answer in answers
        }

    def mark_one(self, state: State, run: Run, item: Item, answer: Answer, *, right: bool) -> Mark:
        """Points of one answer: the item's, by its weight, for a right one."""
        return Mark(right, item.points * item.weight if right else 0, answer.ms)

    def after_reveal(self, state: State, run: Run) -> list[AnyEvent]:
        """What follows from a run at its reveal; the state has it revealed already."""
        return []

    def back_after(self, state: State, run: Run, marks: Mapping[int, Mark]) -> tuple[int, ...]:
        """Who returns to the floor when the run has these marks instead (voided: none)."""
        return ()

    def contenders(self, state: State) -> list[Contender]:
        """The lines of the board in no order: here, every participant who is in."""
        earned = totals(state)
        return [
            Contender(player.id, player.name, player.unit, earned[player.id])
            for player in state.players.values()
            if player.status == "in"
        ]


def is_right(item: Item, run: Run, key: Key, value: Any) -> bool:
    """Wholly right by the key, by what the jury accepted besides, or because everything is."""
    if run.everything:
        return True
    kind = kinds.get(item.kind)
    widened = {**key, "accepted": [*key["accepted"], *run.accepted]}
    return kind.grade(item.body, widened, value).is_full


def totals(state: State, runs: Iterable[Run] | None = None) -> dict[int, Total]:
    """Everybody's total over the runs that count, and adjustments. Time is counted for right answers only."""
    counting = list(state.counting_runs() if runs is None else runs)
    found = {}
    for player in state.players:
        points = right = ms = streak = 0
        for run in counting:
            mark = run.marks.get(player)
            if mark is None or not mark.right:
                streak = 0
                points += mark.points if mark else 0
                continue
            points, right, ms, streak = points + mark.points, right + 1, ms + mark.ms, streak + 1
        found[player] = Total(points, right, ms, streak)
    for deed in state.adjustments:
        before = found.get(deed.player)
        if before is not None:
            found[deed.player] = msgspec.structs.replace(before, points=before.points + deed.points)
    return found
