"""The attempt machine: random lives of attempts, driven through an engine and through the model side by side.

A1 to A8 and A10 are the invariants of the attempt's state machine; each is named where it is checked.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from contest.actions.attempts import Work
from contest.errors import Refusal
from contest.models import Attempt, BoardBucket, BoardEntry, LateAnswer
from contest.queries import board as boards
from contest.queries import snapshots
from contest.queries.tokens import AttemptToken
from contest.rules.attempts import AttemptRule
from tests.builders import World, at, world
from tests.contest.actions.attempt_engine import Engine, everything
from tests.contest.actions.attempt_model import ATTEMPTS, LIMIT, TOLERANCE, Model, Run

CLOSES = at(20)
MOMENT = timedelta(milliseconds=1)
EDGES = [-MOMENT, timedelta(0), MOMENT, TOLERANCE, TOLERANCE + MOMENT]

answers = st.dictionaries(st.sampled_from("1234"), st.sampled_from(["a", "b", "b", ""]), max_size=3)
predictions = st.sampled_from([None, 1, 2])


@dataclass(frozen=True, eq=False)
class Page:
    """A page open somewhere: it writes with the epoch it was opened with."""

    run: Run
    public_id: str
    entrant: int
    epoch: int
    key: str

    @property
    def token(self) -> AttemptToken:
        return AttemptToken(self.public_id, self.entrant, self.epoch)


class AttemptMachine(RuleBasedStateMachine):
    """Two entrants, four start keys each, any number of pages; every example is rolled back."""

    pages = Bundle("pages")

    def __init__(self, place: World, entrants: list[int], engine: type[Engine]):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.entrants, self.engine = entrants, engine(place)
        self.model = Model(at(0), CLOSES)
        self.now = at(1)
        self.touched = True
        self.rows: dict[Run, int] = {}
        self.frozen: dict[int, tuple[Any, ...]] = {}
        self.papers: dict[int, tuple[Any, ...]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(target=pages)
    def first(self):
        return self._start(self.entrants[0], "first")

    @rule(seconds=st.sampled_from([1, 4, 30, 60, 299]))
    def tick(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(page=pages, edge=st.sampled_from(EDGES))
    def tick_to_the_deadline(self, page, edge):
        self.now = max(self.now, page.run.deadline + edge)

    @rule(seconds=st.sampled_from([1, 60, 400]))
    def step_the_clock_back(self, seconds):
        self.now -= timedelta(seconds=seconds)

    @rule(target=pages, who=st.integers(0, 1), key=st.sampled_from(["first", "k2", "k3", "k4"]))
    def start(self, who, key):
        return self._start(self.entrants[who], key)

    @rule(page=pages)
    def start_with_a_key_used_before(self, page):
        self._start(page.entrant, page.key)

    @rule(target=pages, who=st.integers(0, 1), key=st.sampled_from(["k2", "k3", "k4"]), given=answers)
    def start_and_submit(self, who, key, given):
        page = self._start(self.entrants[who], key)
        if isinstance(page, Page):
            self._submit(page, 1, given, None)
            return page
        return multiple()

    @rule(page=pages, step=st.sampled_from([1, 1, 1, 3, 0, -1]), given=answers, guess=predictions)
    def save(self, page, step, given, guess):
        revision = max(1, page.run.revision + step)
        work, late = Work(revision, given, guess), LateAnswer.objects.count()
        expected = self.model.save(page.run, page.epoch, revision, given, guess, self.now)
        saved = self._command(expected, self.engine.save, page.token, work, self.now)
        if saved is not None:
            assert (saved.revision, saved.remaining_ms) == expected, "A3: the acknowledgement"
            assert LateAnswer.objects.count() == late

    @rule(page=pages, step=st.sampled_from([1, 1, 0]), given=answers, guess=predictions)
    def submit(self, page, step, given, guess):
        self._submit(page, step, given, guess)

    def _submit(self, page, step, given, guess):
        revision = max(1, page.run.revision + step)
        expected = self.model.submit(page.run, page.epoch, revision, given, guess, self.now)
        work = Work(revision, given, guess)
        done = self._command(expected, self.engine.submit, page.token, work, self.now)
        if done is not None:
            assert (done.pk, done.state) == (self.rows[page.run], page.run.state)
            assert done.finished_at == page.run.finished

    @rule(page=pages, given=answers)
    def write_with_anothers_name(self, page, given):
        stranger = next(entrant for entrant in self.entrants if entrant != page.entrant)
        token = AttemptToken(page.public_id, stranger, page.run.epoch)
        work = Work(page.run.revision + 1, given)
        self._command("not-found", self.engine.save, token, work, self.now)
        self._command("not-found", self.engine.submit, token, work, self.now)

    @rule(target=pages, page=pages)
    def open_on_another_device(self, page):
        self.touched = True
        token = self.engine.open(page.public_id, page.entrant, self.now)
        assert token.epoch == self.model.open(page.run, self.now)
        return Page(page.run, page.public_id, page.entrant, token.epoch, page.key)

    @rule()
    def sweep(self):
        self.touched = True
        assert self.engine.sweep(self.now) == self.model.sweep(self.now)
        before = everything()
        assert self.engine.sweep(self.now) == 0, "A8: sweeping twice"
        assert everything() == before, "A8: sweeping twice"

    @rule(page=pages, given=answers)
    def save_and_never_come_back(self, page, given):
        """What most attempts that time out look like: a last save, silence, the sweep."""
        self.save(page=page, step=1, given=given, guess=None)
        self.now = max([self.now, *(run.deadline + TOLERANCE + MOMENT for run in self.rows)])
        self.sweep()

    @rule()
    def restart(self):
        """A process that was killed comes back with nothing in its memory (A8): all that counts is stored."""
        snapshots.forget_all()
        boards.forget_all()
        self.touched = True

    @rule(minutes=st.sampled_from([-30, -0.5, 0.5, 2, 30]))
    def reschedule(self, minutes):
        closes = self.now + timedelta(minutes=minutes)
        self._command(self.model.move_close(closes, self.now), self.engine.move_close, closes, self.now)

    @rule()
    def close_early(self):
        self._command(self.model.close(self.now), self.engine.close, self.now)

    @invariant()
    def the_laws_hold(self):
        if self.touched:
            rows = list(Attempt.objects.order_by("entrant_id", "number"))
            self._check_rows({row.pk: row for row in rows})
            self._check_laws(rows)
            self._check_board()
            self.touched = False

    def _check_rows(self, stored: dict[int, Attempt]) -> None:
        """Rows are what the model says."""
        assert set(stored) == set(self.rows.values()), "A1: an attempt nobody started"
        for run, pk in self.rows.items():
            row = stored[pk]
            assert (row.entrant_id, row.started_at, row.deadline) == (run.entrant, run.started, run.deadline)
            assert (row.epoch, row.revision, row.saved_at) == (run.epoch, run.revision, run.saved)
            assert (row.answers, row.prediction) == (run.answers, run.prediction), (
                "A4: the newest acknowledged"
            )
            assert (row.state, row.finished_at) == (run.state, run.finished), "A5: the finish"
            assert (row.score, row.duration_ms) == (run.score, run.duration_ms), "A7: the score"

    def _check_laws(self, rows: list[Attempt]) -> None:
        """Whatever the model says."""
        counted = Counter(row.entrant_id for row in rows)
        opened = Counter(row.entrant_id for row in rows if row.state == "in_progress")
        assert max(counted.values(), default=0) <= ATTEMPTS, "A1"
        assert max(opened.values(), default=0) <= 1, "A1"
        assert all(one.number < two.number for one, two in pairwise(rows) if one.entrant_id == two.entrant_id)
        for row in rows:
            assert row.deadline <= row.started_at + LIMIT + timedelta(seconds=row.extra_s), "A5"
            assert self.papers.setdefault(row.pk, (row.paper_id, row.seed)) == (row.paper_id, row.seed), "A9"
            if row.state != "in_progress":
                assert row.started_at <= row.finished_at <= max(row.deadline, row.started_at), "A5"
                assert row.duration_ms == (row.finished_at - row.started_at) // MOMENT >= 0, "A5"
                final = (row.state, row.answers, row.score, row.finished_at, row.prediction, row.receipt)
                assert self.frozen.setdefault(row.pk, final) == final, "A6"

    def _check_board(self) -> None:
        """The board shows each entrant's best once."""
        best = {
            entrant: (self.rows[run], run.score, run.duration_ms) for entrant, run in self.model.board.items()
        }
        entries = BoardEntry.objects.values_list("entrant_id", "attempt_id", "points", "duration_ms")
        assert {entrant: tuple(entry) for entrant, *entry in entries} == best
        buckets = BoardBucket.objects.exclude(entrants=0).values_list("points", "seconds", "entrants")
        expected = Counter((points, duration // 1000) for _, points, duration in best.values())
        assert {(points, seconds): people for points, seconds, people in buckets} == dict(expected)

    def _start(self, entrant: int, key: str) -> Any:
        expected = self.model.start(entrant, key, self.now)
        attempt = self._command(expected, self.engine.start, entrant, key, self.now)
        if attempt is None:
            return multiple()
        assert self.rows.setdefault(expected, attempt.pk) == attempt.pk, "A2: one key, one attempt"
        return Page(expected, attempt.public_id, entrant, attempt.epoch, key)

    def _command(self, expected: Any, command: Any, *arguments: Any) -> Any:
        """The command's outcome; None when it was refused, as the model expected it to be."""
        self.touched = True
        refused = isinstance(expected, str)
        before = everything() if refused else None
        code, outcome = None, None
        try:
            outcome = command(*arguments)
        except Refusal as refusal:
            code = refusal.code
        assert code == (expected if refused else None), "A3: granted or refused, and why"
        assert not refused or everything() == before, "A10: a refused command changes nothing"
        return outcome


def ready_world() -> tuple[World, list[int]]:
    """The machine's round, closing twenty minutes after its opening, and its two entrants."""
    place = world(limit_s=int(LIMIT.total_seconds()), attempts=AttemptRule(ATTEMPTS))
    Engine(place).move_close(CLOSES, at(-5))
    return place, [place.entrant("Nguyễn Văn Nhất").pk, place.entrant("Trần Thị Nhì").pk]


def run_machine(engine: type[Engine], machine: type[AttemptMachine] = AttemptMachine, **changes: Any) -> None:
    """Runs the machine in the database of the calling test; raises what the first failing example raised."""
    place, entrants = ready_world()
    modest = {"max_examples": 25, "stateful_step_count": 25, "deadline": None, "derandomize": True}
    run_state_machine_as_test(
        lambda: machine(place, entrants, engine),
        settings=settings(
            **{**modest, **changes}, database=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
