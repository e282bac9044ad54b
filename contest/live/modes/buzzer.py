"""The buzzer: who presses first answers aloud; presses too close to tell apart are a declared tie for the jury."""

from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec

from contest.errors import Refusal
from contest.live.events import AnyEvent, BuzzWon
from contest.live.modes.base import Key, Mode, require_in_time, require_running
from contest.live.modes.totals import Total
from contest.live.rules import LiveRules
from contest.live.state import GRACE_MS, Answer, Item, Mark, Phase, Player, Run, State


class Buzzer(Mode):
    """An answer is a press (`true`); polls are answered as everywhere.

    The moment of a press is the server's receive time less the lag it has measured. The window is open until every
    press that could still tie has arrived: `tie_ms` and the greatest lag after the first. Presses stand: after a wrong
    answer the next who has pressed answers, without pressing again.
    """

    code: ClassVar[str] = "buzzer"
    name: ClassVar[str] = "Bấm chuông"

    def require_open(self, state: State, run: Run, player: Player, *, at: int, lag_ms: int) -> None:
        """Refusals besides the usual: `buzzer-taken` (somebody answers), `buzzer-locked` (wrong, or locked out)."""
        if state.items[run.item - 1].type == "poll":
            super().require_open(state, run, player, at=at, lag_ms=lag_ms)
            return
        if run.no != state.run or state.phase not in {Phase.READING, Phase.OPEN, Phase.JUDGING}:
            raise Refusal("question-closed")
        if state.phase is Phase.JUDGING:
            raise Refusal("buzzer-taken")
        require_running(state, run, at)
        early = state.rules.buzzer.early
        if not early and (state.phase is Phase.READING or at < run.opens_at):
            raise Refusal("question-not-open")
        if state.phase is Phase.OPEN:
            require_in_time(run, at, lag_ms)
        self.require_asked(state, run, player)

    def require_asked(self, state: State, run: Run, player: Player) -> None:
        super().require_asked(state, run, player)
        if is_locked(state, run, player.id):
            raise Refusal("buzzer-locked")

    def read(self, item: Item, raw: object) -> Any:
        """Refusal: `response-malformed`."""
        if item.type == "poll":
            return super().read(item, raw)
        if raw is not True:
            raise Refusal("response-malformed", kind="buzzer", reason="shape")
        return True

    def mark(
        self, state: State, run: Run, item: Item, key: Key, answers: Sequence[Answer]
    ) -> dict[int, Mark]:
        """What the jury heard: points for right, the penalty for wrong; the time is the press's."""
        ms = {answer.player: answer.ms for answer in answers}
        wrong = -state.rules.buzzer.penalty if item.weight else 0
        return {
            player: Mark(right, item.points * item.weight if right else wrong, ms.get(player, 0))
            for player, right in run.judged.items()
        }

    def before_close(self, state: State, run: Run, answers: Sequence[Answer], now: int) -> list[AnyEvent]:
        """Whoever has pressed first answers, before time or the opening of the options goes on."""
        return self.won(state, run, answers, now, wait=state.phase is not Phase.OPEN)

    def won(
        self, state: State, run: Run, answers: Sequence[Answer], now: int, *, wait: bool = True
    ) -> list[AnyEvent]:
        """Who answers: the first press and those tied with it. None while there is no press, or the window is open.

        Without `wait` the window counts as over: at the close nothing can arrive any more.
        """
        presses = sorted(
            (answer.at - answer.lag_ms, answer.player)
            for answer in answers
            if may_win(state, run, answer.player)
        )
        if not presses:
            return []
        rules, first = state.rules.buzzer, presses[0][0]
        if wait and now < first + rules.tie_ms + GRACE_MS:
            return []
        tied = tuple(player for moment, player in presses if moment <= first + rules.tie_ms)
        until = now + rules.answer_s * 1000
        strict = rules.strict and len(tied) == 1
        return [BuzzWon(run.no, tied, now, until, until if strict else 0)]

    def add(self, rules: LiveRules, total: Total, mark: Mark | None) -> Total:
        """With `floor` no penalty takes anybody below 0, question after question."""
        made = super().add(rules, total, mark)
        return msgspec.structs.replace(made, points=max(0, made.points)) if rules.buzzer.floor else made


def may_win(state: State, run: Run, player: int) -> bool:
    """Whether the buzzer can still go to a press of the participant: never in a poll, nor to who is out or locked."""
    is_question = state.items[run.item - 1].type == "question"
    return is_question and is_in(state, player) and not is_locked(state, run, player)


def is_in(state: State, player: int) -> bool:
    """Whether the participant takes part."""
    person = state.players.get(player)
    return person is not None and person.status == "in"


def is_locked(state: State, run: Run, player: int) -> bool:
    """Whether the participant may not press in this run: judged wrong in it, or locked out by the question before it.

    Read off what the jury heard: a question that is void, replaced by a replay or for practice locks nobody out, and a
    replay locks out whom its question did. Nobody is locked out of a poll.
    """
    if run.judged.get(player) is False:
        return True
    if not state.rules.buzzer.skip_next or state.items[run.item - 1].type != "question":
        return False
    before = _scored_before(state.items, run.item)
    return any(
        one.item == before and one.judged.get(player) is False and not one.voided and not one.replaced
        for one in state.runs.values()
    )


def _scored_before(items: Sequence[Item], number: int) -> int:
    """The number of the last question for points before an item of the plan; 0 for none."""
    return next((one.no for one in reversed(items[: number - 1]) if one.is_scored), 0)
