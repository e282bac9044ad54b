"""A hall of phones on one event loop, as lean as can be: they join, greet, answer within three seconds, and are timed.

A frame that all phones get alike is decoded once. All moments are of this process's `perf_counter`, in seconds.
"""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tests.load import doorway, wire
from tests.load.room import FIRST_PING_S, FIRST_PINGS, PING_S, NotReached, ask

ANSWER_S = 3.0
JOIN_S = 120.0
_SHARED = b'{"type":"moved"'


class Moved(msgspec.Struct):
    """What a phone has to know of a patch."""

    version: int
    patch: dict[str, Any]
    base: int | None = None


class Own(msgspec.Struct):
    """Any message that is a phone's alone."""

    type: str
    version: int = 0
    n: int = 0
    key: str = ""
    code: str = ""
    patch: dict[str, Any] = {}
    player: dict[str, Any] = {}


_moved = msgspec.json.Decoder(Moved)
_own = msgspec.json.Decoder(Own)


@dataclass
class Question:
    """What was seen of one question. `sent` and `acked` by key; `shown` and `results` when each phone got it."""

    run: int
    opens_at: float
    keys: list[Any]
    shown: list[float] = field(default_factory=list)
    sent: dict[str, tuple[int, float]] = field(default_factory=dict)
    acked: dict[str, float] = field(default_factory=dict)
    results: list[float] = field(default_factory=list)


class Hall:
    """All phones of one measurement."""

    def __init__(
        self, port: int, round_id: int, join_token: str, *, people: int, seed: int = 1, door: str = "api"
    ) -> None:
        self.door = door
        self.port, self.round_id, self.join_token, self.people = port, round_id, join_token, people
        self.dice = random.Random(seed)
        self.phones: list[Phone] = []
        self.questions: dict[int, Question] = {}
        self.oddities: Counter[str] = Counter()
        self._known: tuple[bytes, Moved] | None = None
        self._change = asyncio.Event()

    async def join(self, *, at_once: int) -> float:
        """Lets everybody in, so many at a time, each with a request and a socket; seconds to the last welcome."""
        began = time.perf_counter()
        places = asyncio.Semaphore(at_once)

        async def one(number: int) -> None:
            async with places:
                phone = Phone(self, number)
                try:
                    async with asyncio.timeout(JOIN_S):
                        await phone.join()
                    self.phones.append(phone)
                except (OSError, EOFError, TimeoutError, NotReached) as fault:
                    self.oddities[f"join: {type(fault).__name__} {fault}"] += 1

        await asyncio.gather(*(one(number) for number in range(self.people)))
        return time.perf_counter() - began

    def leave(self) -> None:
        """Everybody hangs up."""
        for phone in self.phones:
            phone.leave()

    @property
    def received(self) -> int:
        """Bytes that all phones have got since they were let in."""
        return sum(phone.wire.received for phone in self.phones if phone.wire is not None)

    async def until(self, holds: Any, seconds: float) -> bool:
        """Waits until it holds; False when it does not within the time."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    self._change.clear()
                    await self._change.wait()
        except TimeoutError:
            return False
        return True

    def changed(self) -> None:
        """Somebody got something."""
        self._change.set()

    def shared(self, text: bytes) -> Moved:
        """A patch; the same bytes are decoded once."""
        if self._known is None or self._known[0] != text:
            self._known = text, _moved.decode(text)
        return self._known[1]

    def opened(self, moved: Moved, phone: "Phone", at: float) -> None:
        """The options have come to this phone: it will answer within three seconds of their appearance."""
        run = phone.run
        question = self.questions.get(run)
        if question is None:
            clock, shown = moved.patch["clock"], moved.patch["question"]
            keys = [option["key"] for option in shown["options"]]
            question = self.questions[run] = Question(run, clock["opens_at"] / 1000, keys)
        question.shown.append(at)
        wait = question.opens_at - time.time() + 0.02 + (ANSWER_S - 0.1) * self.dice.random()
        asyncio.get_running_loop().call_later(max(0.0, wait), phone.give, question)


class Phone:
    """One phone."""

    def __init__(self, hall: Hall, number: int) -> None:
        self.hall, self.number = hall, number
        self.wire: wire.Wire | None = None
        self.version = self.run = self.pings = 0
        self._welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def join(self) -> None:
        """A place by one request of the API, or by the pages; then a socket and its greeting."""
        hall = self.hall
        # Loopback has many addresses, and one pair of addresses only 28,000 ports.
        source = f"127.0.0.{2 + self.number // 10_000}"
        name = f"Nguyễn Thị Phương Thảo {self.number}"
        if hall.door == "page":
            token = await doorway.come_in(hall.port, hall.join_token, name, source=source, seconds=JOIN_S)
        else:
            token = await self._placed(name, source)
        self.wire = await wire.connect(
            hall.port, f"/ws/phong/{hall.round_id}", self._take, self._gone, source=source, seconds=JOIN_S
        )
        self.wire.send(msgspec.json.encode({"type": "hello", "role": "player", "token": token}))
        await self._welcomed

    async def _placed(self, name: str, source: str) -> str:
        """A place by one request."""
        status, found = await ask(
            self.hall.port,
            "POST",
            "/api/v1/live/join",
            body={"token": self.hall.join_token, "name": name},
            source=source,
            seconds=JOIN_S,
        )
        if status not in {200, 201}:
            raise NotReached(f"HTTP {status} {(found or {}).get('code')}")
        return str(found["token"])

    def leave(self) -> None:
        """Hangs up."""
        wire, self.wire = self.wire, None
        if wire is not None:
            wire.close()

    def give(self, question: Question) -> None:
        """Answers at random."""
        if self.wire is None:
            return
        key = f"{question.run:04d}-{self.number:06d}"
        value = self.hall.dice.choice(question.keys)
        message = msgspec.json.encode({"type": "answer", "run": question.run, "key": key, "value": value})
        question.sent[key] = self.number, time.perf_counter()
        self.wire.send(message)

    def _take(self, text: bytes) -> None:
        at = time.perf_counter()
        if text.startswith(_SHARED):
            self._moved(self.hall.shared(text), at)
            return
        message = _own.decode(text)
        match message.type:
            case "ack":
                self.hall.questions[int(message.key[:4])].acked[message.key] = at
            case "mine":
                result = message.patch.get("result")
                if result and result["run"] in self.hall.questions:
                    self.hall.questions[result["run"]].results.append(at)
            case "pong":
                self._send({"type": "echo", "n": message.n})
                return
            case "welcome":
                self._greeted(message)
            case _:
                self.hall.oddities[f"{message.type} {message.code}"] += 1
        self.hall.changed()

    def _greeted(self, message: Own) -> None:
        self.version, self.run = message.version, message.player.get("run", 0)
        if not self._welcomed.done():
            self._welcomed.set_result(None)
            self._beat()

    def _moved(self, moved: Moved, at: float) -> None:
        if moved.version <= self.version:
            return
        if (moved.version - 1 if moved.base is None else moved.base) != self.version:
            self.hall.oddities["gap"] += 1
            self._send({"type": "resync"})
            return
        self.version = moved.version
        self.run = moved.patch.get("run", self.run)
        if moved.patch.get("phase") == "open":
            self.hall.opened(moved, self, at)
        self.hall.changed()

    def _beat(self) -> None:
        """Five pings, then one every ten seconds, as the product's client."""
        if self.wire is None or not self.wire.is_open:
            return
        self._send({"type": "ping", "t": time.perf_counter() * 1000})
        self.pings += 1
        wait = FIRST_PING_S if self.pings < FIRST_PINGS else PING_S * (0.8 + 0.4 * self.hall.dice.random())
        asyncio.get_running_loop().call_later(wait, self._beat)

    def _send(self, message: dict[str, Any]) -> None:
        if self.wire is not None:
            self.wire.send(msgspec.json.encode(message))

    def _gone(self, code: int) -> None:
        if self.wire is not None:
            self.hall.oddities[f"closed {code}"] += 1
            self.hall.changed()
