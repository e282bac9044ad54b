"""Opening the lobby, joining, forming teams."""

from msgspec.structs import replace

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live import modes
from contest.live.deciding.registry import Events, decides
from contest.live.facts import Facts
from contest.live.names import LONGEST
from contest.live.rules import problems
from contest.live.state import Phase, State
from question_bank.rules.text import clean_line

_BEFORE_CLOSE = frozenset({Phase.TITLE, Phase.READING, Phase.OPEN, Phase.JUDGING})


@decides(c.OpenLobby)
def _open_lobby(state: State, command: c.OpenLobby, facts: Facts) -> Events:
    """Refusals: `live-already-open`, those of the rules (`field`), `live-plan-empty`."""
    if state.items:
        raise Refusal("live-already-open")
    for code, field in problems(command.rules):
        raise Refusal(code, field=field)
    if not any(item.type == "question" for item in command.items):
        raise Refusal("live-plan-empty")
    return [e.LobbyOpened(command.title, command.rules, command.items)]


@decides(c.Join)
def _join(state: State, command: c.Join, facts: Facts) -> Events:
    """Refusals: `lobby-locked`, `joining-over` (late, where the rules close it), `round-full` (`capacity`: of those
    who are in).

    `since` of the people is decided here.
    """
    if state.locked:
        raise Refusal("lobby-locked")
    if state.phase is not Phase.LOBBY and not state.rules.late_join:
        raise Refusal("joining-over")
    since = _since(state)
    fresh = tuple(
        replace(player, since=since) for player in command.players if player.id not in state.players
    )
    present = sum(1 for player in state.players.values() if player.status == "in")
    if present + len(fresh) > state.rules.capacity:
        raise Refusal("round-full", capacity=state.rules.capacity)
    if not fresh:
        return []
    return [e.PlayersJoined(fresh), *modes.get(state.rules.mode).late(state, fresh)]


def _since(state: State) -> int:
    """The first run that somebody who joins now can answer."""
    run = state.current
    if run is None:
        return 1
    return run.no if state.phase in _BEFORE_CLOSE and not run.closed_at else run.no + 1


@decides(c.FormTeams)
def _form_teams(state: State, command: c.FormTeams, facts: Facts) -> Events:
    """Refusals: `no-teams` (another mode), `teams-malformed` (a team twice or unnamed, a member twice or unknown),
    `team-name-too-long` (`most`), `teams-same-name` (`name`; case and spaces do not tell two apart).
    """
    if state.rules.mode != "teams":
        raise Refusal("no-teams")
    teams = tuple(replace(team, name=clean_line(team.name)) for team in command.teams)
    ids = [team.id for team in teams]
    members = [player for found in command.members.values() for player in found]
    sound = (
        len(set(ids)) == len(ids)
        and all(team.id > 0 and team.name for team in teams)
        and set(command.members) <= set(ids)
        and len(set(members)) == len(members)
        and set(members) <= set(state.players)
    )
    if not sound:
        raise Refusal("teams-malformed")
    if any(len(team.name) > LONGEST for team in teams):
        raise Refusal("team-name-too-long", most=LONGEST)
    names = [team.name.casefold() for team in teams]
    for team, name in zip(teams, names, strict=True):
        if names.count(name) > 1:
            raise Refusal("teams-same-name", name=team.name)
    return [e.TeamsFormed(teams, command.members)]
