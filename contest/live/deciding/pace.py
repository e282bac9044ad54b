"""Moving on: the next key, the clock, pauses, time."""

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live import modes, ranking
from contest.live.deciding.buzzer import silent
from contest.live.deciding.closing import close
from contest.live.deciding.registry import Events, auto, decides
from contest.live.evolving import evolve
from contest.live.facts import Facts
from contest.live.state import GRACE_MS, LEAD_MS, Item, Phase, Run, Solution, State

PODIUM_STEPS = 4  # third, second, first, everybody
MOST_ADDED_MS = 300_000
UNREVEALED = frozenset({Phase.TITLE, Phase.READING, Phase.OPEN, Phase.JUDGING, Phase.CLOSED})


def stamp(state: State) -> str:
    """What a sender of `Advance` says it saw."""
    return f"{state.phase.value}/{state.run}/{state.item}/{state.step}"


@decides(c.Advance)
def _advance(state: State, command: c.Advance, facts: Facts) -> Events:
    """Refusals: `live-paused`; in the lobby `live-plan-empty` (no lobby opened) and the mode's `require_ready`.

    Nothing when the sender saw an earlier step: the key was pressed twice.
    """
    if command.seen != stamp(state):
        return []
    if state.paused_at:
        raise Refusal("live-paused")
    if state.phase is Phase.LOBBY:
        if not state.items:
            raise Refusal("live-plan-empty")
        modes.get(state.rules.mode).require_ready(state)
    return step(state, facts)


def step(state: State, facts: Facts) -> Events:
    """Whatever comes next."""
    match state.phase:
        case Phase.TITLE:
            return [e.QuestionShown(state.run, _reading_due(state, facts.now))]
        case Phase.READING:
            return [_options(state, facts.now)]
        case Phase.CLOSED:
            return reveal(state, state.runs[state.run], facts)
        case Phase.REVEAL if _board_is_due(state):
            return [e.BoardShown(auto(state, facts.now))]
        case Phase.PODIUM:
            return _podium(state, facts)
        case _:
            return next_item(state, facts)


def next_item(state: State, facts: Facts) -> Events:
    """The next item of the plan, or the podium."""
    mode = modes.get(state.rules.mode)
    item = mode.following(state)
    if item is None:
        return [e.PodiumStepped(_podium_after(state, 0))]
    if item.type == "slide":
        return [e.SlideShown(item.no, auto(state, facts.now))]
    return [announce(state, item, facts.now, mode.scope_of(state, item))]


def announce(state: State, item: Item, now: int, scope: tuple[int, ...] = ()) -> e.RunAnnounced:
    """A new run of an item."""
    return e.RunAnnounced(len(state.runs) + 1, item.no, now + state.rules.title_s * 1000, scope)


def _podium(state: State, facts: Facts) -> Events:
    if state.step < PODIUM_STEPS:
        return [e.PodiumStepped(_podium_after(state, state.step))]
    return [e.Ended(facts.now)]


def _podium_after(state: State, step: int) -> int:
    """The next step of the podium at which somebody appears: with shared places some have nobody."""
    taken = {line.rank for line in ranking.board(state).lines}
    return next((n for n in range(step + 1, PODIUM_STEPS) if PODIUM_STEPS - n in taken), PODIUM_STEPS)


def _reading_due(state: State, now: int) -> int:
    item = state.shown_item
    seconds = item.reading_s if item else 0
    return now + seconds * 1000 if seconds else 0


def _options(state: State, now: int) -> e.OptionsOpened:
    opens_at = now + LEAD_MS
    closes_at = opens_at + state.items[state.item - 1].seconds * 1000
    scope = modes.get(state.rules.mode).widened(state, state.runs[state.run])
    return e.OptionsOpened(state.run, opens_at, closes_at, closes_at + GRACE_MS, scope)


def _board_is_due(state: State) -> bool:
    """After every so many questions of the plan, void ones too; after the last one the podium tells, not the board."""
    item, every = state.shown_item, state.rules.board_every
    if item is None or item.type != "question" or not every:
        return False
    asked = sum(1 for one in state.items[: item.no] if one.type == "question")
    return asked % every == 0 and modes.get(state.rules.mode).asks_more(state)


def reveal(state: State, run: Run, facts: Facts) -> Events:
    """The right answer, and what follows from it in this mode."""
    secret = facts.secrets.get(run.item)
    shown = e.Revealed(run.no, secret.solution if secret else Solution(), auto(state, facts.now))
    after = evolve(state, shown)
    return [shown, *modes.get(state.rules.mode).after_reveal(after, after.runs[run.no])]


@decides(c.Tick)
def _tick(state: State, command: c.Tick, facts: Facts) -> Events:
    """What is due. A question whose time passed while nobody looked closes at its time."""
    run = state.current
    if not state.due_at or state.paused_at or facts.now < state.due_at:
        return []
    match state.phase:
        case Phase.OPEN | Phase.READING if run is not None:
            mode, answers = modes.get(state.rules.mode), facts.answers(run.no)
            instead = mode.before_close(state, run, answers, facts.now)
            if instead or state.phase is Phase.READING:
                return instead or step(state, facts)
            lost = mode.lost_lines(state, run, answers, command.away)
            return [close(state, run, facts), *lost]
        case Phase.JUDGING:
            return silent(state, facts)
        case Phase.TITLE:
            return step(state, facts)
        case _:
            return step(state, facts) if command.host_present else []


@decides(c.CloseNow)
def _close_now(state: State, command: c.CloseNow, facts: Facts) -> Events:
    """Refusals: `live-paused`, `question-not-open` (nobody sees the options yet). Nothing for a run no longer open."""
    run = state.current
    if run is None or run.no != command.run or facts.now >= run.closes_at:
        return []
    if state.paused_at:
        raise Refusal("live-paused")
    if facts.now < run.opens_at:
        raise Refusal("question-not-open")
    return [e.ClosingMoved(run.no, facts.now, facts.now + GRACE_MS)]


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


@decides(c.Stay)
def _stay(state: State, command: c.Stay, facts: Facts) -> Events:
    """Nothing where the round waits for the key anyway, or has moved on since the sender saw it."""
    return [e.Stayed()] if state.due_at and command.seen == stamp(state) else []


@decides(c.Finish)
def _finish(state: State, command: c.Finish, facts: Facts) -> Events:
    """A question that was not revealed counts for nobody, and the journal says so."""
    run, reason = state.current, command.reason.strip()
    ended = e.Ended(facts.now, reason)
    if run is None or state.phase not in UNREVEALED or run.voided:
        return [ended]
    return [e.RunVoided(run.no, reason or "finished"), ended]
