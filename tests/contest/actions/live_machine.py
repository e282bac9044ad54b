"""The live machine: random lives of a hall, driven through an engine and checked against a ledger of its own.

L1 to L15 are the invariants of the live round (those of views are held in tests/contest/live and tests/api/live).
"""

from itertools import count
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contest.actions import live_results
from contest.actions.live_answers import Recorded
from contest.live import commands, moves, ranking
from contest.live.rules import LiveRules
from contest.live.state import Phase, State
from tests.contest.actions.live_engine import Engine
from tests.live_builders import Hall, hall

EDGES = st.sampled_from([-1, 0, 1, 250, 251])
VALUES = st.sampled_from(["a", "b", "b"])
Sent = tuple[int, int, str, str, int]


class LiveMachine(RuleBasedStateMachine):
    """Three people at first, two questions; every example is rolled back."""

    def __init__(self, place: Hall, engine: type[Engine]) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.engine = engine(place)
        self.last = place.state.rules.answer == "last"
        self.people = [seat.player for seat in place.seats.values()]
        self.out: set[int] = set()
        self.sent: list[Sent] = []
        self.acked: dict[tuple[int, int], Recorded] = {}
        self.numbers = count(1)
        self.closed: dict[int, dict[int, Any]] = {}
        self.phases = {1: Phase.LOBBY}

    def teardown(self) -> None:
        self.engine.restart()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.engine.restart()

    @initialize(where=st.sampled_from(["first", "first", "second", "ended"]))
    def somewhere(self, where: str) -> None:
        """Random steps alone seldom get as far as the second question or the end."""
        self._lead_to(Phase.OPEN)
        if where != "first":
            for player in self.people[:2]:
                self._send((player, 1, "ab"[player % 2], f"key-first-{player}", next(self.numbers)))
            self._lead_to(Phase.REVEAL)
            self._lead_to(Phase.OPEN if where == "second" else Phase.ENDED)

    def _lead_to(self, phase: Phase) -> None:
        while self.engine.state.phase is not phase:
            if self.engine.state.due_at:
                self.engine.now = max(self.engine.now, self.engine.state.due_at)
                self._moving(self.engine.tick)
            else:
                self._moving(lambda: self.engine.advance(self.engine.stamp()))

    # --- time -------------------------------------------------------------------------------------

    @rule(ms=st.sampled_from([1, 40, 900, 4000]))
    def time_passes(self, ms: int) -> None:
        self.engine.now += ms

    @precondition(lambda self: self.engine.state.due_at)
    @rule(edge=EDGES)
    def until_about_the_next_step(self, edge: int) -> None:
        self.engine.now = max(self.engine.now, self.engine.state.due_at + edge)

    @precondition(lambda self: self.engine.state.phase is Phase.OPEN)
    @rule(edge=EDGES)
    def until_about_the_close(self, edge: int) -> None:
        run = self.engine.state.current
        assert run is not None
        self.engine.now = max(self.engine.now, run.closes_at + edge)

    @rule(times=st.integers(1, 2))
    def the_clock_looks(self, times: int) -> None:
        for _ in range(times):
            self._moving(self.engine.tick)

    # --- the host ---------------------------------------------------------------------------------

    @rule(times=st.integers(1, 2))
    def the_next_key(self, times: int) -> None:
        """Pressed twice it leads one step on (L9)."""
        stamp, before = self.engine.stamp(), self.engine.state
        for _ in range(times):
            self._moving(lambda: self.engine.advance(stamp))
        after = self.engine.state
        if after.version > before.version:
            told = [event for event in _kinds(self.engine, before.version) if event in STEPS]
            assert len(told) == 1, f"one key, {told}"

    @rule(deed=st.sampled_from(["pause", "resume", "add", "close"]))
    def at_the_clock(self, deed: str) -> None:
        run = self.engine.state.run
        made: dict[str, commands.AnyCommand] = {
            "pause": commands.Pause(),
            "resume": commands.Resume(),
            "add": commands.AddTime(run, 3000),
            "close": commands.CloseNow(run),
        }
        self._moving(lambda: self.engine.do(made[deed]))

    @precondition(lambda self: self.engine.state.phase is Phase.OPEN)
    @rule(edge=EDGES)
    def a_long_pause(self, edge: int) -> None:
        """A clock that looks during a pause sees nothing, however long it lasts."""
        self.engine.do(commands.Pause())
        self.engine.now = max(self.engine.now, self.engine.state.due_at + edge)
        self._moving(self.engine.tick)

    @rule(which=st.integers(0, 9), ban=st.booleans())
    def out_with(self, which: int, ban: bool) -> None:
        player = self.people[which % len(self.people)]
        self.engine.do(commands.Kick(player, ban=ban))
        self.out.add(player)

    @rule(which=st.integers(0, 9))
    def in_again(self, which: int) -> None:
        player = self.people[which % len(self.people)]
        self.engine.do(commands.Readmit(player))
        self.out.discard(player)

    @rule(deed=st.sampled_from(["void", "accept", "everything"]), run=st.integers(1, 2))
    def a_correction(self, deed: str, run: int) -> None:
        made: dict[str, commands.AnyCommand] = {
            "void": commands.VoidRun(run, "đề sai"),
            "accept": commands.Accept(run, "cũng đúng", "a"),
            "everything": commands.Accept(run, "đề sai", everything=True),
        }
        self.engine.do(made[deed], moves.JURY)
        self.closed = _marks(self.engine.state)

    @rule()
    def undone(self) -> None:
        self.engine.do(commands.Undo(self.engine.state.undo_at))
        state = self.engine.state
        self.out = {player for player, person in state.players.items() if person.status != "in"}
        self.closed = _marks(state)

    # --- the phones -------------------------------------------------------------------------------

    @rule()
    def somebody_joins(self) -> None:
        found = self.engine.join(f"Người {next(self.numbers)}")
        if isinstance(found, int):
            self.people.append(found)

    @rule(which=st.integers(0, 9), value=VALUES, earlier=st.booleans())
    def an_answer(self, which: int, value: str, earlier: bool) -> None:
        player = self.people[which % len(self.people)]
        run = max(1, self.engine.state.run - earlier)
        number = next(self.numbers)
        self._send((player, run, value, f"key-{number:06}", number))

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 99))
    def a_retry(self, which: int) -> None:
        self._send(self.sent[which % len(self.sent)])

    def _send(self, sent: Sent) -> None:
        player, run, value, key, number = sent
        due, known = self._is_open_to(player, run), self.acked.get((player, run))
        if sent not in self.sent:
            self.sent.append(sent)
        outcome = self.engine.answer(player, run, value, key, number)
        if isinstance(outcome, str):
            assert not (known and known.key == key and player not in self.out), f"L4: {outcome} for a retry"
            fresh = known is None or (self.last and known.seq < number)
            assert not (due and fresh and self.engine.behind is None), f"refused in time: {outcome}"
            return
        assert player not in self.out, "L10: acknowledged for one who is out"
        if known is not None and known.key == key:
            assert outcome == known, "L4: another acknowledgement for the same answer"
            return
        assert due, "L3: acknowledged while the question was not open"
        assert known is None or (self.last and number > known.seq), "L2: a second answer of one person counts"
        self.acked[player, run] = outcome

    def _is_open_to(self, player: int, run: int) -> bool:
        """The ledger's own reading of the rules: open, running, within the time, in the hall."""
        state = self.engine.state
        asked = state.runs.get(run)
        return (
            state.phase is Phase.OPEN
            and not state.paused_at
            and asked is not None
            and run == state.run
            and asked.opens_at <= self.engine.now <= asked.closes_at
            and player not in self.out
        )

    # --- accidents --------------------------------------------------------------------------------

    @rule()
    def the_server_is_killed(self) -> None:
        before = self.engine.state
        self.engine.restart()
        assert self.engine.state == before, "L8: a restart changed the state"

    @rule()
    def a_server_falls_behind(self) -> None:
        self.engine.fall_behind()

    @rule()
    def it_hears_again(self) -> None:
        self.engine.hear_again()

    # --- what always holds ------------------------------------------------------------------------

    def _moving(self, deed: Any) -> None:
        """L15 and the marks at the close: whatever moves is looked at."""
        before = self.engine.state
        deed()
        after = self.engine.state
        closing = before.current
        if closing is not None and not closing.closed_at and after.runs[closing.no].closed_at:
            assert not before.paused_at, "L15: a paused question was closed"
            counted = {key: row for key, row in self.acked.items() if key[1] == closing.no}
            marks = after.runs[closing.no].marks
            assert set(marks) >= {player for player, _ in counted}, "L1: an acknowledged answer is missing"
            assert after.runs[closing.no].closed_at <= closing.closes_at, "closed after its time"
            for (player, _), row in counted.items():
                assert marks[player].right == (row.value == "b"), "L5: marked by another answer"
            self.closed = _marks(after)

    @invariant()
    def rows_are_what_was_acknowledged(self) -> None:
        rows = self.engine.rows()
        for place, ack in self.acked.items():
            row = rows.get(place)
            assert row is not None, "L1: acknowledged and not on disk"
            assert (row.key, row.value, row.receipt, row.at) == (ack.key, ack.value, ack.receipt, ack.at), (
                "L1"
            )
        sent = {(player, run) for player, run, *_ in self.sent}
        assert set(rows) <= sent, "L1: counted and never sent"

    @invariant()
    def versions_have_no_gap(self) -> None:
        state, row = self.engine.state, self.engine.row
        assert self.engine.versions() == list(range(1, state.version + 1)), "L6: the journal has a gap"
        assert (row.version, row.phase) == (state.version, state.phase.value), (
            "L6: the row tells something else"
        )
        assert row.open_run in {0, state.run}, "L14"
        unfinished = [run.no for run in state.runs.values() if not run.closed_at]
        assert len(unfinished) <= 1, "L14: two questions are open"

    @invariant()
    def secret_marks_stay(self) -> None:
        """L13: what was marked is what the rows give, whatever happened since."""
        assert self.closed == _marks(self.engine.state), "marks changed by themselves"
        lines = ranking.board(self.engine.state).lines
        assert {line.id for line in lines} == set(self.people) - self.out, "a line too many or too few"

    def look(self) -> None:
        """All of them at once, for a life that is told beforehand."""
        self.rows_are_what_was_acknowledged()
        self.versions_have_no_gap()
        self.secret_marks_stay()
        if self.engine.state.phase is Phase.ENDED:
            self.the_result_can_be_reckoned_again()

    @precondition(lambda self: self.engine.state.phase is Phase.ENDED)
    @invariant()
    def the_result_can_be_reckoned_again(self) -> None:
        stored, sheet, _ = live_results.recomputed(self.engine.id)
        assert sheet == stored.sheet, "L13: the sheet does not follow from the rows"


STEPS = {
    "run-announced", "question-shown", "options-opened", "revealed", "board-shown", "podium-stepped", "ended",
}  # fmt: skip


def _kinds(engine: Engine, version: int) -> list[str]:
    found = engine.row.events.filter(version__gt=version).order_by("version")
    return list(found.values_list("kind", flat=True))


def _marks(state: State) -> dict[int, dict[int, Any]]:
    return {run.no: dict(run.marks) for run in state.runs.values() if run.closed_at}


def _place(*, last: bool = False) -> Hall:
    rules = LiveRules(answer="last" if last else "first", board_every=1, reading_s=2, seconds=5, title_s=0)
    return hall("An", "Bình", "Chi", questions=2, rules=rules)


def play(engine: type[Engine], where: str, *steps: tuple[str, dict[str, Any]]) -> None:
    """One certain life: from `where` on these rules one after the other. AssertionError for the first broken law."""
    machine = LiveMachine(_place(), engine)
    try:
        machine.somewhere(where=where)
        machine.look()
        for name, facts in steps:
            getattr(machine, name)(**facts)
            machine.look()
    finally:
        machine.teardown()


def run_machine(engine: type[Engine], *, last: bool = False, **options: Any) -> None:
    """Lives of one hall, through the engine; AssertionError for the first law that is broken."""
    place = _place(last=last)
    fixed: dict[str, Any] = {
        "max_examples": 25,
        "stateful_step_count": 30,
        "deadline": None,
        "database": None,
        "derandomize": True,
        "suppress_health_check": list(HealthCheck),
    }
    run_state_machine_as_test(lambda: LiveMachine(place, engine), settings=settings(**{**fixed, **options}))
