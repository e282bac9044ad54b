"""What the phones did and were told, outside the system: an intent is on disk before its answer leaves."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec


class Intent(msgspec.Struct, frozen=True, tag_field="kind", tag="intent"):
    """An answer that is about to be sent. `opens_at`, `closes_at`: the clock its phone was shown; `stood`: how long it
    had seen that clock stand in a pause (ms).
    """

    player: int
    run: int
    key: str
    value: Any
    seq: int
    opens_at: int
    closes_at: int
    stood: int = 0


class Ack(msgspec.Struct, frozen=True, tag_field="kind", tag="ack"):
    """The server has it. `at`: its receive time (ms). `told`: by an acknowledgement, or by the snapshot."""

    player: int
    run: int
    key: str
    at: int
    receipt: str
    seq: int
    told: str = "ack"


class Refusal(msgspec.Struct, frozen=True, tag_field="kind", tag="refusal"):
    """The server would not take it, for good."""

    player: int
    run: int
    key: str
    code: str


Entry = Intent | Ack | Refusal
_decoder: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


class Ledger:
    """A file of entries. Those who write at the same time share one fsync."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab")
        self._waiting: list[bytes] = []
        self._flush: asyncio.Task[None] | None = None

    async def write(self, entry: Entry) -> None:
        """Returns when the entry is on disk."""
        self._waiting.append(msgspec.json.encode(entry) + b"\n")
        if self._flush is None or self._flush.done():
            self._flush = asyncio.create_task(self._sync())
        flush = self._flush
        await asyncio.shield(flush)

    async def _sync(self) -> None:
        """Also takes what comes while it waits for the disk."""
        while self._waiting:
            lines, self._waiting = b"".join(self._waiting), []
            await asyncio.to_thread(self._put, lines)

    def _put(self, lines: bytes) -> None:
        self._file.write(lines)
        self._file.flush()
        os.fsync(self._file.fileno())

    async def close(self) -> None:
        """Waits for what is being written."""
        if self._flush is not None:
            await self._flush
        self._file.close()


def read(paths: Iterable[Path]) -> list[Entry]:
    """All entries; a last line that a killed client left half-written is no entry."""
    found: list[Entry] = []
    for path in paths:
        for line in path.read_bytes().split(b"\n")[:-1]:
            found.append(_decoder.decode(line))
    return found
