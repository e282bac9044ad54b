"""What each event makes of a state. Total: any event of a journal can be applied, nothing is refused here."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from contest.live import events as e
from contest.live.state import Buzz, Floor, Phase, Player, Run, State

E = TypeVar("E", bound=e.Event)
_APPLY: dict[type[e.Event], Callable[[State, Any], State]] = {}
_INVERSE: dict[type[e.Event], Callable[[State, Any], tuple[e.AnyEvent, ...]]] = {}


def evolve(state: State, event: e.AnyEvent) -> State:
    """The state after the event; its version is one higher."""
    made = _APPLY[type(event)](state, event)
    inverse = _INVERSE.get(type(event))
    if inverse is not None:
        undo = tuple(msgspec.to_builtins(deed) for deed in inverse(state, event))
        made = replace(made, undo=undo, undo_what=str(event.__struct_config__.tag))
    return replace(made, version=state.version + 1)


def _on(kind: type[E]) -> Callable[[Callable[[State, E], State]], Callable[[State, E], State]]:
    def register(function: Callable[[State, E], State]) -> Callable[[State, E], State]:
        _APPLY[kind] = function
        return function

    return register


def _undone_by(
    kind: type[E],
) -> Callable[[Callable[[State, E], tuple[e.AnyEvent, ...]]], Callable[[State, E], tuple[e.AnyEvent, ...]]]:
    def register(
        function: Callable[[State, E], tuple[e.AnyEvent, ...]],
    ) -> Callable[[State, E], tuple[e.AnyEvent, ...]]:
        _INVERSE[kind] = function
        return function

    return register


def _run(state: State, run: int, **changes: Any) -> State:
    """The state with one run changed."""
    return replace(state, runs={**state.runs, run: replace(state.runs[run], **changes)})


def _player(state: State, player: int, **changes: Any) -> State:
    if player not in state.players:
        return state
    return replace(state, players={**state.players, player: replace(state.players[player], **changes)})


def _without(found: Mapping[int, int], gone: tuple[int, ...]) -> dict[int, int]:
    return {player: run for player, run in found.items() if player not in gone}


def _back(floor: Floor, players: tuple[int, ...]) -> Floor:
    return replace(floor, out=_without(floor.out, players), waiting=_without(floor.waiting, players))


@_on(e.LobbyOpened)
def _lobby(state: State, event: e.LobbyOpened) -> State:
    return replace(state, title=event.title, rules=event.rules, items=event.items)


@_on(e.PlayersJoined)
def _joined(state: State, event: e.PlayersJoined) -> State:
    return replace(state, players={**state.players, **{player.id: player for player in event.players}})


@_on(e.TeamsFormed)
def _teams(state: State, event: e.TeamsFormed) -> State:
    place = {
        player: (team, index == 0)
        for team, members in event.members.items()
        for index, player in enumerate(members)
    }
    players = {}
    for id_, player in state.players.items():
        team, captain = place.get(id_, (0, False))
        players[id_] = replace(player, team=team, captain=captain)
    return replace(state, teams={team.id: team for team in event.teams}, players=players)


@_undone_by(e.TeamsFormed)
def _teams_back(state: State, event: e.TeamsFormed) -> tuple[e.AnyEvent, ...]:
    members: dict[int, tuple[int, ...]] = {}
    for team in state.teams:
        own = [player for player in state.players.values() if player.team == team]
        members[team] = tuple(player.id for player in sorted(own, key=_captain_first))
    return (e.TeamsFormed(tuple(state.teams.values()), members),)


def _captain_first(player: Player) -> tuple[bool, int]:
    return not player.captain, player.seat


@_on(e.RunAnnounced)
def _announced(state: State, event: e.RunAnnounced) -> State:
    run = Run(event.run, event.item, scope=event.scope)
    return replace(
        state,
        phase=Phase.TITLE,
        run=event.run,
        item=event.item,
        runs={**state.runs, event.run: run},
        buzz=Buzz(locked=state.buzz.locked),
        due_at=event.due_at,
        undo=(),
        undo_what="",
    )


@_on(e.QuestionShown)
def _shown(state: State, event: e.QuestionShown) -> State:
    return replace(state, phase=Phase.READING, due_at=event.due_at)


@_on(e.OptionsOpened)
def _opened(state: State, event: e.OptionsOpened) -> State:
    moved = _run(state, event.run, opens_at=event.opens_at, closes_at=event.closes_at)
    return replace(moved, phase=Phase.OPEN, due_at=event.due_at)


@_on(e.ClosingMoved)
def _moved(state: State, event: e.ClosingMoved) -> State:
    return replace(_run(state, event.run, closes_at=event.closes_at), due_at=event.due_at)


@_on(e.RunClosed)
def _closed(state: State, event: e.RunClosed) -> State:
    changed = _run(
        state,
        event.run,
        closed_at=event.at,
        marks=event.marks,
        counts=event.counts,
        answered=event.answered,
    )
    return replace(changed, phase=Phase.CLOSED, due_at=event.due_at)


@_on(e.Revealed)
def _revealed(state: State, event: e.Revealed) -> State:
    changed = _run(state, event.run, revealed=True, solution=event.solution)
    return replace(changed, phase=Phase.REVEAL, due_at=event.due_at)


@_on(e.Remarked)
def _remarked(state: State, event: e.Remarked) -> State:
    run = state.runs[event.run]
    changed = _run(
        state,
        event.run,
        marks=event.marks,
        accepted=event.accepted,
        everything=event.everything,
        solution=event.solution or run.solution,
        remarked=run.remarked + 1,
    )
    return replace(changed, floor=_back(state.floor, event.back))


@_undone_by(e.Remarked)
def _remarked_back(state: State, event: e.Remarked) -> tuple[e.AnyEvent, ...]:
    run = state.runs[event.run]
    before = e.Remarked(event.run, "", run.marks, run.accepted, run.everything, run.solution)
    return (before, *_out_again(state, event.run, event.back))


@_on(e.RunVoided)
def _voided(state: State, event: e.RunVoided) -> State:
    return replace(_run(state, event.run, voided=event.reason), floor=_back(state.floor, event.back))


@_undone_by(e.RunVoided)
def _voided_back(state: State, event: e.RunVoided) -> tuple[e.AnyEvent, ...]:
    return (e.RunVoided(event.run, ""), *_out_again(state, event.run, event.back))


def _out_again(state: State, run: int, players: tuple[int, ...]) -> tuple[e.AnyEvent, ...]:
    out = tuple(player for player in players if player in state.floor.out)
    waiting = tuple(player for player in players if player in state.floor.waiting)
    fell: tuple[e.AnyEvent, ...] = (e.LeftFloor(run, out),) if out else ()
    held: tuple[e.AnyEvent, ...] = (e.HeldForJury(run, waiting),) if waiting else ()
    return (*fell, *held)


@_on(e.RunReplaced)
def _replaced(state: State, event: e.RunReplaced) -> State:
    return replace(_run(state, event.run, replaced=True), floor=_back(state.floor, event.back))


@_on(e.BoardShown)
def _board(state: State, event: e.BoardShown) -> State:
    return replace(state, phase=Phase.BOARD, due_at=event.due_at)


@_on(e.SlideShown)
def _slide(state: State, event: e.SlideShown) -> State:
    return replace(state, phase=Phase.SLIDE, item=event.item, due_at=event.due_at)


@_on(e.PodiumStepped)
def _podium(state: State, event: e.PodiumStepped) -> State:
    return replace(state, phase=Phase.PODIUM, step=event.step, due_at=0)


@_on(e.Ended)
def _ended(state: State, event: e.Ended) -> State:
    return replace(
        state,
        phase=Phase.ENDED,
        ended_at=event.at,
        due_at=0,
        paused_at=0,
        verdict="provisional",
        undo=(),
        undo_what="",
    )


@_on(e.Paused)
def _paused(state: State, event: e.Paused) -> State:
    return replace(state, paused_at=event.at)


@_on(e.Resumed)
def _resumed(state: State, event: e.Resumed) -> State:
    """Everything still to come moves by the length of the pause."""
    stood = event.at - state.paused_at
    due_at = state.due_at + stood if state.due_at else 0
    run = state.current
    if run is not None and state.phase is Phase.OPEN:
        if state.paused_at < run.opens_at:
            state = _run(state, run.no, opens_at=run.opens_at + stood, closes_at=run.closes_at + stood)
        else:
            state = _run(state, run.no, closes_at=run.closes_at + stood, paused_ms=run.paused_ms + stood)
    return replace(state, paused_at=0, due_at=due_at)


@_on(e.Locked)
def _locked(state: State, event: e.Locked) -> State:
    return replace(state, locked=event.on)


@_on(e.Blanked)
def _blanked(state: State, event: e.Blanked) -> State:
    return replace(state, blank=event.on)


@_on(e.BoardHidden)
def _board_hidden(state: State, event: e.BoardHidden) -> State:
    return replace(state, board_hidden=event.on)


@_on(e.PlayerKicked)
def _kicked(state: State, event: e.PlayerKicked) -> State:
    return _player(state, event.player, status="banned" if event.ban else "kicked")


@_undone_by(e.PlayerKicked)
def _kicked_back(state: State, event: e.PlayerKicked) -> tuple[e.AnyEvent, ...]:
    return (e.PlayerReadmitted(event.player),)


@_on(e.PlayerReadmitted)
def _readmitted(state: State, event: e.PlayerReadmitted) -> State:
    return _player(state, event.player, status="in")


@_on(e.PlayerRenamed)
def _renamed(state: State, event: e.PlayerRenamed) -> State:
    return _player(state, event.player, name=event.name)


@_undone_by(e.PlayerRenamed)
def _renamed_back(state: State, event: e.PlayerRenamed) -> tuple[e.AnyEvent, ...]:
    return (e.PlayerRenamed(event.player, state.players[event.player].name),)


@_on(e.LossMarked)
def _loss(state: State, event: e.LossMarked) -> State:
    player = state.players[event.player]
    runs = tuple(run for run in player.loss if run != event.run)
    return _player(state, event.player, loss=runs if event.off else (*runs, event.run))


@_undone_by(e.LossMarked)
def _loss_back(state: State, event: e.LossMarked) -> tuple[e.AnyEvent, ...]:
    return (e.LossMarked(event.player, event.run, "", off=not event.off),)


@_on(e.LeftFloor)
def _left(state: State, event: e.LeftFloor) -> State:
    out = {**state.floor.out, **dict.fromkeys(event.players, event.run)}
    waiting = _without(state.floor.waiting, event.players)
    rescued = tuple(player for player in state.floor.rescued if player not in event.players)
    return replace(state, floor=Floor(out, waiting, rescued))


@_undone_by(e.LeftFloor)
def _left_back(state: State, event: e.LeftFloor) -> tuple[e.AnyEvent, ...]:
    held = tuple(player for player in event.players if player in state.floor.waiting)
    back = tuple(player for player in event.players if player not in held)
    returned: tuple[e.AnyEvent, ...] = (e.BackOnFloor(event.players, ""),) if back or held else ()
    return (*returned, e.HeldForJury(event.run, held)) if held else returned


@_on(e.HeldForJury)
def _held(state: State, event: e.HeldForJury) -> State:
    waiting = {**state.floor.waiting, **dict.fromkeys(event.players, event.run)}
    return replace(state, floor=replace(state.floor, waiting=waiting))


@_on(e.BackOnFloor)
def _back_on_floor(state: State, event: e.BackOnFloor) -> State:
    floor = _back(state.floor, event.players)
    if event.rescued:
        floor = replace(floor, rescued=(*floor.rescued, *event.players))
    return replace(state, floor=floor)


@_undone_by(e.BackOnFloor)
def _back_on_floor_back(state: State, event: e.BackOnFloor) -> tuple[e.AnyEvent, ...]:
    fell: dict[int, list[int]] = {}
    for player in event.players:
        if player in state.floor.out:
            fell.setdefault(state.floor.out[player], []).append(player)
    held: dict[int, list[int]] = {}
    for player in event.players:
        if player in state.floor.waiting:
            held.setdefault(state.floor.waiting[player], []).append(player)
    out = tuple(e.LeftFloor(run, tuple(players)) for run, players in fell.items())
    return (*out, *(e.HeldForJury(run, tuple(players)) for run, players in held.items()))


@_on(e.BuzzWon)
def _won(state: State, event: e.BuzzWon) -> State:
    buzz = replace(state.buzz, first=event.players, until=event.due_at)
    return replace(state, phase=Phase.JUDGING, buzz=buzz, due_at=0)


@_on(e.BuzzJudged)
def _judged(state: State, event: e.BuzzJudged) -> State:
    """Wrong opens the question again for the others; the time the jury took does not count."""
    if event.right:
        return replace(state, buzz=replace(state.buzz, first=(event.player,), until=0))
    locked = dict(state.buzz.locked)
    if event.locked_until:
        locked[event.player] = event.locked_until
    buzz = Buzz(wrong=(*state.buzz.wrong, event.player), locked=locked)
    run = state.runs[event.run]
    stood = event.closes_at - run.closes_at
    reopened = _run(state, event.run, closes_at=event.closes_at, paused_ms=run.paused_ms + max(0, stood))
    return replace(reopened, phase=Phase.OPEN, buzz=buzz, due_at=event.due_at)


@_on(e.PointsAdjusted)
def _adjusted(state: State, event: e.PointsAdjusted) -> State:
    kept = list(state.adjustments)
    if event.off:
        if event.adjustment in kept:
            kept.remove(event.adjustment)
    else:
        kept.append(event.adjustment)
    return replace(state, adjustments=tuple(kept))


@_undone_by(e.PointsAdjusted)
def _adjusted_back(state: State, event: e.PointsAdjusted) -> tuple[e.AnyEvent, ...]:
    return (e.PointsAdjusted(event.adjustment, off=not event.off),)


@_on(e.Confirmed)
def _confirmed(state: State, event: e.Confirmed) -> State:
    signatures = (*state.signatures, event.by)
    return replace(state, signatures=signatures, verdict="confirmed" if event.whole else state.verdict)


@_on(e.Published)
def _published(state: State, event: e.Published) -> State:
    return replace(state, verdict="published", publication=event.by)


@_on(e.VerdictReopened)
def _reopened(state: State, event: e.VerdictReopened) -> State:
    return replace(state, verdict="provisional", signatures=(), publication=None)


@_on(e.Undone)
def _undone(state: State, event: e.Undone) -> State:
    for deed in event.events:
        inverse = msgspec.convert(deed, e.AnyEvent, strict=False)
        state = _APPLY[type(inverse)](state, inverse)
    return replace(state, undo=(), undo_what="")
