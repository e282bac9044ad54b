"""A screen of a live room, over a real socket, that behaves as the product's own client does (room-socket.ts).

It greets with `hello`, keeps its view by merge patches, asks for a snapshot after a gap, echoes pongs, comes back with
back-off and jitter, and polls over HTTP when three tries have failed. The numbers are those of the TypeScript. It knows
nothing of the product's Python, so that it can judge it.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from tests.load import wire
from tests.load.client import Line
from tests.load.unit import JSON, Request

REPLACED, FORBIDDEN = 4001, 4403
QUIET_S, WELCOME_S, POLL_S = 25.0, 10.0, 2.0
PING_S, FIRST_PINGS, FIRST_PING_S = 10.0, 5, 0.25
TRIES_BEFORE_POLLING = 3
WAIT_FIRST_S, WAIT_MOST_S = 0.5, 8.0
REPLY_S = 8.0

Document = dict[str, Any]


class NotReached(ConnectionError):  # noqa: N818  (said of what was asked)
    """No reply: what was asked may have been done or not."""


class Refused(Exception):  # noqa: N818  (the product's word)
    """The server would not; the code is the message."""


def merged(document: Any, patch: Any) -> Any:
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    made = dict(document) if isinstance(document, dict) else {}
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = merged(made.get(name), value)
    return made


async def ask(
    port: int,
    method: str,
    path: str,
    *,
    headers: dict[str, str] | None = None,
    body: Any = None,
    source: str = "127.0.0.1",
    seconds: float = REPLY_S,
) -> tuple[int, Any]:
    """One HTTP request on a line of its own: (status, decoded JSON or None). NotReached without a whole reply."""
    line = Line(port, source=source)
    content = b"" if body is None else msgspec.json.encode(body)
    given = {**(headers or {}), **({} if body is None else JSON)}
    try:
        async with asyncio.timeout(seconds):
            status, text = await line.send(Request("", method, path, given, content))
    except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as fault:
        raise NotReached(f"{method} {path}: {type(fault).__name__}") from None
    finally:
        line.close()
    try:
        return int(status), msgspec.json.decode(text) if text else None
    except msgspec.DecodeError:
        return int(status), None


class Room:
    """One screen. `token` gives a participant's token or a fresh ticket; it is asked for with every greeting.

    `ports` are those of equal servers; every try takes one at random, as a balancer would. `link` is connecting, open,
    polling, lost, replaced or forbidden. `oddities` counts what should not happen, by name.
    """

    def __init__(
        self,
        ports: Sequence[int],
        round_id: int,
        role: str,
        token: Callable[[], Awaitable[str]],
        *,
        dice: random.Random,
        cookie: str = "",
        source: str = "127.0.0.1",
    ) -> None:
        self.cookie = cookie
        self.ports, self.round_id, self.role = ports, round_id, role
        self.dice, self.source = dice, source
        self.view: Document = {}
        self.me: Document = {}
        self.answer: Document | None = None
        self.tick: Document = {}
        self.version = 0
        self.link = "connecting"
        self.oddities: Counter[str] = Counter()
        self.welcomes = self.resyncs = 0
        self.heard_at = 0.0
        self._token = token
        self._wire: wire.Wire | None = None
        self._greeted = asyncio.Event()
        self._closed = asyncio.Event()
        self._code = 0
        self._change = asyncio.Event()
        self._commands: dict[str, asyncio.Future[Document]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.awake = asyncio.Event()
        self.awake.set()

    # --- The line ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Connects, and stays connected until `stop`."""
        self._tasks = [asyncio.create_task(self._live()), asyncio.create_task(self._poll())]

    async def stop(self) -> None:
        """Hangs up for good."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._wire is not None:
            self._wire.close()

    @property
    def is_open(self) -> bool:
        """Greeted on a socket that stands."""
        return self.link == "open" and self._wire is not None and self._wire.is_open

    def send(self, message: Document) -> bool:
        """Sends when the socket is open and greeted; False otherwise."""
        if not self.is_open or not self.awake.is_set() or self._wire is None:
            return False
        self._wire.send(msgspec.json.encode(message))
        return True

    def sleep(self) -> None:
        """A phone whose screen goes dark: it takes nothing in and sends nothing."""
        self.awake.clear()
        if self._wire is not None:
            self._wire.pause_reading()

    def wake(self) -> None:
        """The screen is on again. What came meanwhile is read; a line that was cut meanwhile is noticed."""
        self.awake.set()
        self.heard_at = time.monotonic()
        if self._wire is not None:
            self._wire.resume_reading()

    def cut(self) -> None:
        """The network is gone for a moment."""
        if self._wire is not None:
            self._wire.cut()

    async def _live(self) -> None:
        failures = 0
        while True:
            if await self._once():
                failures = 0
            if self.link in {"replaced", "forbidden"}:
                self._changed()
                return
            failures += 1
            self.link = "polling" if failures >= TRIES_BEFORE_POLLING else "lost"
            self._changed()
            full = min(WAIT_MOST_S, WAIT_FIRST_S * 2 ** min(failures - 1, 16))
            await asyncio.sleep(full / 2 + full / 2 * self.dice.random())

    async def _once(self) -> bool:
        """One socket from its opening to its end; True when it was greeted."""
        self._greeted.clear()
        self._closed.clear()
        try:
            token = await self._token()
            path = f"/ws/phong/{self.round_id}"
            port = self.dice.choice(self.ports)
            self._wire = await wire.connect(
                port,
                path,
                self._take,
                self._gone,
                cookie=self.cookie,
                source=self.source,
                seconds=WELCOME_S,
            )
        except (OSError, TimeoutError):
            return False
        beating = asyncio.create_task(self._beat())
        try:
            hello = {"type": "hello", "role": self.role, "token": token}
            self._wire.send(msgspec.json.encode(hello))
            self.heard_at = time.monotonic()
            await self._closed.wait()
            return self._greeted.is_set()
        finally:
            beating.cancel()
            self._wire.cut()
            self._abandon()

    def _gone(self, code: int) -> None:
        self._code = code
        self.oddities["closed 1011"] += code == 1011
        if self.link == "open" or code in {REPLACED, FORBIDDEN}:
            self.link = {REPLACED: "replaced", FORBIDDEN: "forbidden"}.get(code, "lost")
        self._closed.set()

    async def _beat(self) -> None:
        """Pings keep the line alive; silence ends it."""
        pings, next_ping = 0, 0.0
        while not self._closed.is_set():
            await asyncio.sleep(FIRST_PING_S)
            now = time.monotonic()
            if not self.awake.is_set():
                continue
            if now - self.heard_at > (QUIET_S if self._greeted.is_set() else WELCOME_S):
                self.cut()
            elif self._greeted.is_set() and now >= next_ping:
                self.send({"type": "ping", "t": time.perf_counter() * 1000})
                pings += 1
                wait = FIRST_PING_S if pings < FIRST_PINGS else PING_S * (0.8 + 0.4 * self.dice.random())
                next_ping = now + wait

    async def _poll(self) -> None:
        while self.link not in {"replaced", "forbidden"}:
            await asyncio.sleep(POLL_S * (0.8 + 0.4 * self.dice.random()))
            if self.link != "polling" or not self.awake.is_set():
                continue
            try:
                status, found = await self.get(f"state?role={self.role}&v={self.version}")
            except NotReached:
                continue
            if status == 200 and self.link == "polling":
                self._deliver(found)

    # --- Messages ---------------------------------------------------------------------------------

    def _take(self, text: bytes) -> None:
        self.heard_at = time.monotonic()
        self._deliver(msgspec.json.decode(text))

    def _deliver(self, message: Document) -> None:
        taker = getattr(self, f"_on_{message['type']}", None)
        if taker is None:
            self.oddities[f"unknown message {message['type']}"] += 1
            return
        taker(message)
        self.heard(message)
        self._changed()

    def heard(self, message: Document) -> None:
        """For subclasses: every message, after it has been taken in."""

    def _on_welcome(self, message: Document) -> None:
        if message["version"] < self.version:
            self.oddities["a snapshot older than what was shown"] += 1
        self.version = message["version"]
        self.view = next(message[name] for name in ("player", "projector", "host") if name in message)
        self.me, self.answer = message.get("me", {}), message.get("answer")
        self.welcomes += 1
        if self._wire is not None and not self._closed.is_set() and self._wire.is_open:
            self._greeted.set()
            self.link = "open"

    def _on_moved(self, message: Document) -> None:
        if message["version"] <= self.version:
            return
        if message.get("base", message["version"] - 1) != self.version:
            self.resyncs += 1
            self.send({"type": "resync"})
            return
        self.version, self.view = message["version"], merged(self.view, message["patch"])

    def _on_mine(self, message: Document) -> None:
        self.me = merged(self.me, message["patch"])

    def _on_tick(self, message: Document) -> None:
        self.tick = message

    def _on_pong(self, message: Document) -> None:
        self.send({"type": "echo", "n": message["n"]})

    def _on_ack(self, message: Document) -> None:
        """For participants."""

    def _on_done(self, message: Document) -> None:
        self._settle(message)

    def _on_refused(self, message: Document) -> None:
        if message.get("id"):
            self._settle(message)

    def _settle(self, message: Document) -> None:
        waiting = self._commands.pop(message["id"], None)
        if waiting is not None and not waiting.done():
            waiting.set_result(message)

    def _abandon(self) -> None:
        for waiting in self._commands.values():
            if not waiting.done():
                waiting.set_exception(NotReached("the socket closed"))
        self._commands.clear()

    def _changed(self) -> None:
        self._change.set()

    # --- Asking -----------------------------------------------------------------------------------

    async def get(self, path: str) -> tuple[int, Any]:
        """GET below the round's address, as this role."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, body: Document) -> tuple[int, Any]:
        """POST below the round's address, as this role."""
        return await self._ask("POST", path, body)

    async def _ask(self, method: str, path: str, body: Document | None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {await self._token()}"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        port = self.dice.choice(self.ports)
        status, found = await ask(
            port,
            method,
            f"/api/v1/live/{self.round_id}/{path}",
            headers=headers,
            body=body,
            source=self.source,
        )
        if status >= 500 and status != 503:
            self.oddities[f"HTTP {status} {path.partition('?')[0]}"] += 1
        return status, found

    async def command(self, **deed: Any) -> Document:
        """Gives a command and waits for `done`. Refused by the server, NotReached when nobody knows."""
        number = self.dice.randbytes(8).hex()
        future: asyncio.Future[Document] = asyncio.get_running_loop().create_future()
        if self.send({"type": "command", "id": number, "command": deed}):
            self._commands[number] = future
            try:
                async with asyncio.timeout(REPLY_S):
                    reply = await future
            except TimeoutError:
                raise NotReached("no word about the command") from None
        else:
            status, reply = await self.post("commands", {"id": number, "command": deed})
            if status == 503 or reply is None:
                raise NotReached(f"HTTP {status}")
        if reply.get("type") != "done" and "code" in reply:
            raise Refused(reply["code"])
        return reply

    async def until(self, holds: Callable[[], Any], seconds: float, what: str) -> None:
        """Waits until it holds, looking after every message. TimeoutError names what did not come."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    self._change.clear()
                    await self._change.wait()
        except TimeoutError:
            raise TimeoutError(
                f"{self.role}: {what} not within {seconds:g} s (link {self.link}, version {self.version}, "
                f"phase {self.view.get('phase')}, {dict(self.oddities)})"
            ) from None

    @property
    def phase(self) -> str:
        """The phase shown."""
        return str(self.view.get("phase", ""))
