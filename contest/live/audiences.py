"""The views, made of a state: one function an audience. `board` is `ranking.board(state)`, reckoned once a version."""

from collections.abc import Mapping
from typing import Any

from contest.errors import Refusal
from contest.live import modes, unit_ranking, views
from contest.live.commands import Advance
from contest.live.deciding.pace import stamp, step
from contest.live.events import PHASES_OF, AnyEvent, PodiumStepped, Revealed
from contest.live.facts import Facts, Secret
from contest.live.modes.bell import standing
from contest.live.modes.buzzer import is_locked
from contest.live.modes.totals import Total
from contest.live.moves import MOVES, ROLES, has, name_of, possible
from contest.live.ranking import Board
from contest.live.remembered import remembered
from contest.live.rules import LiveRules
from contest.live.showing import (
    buzz_view,
    clock_view,
    line_view,
    options_are_out,
    phone_clock,
    phone_solution,
    question_view,
    round_view,
    solution_view,
    unit_view,
)
from contest.live.state import Floor, Item, Phase, Player, Run, Solution, State

TOP_PLAYER, TOP_PROJECTOR, TOP_HOST, LOBBY_NAMES = 5, 10, 20, 60
_STEM = frozenset({Phase.READING, Phase.OPEN, Phase.JUDGING, Phase.CLOSED, Phase.REVEAL, Phase.SLIDE})
_BOARD = frozenset({Phase.BOARD, Phase.PODIUM, Phase.ENDED})
_LAST = frozenset({Phase.PODIUM, Phase.ENDED})


def player_view(state: State, board: Board) -> views.PlayerView:
    """What all phones see alike; of clock and solution only what they draw: a hall gets each byte a thousand times."""
    shared = _shared(state, board, TOP_PLAYER)
    return views.PlayerView(
        **shared
        | {
            "clock": phone_clock(shared["clock"]),
            "solution": phone_solution(
                shared["question"], shared["solution"], buzzer=state.rules.mode == "buzzer"
            ),
        }
    )


def projector_view(state: State, board: Board) -> views.ProjectorView:
    """The hall's screen; nothing but `round` and `blank` differs from the lobby's emptiness while it is dark."""
    lobby = state.phase is Phase.LOBBY
    present = [player for player in state.players.values() if player.status == "in"]
    return views.ProjectorView(
        **_shared(state, board, TOP_PROJECTOR),
        names=tuple(player.name for player in present[-LOBBY_NAMES:]) if lobby else (),
        seats=_seats(state, present) if state.rules.mode == "bell" else {},
        teams=_team_names(state, present) if state.teams and lobby else {},
        rescued=tuple(state.players[player].name for player in state.floor.rescued),
        blank=state.blank,
        units=_units(state, board, TOP_PROJECTOR) if _units_are_out(state) else (),
    )


def host_view(
    state: State, board: Board, secrets: Mapping[int, Secret], *, role: str = "host"
) -> views.HostView:
    """The operator's (or `role` jury's, remote's) screen. Remotes see no key and nobody's name."""
    item, follows = state.shown_item, _following(state)
    full = role != "remote"
    coming = _coming(state)
    return views.HostView(
        **_shared(state, board, TOP_HOST if full else TOP_PLAYER, everything=full),
        key=_solution(secrets, item) if full else None,
        next=question_view(state, follows, options=True) if follows else None,
        next_key=_solution(secrets, follows) if full else None,
        next_step=stamp(state),
        next_phase=PHASES_OF[type(coming)].value if coming else "",
        coming_step=coming.step if isinstance(coming, PodiumStepped) else 0,
        people=_people(state, board) if full else {},
        runs={str(run.no): _run(state, run) for run in state.runs.values()} if full else {},
        teams=tuple(views.TeamView(team.id, team.name) for team in state.teams.values()),
        can=_possible(state, role),
        undo=state.undo_what,
        undo_at=state.undo_at,
        blank=state.blank,
        board_hidden=state.board_hidden,
        signatures=tuple(views.SignatureView(by.name, by.at, by.user) for by in state.signatures),
        published=views.SignatureView(state.publication.name, state.publication.at, state.publication.user)
        if state.publication
        else None,
        units=_units(state, board, TOP_HOST) if full and state.phase in _LAST else (),
    )


def me_view(state: State, board: Board, player: Player) -> views.MeView:
    """A participant's own part."""
    team = state.teams.get(player.team)
    run = state.current
    unit_rank, units = _unit_place(state, board, player)
    return views.MeView(
        id=player.id,
        seat=player.seat,
        name=player.name,
        unit=player.unit,
        team=team.name if team else "",
        captain=player.captain,
        status=player.status,
        floor=floor_of(state, player.id),
        locked=run is not None and is_locked(state, run, player.id),
        first=state.phase is Phase.JUDGING and player.id in state.buzz.first,
        watching=_is_watching(state, player),
        result=_result(state, board, player),
        unit_rank=unit_rank,
        units=units,
    )


def floor_of(state: State, player: int) -> str:
    """in, out or waiting; "" outside Rung chuông vàng."""
    return _place_on(state.floor, player) if state.rules.mode == "bell" else ""


def _place_on(floor: Floor, player: int) -> str:
    if player in floor.waiting:
        return "waiting"
    return "out" if player in floor.out else "in"


def _shared(state: State, board: Board, top: int, *, everything: bool = False) -> dict[str, Any]:
    item, run = state.shown_item, state.current
    on_board = state.phase in _BOARD and not state.board_hidden
    shown = board.lines[:top] if on_board or everything else ()
    return {
        "round": round_view(state),
        "phase": state.phase.value,
        "item": state.item,
        "run": state.run,
        "step": state.step,
        "question": question_view(
            state,
            item,
            options=everything or options_are_out(state),
            stem=everything or state.phase in _STEM,
        )
        if item
        else None,
        "clock": clock_view(state),
        "solution": solution_view(state, run) if run and state.phase is Phase.REVEAL else None,
        "buzz": buzz_view(state, everything=everything),
        "board": tuple(line_view(line) for line in _hidden_steps(state, shown, everything=everything)),
        "joined": sum(1 for player in state.players.values() if player.status == "in"),
        "left": _left(state),
        "locked": state.locked,
        "verdict": state.verdict,
    }


def _units_are_out(state: State) -> bool:
    """Units come after the first place; nobody learns of them earlier, nor while the board is hidden."""
    whole = state.phase is Phase.ENDED or (state.phase is Phase.PODIUM and state.step >= 4)
    return whole and not state.board_hidden


def _units(state: State, board: Board, most: int) -> tuple[views.UnitView, ...]:
    return tuple(map(unit_view, unit_ranking.of_board(board, state.rules).lines[:most]))


def _unit_place(state: State, board: Board, player: Player) -> tuple[int, int]:
    """Rank of the participant's unit and how many there are; zeros before the hall has seen them."""
    if not state.rules.units_best_of or not _units_are_out(state):
        return 0, 0
    found = unit_ranking.of_board(board, state.rules)
    place = found.place.get(player.id)
    return (found.lines[place].rank, len(found.lines)) if place is not None else (0, 0)


def _is_watching(state: State, player: Player) -> bool:
    """Whether an answer to the run of now could not count."""
    run = state.current
    if run is None:
        return False
    try:
        modes.get(state.rules.mode).require_asked(state, run, player)
    except Refusal as refusal:
        return refusal.code != "buzzer-locked"
    return False


def _hidden_steps(state: State, lines: Any, *, everything: bool) -> Any:
    """On the podium the third, the second, the first place come one after the other, shared places together."""
    if everything or state.phase is not Phase.PODIUM or state.step >= 4:
        return lines
    from_rank = 4 - state.step
    return tuple(line for line in lines if from_rank <= line.rank <= 3)


def _left(state: State) -> int:
    """How many stand on the floor."""
    if state.rules.mode != "bell":
        return 0
    return len(standing(state))


def _seats(state: State, present: list[Player]) -> dict[str, views.SeatView]:
    return {
        str(player.id): views.SeatView(player.seat, player.name, floor_of(state, player.id))
        for player in present
    }


def _team_names(state: State, present: list[Player]) -> dict[str, tuple[str, ...]]:
    return {
        team.name: tuple(player.name for player in present if player.team == team.id)
        for team in state.teams.values()
    }


def _following(state: State) -> Item | None:
    return modes.get(state.rules.mode).following(state)


def _coming(state: State) -> AnyEvent | None:
    """What the next key leads to; None where it leads nowhere."""
    if not possible(Advance, state.phase):
        return None
    if state.phase is Phase.CLOSED:
        return Revealed(state.run, Solution())  # the real one needs the key
    return step(state, Facts(0))[0]


def _solution(secrets: Mapping[int, Secret], item: Item | None) -> Any:
    found = secrets.get(item.no) if item else None
    return found.solution if found else None


def _people(state: State, board: Board) -> Mapping[str, views.PersonView]:
    return _all_people(state.players, state.floor, board, state.rules)


@remembered(8)
def _all_people(
    players: Mapping[int, Player], floor: Floor, board: Board, rules: LiveRules
) -> Mapping[str, views.PersonView]:
    """Two thousand people are the dearest part of a view; most versions change none of them."""
    teams, on_floor = rules.mode == "teams", rules.mode == "bell"
    found, lines, place = {}, board.lines, board.place
    for player in players.values():
        index = place.get(player.team if teams else player.id)
        line = lines[index] if index is not None else None
        found[str(player.id)] = views.PersonView(
            player.seat,
            player.name,
            player.unit,
            player.team,
            player.captain,
            player.status,
            _place_on(floor, player.id) if on_floor else "",
            line.total.points if line else 0,
            line.rank if line else 0,
            player.loss,
        )
    return found


def _run(state: State, run: Run) -> views.RunView:
    mode = modes.get(state.rules.mode)
    return views.RunView(
        no=run.no,
        item=run.item,
        answered=run.answered,
        right=mode.right_count(state, run.marks) if run.revealed else 0,
        revealed=run.revealed,
        voided=run.voided,
        replaced=run.replaced,
        remarked=run.remarked,
    )


def _possible(state: State, role: str) -> tuple[str, ...]:
    mode = state.rules.mode
    return tuple(
        sorted(
            name_of(kind)
            for kind in MOVES
            if state.phase in MOVES[kind] and role in ROLES[kind] and has(mode, kind)
        )
    )


def _result(state: State, board: Board, player: Player) -> views.ResultView | None:
    """What the last revealed question brought; the line is the team's in mode teams. None for who joined after it."""
    run = state.runs.get(board.run)
    if run is None or run.no < player.since:
        return None
    mode = modes.get(state.rules.mode)
    mark = mode.mark_for(state, run, player)
    place = board.place.get(player.team if state.rules.mode == "teams" else player.id)
    line = board.lines[place] if place is not None else None
    shown = line is not None and not _is_hidden(state, line.rank)
    above = (
        board.lines[board.above[place]] if shown and place is not None and board.above[place] >= 0 else None
    )
    if above is not None and _is_hidden(state, above.rank):
        above = None
    total = line.total if line else Total()
    return views.ResultView(
        run=run.no,
        right=bool(mark and mark.right),
        answered=mark is not None,
        points=mark.points if mark else 0,
        ms=mark.ms if mark else 0,
        total=total.points,
        rights=total.right,
        total_ms=total.ms,
        rank=line.rank if line and shown else 0,
        of=len(board.lines) if shown else 0,
        ahead=above.name if above else "",
        gap=above.total.points - total.points if above else 0,
        streak=total.streak,
        bonus=total.bonus,
    )


def _is_hidden(state: State, rank: int) -> bool:
    """On the podium places are told with its steps, before it as `keeps_ranks` says."""
    if state.phase is Phase.PODIUM and not state.board_hidden:
        return state.step < 4 and rank < 4 - state.step
    return keeps_ranks(state)


@remembered(4)
def keeps_ranks(state: State) -> bool:
    """From the last reveal to the podium nobody's phone tells what the hall is waiting for, whatever polls and slides
    come between; nor while the host hides the board.
    """
    item, run = state.shown_item, state.current
    if state.board_hidden:
        return True
    if item is None or state.phase in {Phase.PODIUM, Phase.ENDED}:
        return False
    is_asked = item.type == "question" and not (run is not None and run.item == item.no and run.revealed)
    return not is_asked and not modes.get(state.rules.mode).asks_more(state)
