"""Moving on: the next key, the clock, pauses, time."""

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live import modes
from contest.live.deciding.registry import Events, decides
from contest.live.evolving import evolve
from contest.live.facts import Facts
from contest.live.marking import marks_of, tally
from contest.live.state import GRACE_MS, LEAD_MS, Item, Phase, Run, Solution, State

PODIUM_STEPS = 4  # third, second, first, everybody
MOST_ADDED_MS = 300_000


def stamp(state: State) -> str:
    """What a sender of `Advance` says it saw."""
    return f"{state.phase.value}/{state.run}/{state.item}/{state.step}"


@decides(c.Advance)
def _advance(state: State, command: c.Advance, facts: Facts) -> Events:
    """Refusal: `live-paused`. Nothing when the sender saw an earlier step: the key was pressed twice."""
    if command.seen != stamp(state):
        return []
    if state.paused_at:
        raise Refusal("live-paused")
    return step(state, facts)


def step(state: State, facts: Facts) -> Events:
    """Whatever comes next."""
    run = state.current
    match state.phase:
        case Phase.TITLE if run is not None:
            return [e.QuestionShown(run.no, _reading_due(state, facts.now))]
        case Phase.READING if run is not None:
            return [_options(state, run, facts.now)]
        case Phase.CLOSED if run is not None:
            return reveal(state, run, facts)
        case Phase.REVEAL if _board_is_due(state):
            return [e.BoardShown(_auto(state, facts.now))]
        case Phase.PODIUM:
            return [e.PodiumStepped(state.step + 1)] if state.step < PODIUM_STEPS else [e.Ended(facts.now)]
        case _:
            return next_item(state, facts)


def next_item(state: State, facts: Facts) -> Events:
    """The next item of the plan, or the podium."""
    if state.item >= len(state.items):
        return [e.PodiumStepped(1)]
    item = state.items[state.item]
    if item.type == "slide":
        return [e.SlideShown(item.no, _auto(state, facts.now))]
    return [announce(state, item, facts.now)]


def announce(state: State, item: Item, now: int, scope: tuple[int, ...] = ()) -> e.RunAnnounced:
    """A new run of an item."""
    return e.RunAnnounced(len(state.runs) + 1, item.no, now + state.rules.title_s * 1000, scope)


def _reading_due(state: State, now: int) -> int:
    item = state.shown_item
    seconds = item.reading_s if item else 0
    return now + seconds * 1000 if seconds else 0


def _options(state: State, run: Run, now: int) -> e.OptionsOpened:
    item = state.items[run.item - 1]
    opens_at = now + LEAD_MS
    closes_at = opens_at + item.seconds * 1000
    return e.OptionsOpened(run.no, opens_at, closes_at, closes_at + GRACE_MS)


def _auto(state: State, now: int) -> int:
    return now + state.rules.auto_advance_s * 1000 if state.rules.auto_advance_s else 0


def _board_is_due(state: State) -> bool:
    every = state.rules.board_every
    asked = sum(1 for run in state.counting_runs() if state.items[run.item - 1].type == "question")
    return bool(every) and asked > 0 and asked % every == 0 and state.item < len(state.items)


def reveal(state: State, run: Run, facts: Facts) -> Events:
    """The right answer, and what follows from it in this mode."""
    secret = facts.secrets.get(run.item)
    shown = e.Revealed(run.no, secret.solution if secret else Solution(), _auto(state, facts.now))
    after = evolve(state, shown)
    return [shown, *modes.get(state.rules.mode).after_reveal(after, after.runs[run.no])]


@decides(c.Tick)
def _tick(state: State, command: c.Tick, facts: Facts) -> Events:
    """What is due. A question whose time passed while nobody looked closes at its time."""
    run = state.current
    if not state.due_at or state.paused_at or facts.now < state.due_at:
        return []
    match state.phase:
        case Phase.OPEN if run is not None:
            return [close(state, run, facts)]
        case Phase.TITLE | Phase.READING:
            return step(state, facts)
        case _:
            return step(state, facts) if command.host_present else []


def close(state: State, run: Run, facts: Facts) -> e.RunClosed:
    """The close of a run at its time, with its marks."""
    answers = facts.answers(run.no)
    item = state.items[run.item - 1]
    marks = marks_of(state, run, facts.secrets.get(run.item), answers)
    return e.RunClosed(
        run.no,
        min(run.closes_at, facts.now),
        marks,
        tally(item, answers),
        len({answer.player for answer in answers}),
        _auto(state, facts.now),
    )


@decides(c.CloseNow)
def _close_now(state: State, command: c.CloseNow, facts: Facts) -> Events:
    """Refusal: `live-paused`. Nothing for a run that is no longer open."""
    run = state.current
    if run is None or run.no != command.run or facts.now >= run.closes_at:
        return []
    if state.paused_at:
        raise Refusal("live-paused")
    closes_at = max(facts.now, run.opens_at)
    return [e.ClosingMoved(run.no, closes_at, closes_at + GRACE_MS)]


@decides(c.AddTime)
def _add_time(state: State, command: c.AddTime, facts: Facts) -> Events:
    """Refusals: `added-time-out-of-range` (1 s to 5 min), `question-closed` (its time is over)."""
    run = state.current
    if run is None or run.no != command.run:
        return []
    if not 1000 <= command.ms <= MOST_ADDED_MS:
        raise Refusal("added-time-out-of-range")
    if not state.paused_at and facts.now > run.closes_at:
        raise Refusal("question-closed")
    closes_at = run.closes_at + command.ms
    return [e.ClosingMoved(run.no, closes_at, closes_at + GRACE_MS)]


@decides(c.Pause)
def _pause(state: State, command: c.Pause, facts: Facts) -> Events:
    """Nothing when it stands already, or when an open question's time is over and it is about to close."""
    run = state.current
    over = state.phase is Phase.OPEN and run is not None and facts.now >= run.closes_at
    return [] if state.paused_at or over else [e.Paused(facts.now)]


@decides(c.Resume)
def _resume(state: State, command: c.Resume, facts: Facts) -> Events:
    return [e.Resumed(max(facts.now, state.paused_at))] if state.paused_at else []


@decides(c.Finish)
def _finish(state: State, command: c.Finish, facts: Facts) -> Events:
    return [e.Ended(facts.now, command.reason)]
