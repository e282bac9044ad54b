"""Hints between processes: "these rounds moved", at most once a period from each, through the channel layer.

A hint is a few bytes and may be lost: the hubs look for themselves every few seconds. Nobody waits for one to be sent.
Boards and live rooms have a group each; a live room's processes also tell each other who is there.
"""

import asyncio
import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from typing import Any

logger = logging.getLogger(__name__)
GROUP = "boards"
TYPE = "board.moved"
PERIOD_S = 1.0
SEND_SECONDS = 2.0
TRIES = 2
Layer = Any  # Channels has no types


class Courier:
    """Collects the rounds that moved in this process and tells the other processes."""

    def __init__(self, layer: Callable[[], Layer], *, period_s: float = PERIOD_S, group: str = GROUP) -> None:
        self.origin = secrets.token_hex(6)
        self.layer = layer
        self._period_s = period_s
        self._group = group
        self._lock = threading.Lock()
        self._rounds: set[int] = set()
        self._given: dict[tuple[int, int], set[int]] = {}
        self._polled: dict[int, set[int]] = {}
        self._staff: set[int] = set()
        self._taken: set[tuple[int, int]] = set()
        self._running = False

    def note(self, round_id: int) -> None:
        """From any thread: the next hint will name the round. The first starts a thread that ends when all is told."""
        with self._lock:
            self._rounds.add(round_id)
        self._start()

    def note_given(self, round_id: int, run: int, players: Iterable[int]) -> None:
        """Like note: the next hint will say that these have answered the run."""
        with self._lock:
            self._given.setdefault((round_id, run), set()).update(players)
        self._start()

    def note_polled(self, round_id: int, player: int) -> None:
        """Like note: the next hint will say that this one asks over HTTP."""
        with self._lock:
            self._polled.setdefault(round_id, set()).add(player)
        self._start()

    def note_staff(self, round_id: int) -> None:
        """Like note: the next hint will say that the round's staff is to be asked again who they are."""
        with self._lock:
            self._staff.add(round_id)
        self._start()

    def note_taken(self, round_id: int, player: int) -> None:
        """Like note: the next hint will say that this one's token has been replaced."""
        with self._lock:
            self._taken.add((round_id, player))
        self._start()

    def collect(self, round_id: int) -> None:
        """Like note, for a caller that delivers by itself."""
        with self._lock:
            self._rounds.add(round_id)

    async def deliver(self) -> bool:
        """Sends one hint for what has been noted, trying twice; False when there was nothing or the layer failed."""
        with self._lock:
            rounds, given, polled = sorted(self._rounds), self._given, self._polled
            self._rounds.clear()
            staff, taken = sorted(self._staff), sorted(self._taken)
            self._given, self._polled, self._staff, self._taken = {}, {}, set(), set()
        if not (rounds or given or polled or staff or taken):
            return False
        hint: dict[str, Any] = {"rounds": rounds}
        if given:
            hint["given"] = [[round_id, run, sorted(who)] for (round_id, run), who in given.items()]
        if polled:
            hint["polled"] = [[round_id, sorted(who)] for round_id, who in polled.items()]
        if staff:
            hint["staff"] = staff
        if taken:
            hint["taken"] = taken
        return await self.send(hint)

    async def send(self, hint: dict[str, Any]) -> bool:
        """Sends a hint now, trying twice; False when the layer failed."""
        told = {"type": TYPE, "origin": self.origin, **hint}
        for _ in range(TRIES):
            try:
                await asyncio.wait_for(self.layer().group_send(self._group, told), SEND_SECONDS)
            except Exception as fault:
                # A connection that died unnoticed fails once; the second try has a new one.
                logger.warning("the channel layer took no hint: %s", type(fault).__name__)
            else:
                return True
        return False

    def _start(self) -> None:
        with self._lock:
            start = not self._running
            self._running = True
        if start:
            threading.Thread(target=self._run, name="board-hints", daemon=True).start()

    def _run(self) -> None:
        asyncio.run(self._deliver_all())

    async def _deliver_all(self) -> None:
        while True:
            await self.deliver()
            await asyncio.sleep(self._period_s)
            with self._lock:
                if not (self._rounds or self._given or self._polled or self._staff or self._taken):
                    self._running = False
                    return


async def listen(layer: Layer, mark: Callable[[int], None], *, origin: str) -> None:
    """Marks the rounds of other processes' hints until cancelled; raises what the layer raises."""

    def take(hint: dict[str, Any]) -> None:
        for round_id in hint["rounds"]:
            mark(int(round_id))

    await hear(layer, take, origin=origin)


async def hear(
    layer: Layer, take: Callable[[dict[str, Any]], None], *, origin: str, group: str = GROUP
) -> None:
    """Hands on every hint of other processes until cancelled; raises what the layer raises."""
    channel = await layer.new_channel()
    await layer.group_add(group, channel)
    try:
        while True:
            hint = await layer.receive(channel)
            if hint.get("origin") != origin:
                take(hint)
    finally:
        await layer.group_discard(group, channel)
