"""The views, made of a state: one function an audience. `board` is `ranking.board(state)`, reckoned once a version."""

from collections.abc import Mapping
from typing import Any

from contest.errors import Refusal
from contest.live import modes, views
from contest.live.commands import Advance
from contest.live.deciding.pace import stamp, step
from contest.live.events import PHASES_OF
from contest.live.facts import Facts, Secret
from contest.live.lag import MOST_MS
from contest.live.modes.bell import standing
from contest.live.modes.buzzer import is_locked
from contest.live.modes.totals import Total
from contest.live.moves import MOVES, ROLES, has, name_of, possible
from contest.live.ranking import Board
from contest.live.remembered import remembered
from contest.live.rules import LiveRules
from contest.live.state import Floor, Item, Mark, Phase, Player, Run, State
from question_bank.rules import kinds
from question_bank.rules.kinds.entries import entries_of

TOP_PLAYER, TOP_PROJECTOR, TOP_HOST, LOBBY_NAMES = 5, 10, 20, 60
_STEM = frozenset({Phase.READING, Phase.OPEN, Phase.JUDGING, Phase.CLOSED, Phase.REVEAL, Phase.SLIDE})
_OPTIONS = frozenset({Phase.OPEN, Phase.JUDGING, Phase.CLOSED, Phase.REVEAL})
_BOARD = frozenset({Phase.BOARD, Phase.PODIUM, Phase.ENDED})
_TRUTH = (("true", "Đúng"), ("false", "Sai"))


def player_view(state: State, board: Board) -> views.PlayerView:
    """What all phones see alike."""
    return views.PlayerView(**_shared(state, board, TOP_PLAYER))


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
    )


def host_view(
    state: State, board: Board, secrets: Mapping[int, Secret], *, role: str = "host"
) -> views.HostView:
    """The operator's (or `role` jury's, remote's) screen. Remotes see no key and nobody's name."""
    item, follows = state.shown_item, _following(state)
    full = role != "remote"
    return views.HostView(
        **_shared(state, board, TOP_HOST if full else TOP_PLAYER, everything=full),
        key=_solution(secrets, item) if full else None,
        next=_question(state, follows, options=True) if follows else None,
        next_key=_solution(secrets, follows) if full else None,
        next_step=stamp(state),
        next_phase=_next_phase(state),
        people=_people(state, board) if full else {},
        runs={str(run.no): _run(run) for run in state.runs.values()} if full else {},
        teams=tuple(views.TeamView(team.id, team.name) for team in state.teams.values()),
        can=_possible(state, role),
        undo=state.undo_what,
        blank=state.blank,
        board_hidden=state.board_hidden,
        signatures=tuple(views.SignatureView(by.name, by.at, by.user) for by in state.signatures),
        published=views.SignatureView(state.publication.name, state.publication.at, state.publication.user)
        if state.publication
        else None,
    )


def me_view(state: State, board: Board, player: Player) -> views.MeView:
    """A participant's own part."""
    team = state.teams.get(player.team)
    run = state.current
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
        watching=_is_watching(state, player),
        result=_result(state, board, player),
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
        "round": _round(state),
        "phase": state.phase.value,
        "item": state.item,
        "run": state.run,
        "step": state.step,
        "question": _question(
            state,
            item,
            options=everything or _options_are_out(state),
            stem=everything or state.phase in _STEM,
        )
        if item
        else None,
        "clock": _clock(state),
        "solution": _revealed(state, run) if run and state.phase is Phase.REVEAL else None,
        "buzz": _buzz(state),
        "board": tuple(_line(line) for line in _hidden_steps(state, shown, everything=everything)),
        "joined": sum(1 for player in state.players.values() if player.status == "in"),
        "left": _left(state),
        "locked": state.locked,
        "verdict": state.verdict,
    }


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


def _options_are_out(state: State) -> bool:
    """Not before the reading is over, nor while the round stands before they appear."""
    run = state.current
    if state.phase not in _OPTIONS or run is None:
        return False
    waits = bool(state.paused_at) and state.phase is Phase.OPEN and state.paused_at < run.opens_at
    return bool(run.opens_at) and not waits


def _hidden_steps(state: State, lines: Any, *, everything: bool) -> Any:
    """On the podium the third, the second, the first place come one after the other, shared places together."""
    if everything or state.phase is not Phase.PODIUM or state.step >= 4:
        return lines
    from_rank = 4 - state.step
    return tuple(line for line in lines if from_rank <= line.rank <= 3)


def _round(state: State) -> views.RoundView:
    rules = state.rules
    mode = modes.get(rules.mode)
    return views.RoundView(
        title=state.title,
        mode=rules.mode,
        items=len(state.items),
        questions=sum(1 for item in state.items if item.type == "question"),
        seconds=rules.seconds,
        answer=rules.answer,
        chain=mode.chain(rules),
        game=mode.is_game,
        scale=mode.scale,
        terms=_terms(rules),
        late_join=rules.late_join,
        columns=rules.bell.columns if rules.mode == "bell" else 0,
        lag_ms=MOST_MS if rules.compensate else 0,
        rehearsal=rules.rehearsal,
    )


def _terms(rules: LiveRules) -> views.TermsView:
    """What the mode's rules say, for the lobby."""
    game, teams, bell, buzzer = rules.game, rules.teams, rules.bell, rules.buzzer
    match rules.mode:
        case "game":
            step = game.streak_step if game.streaks else 0
            return views.TermsView(speed=game.speed, streak_step=step)
        case "teams":
            return views.TermsView(team_answers=teams.answers, best_of=teams.best_of)
        case "bell":
            return views.TermsView(last=bell.last, all_out=bell.all_out)
        case "buzzer":
            return views.TermsView(
                tie_ms=buzzer.tie_ms,
                answer_s=buzzer.answer_s,
                penalty=buzzer.penalty,
                early=buzzer.early,
                skip_next=buzzer.skip_next,
            )
        case _:
            return views.TermsView()


def _question(state: State, item: Item, *, options: bool, stem: bool = True) -> views.QuestionView:
    """The item; without `stem` only what the title says (number, points, topic)."""
    is_slide = item.type == "slide"
    parts: dict[str, Any] = {}
    if options and item.kind:
        parts = _parts(item)
    return views.QuestionView(
        no=item.no,
        type=item.type,
        stem=item.stem if stem else "",
        number=sum(1 for one in state.items[: item.no] if one.type == "question")
        if item.type == "question"
        else 0,
        kind=item.kind,
        topic=item.topic,
        text=item.text if stem else "",
        points=0 if is_slide or item.type == "poll" else item.points,
        weight=item.weight,
        bell=item.bell,
        media=tuple(views.MediaView(m["kind"], m["url"], m["alt"]) for m in item.media),
        **parts,
    )


def _parts(item: Item) -> dict[str, Any]:
    if item.kind == "truefalse":
        return {"options": tuple(views.OptionView(key, text) for key, text in _TRUTH)}
    return {
        field: tuple(views.OptionView(entry["key"], entry["text"]) for entry in entries_of(item.body, part))
        for part, field in (
            ("options", "options"),
            ("items", "entries"),
            ("left", "left"),
            ("right", "right"),
        )
        if entries_of(item.body, part)
    }


def _clock(state: State) -> views.ClockView:
    run = state.current
    is_open = run is not None and state.phase is Phase.OPEN
    if state.phase is Phase.JUDGING:
        return _judging_clock(state)
    closes_at = run.closes_at if run and is_open else 0
    ends = closes_at or state.due_at
    return views.ClockView(
        opens_at=run.opens_at if run and is_open else 0,
        closes_at=closes_at,
        due_at=state.due_at,
        paused=bool(state.paused_at),
        left_ms=max(0, ends - state.paused_at) if state.paused_at and ends else 0,
    )


def _judging_clock(state: State) -> views.ClockView:
    """The time to answer at the buzzer; 0 where the jury has no hurry."""
    until, paused_at = state.buzz.until, state.paused_at
    left_ms = max(0, until - paused_at) if paused_at and until else 0
    return views.ClockView(due_at=until, paused=bool(paused_at), left_ms=left_ms)


def _revealed(state: State, run: Run) -> views.SolutionView:
    found = run.solution
    item = state.items[run.item - 1]
    lines = found.lines if found else ()
    right = found.right if found else ()
    if item.kind and run.accepted:
        kind = kinds.get(item.kind)
        lines = (*lines, *(line for value in run.accepted for line in kind.answer_lines(item.body, value)))
        if item.kind in {"single", "truefalse"}:
            right = (*right, *(str(value) for value in run.accepted))
    return views.SolutionView(
        lines=lines,
        right=right,
        everything=run.everything,
        explanation=found.explanation if found else "",
        source=found.source if found else "",
        counts=run.counts,
        answered=run.answered,
        right_count=_right_count(run.marks),
        voided=run.voided,
    )


def _buzz(state: State) -> views.BuzzView | None:
    first = state.buzz.first
    if state.phase is not Phase.JUDGING or not first:
        return None
    return views.BuzzView(first, tuple(state.players[player].name for player in first), state.buzz.until)


def _line(line: Any) -> views.LineView:
    total = line.total
    return views.LineView(line.id, line.rank, line.name, line.unit, total.points, total.right, total.ms)


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


def _next_phase(state: State) -> str:
    """Where the next key leads; "" where it leads nowhere."""
    if not possible(Advance, state.phase):
        return ""
    if state.phase is Phase.CLOSED:
        return Phase.REVEAL.value
    return PHASES_OF[type(step(state, Facts(0))[0])].value


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


@remembered(64)
def _right_count(marks: Mapping[int, Mark]) -> int:
    return sum(1 for mark in marks.values() if mark.right)


def _run(run: Run) -> views.RunView:
    return views.RunView(
        no=run.no,
        item=run.item,
        answered=run.answered,
        right=_right_count(run.marks) if run.revealed else 0,
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
    """From the last reveal to the podium nobody's phone tells what the hall is waiting for."""
    if state.board_hidden:
        return True
    if state.phase is Phase.PODIUM:
        return state.step < 4 and rank < 4 - state.step
    return state.phase in {Phase.REVEAL, Phase.BOARD, Phase.SLIDE} and _is_last(state)


@remembered(4)
def _is_last(state: State) -> bool:
    return modes.get(state.rules.mode).following(state) is None
