"""The parts of the views that several audiences share: the round, the item, the clock, the solution, a line."""

from typing import Any

from msgspec.structs import replace

from contest.live import modes, views
from contest.live.lag import MOST_MS
from contest.live.ranking import Line
from contest.live.rules import LiveRules
from contest.live.state import Item, Phase, Run, State
from contest.live.unit_ranking import UnitLine
from question_bank.rules import kinds
from question_bank.rules.kinds.entries import entries_of

_OPTIONS = frozenset({Phase.OPEN, Phase.JUDGING, Phase.CLOSED, Phase.REVEAL})
_TRUTH = (("true", "Đúng"), ("false", "Sai"))
MOST_TIED = 5


def options_are_out(state: State) -> bool:
    """Not before the reading is over, nor while the round stands before they appear."""
    run = state.current
    if state.phase not in _OPTIONS or run is None:
        return False
    waits = bool(state.paused_at) and state.phase is Phase.OPEN and state.paused_at < run.opens_at
    return bool(run.opens_at) and not waits


def round_view(state: State) -> views.RoundView:
    """What never changes once the lobby is open."""
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
        quiet=not rules.sounds,
        units_best_of=rules.units_best_of,
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
            return views.TermsView(
                last=bell.last,
                all_out=bell.all_out,
                to_bell=bell.to_bell,
                late_floor=bell.late_floor,
                grace=bell.grace,
            )
        case "buzzer":
            return views.TermsView(
                tie_ms=buzzer.tie_ms,
                answer_s=buzzer.answer_s,
                strict=buzzer.strict,
                penalty=buzzer.penalty,
                floor=buzzer.floor,
                early=buzzer.early,
                skip_next=buzzer.skip_next,
            )
        case _:
            return views.TermsView()


def question_view(state: State, item: Item, *, options: bool, stem: bool = True) -> views.QuestionView:
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
        media=tuple(
            views.MediaView(m["kind"], m["url"], m["alt"], m.get("width", 0), m.get("height", 0))
            for m in item.media
        ),
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


def clock_view(state: State) -> views.ClockView:
    """What the screens count down."""
    run = state.current
    is_open = run is not None and state.phase is Phase.OPEN
    if state.phase is Phase.JUDGING:
        return _judging_clock(state)
    closes_at = run.closes_at if run and is_open else 0
    ends = closes_at or state.due_at
    made = views.ClockView(
        opens_at=run.opens_at if run and is_open else 0,
        closes_at=closes_at,
        due_at=state.due_at,
        paused=bool(state.paused_at),
        left_ms=max(0, ends - state.paused_at) if state.paused_at and ends else 0,
    )
    return views.NO_CLOCK if made == views.NO_CLOCK else made


def phone_clock(clock: views.ClockView) -> views.ClockView:
    """What a phone counts down: it never tells when a phase goes on by itself."""
    made = replace(clock, due_at=0)
    return views.NO_CLOCK if made == views.NO_CLOCK else made


def _judging_clock(state: State) -> views.ClockView:
    """The time to answer at the buzzer; 0 where the jury has no hurry."""
    until, paused_at = state.buzz.until, state.paused_at
    left_ms = max(0, until - paused_at) if paused_at and until else 0
    return views.ClockView(due_at=until, paused=bool(paused_at), left_ms=left_ms)


def solution_view(state: State, run: Run) -> views.SolutionView:
    """The right answer with what the jury accepted besides, and how the hall answered."""
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
        right_count=modes.get(state.rules.mode).right_count(state, run.marks),
        voided=run.voided,
    )


def phone_solution(
    question: views.QuestionView | None, solution: views.SolutionView | None, *, buzzer: bool
) -> views.SolutionView | None:
    """The solution without what a phone does not draw.

    How the hall answered is for its screen, but for polls. Options say by themselves which is right; at the buzzer a
    phone has none.
    """
    if solution is None or question is None or question.type == "poll":
        return solution
    lines = () if question.options and not buzzer else solution.lines
    return replace(solution, lines=lines, counts={}, answered=0, right_count=0)


def buzz_view(state: State, *, everything: bool = False) -> views.BuzzView | None:
    """Who answers at the buzzer: where the hall looks, so many of them that the view does not grow with the hall."""
    first = state.buzz.first
    if state.phase is not Phase.JUDGING or not first:
        return None
    shown = first if everything else first[:MOST_TIED]
    names = tuple(state.players[player].name for player in shown)
    return views.BuzzView(shown, names, state.buzz.until, len(first) - len(shown))


def line_view(line: Line) -> views.LineView:
    """A line of the board."""
    total = line.total
    return views.LineView(line.id, line.rank, line.name, line.unit, total.points, total.right, total.ms)


def unit_view(line: UnitLine) -> views.UnitView:
    """A line of the ranking of units."""
    total = line.total
    return views.UnitView(line.rank, line.name, total.points, total.right, total.ms, line.people)
