"""What attempts are meant to do, in plain Python without a database: the model beside which the product is run.

The numbers stand here once more, on purpose: a changed constant in the product has to be changed here too.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

LIMIT = timedelta(seconds=300)
ATTEMPTS = 2
TOLERANCE = timedelta(seconds=5)
NOTICE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
RIGHT = "b"


@dataclass(eq=False)
class Run:
    """An attempt."""

    entrant: int
    started: datetime
    deadline: datetime
    epoch: int = 1
    revision: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    prediction: int | None = None
    saved: datetime | None = None
    state: str = "in_progress"
    finished: datetime | None = None
    extra: timedelta = timedelta(0)

    @property
    def open(self) -> bool:
        return self.state == "in_progress"

    @property
    def score(self) -> int | None:
        return None if self.open else list(self.answers.values()).count(RIGHT)

    @property
    def duration_ms(self) -> int | None:
        return None if self.finished is None else (self.finished - self.started) // timedelta(milliseconds=1)

    def late(self, now: datetime) -> bool:
        return now > self.deadline + TOLERANCE

    def left_ms(self, now: datetime) -> int:
        return max(0, (self.deadline - now) // timedelta(milliseconds=1))

    def take(self, revision: int, answers: dict[str, str], prediction: int | None, now: datetime) -> None:
        """A newer revision is merged; an older or equal one changes nothing."""
        if revision > self.revision:
            self.answers |= answers
            self.revision, self.saved = revision, now
            self.prediction = self.prediction if prediction is None else prediction

    def finish(self, state: str, now: datetime) -> None:
        self.state, self.finished = state, max(self.started, min(now, self.deadline))


class Model:
    """The round with everybody's runs. A command gives its outcome, or the code of the refusal."""

    def __init__(self, opens: datetime, closes: datetime):
        self.opens, self.closes = opens, closes
        self.keys: dict[tuple[int, str], Run] = {}
        self.runs: list[Run] = []
        self.board: dict[int, Run] = {}

    def start(self, entrant: int, key: str, now: datetime) -> Run | str:
        if (entrant, key) in self.keys:
            return self.keys[entrant, key]
        if now < self.opens:
            return "round-upcoming"
        if now >= self.closes:
            return "round-closed"
        own = [run for run in self.runs if run.entrant == entrant]
        run = next((run for run in own if run.open), None)
        if run is None:
            if len(own) == ATTEMPTS:
                return "no-attempts-left"
            run = Run(entrant, now, min(now + LIMIT, self.closes))
            self.runs.append(run)
        self.keys[entrant, key] = run
        return run

    def save(self, run, epoch, revision, answers, prediction, now) -> tuple[int, int] | str:
        """(The revision then stored, milliseconds left)."""
        if not run.open:
            return "attempt-finished"
        if run.late(now):
            return "attempt-late"
        if run.epoch != epoch:
            return "opened-elsewhere"
        run.take(revision, answers, prediction, now)
        return run.revision, run.left_ms(now)

    def submit(self, run, epoch, revision, answers, prediction, now) -> Run | str:
        if run.open:
            if run.epoch != epoch:
                return "opened-elsewhere"
            if not run.late(now):
                run.take(revision, answers, prediction, now)
                self._finish(run, "submitted", now)
            else:
                self._finish(run, "auto_submitted", now)
        return run

    def open(self, run: Run, now: datetime) -> int:
        """The page's epoch."""
        if run.open and run.late(now):
            self._finish(run, "auto_submitted", now)
        elif run.open:
            run.epoch += 1
        return run.epoch

    def sweep(self, now: datetime) -> int:
        due = [run for run in self.runs if run.open and run.late(now)]
        for run in due:
            self._finish(run, "auto_submitted", now)
        return len(due)

    def move_close(self, closes: datetime, now: datetime) -> str | None:
        if closes <= self.opens:
            return "closes-before-opening"
        self.closes = closes
        for run in self.runs:
            if run.open:
                self._move(run, now)
        return None

    def close(self, now: datetime) -> str | None:
        return "round-not-open" if now <= self.opens else self.move_close(now, now)

    def adjust(self, run: Run, seconds: int, now: datetime) -> tuple[int, datetime] | str:
        """(The seconds written down, the new deadline)."""
        if not run.open or run.late(now):
            return "attempt-finished"
        room = (run.started + LIMIT + run.extra - min(run.deadline, now + NOTICE)) // SECOND
        seconds = max(seconds, -max(0, room))
        before, run.extra = (run.deadline, run.extra), run.extra + seconds * SECOND
        self._move(run, now)
        if run.deadline == before[0]:
            run.deadline, run.extra = before
            return "adjustment-no-effect"
        return seconds, run.deadline

    def reopen(self, run: Run, seconds: int, now: datetime) -> datetime | str:
        """The new deadline."""
        if run.state != "auto_submitted":
            return "attempt-open" if run.open else "attempt-finished"
        if now < self.opens or now >= self.closes:
            return "round-upcoming" if now < self.opens else "round-closed"
        own = [one for one in self.runs if one.entrant == run.entrant]
        if own[-1] is not run:
            return "attempt-not-latest"
        run.state, run.finished = "in_progress", None
        behind = -((run.started + LIMIT + run.extra - now) // SECOND)
        run.extra += (behind + seconds) * SECOND
        run.deadline = min(run.started + LIMIT + run.extra, self.closes)
        if self.board.get(run.entrant) is run:
            others = [one for one in own if not one.open]
            self.board.pop(run.entrant)
            if others:
                self.board[run.entrant] = min(
                    others, key=lambda one: (-one.score, one.duration_ms, one.finished)
                )
        return run.deadline

    def _move(self, run: Run, now: datetime) -> None:
        run.deadline = max(min(run.started + LIMIT + run.extra, self.closes), min(run.deadline, now + NOTICE))

    def _finish(self, run: Run, state: str, now: datetime) -> None:
        run.finish(state, now)
        best = self.board.get(run.entrant)
        if best is None or (-run.score, run.duration_ms) < (-best.score, best.duration_ms):
            self.board[run.entrant] = run
