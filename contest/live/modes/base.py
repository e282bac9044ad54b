"""What every mode can do: turn answers into marks, say what follows from them, and give the lines of the board.

A mode only computes. It never sees a clock, a socket or a table.
"""

from abc import ABC
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, ClassVar

import msgspec

from contest.errors import Refusal
from contest.live.events import AnyEvent
from contest.live.modes.totals import Total, folded
from contest.live.remembered import remembered
from contest.live.rules import LiveRules
from contest.live.state import GRACE_MS, Answer, Item, Mark, Phase, Player, Run, State
from question_bank.rules import kinds

Key = Mapping[str, Any]


class Contender(msgspec.Struct, frozen=True):
    """A line of the board before ranking. `floor` smaller is better (Rung chuông vàng); 0 elsewhere."""

    id: int
    name: str
    unit: str
    total: Total
    floor: int = 0


class Mode(ABC):
    """One mode, registered under `code`. `name`: its Vietnamese name and message id. `is_game`: labelled as a game.

    Points on the board are in steps of 1/`scale`.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    is_game: ClassVar[bool] = False
    scale: ClassVar[int] = 1

    # --- Who may answer, and how ------------------------------------------------------------------

    def require_open(self, state: State, run: Run, player: Player, *, at: int, lag_ms: int) -> None:
        """Passes when the participant may answer this run at this moment (ms).

        Refusals: `question-closed` (another phase, too late), `live-paused`, `question-not-open`, and those of
        `require_asked`.
        """
        if state.phase is not Phase.OPEN or run.no != state.run:
            raise Refusal("question-closed")
        require_running(state, run, at)
        if at < run.opens_at:
            raise Refusal("question-not-open")
        require_in_time(run, at, lag_ms)
        self.require_asked(state, run, player)

    def require_asked(self, state: State, run: Run, player: Player) -> None:
        """Passes when an answer of the participant to this run can count. Refusal: `not-asked` (outside its scope)."""
        if run.scope and player.id not in run.scope:
            raise Refusal("not-asked")

    def read(self, item: Item, raw: object) -> Any:
        """The canonical answer of a raw one. Refusals: `response-malformed`, `answer-empty`."""
        kind = kinds.get(item.kind)
        found = kind.read(item.body, raw)
        if not kind.is_answered(found):
            raise Refusal("answer-empty")
        return found

    # --- What an answer is worth ------------------------------------------------------------------

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

    def mark_for(self, state: State, run: Run, player: Player) -> Mark | None:
        """The mark a participant sees as theirs; None where nothing was answered."""
        return run.marks.get(player.id)

    def row_marks(
        self, state: State, run: Run, item: Item, key: Key, answers: Callable[[], Sequence[Answer]]
    ) -> Mapping[int, Mark]:
        """What each answer of a marked run was worth by itself; the run's own marks where nobody shares one."""
        return run.marks

    def right_count(self, state: State, marks: Mapping[int, Mark]) -> int:
        """How many were right, as the hall is told: people, or teams where a team answers as one."""
        return _right(marks)

    # --- What follows -----------------------------------------------------------------------------

    def require_ready(self, state: State) -> None:
        """Passes when the round may leave the lobby."""
        del state

    def following(self, state: State) -> Item | None:
        """The next item of the plan; None when the plan is over."""
        return state.items[state.item] if state.item < len(state.items) else None

    def asks_more(self, state: State) -> bool:
        """Whether another question is still to come; polls and slides move no rank."""
        return any(item.type == "question" for item in state.items[state.item :])

    def scope_of(self, state: State, item: Item) -> tuple[int, ...]:
        """Who is asked the item; empty for everybody."""
        return ()

    def widened(self, state: State, run: Run) -> tuple[int, ...]:
        """Whom the run asks when its options open, where those are more than were announced; else empty."""
        return ()

    def late(self, state: State, players: Sequence[Player]) -> list[AnyEvent]:
        """What happens to those who join when the round is on; `since` says from which run they answer."""
        return []

    def readmitted(self, state: State, player: Player) -> list[AnyEvent]:
        """What follows when somebody who was removed is let in again."""
        return []

    def before_close(self, state: State, run: Run, answers: Sequence[Answer], now: int) -> list[AnyEvent]:
        """What has to happen instead of the close or the opening that is due."""
        return []

    def lost_lines(self, state: State, run: Run, answers: Sequence[Answer], away: Set[int]) -> list[AnyEvent]:
        """What is noted at a close of those who were without a line while the question was open."""
        return []

    def after_reveal(self, state: State, run: Run) -> list[AnyEvent]:
        """What follows from a run at its reveal; the state has it revealed already."""
        return []

    def back_after(self, state: State, run: Run, marks: Mapping[int, Mark] | None) -> tuple[int, ...]:
        """Who returns to the floor when the run has these marks instead; None: it does not count at all."""
        return ()

    def passed_over(self, state: State, run: Run, players: Sequence[int]) -> dict[int, int]:
        """Of those who return by a correction of the run, who was not asked by a later one, and by which."""
        return {}

    def fell_after(
        self, state: State, run: Run, marks: Mapping[int, Mark]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who leaves the floor, and who waits for the jury, when the run has these marks instead."""
        return (), ()

    # --- The board --------------------------------------------------------------------------------

    def chain(self, rules: LiveRules) -> tuple[str, ...]:
        """The criteria that rank, as they are declared."""
        return rules.chain

    def contenders(self, state: State) -> list[Contender]:
        """The lines of the board in no order: here, every participant who is in."""
        earned = self.totals(state)
        return [
            Contender(player.id, player.name, player.unit, earned[player.id])
            for player in state.players.values()
            if player.status == "in"
        ]

    def totals(self, state: State) -> dict[int, Total]:
        """Everybody's total over the runs for points, and adjustments. Time is counted for right answers only."""
        marks = tuple(run.marks for run in state.scored_runs())
        found = folded(self, state.rules, marks, state.players)
        for deed in state.adjustments:
            before = found.get(deed.player)
            if before is not None:
                found[deed.player] = msgspec.structs.replace(before, points=before.points + deed.points)
        return found

    def add(self, rules: LiveRules, total: Total, mark: Mark | None) -> Total:
        """The total after one more run; None: nothing was answered."""
        if mark is None or not mark.right:
            return Total(total.points + (mark.points if mark else 0), total.right, total.ms)
        points, ms = total.points + mark.points, total.ms + mark.ms
        return Total(points, total.right + 1, ms, total.streak + 1)


def require_running(state: State, run: Run, at: int) -> None:
    """Passes for a moment at which the clock of the run did not stand. Refusal: `live-paused`."""
    stands = bool(state.paused_at) and at > state.paused_at
    if stands or any(start < at < end for start, end in run.stops):
        raise Refusal("live-paused")


def require_in_time(run: Run, at: int, lag_ms: int) -> None:
    """Passes up to the close, and as long after it as the lag explains. Refusal: `question-closed`."""
    if at > run.closes_at + min(GRACE_MS, lag_ms):
        raise Refusal("question-closed")


def is_right(item: Item, run: Run, key: Key, value: Any) -> bool:
    """Wholly right by the key, by what the jury accepted besides, or because everything is."""
    if run.everything:
        return True
    kind = kinds.get(item.kind)
    widened = {**key, "accepted": [*key["accepted"], *run.accepted]}
    return kind.grade(item.body, widened, value).is_full


@remembered(64)
def _right(marks: Mapping[int, Mark]) -> int:
    return sum(1 for mark in marks.values() if mark.right)
