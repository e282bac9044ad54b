"""Clients that drive whole attempts over keep-alive HTTP/1.1 on loopback; as little work a request as possible."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from tests.load import unit

GOOD = frozenset({b"200", b"201", b"304"})


@dataclass
class Tally:
    """What the clients saw: durations (s) by endpoint, finished attempts, and replies that were not good."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    attempts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    bytes_of_start: int = 0

    @property
    def requests(self) -> int:
        """Replies received."""
        return sum(len(times) for times in self.took.values())


class Line:
    """One connection, opened again when the server closes it between two requests."""

    def __init__(self, port: int, *, source: str = "127.0.0.1") -> None:
        self._port, self._source = port, source
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, request: unit.Request) -> tuple[bytes, bytes]:
        """(status, body) of the reply. ConnectionError when the server hangs up before answering."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self._port, local_addr=(self._source, 0)
            )
        reader, writer = self._streams
        lines = [f"{request.method} {request.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in request.headers.items()]
        if request.body:
            lines.append(f"Content-Length: {len(request.body)}")
        writer.write("\r\n".join([*lines, "\r\n"]).encode() + request.body)
        head = await reader.readuntil(b"\r\n\r\n")
        status, length, closing = read_head(head)
        body = await reader.readexactly(length)
        if closing:
            self.close()
        return status, body

    def close(self) -> None:
        """Hangs up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def read_head(head: bytes) -> tuple[bytes, int, bool]:
    """(status, length of the body, whether the server will hang up). ValueError for a body of unknown length."""
    first, *lines = head[:-4].split(b"\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
    status = first.split(b" ", 2)[1]
    if status != b"304" and b"content-length" not in headers:
        raise ValueError(f"a reply without Content-Length: {head!r}")
    closing = headers.get(b"connection", b"").lower() == b"close"
    return status, int(headers.get(b"content-length", b"0")), closing


async def attempt(line: Line, round_id: int, entrant: str, step: int, tally: Tally) -> None:
    """One whole attempt; the first reply that is not good ends it and is counted by its code."""
    steps = unit.requests(round_id, entrant, step)
    request = next(steps)
    while True:
        began = time.perf_counter()
        status, body = await line.send(request)
        tally.took[request.kind].append(time.perf_counter() - began)
        if status not in GOOD:
            code = msgspec.json.decode(body).get("code") if body.startswith(b"{") else "?"
            tally.faults[f"{request.kind}: {status.decode()} {code}"] += 1
            return
        if request.kind == "start":
            tally.bytes_of_start = len(body)
        try:
            request = steps.send(msgspec.json.decode(body) if request.kind == "start" else None)
        except StopIteration:
            tally.attempts += 1
            return


async def drive(
    *, port: int, round_id: int, entrants: Iterator[str], step: int, clients: int, seconds: float
) -> Tally:
    """`clients` connections at work for `seconds`, or until the entrants run out; each finishes what it began."""
    tally = Tally()
    began = time.perf_counter()

    async def work() -> None:
        line = Line(port)
        try:
            while time.perf_counter() - began < seconds and (entrant := next(entrants, None)) is not None:
                try:
                    await asyncio.wait_for(attempt(line, round_id, entrant, step, tally), 30)
                except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as fault:
                    tally.faults[f"{type(fault).__name__}: {fault}"] += 1
                    line.close()
        finally:
            line.close()

    await asyncio.gather(*(work() for _ in range(clients)))
    tally.seconds = time.perf_counter() - began
    return tally
