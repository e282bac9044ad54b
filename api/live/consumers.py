"""The board's socket: a lean ASGI function without a channel layer of its own. It knows no rule."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from api.live import broadcast, codec, messages
from api.live.hub import Hub
from api.live.mailbox import Mailbox
from contest.errors import Refusal

logger = logging.getLogger(__name__)
CREDITS = 40
CREDIT_SECONDS = 20.0
# Daphne lets an application close with 1000 or 3000-4999 only: 1008, 1009 and 1013 stand here with 4 in front.
NOT_FOUND, TRY_LATER, TOO_LARGE, POLICY = 4404, 4013, 4009, 4008

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Credits:
    """A purse of CREDITS messages that fills up again in CREDIT_SECONDS."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left = float(CREDITS)
        self._since = clock()

    def spend(self) -> bool:
        """Takes one; False when there is none."""
        now = self._clock()
        self._left = min(CREDITS, self._left + (now - self._since) * CREDITS / CREDIT_SECONDS)
        self._since = now
        self._left -= 1
        return self._left >= 0


class BoardSocket:
    """ws/vong/<id>/bang: the board on connect, then whenever it changes, at most once a second, and on `resync`.

    Close codes: 4404 no such round, 4013 not to be read now, 4009 frame over 4 KiB, 4008 too many messages.
    """

    def __init__(self, hub: Hub, start: Callable[[], None] = lambda: None) -> None:
        self._hub = hub
        self._start = start

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        round_id = int(scope["url_route"]["kwargs"]["round_id"])
        box = Mailbox()
        await receive()
        self._start()
        await send({"type": "websocket.accept"})
        try:
            await self._hub.join(round_id, box)
        except Refusal:
            await send({"type": "websocket.close", "code": NOT_FOUND})
            return
        except Exception:
            logger.warning("no board to begin with for round %s", round_id, exc_info=True)
            await send({"type": "websocket.close", "code": TRY_LATER})
            return
        writer = asyncio.create_task(_write(box, send))
        try:
            await self._listen(round_id, box, receive, send)
        finally:
            self._hub.leave(round_id, box)
            writer.cancel()

    async def _listen(self, round_id: int, box: Mailbox, receive: Receive, send: Send) -> None:
        purse = Credits()
        while (event := await receive())["type"] != "websocket.disconnect":
            if not purse.spend():
                await send({"type": "websocket.close", "code": POLICY})
                return
            try:
                codec.decode(event.get("text") or event.get("bytes") or b"")
            except Refusal as refusal:
                if refusal.code == "too-large":
                    await send({"type": "websocket.close", "code": TOO_LARGE})
                    return
                text = messages.encode(messages.RefusedMessage(refusal.code))
                await send({"type": "websocket.send", "text": text})
            else:
                self._hub.resync(round_id, box)


async def _write(box: Mailbox, send: Send) -> None:
    """Sends what comes into the box; a slow socket skips to the newest."""
    while True:
        await send({"type": "websocket.send", "text": await box.take()})


board = BoardSocket(broadcast.hub, broadcast.start)
