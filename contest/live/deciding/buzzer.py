"""The buzzer: whose press was first, and what the jury heard."""

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live.deciding.pace import close
from contest.live.deciding.registry import Events, decides
from contest.live.evolving import evolve
from contest.live.facts import Facts
from contest.live.state import GRACE_MS, Adjustment, State


@decides(c.CollectPresses)
def _collect(state: State, command: c.CollectPresses, facts: Facts) -> Events:
    """The presses within `tie_ms` of the first are first together: a tie for the jury. Nothing without a press."""
    if state.rules.mode != "buzzer" or state.run != command.run or state.paused_at:
        return []
    presses = [
        answer
        for answer in facts.answers(command.run)
        if answer.player not in state.buzz.wrong and state.players[answer.player].status == "in"
    ]
    if not presses:
        return []
    rules = state.rules.buzzer
    earliest = min(answer.at - answer.lag_ms for answer in presses)
    first = sorted(
        (answer.at - answer.lag_ms, answer.player)
        for answer in presses
        if answer.at - answer.lag_ms <= earliest + rules.tie_ms
    )
    until = facts.now + rules.answer_s * 1000
    return [e.BuzzWon(command.run, tuple(player for _, player in first), facts.now, until)]


@decides(c.JudgeBuzz)
def _judge(state: State, command: c.JudgeBuzz, facts: Facts) -> Events:
    """Right closes the question; wrong opens it again for the others, with penalty and lockout as the rules say.

    Refusals: `not-at-the-buzzer`. Nothing for a run that is over.
    """
    run = state.current
    if run is None or run.no != command.run:
        return []
    if command.player not in state.buzz.first:
        raise Refusal("not-at-the-buzzer")
    if command.right:
        won = e.BuzzJudged(run.no, command.player, True, facts.now)
        return [won, close(evolve(state, won), run, facts)]
    return _wrong(state, command, facts)


def _wrong(state: State, command: c.JudgeBuzz, facts: Facts) -> Events:
    rules, run = state.rules.buzzer, state.runs[command.run]
    left_ms = max(3000, run.closes_at - max(run.opens_at, _won_at(state)))
    closes_at = facts.now + left_ms
    found: Events = [
        e.BuzzJudged(
            run.no,
            command.player,
            False,
            facts.now,
            closes_at,
            closes_at + GRACE_MS,
            run.no + 1 if rules.skip_next else run.no,
        )
    ]
    if rules.penalty:
        found.append(e.PointsAdjusted(Adjustment(command.player, -rules.penalty, "buzzer-wrong", run.no)))
    return found


def _won_at(state: State) -> int:
    return state.buzz.until - state.rules.buzzer.answer_s * 1000
