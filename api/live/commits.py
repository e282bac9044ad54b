"""Answers on their way to disk: one queue and one writing thread a process, one transaction for whatever is waiting.

While a transaction runs the next batch gathers, so a hall's burst costs few of them. What is settled goes back to the
event loop in one call a batch. Any thread may submit: sockets and the HTTP fallback share the queue.
"""

import asyncio
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from api.live.workers import guarded
from contest.actions import live_answers
from contest.actions.live_answers import MOST_AT_ONCE, Outcome, Submission
from contest.errors import Refusal

logger = logging.getLogger(__name__)
GATHER_S = 0.004  # waited for company after the first of a batch
TRIES = 2
MOST_WAITING = 20_000
STOP_SECONDS = 10
FLUSH_S = 2.0  # a close waits so long for answers that have been received

Settle = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An accepted answer, and who is told what became of it: on `loop`, or in the writing thread without one."""

    round_id: int
    submission: Submission
    settle: Settle
    loop: asyncio.AbstractEventLoop | None


class Commits:
    """The queue. `told(round_id, outcomes)` hears of every batch, in the writing thread; so do those who wait.

    Whatever they raise is logged, and keeps nobody else's answer from being written.
    """

    def __init__(self, told: Callable[[int, list[Outcome]], None]) -> None:
        self.transactions = 0
        self._told = told
        self._wake = threading.Condition()
        self._waiting: list[Waiting] = []
        self._behind: list[Callable[[], None]] = []
        self._writing = False
        self._thread: threading.Thread | None = None
        self._stopping = False

    def submit(
        self,
        round_id: int,
        submission: Submission,
        settle: Settle,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """From any thread: the answer will be in one of the next transactions. Refusal("busy") when too many wait."""
        with self._wake:
            if len(self._waiting) >= MOST_WAITING:
                raise Refusal("busy")
            self._waiting.append(Waiting(round_id, submission, settle, loop))
            if self._thread is None or not self._thread.is_alive():
                self._stopping = False
                self._thread = threading.Thread(target=self._run, name="live-answers", daemon=True)
                self._thread.start()
            self._wake.notify()

    def behind(self, done: Callable[[], None]) -> None:
        """Calls `done` as soon as all that waits now is settled: at once, or in the writing thread."""
        with self._wake:
            if self._waiting or self._writing:
                self._behind.append(done)
                return
        done()

    def flush(self) -> bool:
        """Waits in this thread until all that waits now is settled, FLUSH_S at most; False when that was too short."""
        settled = threading.Event()
        self.behind(settled.set)
        return settled.wait(FLUSH_S)

    async def flushed(self) -> bool:
        """`flush` on an event loop, which has heard of every outcome when it goes on."""
        loop = asyncio.get_running_loop()
        settled = asyncio.Event()
        self.behind(lambda: _call(loop, settled.set))
        try:
            await asyncio.wait_for(settled.wait(), FLUSH_S)
        except TimeoutError:
            return False
        return True

    def stop(self) -> None:
        """Writes what waits and ends the thread; the next submission starts another."""
        with self._wake:
            thread, self._stopping = self._thread, True
            self._wake.notify()
        if thread is not None:
            thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._stopping:
                    self._wake.wait()
                if not self._waiting:
                    self._thread = None
                    break
            time.sleep(GATHER_S)
            with self._wake:
                batch, self._waiting = self._waiting, []
                behind, self._behind = self._behind, []
                self._writing = True
            self._settle(batch)
            with self._wake:
                self._writing = False
                if not self._waiting:
                    behind, self._behind = [*behind, *self._behind], []
            for done in behind:
                _guarded(done)
        connections.close_all()

    def _settle(self, batch: list[Waiting]) -> None:
        by_run: dict[tuple[int, int], list[Waiting]] = defaultdict(list)
        for found in batch:
            by_run[found.round_id, found.submission.answer.run].append(found)
        for (round_id, run), found_here in by_run.items():
            for start in range(0, len(found_here), MOST_AT_ONCE):
                part = found_here[start : start + MOST_AT_ONCE]
                outcomes = self._write(round_id, run, [one.submission for one in part])
                _guarded(self._told, round_id, outcomes)
                _deliver(part, outcomes)

    def _write(self, round_id: int, run: int, submissions: list[Submission]) -> list[Outcome]:
        """The outcomes; a second try on a new connection when the first was lost. `busy`: send it again."""
        for attempt in range(TRIES):
            try:
                outcomes = guarded(live_answers.record, round_id, run, submissions)
            except Refusal as refusal:
                return [refusal] * len(submissions)
            except Exception:
                if attempt == TRIES - 1:
                    logger.exception("answers of round %s were not written", round_id)
            else:
                self.transactions += 1
                return outcomes
        return [Refusal("busy")] * len(submissions)


def _deliver(part: list[Waiting], outcomes: list[Outcome]) -> None:
    """One call into each event loop for all of a batch."""
    by_loop: dict[asyncio.AbstractEventLoop | None, list[tuple[Settle, Outcome]]] = defaultdict(list)
    for waiting, outcome in zip(part, outcomes, strict=True):
        by_loop[waiting.loop].append((waiting.settle, outcome))
    for loop, settled in by_loop.items():
        if loop is None:
            _settle_all(settled)
        else:
            _guarded(_call, loop, _settle_all, settled)


def _settle_all(settled: list[tuple[Settle, Outcome]]) -> None:
    for settle, outcome in settled:
        _guarded(settle, outcome)


def _call(loop: asyncio.AbstractEventLoop, work: Callable[..., None], *args: Any) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(work, *args)


def _guarded(work: Callable[..., None], *args: Any) -> None:
    try:
        work(*args)
    except Exception:
        logger.exception("somebody was not told of answers")
