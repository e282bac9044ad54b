"""Participants: joined, in teams, out, renamed, with a technical loss."""

from collections.abc import Mapping

from msgspec.structs import replace

from contest.live import events as e
from contest.live.evolving.registry import no_undo, on, undone_by, with_player, with_run, without
from contest.live.state import Floor, Player, State


@on(e.PlayersJoined)
def _joined(state: State, event: e.PlayersJoined) -> State:
    return replace(state, players={**state.players, **{player.id: player for player in event.players}})


@on(e.TeamsFormed)
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


@undone_by(e.TeamsFormed)
def _teams_back(state: State, event: e.TeamsFormed) -> tuple[e.AnyEvent, ...]:
    members: dict[int, tuple[int, ...]] = {}
    for team in state.teams:
        own = [player for player in state.players.values() if player.team == team]
        members[team] = tuple(player.id for player in sorted(own, key=_captain_first))
    return (e.TeamsFormed(tuple(state.teams.values()), members),)


def _captain_first(player: Player) -> tuple[bool, int]:
    return not player.captain, player.seat


@on(e.PlayerKicked)
def _kicked(state: State, event: e.PlayerKicked) -> State:
    player, run = state.players.get(event.player), state.current
    unrevealed = run.no + run.revealed if run is not None else 1
    gone = player.gone if player is not None and player.gone else unrevealed
    return with_player(state, event.player, status="banned" if event.ban else "kicked", gone=gone)


@undone_by(e.PlayerKicked)
def _kicked_back(state: State, event: e.PlayerKicked) -> tuple[e.AnyEvent, ...]:
    if state.players[event.player].status == "kicked":
        return (e.PlayerKicked(event.player),)
    return (e.PlayerReadmitted(event.player),)


@on(e.PlayerReadmitted)
def _readmitted(state: State, event: e.PlayerReadmitted) -> State:
    """On the floor of Rung chuông vàng it is weighed what they have missed: what counts for that stays as it is."""
    made = with_player(state, event.player, status="in", gone=0)
    return no_undo(made) if state.rules.mode == "bell" else made


@on(e.PlayerRenamed)
def _renamed(state: State, event: e.PlayerRenamed) -> State:
    return with_player(state, event.player, name=event.name)


@undone_by(e.PlayerRenamed)
def _renamed_back(state: State, event: e.PlayerRenamed) -> tuple[e.AnyEvent, ...]:
    return (e.PlayerRenamed(event.player, state.players[event.player].name),)


@on(e.LossMarked)
def _loss(state: State, event: e.LossMarked) -> State:
    """`held` moves between those who fell by this run and those who wait for the jury."""
    player = state.players[event.player]
    runs = tuple(run for run in player.loss if run != event.run)
    made = with_player(state, event.player, loss=runs if event.off else (*runs, event.run))
    if not event.held:
        return made
    out, waiting = dict(state.floor.out), dict(state.floor.waiting)
    source, target = (waiting, out) if event.off else (out, waiting)
    source.pop(event.player, None)
    target[event.player] = event.run
    return replace(made, floor=replace(state.floor, out=out, waiting=waiting))


@undone_by(e.LossMarked)
def _loss_back(state: State, event: e.LossMarked) -> tuple[e.AnyEvent, ...]:
    return (e.LossMarked(event.player, event.run, "", off=not event.off, held=event.held),)


@on(e.LineLost)
def _line_lost(state: State, event: e.LineLost) -> State:
    found = [state.players[player] for player in event.players if player in state.players]
    lost = {player.id: replace(player, loss=(*player.loss, event.run)) for player in found}
    return replace(state, players={**state.players, **lost})


@on(e.LeftFloor)
def _left(state: State, event: e.LeftFloor) -> State:
    return replace(state, floor=fallen(state.floor, event.run, event.players))


def fallen(floor: Floor, run: int, players: tuple[int, ...]) -> Floor:
    """The floor without these. Who waited for the jury has left by the run that made them wait."""
    fell = {player: floor.waiting.get(player, run) for player in players}
    rescued = tuple(player for player in floor.rescued if player not in fell)
    return replace(floor, out={**floor.out, **fell}, waiting=without(floor.waiting, players), rescued=rescued)


@on(e.StayedOnFloor)
def _stayed(state: State, event: e.StayedOnFloor) -> State:
    return with_run(state, event.run, stayed=event.players)


@undone_by(e.LeftFloor)
def _left_back(state: State, event: e.LeftFloor) -> tuple[e.AnyEvent, ...]:
    """Run 0 is no fall: who joined late was never on the floor."""
    if not event.run:
        return ()
    waiting = state.floor.waiting
    stood = tuple(player for player in event.players if player not in waiting)
    # At a reveal some fall and others wait for the jury: who waits is not worse off than who fell.
    beside = () if event.reason else tuple(player for player, run in waiting.items() if run == event.run)
    return (*standing_again(state, (*stood, *beside)), *held_again(state, event.players))


@on(e.HeldForJury)
def _held(state: State, event: e.HeldForJury) -> State:
    return replace(state, floor=held(state.floor, event.run, event.players))


def held(floor: Floor, run: int, players: tuple[int, ...]) -> Floor:
    """The floor with these waiting for the jury."""
    waiting = {**floor.waiting, **dict.fromkeys(players, run)}
    return replace(floor, out=without(floor.out, players), waiting=waiting)


@on(e.BackOnFloor)
def _back_on_floor(state: State, event: e.BackOnFloor) -> State:
    """Rescued are those who had left; whom the jury lets stay never had."""
    floor = state.floor
    waited = set(floor.waiting)
    made = replace(
        floor, out=without(floor.out, event.players), waiting=without(floor.waiting, event.players)
    )
    if event.rescued:
        fresh = tuple(p for p in event.players if p not in waited and p not in floor.rescued)
        made = replace(made, rescued=(*floor.rescued, *fresh))
    return replace(state, floor=made)


@undone_by(e.BackOnFloor)
def _back_on_floor_back(state: State, event: e.BackOnFloor) -> tuple[e.AnyEvent, ...]:
    return (*out_again(state, event.players), *held_again(state, event.players))


def standing_again(state: State, players: tuple[int, ...]) -> tuple[e.AnyEvent, ...]:
    """What puts these back who stand in this state, rescued ones as such."""
    again = tuple(player for player in players if player in state.floor.rescued)
    back = tuple(player for player in players if player not in again)
    events: list[e.AnyEvent] = [e.BackOnFloor(back, "")] if back else []
    return (*events, *([e.BackOnFloor(again, "", rescued=True)] if again else []))


def out_again(state: State, players: tuple[int, ...]) -> tuple[e.AnyEvent, ...]:
    """The falls of those of the players who are out in this state, run by run."""
    return tuple(e.LeftFloor(run, found) for run, found in _by_run(state.floor.out, players).items())


def held_again(state: State, players: tuple[int, ...]) -> tuple[e.AnyEvent, ...]:
    """The same for those who wait for the jury in this state."""
    return tuple(e.HeldForJury(run, found) for run, found in _by_run(state.floor.waiting, players).items())


def _by_run(place: Mapping[int, int], players: tuple[int, ...]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for player in players:
        if player in place:
            found[place[player]] = (*found.get(place[player], ()), player)
    return found
