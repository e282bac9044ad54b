"""One hub per process: who watches which round's board, and one message a second to them at most.

The database is asked once per process, round and beat, however many watch; the frame is encoded once. News comes as a
flag, set from any thread; a refresh every ten beats covers news that got lost and what only the clock changes.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.utils import timezone

from api.live import messages
from api.live.mailbox import Mailbox
from contest.errors import Refusal
from contest.queries.board import Board

logger = logging.getLogger(__name__)
PERIOD_S = 1.0
SAFETY_BEATS = 10

Read = Callable[[int, datetime], Awaitable[Board]]
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Room:
    """The watchers of one round in this process, and the last thing they were told."""

    round_id: int
    epoch: str = field(default_factory=lambda: secrets.token_hex(6))
    version: int = 0
    content: bytes = b""
    frame: str = ""
    dirty: bool = False
    quiet_beats: int = 0
    boxes: set[Mailbox] = field(default_factory=set)
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hub:
    """Rooms by round. All methods but `mark` run on the event loop."""

    def __init__(self, read: Read, *, clock: Clock = timezone.now, safety_beats: int = SAFETY_BEATS) -> None:
        self._read = read
        self._safety_beats = safety_beats
        self._clock = clock
        self._rooms: dict[int, Room] = {}

    async def join(self, round_id: int, box: Mailbox) -> None:
        """Adds a watcher and leaves the snapshot in its box. Refusal("not-found") for no such round.

        A thousand who come at once wait for one reading.
        """
        room = self._rooms.setdefault(round_id, Room(round_id))
        room.boxes.add(box)
        try:
            async with room.opening:
                if not room.frame:
                    await self._refresh(room)
        except BaseException:
            self.leave(round_id, box)
            raise
        box.put(room.frame)

    def leave(self, round_id: int, box: Mailbox) -> None:
        """Removes a watcher; a room without any is forgotten."""
        room = self._rooms.get(round_id)
        if room is not None:
            room.boxes.discard(box)
            if not room.boxes:
                del self._rooms[round_id]

    def resync(self, round_id: int, box: Mailbox) -> None:
        """Leaves the newest frame in the watcher's box."""
        room = self._rooms.get(round_id)
        if room is not None:
            box.put(room.frame)

    def mark(self, round_id: int) -> None:
        """Says that the round may have changed; from any thread, at the cost of a look-up."""
        room = self._rooms.get(round_id)
        if room is not None:
            room.dirty = True

    @property
    def watched(self) -> int:
        """How many rounds are watched."""
        return len(self._rooms)

    async def beat(self) -> int:
        """One tick: refreshes rooms that are marked (or have been quiet for long), tells what changed; boxes filled."""
        filled = 0
        for room in list(self._rooms.values()):
            room.quiet_beats += 1
            if room.dirty or room.quiet_beats >= self._safety_beats:
                filled += await self._tell(room)
        return filled

    async def _tell(self, room: Room) -> int:
        room.dirty, room.quiet_beats = False, 0
        try:
            changed = await self._refresh(room)
        except Refusal:
            return 0
        except Exception:
            # The next beat tries again; the sockets stay open and keep what they show.
            room.dirty = True
            logger.warning("the board of round %s could not be read", room.round_id, exc_info=True)
            return 0
        for box in room.boxes if changed else ():
            box.put(room.frame)
        return len(room.boxes) if changed else 0

    async def _refresh(self, room: Room) -> bool:
        now = self._clock()
        board = await self._read(room.round_id, now)
        content = msgspec.json.encode(board)
        if content == room.content:
            return False
        room.content = content
        room.version += 1
        room.frame = messages.encode(
            messages.board_message(board, epoch=room.epoch, version=room.version, at=now)
        )
        return True
