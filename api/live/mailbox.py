"""What one socket still has to send: the newest frame and nothing else, so a sleeping phone costs no memory."""

import asyncio


class Mailbox:
    """Holds one frame; a newer one replaces it. All methods run on the event loop."""

    __slots__ = ("_frame", "_full")

    def __init__(self) -> None:
        self._frame = ""
        self._full = asyncio.Event()

    def put(self, frame: str) -> None:
        """Leaves a frame to send, in place of one not taken yet."""
        self._frame = frame
        self._full.set()

    async def take(self) -> str:
        """The frame, as soon as there is one."""
        await self._full.wait()
        self._full.clear()
        return self._frame
