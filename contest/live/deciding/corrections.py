"""After the fact: a question void, asked again or with one more right answer; points by the jury; undo."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live import modes
from contest.live.deciding.pace import announce
from contest.live.deciding.registry import Events, closed_run, decides, reason_of, reopened
from contest.live.facts import Facts
from contest.live.marking import marks_of
from contest.live.state import Adjustment, Mark, Run, State

MOST_POINTS = 10_000


@decides(c.VoidRun)
def _void(state: State, command: c.VoidRun, facts: Facts) -> Events:
    """Refusals: `no-such-run`, `reason-missing`. Nothing when it is void already."""
    run = closed_run(state, command.run)
    reason = reason_of(command.reason)
    if run.voided:
        return []
    back, waits = _returning(state, run, None)
    return [e.RunVoided(run.no, reason, back, waits), *reopened(state, reason)]


def _returning(
    state: State, run: Run, marks: Mapping[int, Mark] | None
) -> tuple[tuple[int, ...], dict[int, int]]:
    """Who returns to the floor, and who waits for the jury by which later run that did not ask them."""
    mode = modes.get(state.rules.mode)
    back = mode.back_after(state, run, marks)
    waits = mode.passed_over(state, run, back)
    return tuple(player for player in back if player not in waits), waits


@decides(c.Replay)
def _replay(state: State, command: c.Replay, facts: Facts) -> Events:
    """The run of now is asked again. Refusals: `no-such-run`, `reason-missing`, `live-paused`."""
    run = closed_run(state, command.run)
    reason = reason_of(command.reason)
    if run.no != state.run or run.replaced:
        return []
    if state.paused_at:
        raise Refusal("live-paused")
    back = modes.get(state.rules.mode).back_after(state, run, None)
    again = announce(state, state.items[run.item - 1], facts.now, run.scope)
    return [e.RunReplaced(run.no, reason, back), again]


@decides(c.Accept)
def _accept(state: State, command: c.Accept, facts: Facts) -> Events:
    """Refusals: `no-such-run`, `reason-missing`, `not-marked` (a poll, or what the jury heard), and those of `read`.

    What is accepted already changes nothing.
    """
    run = closed_run(state, command.run)
    reason = reason_of(command.reason)
    item = state.items[run.item - 1]
    secret = facts.secrets.get(run.item)
    if item.type != "question" or secret is None or state.rules.mode == "buzzer":
        raise Refusal("not-marked")
    mode = modes.get(state.rules.mode)
    more = () if command.everything else (mode.read(item, command.answer),)
    accepted = _once((*run.accepted, *more))
    everything = run.everything or command.everything
    if (accepted, everything) == (run.accepted, run.everything):
        return []
    widened = replace(run, accepted=accepted, everything=everything)
    marks = marks_of(state, widened, secret, facts.answers(run.no))
    back, waits = _returning(state, run, marks)
    fell, held = mode.fell_after(state, run, marks)
    return [
        e.Remarked(run.no, reason, marks, accepted, everything, None, back, fell, held, waits),
        *reopened(state, reason),
    ]


def _once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    kept: list[Any] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return tuple(kept)


@decides(c.Adjust)
def _adjust(state: State, command: c.Adjust, facts: Facts) -> Events:
    """Points of a participant, in mode teams of a team. Refusals: `no-such-player`, `reason-missing`,
    `points-out-of-range`.
    """
    if command.player not in (state.teams if state.rules.mode == "teams" else state.players):
        raise Refusal("no-such-player")
    reason = reason_of(command.reason)
    if not 1 <= abs(command.points) <= MOST_POINTS:
        raise Refusal("points-out-of-range")
    deed = Adjustment(command.player, command.points, reason, state.run)
    return [e.PointsAdjusted(deed), *reopened(state, reason)]


@decides(c.Undo)
def _undo(state: State, command: c.Undo, facts: Facts) -> Events:
    """Refusals: `nothing-to-undo`; `undo-overtaken` when something was done since the sender looked."""
    if not state.undo:
        raise Refusal("nothing-to-undo")
    if command.seen != state.undo_at:
        raise Refusal("undo-overtaken")
    return [e.Undone(state.undo_what, state.undo), *reopened(state, "undo")]
