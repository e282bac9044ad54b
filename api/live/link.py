"""One socket of a live room, as the room sees it: where frames are put, and what is known of who is at the other end.

Frames are written at once, from a loop over all sockets of a role, without a task a socket. Nothing is ever kept for a
socket that does not take it: one that was not heard while QUIET_BYTES went out, or that the server is still writing to,
misses frames and gets the newest snapshot when it is back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, cast

from api.live.closing import Close
from api.live.messages import OwnAnswer, Role
from contest.live.views import MeView

QUIET_BYTES = 64 * 1024
# A snapshot of a hall of thousands is larger than that, and staff are few.
STAFF_QUIET_BYTES = 16 * 1024 * 1024
RTT_WEIGHT = 0.3
MOST_PONGS = 8

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Link:
    """A greeted socket. `player` is 0 for the other roles, `user` 0 for players. `entered_at`: server's ms since 1970.
    `token_hash`: of the token a participant has shown.

    `doubted` is set when its holder is to be asked again who they are; None for players. All methods run on the event
    loop.
    """

    __slots__ = (
        "_numbered",
        "_pongs",
        "_send",
        "_sent_bytes",
        "_writing",
        "answer",
        "closed",
        "doubted",
        "entered_at",
        "heard_at",
        "is_behind",
        "me",
        "player",
        "role",
        "rtt_ms",
        "ticked",
        "token_hash",
        "user",
    )

    def __init__(
        self, send: Send, role: Role, *, player: int = 0, user: int = 0, token_hash: str = ""
    ) -> None:
        self._send = send
        self.role, self.player, self.user = role, player, user
        self.token_hash = token_hash
        self.heard_at = time.monotonic()
        self.entered_at = 0
        self.rtt_ms: float | None = None
        self.closed = False
        self.is_behind = False
        self.doubted = None if player else asyncio.Event()
        self.ticked = False
        self.me: MeView | None = None
        self.answer: OwnAnswer | None = None
        self._sent_bytes = 0
        self._writing: asyncio.Task[None] | None = None
        self._pongs: dict[int, float] = {}
        self._numbered = 0

    def push(self, text: str) -> None:
        """Sends a frame, or notes that the socket has missed one (`is_behind`)."""
        if self.closed or self.is_behind:
            return
        most = QUIET_BYTES if self.role == "player" else STAFF_QUIET_BYTES
        if self._writing is not None or self._sent_bytes > most:
            self.is_behind = True
            return
        self._sent_bytes += len(text)
        self._write({"type": "websocket.send", "text": text})

    def close(self, code: Close) -> None:
        """Closes it with a code; nothing is sent afterwards."""
        if not self.closed:
            self.closed = True
            self._write({"type": "websocket.close", "code": int(code)})

    def heard(self) -> bool:
        """The other end has spoken. True when it has missed frames and is to get a snapshot."""
        self.heard_at = time.monotonic()
        self._sent_bytes = 0
        if self.is_behind and self._writing is None:
            self.is_behind = False
            return True
        return False

    def next_pong(self) -> int:
        """The number of a pong that goes out now."""
        self._numbered += 1
        self._pongs[self._numbered] = time.monotonic()
        self._pongs.pop(self._numbered - MOST_PONGS, None)
        return self._numbered

    def echoed(self, number: int) -> None:
        """The echo of a pong: the round trip as the server measures it, a decaying mean in ms."""
        sent = self._pongs.pop(number, None)
        if sent is not None:
            found = (time.monotonic() - sent) * 1000
            known = self.rtt_ms
            self.rtt_ms = found if known is None else known + RTT_WEIGHT * (found - known)

    def _write(self, message: dict[str, Any]) -> None:
        """Runs the server's `send` as far as it goes without waiting. Daphne's never waits; uvicorn's does when the
        socket is full: then a task sees it through, and frames are missed meanwhile.
        """
        sending = cast("Coroutine[Any, Any, None]", self._send(message))
        try:
            waiting = sending.send(None)
        except StopIteration:
            return
        except Exception:
            self.closed = True
            return
        self._writing = asyncio.ensure_future(_see_through(sending, waiting))
        self._writing.add_done_callback(self._written)

    def _written(self, task: asyncio.Task[None]) -> None:
        if task is self._writing:
            self._writing = None
        if not task.cancelled() and task.exception() is not None:
            self.closed = True


class _Rest:
    """What is left of a coroutine that has been started elsewhere and waits for `waiting`."""

    def __init__(self, begun: Coroutine[Any, Any, None], waiting: Any) -> None:
        self._begun, self._waiting = begun, waiting

    def __await__(self) -> Generator[Any, Any, None]:
        waiting = self._waiting
        while True:
            try:
                got = yield waiting
            except BaseException as fault:
                waiting = _next(self._begun.throw, fault)
            else:
                waiting = _next(self._begun.send, got)
            if waiting is _DONE:
                return


_DONE = object()


def _next(step: Callable[[Any], Any], value: Any) -> Any:
    try:
        return step(value)
    except StopIteration:
        return _DONE


async def _see_through(begun: Coroutine[Any, Any, None], waiting: Any) -> None:
    await _Rest(begun, waiting)
