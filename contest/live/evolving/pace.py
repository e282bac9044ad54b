"""The course of the round: lobby, runs, boards, pauses, the end and its verdict."""

from msgspec.structs import replace

from contest.live import events as e
from contest.live.evolving.registry import no_undo, on, with_run
from contest.live.state import Buzz, Phase, Run, State


@on(e.LobbyOpened)
def _lobby(state: State, event: e.LobbyOpened) -> State:
    return replace(state, title=event.title, rules=event.rules, items=event.items)


@on(e.RunAnnounced)
def _announced(state: State, event: e.RunAnnounced) -> State:
    run = Run(event.run, event.item, scope=event.scope)
    return no_undo(
        replace(
            state,
            phase=Phase.TITLE,
            run=event.run,
            item=event.item,
            runs={**state.runs, event.run: run},
            buzz=Buzz(),
            due_at=event.due_at,
        )
    )


@on(e.QuestionShown)
def _shown(state: State, event: e.QuestionShown) -> State:
    return replace(state, phase=Phase.READING, due_at=event.due_at)


@on(e.OptionsOpened)
def _opened(state: State, event: e.OptionsOpened) -> State:
    scope = event.scope or state.runs[event.run].scope
    moved = with_run(state, event.run, opens_at=event.opens_at, closes_at=event.closes_at, scope=scope)
    return replace(moved, phase=Phase.OPEN, due_at=event.due_at)


@on(e.ClosingMoved)
def _moved(state: State, event: e.ClosingMoved) -> State:
    return replace(with_run(state, event.run, closes_at=event.closes_at), due_at=event.due_at)


@on(e.RunClosed)
def _closed(state: State, event: e.RunClosed) -> State:
    changed = with_run(
        state,
        event.run,
        closed_at=event.at,
        marks=event.marks,
        counts=event.counts,
        answered=event.answered,
    )
    return replace(changed, phase=Phase.CLOSED, due_at=event.due_at)


@on(e.Revealed)
def _revealed(state: State, event: e.Revealed) -> State:
    """What was done before the reveal has had its effect on it, and can no longer be taken back by itself."""
    changed = with_run(state, event.run, revealed=True, solution=event.solution)
    return no_undo(replace(changed, phase=Phase.REVEAL, due_at=event.due_at))


@on(e.BoardShown)
def _board(state: State, event: e.BoardShown) -> State:
    return replace(state, phase=Phase.BOARD, due_at=event.due_at)


@on(e.SlideShown)
def _slide(state: State, event: e.SlideShown) -> State:
    return replace(state, phase=Phase.SLIDE, item=event.item, due_at=event.due_at)


@on(e.PodiumStepped)
def _podium(state: State, event: e.PodiumStepped) -> State:
    return replace(state, phase=Phase.PODIUM, step=event.step, due_at=0)


@on(e.Ended)
def _ended(state: State, event: e.Ended) -> State:
    return no_undo(
        replace(
            state,
            phase=Phase.ENDED,
            ended_at=event.at,
            due_at=0,
            paused_at=0,
            verdict="provisional",
        )
    )


@on(e.Paused)
def _paused(state: State, event: e.Paused) -> State:
    return replace(state, paused_at=event.at)


@on(e.Resumed)
def _resumed(state: State, event: e.Resumed) -> State:
    """Everything still to come moves by the length of the pause. While the jury judges the clock stands anyway."""
    stood = event.at - state.paused_at
    run = state.current
    if run is not None and state.phase is Phase.OPEN:
        if state.paused_at < run.opens_at:
            state = with_run(state, run.no, opens_at=run.opens_at + stood, closes_at=run.closes_at + stood)
        else:
            stops = (*run.stops, (state.paused_at, event.at))
            state = with_run(state, run.no, closes_at=run.closes_at + stood, stops=stops)
    if state.buzz.until:
        state = replace(state, buzz=replace(state.buzz, until=state.buzz.until + stood))
    return replace(state, paused_at=0, due_at=state.due_at + stood if state.due_at else 0)


@on(e.Stayed)
def _stayed(state: State, event: e.Stayed) -> State:
    return replace(state, due_at=0)


@on(e.Locked)
def _locked(state: State, event: e.Locked) -> State:
    return replace(state, locked=event.on)


@on(e.Blanked)
def _blanked(state: State, event: e.Blanked) -> State:
    return replace(state, blank=event.on)


@on(e.BoardHidden)
def _board_hidden(state: State, event: e.BoardHidden) -> State:
    return replace(state, board_hidden=event.on)


@on(e.Confirmed)
def _confirmed(state: State, event: e.Confirmed) -> State:
    signatures = (*state.signatures, event.by)
    return replace(state, signatures=signatures, verdict="confirmed" if event.whole else state.verdict)


@on(e.Published)
def _published(state: State, event: e.Published) -> State:
    return replace(state, verdict="published", publication=event.by)


@on(e.VerdictReopened)
def _reopened(state: State, event: e.VerdictReopened) -> State:
    return replace(state, verdict="provisional", signatures=(), publication=None)
