"""Corrections and the buzzer: marked again, void, replaced, points, judged, undone."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from contest.live import events as e
from contest.live.evolving.people import fallen, held, held_again, out_again, standing_again
from contest.live.evolving.registry import APPLY, no_undo, on, undone_by, with_run, without
from contest.live.state import Buzz, Floor, Phase, State

NOBODY: Mapping[int, int] = {}


def _back(floor: Floor, players: tuple[int, ...], waits: Mapping[int, int] = NOBODY) -> Floor:
    moved = (*players, *waits)
    waiting = {**without(floor.waiting, moved), **waits}
    return replace(floor, out=without(floor.out, moved), waiting=waiting)


def _off_again(state: State, event: e.Remarked | e.RunVoided) -> tuple[e.AnyEvent, ...]:
    """What takes those off the floor again whom the correction brings back. Who waits by it has to leave that first."""
    moved = (*event.back, *event.waits)
    waited: tuple[e.AnyEvent, ...] = (e.BackOnFloor(tuple(event.waits), ""),) if event.waits else ()
    return (*waited, *out_again(state, moved), *held_again(state, moved))


@on(e.Remarked)
def _remarked(state: State, event: e.Remarked) -> State:
    run = state.runs[event.run]
    changed = with_run(
        state,
        event.run,
        marks=event.marks,
        accepted=event.accepted,
        everything=event.everything,
        solution=event.solution or run.solution,
        remarked=run.remarked + 1,
    )
    floor = held(
        fallen(_back(state.floor, event.back, event.waits), event.run, event.fell), event.run, event.held
    )
    return replace(changed, floor=floor)


@undone_by(e.Remarked)
def _remarked_back(state: State, event: e.Remarked) -> tuple[e.AnyEvent, ...]:
    run = state.runs[event.run]
    before = e.Remarked(event.run, "", run.marks, run.accepted, run.everything, run.solution)
    return (before, *_off_again(state, event), *standing_again(state, (*event.fell, *event.held)))


@on(e.RunVoided)
def _voided(state: State, event: e.RunVoided) -> State:
    made = with_run(state, event.run, voided=event.reason)
    return replace(made, floor=_back(state.floor, event.back, event.waits))


@undone_by(e.RunVoided)
def _voided_back(state: State, event: e.RunVoided) -> tuple[e.AnyEvent, ...]:
    void = e.RunVoided(event.run, state.runs[event.run].voided)
    return (void, *_off_again(state, event))


@on(e.RunReplaced)
def _replaced(state: State, event: e.RunReplaced) -> State:
    made = with_run(state, event.run, replaced=True)
    return replace(made, floor=_back(state.floor, event.back))


@on(e.PointsAdjusted)
def _adjusted(state: State, event: e.PointsAdjusted) -> State:
    kept = list(state.adjustments)
    if not event.off:
        kept.append(event.adjustment)
    elif event.adjustment in kept:
        kept.remove(event.adjustment)
    return replace(state, adjustments=tuple(kept))


@undone_by(e.PointsAdjusted)
def _adjusted_back(state: State, event: e.PointsAdjusted) -> tuple[e.AnyEvent, ...]:
    return (e.PointsAdjusted(event.adjustment, off=not event.off),)


@on(e.BuzzWon)
def _won(state: State, event: e.BuzzWon) -> State:
    buzz = replace(state.buzz, first=event.players, until=event.until, at=event.at, due_at=state.due_at)
    return replace(state, phase=Phase.JUDGING, buzz=buzz, due_at=event.due_at)


@on(e.BuzzJudged)
def _judged(state: State, event: e.BuzzJudged) -> State:
    """Wrong opens the question again for the others; the time the jury took does not count."""
    run = state.runs[event.run]
    judged = {**run.judged, event.player: event.right}
    if event.right:
        return replace(
            with_run(state, event.run, judged=judged),
            buzz=replace(state.buzz, first=(event.player,), until=0),
        )
    ran = bool(run.opens_at) and state.buzz.at >= run.opens_at
    reopened = with_run(
        state,
        event.run,
        judged=judged,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        stops=(*run.stops, (state.buzz.at, event.at)) if ran else run.stops,
    )
    return replace(
        reopened,
        phase=Phase.OPEN if event.opens_at else Phase.READING,
        buzz=Buzz(),
        due_at=event.due_at,
    )


@undone_by(e.BuzzJudged)
def _judged_back(state: State, event: e.BuzzJudged) -> tuple[e.AnyEvent, ...]:
    run = state.runs[event.run]
    buzz = replace(state.buzz, until=0)
    return (e.BuzzReturned(event.run, buzz, run.judged, run.opens_at, run.closes_at, run.stops),)


@on(e.BuzzReturned)
def _returned(state: State, event: e.BuzzReturned) -> State:
    made = with_run(
        state,
        event.run,
        judged=event.judged,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        stops=event.stops,
        closed_at=0,
        marks={},
        counts={},
        answered=0,
    )
    return replace(made, phase=Phase.JUDGING, buzz=event.buzz, due_at=0)


@on(e.Undone)
def _undone(state: State, event: e.Undone) -> State:
    for deed in event.events:
        inverse = msgspec.convert(deed, e.AnyEvent, strict=False)
        state = APPLY[type(inverse)](state, inverse)
    return no_undo(state)
