"""One hub per process: who watches which round's board, and one message a second to them at most.

The database is asked once per process, round and beat, however many watch; the frame is encoded once and handed to every
socket's queue. News comes as a flag, set from any thread; a safety refresh every ten seconds covers news that got lost.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.utils import timezone

from api.live import messages
from contest.queries.board import Board

PERIOD_S = 1.0
SAFETY_BEATS = 10

Read = Callable[[int, datetime], Awaitable[Board]]
Send = Callable[[bytes], Awaitable[None]]


@dataclass(slots=True)
class Room:
    """The watchers of one round in this process."""

    round_id: int
    epoch: str = field(default_factory=lambda: secrets.token_hex(6))
    version: int = 0
    shown: bytes = b""
    frame: bytes = b""
    dirty: bool = False
    quiet_beats: int = 0
    watchers: dict[object, Send] = field(default_factory=dict)


class Hub:
    """Rooms by round. All methods but `mark` run on the event loop."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.rooms: dict[int, Room] = {}

    async def join(self, round_id: int, watcher: object, send: Send) -> bytes:
        """Adds a watcher and gives the snapshot to send first. Refusal("not-found") for no such round."""
        room = self.rooms.get(round_id)
        if room is None:
            room = Room(round_id)
            await self._refresh(room)
            room = self.rooms.setdefault(round_id, room)
        room.watchers[watcher] = send
        return room.frame

    def leave(self, round_id: int, watcher: object) -> None:
        """Removes a watcher; an empty room is forgotten."""
        room = self.rooms.get(round_id)
        if room is None:
            return
        room.watchers.pop(watcher, None)
        if not room.watchers:
            del self.rooms[round_id]

    def snapshot(self, round_id: int) -> bytes:
        """The newest frame of a watched round."""
        return self.rooms[round_id].frame

    def mark(self, round_id: int) -> None:
        """Says that the round may have changed; safe from any thread, costs a dictionary look-up."""
        room = self.rooms.get(round_id)
        if room is not None:
            room.dirty = True

    async def beat(self) -> int:
        """One tick: refreshes what is marked (or has been quiet for long) and sends what changed; frames sent."""
        sent = 0
        for room in list(self.rooms.values()):
            room.quiet_beats += 1
            if not room.dirty and room.quiet_beats < SAFETY_BEATS:
                continue
            room.dirty, room.quiet_beats = False, 0
            if await self._refresh(room):
                sent += await self._send(room)
        return sent

    async def run(self) -> None:
        """Beats once a second for ever."""
        while True:
            await asyncio.sleep(PERIOD_S)
            await self.beat()

    async def _refresh(self, room: Room) -> bool:
        now = timezone.now()
        board = await self._read(room.round_id, now)
        shown = msgspec.json.encode(board)
        if shown == room.shown:
            return False
        room.shown = shown
        room.version += 1
        message = messages.board_message(board, epoch=room.epoch, version=room.version, at=now)
        room.frame = messages.encode(message)
        return True

    async def _send(self, room: Room) -> int:
        sent = 0
        for send in list(room.watchers.values()):
            await send(room.frame)
            sent += 1
        return sent
