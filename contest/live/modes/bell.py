"""Rung chuông vàng: who is wrong or silent leaves the floor; a technical loss is the jury's to judge."""

from collections.abc import Mapping, Sequence, Set
from typing import ClassVar

from msgspec.structs import replace

from contest.live.events import AnyEvent, HeldForJury, LeftFloor, LineLost, StayedOnFloor
from contest.live.modes.base import Contender, Mode
from contest.live.rules import LiveRules
from contest.live.state import Answer, Item, Mark, Player, Run, State


class Bell(Mode):
    """Points as in official mode; the board ranks who stands, then by the run of leaving, then by the chain.

    Nobody leaves by a poll, a practice question (weight 0) or a void one. Those off the floor go on answering; only
    the bell question is for the floor alone. Who waits for the jury is neither on the floor nor off it, and is ranked
    as having left until it has decided.

    When nobody was right and all stayed, and the jury accepts an answer before the next question for points is
    announced, the floor is what it would have been: who is not right by it leaves. Afterwards a correction only brings
    back: who was told to stay and has played on is not sent off for an earlier question.

    The bell question asks whoever is on the floor when its options open. Who comes onto it later was not asked, and
    waits for the jury; so does who was removed, is let in again, and was not right in a question for points meanwhile.
    """

    code: ClassVar[str] = "bell"
    name: ClassVar[str] = "Rung chuông vàng"

    def following(self, state: State) -> Item | None:
        """The bell question comes when at most `last` stand, with `to_bell` at once; else it is passed over."""
        few = _are_few(state)
        ahead = list(state.items[state.item :])
        if few and state.rules.bell.to_bell and state.run:
            ahead = sorted(ahead, key=lambda item: (not item.bell, item.no))
        return next((item for item in ahead if few or not item.bell), None)

    def asks_more(self, state: State) -> bool:
        few = _are_few(state)
        return any(item.type == "question" and (few or not item.bell) for item in state.items[state.item :])

    def scope_of(self, state: State, item: Item) -> tuple[int, ...]:
        return tuple(sorted([*standing(state), *state.floor.waiting])) if item.bell else ()

    def require_asked(self, state: State, run: Run, player: Player) -> None:
        """Until the options open, whoever is on the floor will be asked."""
        if run.opens_at or player.id in state.floor.out:
            super().require_asked(state, run, player)

    def widened(self, state: State, run: Run) -> tuple[int, ...]:
        """Who has come onto the floor since the announcement, or waits for the jury since, is asked with the others."""
        if not run.scope:
            return ()
        scope = tuple(sorted({*run.scope, *self.scope_of(state, state.items[run.item - 1])}))
        return scope if scope != run.scope else ()

    def late(self, state: State, players: Sequence[Player]) -> list[AnyEvent]:
        """By the rule `late_floor` on the floor, as long as they can still fall; otherwise off it."""
        off = tuple(player.id for player in players if state.is_late(player.since))
        stands = state.rules.bell.late_floor and _can_still_fall(state, players)
        return [LeftFloor(0, off, "late")] if off and not stands else []

    def readmitted(self, state: State, player: Player) -> list[AnyEvent]:
        """Who has missed a question for points while they were out, and stands, waits for the jury by the first one."""
        if player.id in state.floor.out or player.id in state.floor.waiting:
            return []
        missed = [
            run.no
            for run in state.scored_runs()
            if run.no >= player.gone and not is_right(run.marks, player.id)
        ]
        return [HeldForJury(missed[0], (player.id,))] if missed else []

    def lost_lines(self, state: State, run: Run, answers: Sequence[Answer], away: Set[int]) -> list[AnyEvent]:
        """By the rule `grace`. Simulated people have no lines."""
        rules = state.rules
        if not rules.bell.grace or rules.rehearsal or not away or not state.items[run.item - 1].is_scored:
            return []
        safe = {answer.player for answer in answers}
        safe |= {player.id for player in state.players.values() if run.no in player.loss}
        lost = tuple(player for player in _asked(state, run) if player in away and player not in safe)
        return [LineLost(run.no, lost)] if lost else []

    def after_reveal(self, state: State, run: Run) -> list[AnyEvent]:
        if run.voided or not state.is_scored(run):
            return []
        on_floor = _asked(state, run)
        fell = [player for player in on_floor if not is_right(run.marks, player)]
        passed = tuple(player for player in standing(state) if run.scope and player not in run.scope)
        if len(fell) == len(on_floor) > 1 and state.rules.bell.all_out == "stay":
            return [StayedOnFloor(run.no, tuple(fell)), *_held(run, passed)]
        out, lost = _by_loss(state, run, fell)
        held = _held(run, (*lost, *passed))
        return [*held, LeftFloor(run.no, out)] if out else held

    def back_after(self, state: State, run: Run, marks: Mapping[int, Mark] | None) -> tuple[int, ...]:
        fell = [
            player
            for player, by in {**state.floor.out, **state.floor.waiting}.items()
            if by == run.no and (marks is None or is_right(marks, player))
        ]
        return tuple(sorted(fell))

    def passed_over(self, state: State, run: Run, players: Sequence[int]) -> dict[int, int]:
        later = [one for one in state.scored_runs() if one.scope and one.no > run.no]
        return {player: one.no for one in reversed(later) for player in players if player not in one.scope}

    def fell_after(
        self, state: State, run: Run, marks: Mapping[int, Mark]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        right = [player for player in run.stayed if is_right(marks, player)]
        played_on = any(one.no > run.no and state.is_scored(one) for one in state.runs.values())
        if not right or played_on or run.voided or run.replaced:
            return (), ()
        off = {*state.floor.out, *state.floor.waiting, *right}
        return _by_loss(state, run, [player for player in run.stayed if player not in off])

    def chain(self, rules: LiveRules) -> tuple[str, ...]:
        return ("floor", *(code for code in rules.chain if code != "floor"))

    def contenders(self, state: State) -> list[Contender]:
        """`floor`: 0 on it, then the later the run of leaving the better."""
        last = len(state.runs) + 1
        left = {**state.floor.out, **state.floor.waiting}
        return [
            Contender(
                line.id, line.name, line.unit, line.total, last - left[line.id] if line.id in left else 0
            )
            for line in super().contenders(state)
        ]


def standing(state: State) -> list[int]:
    """Who stands on the floor: in, neither out nor waiting for the jury."""
    floor = state.floor
    return [
        player.id
        for player in state.players.values()
        if player.status == "in" and player.id not in floor.out and player.id not in floor.waiting
    ]


def _held(run: Run, players: tuple[int, ...]) -> list[AnyEvent]:
    return [HeldForJury(run.no, players)] if players else []


def _can_still_fall(state: State, joining: Sequence[Player]) -> bool:
    """Whether a question for points is still asked of those who join now, standing on the floor."""
    runs = state.runs.values()
    if any(run.scope and run.opens_at and not run.voided and not run.replaced for run in runs):
        return False
    run = state.current
    if run is not None and state.is_scored(run) and not run.closed_at:
        return True
    few = _are_few(replace(state, players={**state.players, **{one.id: one for one in joining}}))
    return any(item.is_scored and (few or not item.bell) for item in state.items[state.item :])


def _asked(state: State, run: Run) -> list[int]:
    """Those on the floor whom the run asks."""
    return [
        player
        for player in standing(state)
        if state.players[player].since <= run.no and (not run.scope or player in run.scope)
    ]


def _by_loss(state: State, run: Run, players: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Those who leave by the run, and those for whom it is a technical loss."""
    lost = tuple(player for player in players if run.no in state.players[player].loss)
    return tuple(player for player in players if player not in set(lost)), lost


def _are_few(state: State) -> bool:
    """Whether so few are left that the bell question may come."""
    return 0 < len(standing(state)) + len(state.floor.waiting) <= state.rules.bell.last


def is_right(marks: Mapping[int, Mark], player: int) -> bool:
    """Whether the participant has a right answer among the marks."""
    mark = marks.get(player)
    return mark is not None and mark.right
