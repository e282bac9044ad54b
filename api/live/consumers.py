"""The board's socket: a lean ASGI function that parses, asks the hub, and sends."""

import asyncio
import time
from typing import Any

import msgspec

from api.live import broadcast, messages
from contest.errors import Refusal

CREDITS = 40
CREDIT_WINDOW_S = 20.0
POLICY = 1008
_tasks: list[asyncio.Task[None]] = []


def _start_loops() -> None:
    """Starts the process's loops with the first socket; they live as long as the event loop does."""
    running = asyncio.get_running_loop()
    if any(task.get_loop() is running and not task.done() for task in _tasks):
        return
    _tasks[:] = [running.create_task(broadcast.run()), running.create_task(broadcast.listen())]


class Credits:
    """At most CREDITS messages in CREDIT_WINDOW_S seconds."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._used = 0

    def spend(self) -> bool:
        """False when the socket has used up its credits."""
        now = time.monotonic()
        if now - self._since > CREDIT_WINDOW_S:
            self._since, self._used = now, 0
        self._used += 1
        return self._used <= CREDITS


async def board(scope: Any, receive: Any, send: Any) -> None:
    """ws/vong/<id>/bang: snapshot on connect, changes at most once a second, resync on request.

    Close codes: 4404 no such round, 1008 too many or malformed messages.
    """
    round_id = int(scope["url_route"]["kwargs"]["round_id"])
    watcher = object()
    await receive()

    async def push(frame: bytes) -> None:
        await send({"type": "websocket.send", "text": frame.decode()})

    _start_loops()
    try:
        first = await broadcast.hub.join(round_id, watcher, push)
    except Refusal:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 4404})
        return
    try:
        await send({"type": "websocket.accept"})
        await push(first)
        await _listen(round_id, receive, send, push)
    finally:
        broadcast.hub.leave(round_id, watcher)


async def _listen(round_id: int, receive: Any, send: Any, push: Any) -> None:
    purse = Credits()
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            return
        try:
            messages.decode(event.get("text") or event.get("bytes") or "")
        except (msgspec.MsgspecError, ValueError):
            await send({"type": "websocket.close", "code": POLICY})
            return
        if not purse.spend():
            await send({"type": "websocket.close", "code": POLICY})
            return
        await push(broadcast.hub.snapshot(round_id))
