"""The clock of a room: looks when something is due, and when the presses at the buzzer are to be counted.

Every process with a room keeps these timers; the compare-and-set of the action makes each move happen once. Whatever is
missed (a process that died, a fault of the database) is made up for by the room's look every five seconds, and by the
site's clock when nobody is connected.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from django.utils import timezone

from api.live.commits import Commits
from api.live.workers import run
from contest.actions import live
from contest.errors import Refusal
from contest.live import commands, moves
from contest.live.modes.buzzer import may_win
from contest.live.state import GRACE_MS, Phase

if TYPE_CHECKING:
    from api.live.rooms import Room

logger = logging.getLogger(__name__)
# Phases that end by themselves; judging only where silence at the buzzer is wrong by the rules (else due_at is 0).
# Others do where the rules say so, while a host is there.
BY_CLOCK = frozenset({Phase.TITLE, Phase.READING, Phase.OPEN, Phase.JUDGING})
PRESSING = frozenset({Phase.READING, Phase.OPEN})
AGAIN_S = 0.5
LATE_MS = GRACE_MS + 20  # the machine waits for every press that could still tie


class Pacing:
    """The timers of one room. All methods run on the event loop."""

    def __init__(
        self,
        room: "Room",
        host_present: Callable[[], bool],
        away: Callable[[], frozenset[int]],
        commits: Commits,
    ) -> None:
        self._room = room
        self._host_present = host_present
        self._away = away
        self._commits = commits
        self._due: asyncio.TimerHandle | None = None
        self._presses: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def set(self) -> None:
        """Sets the timers anew, after whatever happened in the room."""
        self._set_due()
        self._set_presses()

    def stop(self) -> None:
        """Cancels all."""
        for handle in (self._due, self._presses):
            if handle is not None:
                handle.cancel()
        self._due = self._presses = None

    def _set_due(self) -> None:
        state = self._room.state
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if not state.due_at or state.paused_at:
            return
        if state.phase not in BY_CLOCK and not self._host_present():
            return
        wait_ms = max(0, state.due_at - self._room.now()) + 1
        self._due = asyncio.get_running_loop().call_later(wait_ms / 1000, self._fire, self._tick)

    def _set_presses(self) -> None:
        """While somebody has pressed whose turn has not been: the window ends `tie_ms` and the greatest lag later."""
        state, pressed = self._room.state, self._room.desk.answered
        waiting = state.rules.mode == "buzzer" and state.phase in PRESSING and not state.paused_at
        if not waiting or not any(may_win(state, state.runs[state.run], player) for player in pressed):
            if self._presses is not None:
                self._presses.cancel()
                self._presses = None
        elif self._presses is None:
            wait_s = (state.rules.buzzer.tie_ms + LATE_MS) / 1000
            self._presses = asyncio.get_running_loop().call_later(wait_s, self._fire, self._collect)

    def _fire(self, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(self._do(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Refusal:
            pass
        except Exception:
            logger.warning("the clock of round %s failed, trying again", self._room.round_id, exc_info=True)
            await asyncio.sleep(AGAIN_S)
            self.set()

    async def _tick(self) -> None:
        self._due = None
        await self._write_what_was_received()
        before = self._room.state.version
        host, away = self._host_present(), self._away()
        state = await run(live.tick, self._room.round_id, now=timezone.now(), host_present=host, away=away)
        self._room.take(state)
        if self._room.state.version == before:
            # Another clock was a moment too early, or ours: look once more.
            await asyncio.sleep(AGAIN_S)
            self._set_due()

    async def _write_what_was_received(self) -> None:
        """An answer counts by when the server received it: a close waits for those that are not on disk yet."""
        if self._room.state.phase in PRESSING and not await self._commits.flushed():
            logger.warning("answers to round %s are written too slowly to wait for", self._room.round_id)

    async def _collect(self) -> None:
        await self._write_what_was_received()
        run_no = self._room.state.run
        deed = commands.CollectPresses(run_no)
        try:
            state = await run(live.command, self._room.round_id, deed, role=moves.CLOCK, now=timezone.now())
        finally:
            self._presses = None
        before = self._room.state.version
        self._room.take(state)
        if self._room.state.version == before:
            # The window was not over yet.
            self._set_presses()
