"""The buzzer: whose press was first, and what the jury heard."""

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live.deciding.closing import close
from contest.live.deciding.registry import Events, decides
from contest.live.evolving import evolve
from contest.live.facts import Facts
from contest.live.modes.buzzer import Buzzer, is_in, is_locked
from contest.live.state import GRACE_MS, Run, State


@decides(c.CollectPresses)
def _collect(state: State, command: c.CollectPresses, facts: Facts) -> Events:
    """Who has pressed first answers. Nothing without a press, or while one that ties could still arrive."""
    run = state.current
    if state.rules.mode != "buzzer" or run is None or run.no != command.run or state.paused_at:
        return []
    return Buzzer().won(state, run, facts.answers(run.no), facts.now)


@decides(c.JudgeBuzz)
def _judge(state: State, command: c.JudgeBuzz, facts: Facts) -> Events:
    """Right closes the question; wrong opens it again for the others, with penalty and lockout as the rules say.

    Refusals: `live-paused`, `not-at-the-buzzer`. Nothing for a run that is over.
    """
    run = state.current
    if run is None or run.no != command.run:
        return []
    if state.paused_at:
        raise Refusal("live-paused")
    if command.player not in state.buzz.first:
        raise Refusal("not-at-the-buzzer")
    if command.right:
        return _closed_after(state, e.BuzzJudged(run.no, command.player, True, facts.now), facts)
    return _wrong(state, run, command.player, facts)


def silent(state: State, facts: Facts) -> Events:
    """The time to answer is over and the rules count silence as wrong."""
    run = state.current
    return _wrong(state, run, state.buzz.first[0], facts) if run is not None and state.buzz.first else []


def _wrong(state: State, run: Run, player: int, facts: Facts) -> Events:
    """The next who has pressed answers at once; without anybody left to press, the question is over."""
    judged = _reopening(state, run, player, facts.now)
    after = evolve(state, judged)
    again = after.runs[run.no]
    asked = [
        one
        for one in after.players
        if is_in(after, one) and not is_locked(after, again, one) and (not run.scope or one in run.scope)
    ]
    if not asked:
        return _closed_after(state, judged, facts)
    return [judged, *Buzzer().won(after, again, facts.answers(run.no), facts.now, wait=False)]


def _closed_after(state: State, judged: e.BuzzJudged, facts: Facts) -> Events:
    after = evolve(state, judged)
    return [judged, close(after, after.runs[judged.run], facts, at=facts.now)]


def _reopening(state: State, run: Run, player: int, now: int) -> e.BuzzJudged:
    """Wrong; the clock goes on from where it stood, and the others have at least `again_s`."""
    rules, buzz = state.rules.buzzer, state.buzz
    stood = now - buzz.at
    if not run.opens_at:
        due_at = buzz.due_at + stood if buzz.due_at else 0
        return e.BuzzJudged(run.no, player, False, now, due_at=due_at)
    opens_at = run.opens_at + stood if buzz.at < run.opens_at else run.opens_at
    closes_at = max(run.closes_at + stood, max(now, opens_at) + rules.again_s * 1000)
    return e.BuzzJudged(run.no, player, False, now, opens_at, closes_at, closes_at + GRACE_MS)
