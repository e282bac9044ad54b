"""Hands for tests of the live room: sockets of the whole routing, without a server."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client
from django.urls import path
from django.utils import timezone

from api.live import tickets
from api.live.hall import Hall
from api.live.room_socket import RoomSocket
from contest.live import patch
from contest.models import User
from tests.live_builders import Hall as Made

PATIENCE_S = 30.0
Frame = dict[str, Any]


class Patient(WebsocketCommunicator):
    """Waits as long as a busy machine may take; the library's own second is over in a stall."""

    async def receive_output(self, *_: float) -> Any:
        return await super().receive_output(PATIENCE_S)


class Shown:
    """What a client shows: `view` and `me` at `version`, out of the frames that came."""

    def __init__(self) -> None:
        self.view: Frame = {}
        self.me: Frame | None = None
        self.version = 0

    def apply(self, frame: Frame) -> None:
        if frame["type"] == "welcome":
            self.view = next(frame[name] for name in ("player", "projector", "host") if name in frame)
            self.me, self.version = frame.get("me"), frame["version"]
        elif frame["type"] == "moved":
            assert frame.get("base", frame["version"] - 1) == self.version, "a gap"
            self.view, self.version = patch.apply(self.view, frame["patch"]), frame["version"]
        elif frame["type"] == "mine":
            self.me = patch.apply(self.me, frame["patch"])


class Seat(Shown):
    """A socket and what came through it."""

    def __init__(self, hall: Callable[[], Hall], round_id: int, headers: list[tuple[bytes, bytes]]) -> None:
        super().__init__()
        routes = URLRouter([path("ws/phong/<int:round_id>", RoomSocket(hall))])
        self.wire = Patient(routes, f"/ws/phong/{round_id}", headers=headers)
        self.frames: list[Frame] = []
        self.texts: list[str] = []
        self.code = 0

    async def open(self, hello: Frame | str | None) -> "Seat":
        await self.wire.connect()
        if hello is not None:
            await self.say(hello)
        return self

    async def say(self, message: Frame | str) -> None:
        await self.wire.send_to(message if isinstance(message, str) else json.dumps(message))

    async def next(self) -> Frame | None:
        """The next frame; None when the socket was closed (`code`)."""
        event = await self.wire.receive_output(PATIENCE_S)
        if event["type"] == "websocket.close":
            self.code = event["code"]
            return None
        self.texts.append(event["text"])
        frame: Frame = json.loads(event["text"])
        self.frames.append(frame)
        self.apply(frame)
        return frame

    async def until(self, type_: str, **fields: Any) -> Frame:
        """The next frame of a type whose fields are these; whatever comes before is taken too."""
        while (frame := await self.next()) is not None:
            if frame["type"] == type_ and all(frame.get(name) == value for name, value in fields.items()):
                return frame
        raise AssertionError(f"closed with {self.code} before {type_} {fields}")

    async def until_phase(self, phase: str) -> None:
        while self.view.get("phase") != phase:
            assert await self.next() is not None, f"closed with {self.code} before {phase}"

    async def until_closed(self) -> int:
        while await self.next() is not None:
            pass
        return self.code

    async def idle(self) -> None:
        """Takes what has been sent, and no more: asks for the clock and waits for the reply."""
        await self.say({"type": "ping", "t": 1.5})
        await self.until("pong")

    async def leave(self) -> None:
        """Hangs up. A test that waited in vain has cancelled the socket's application already."""
        with contextlib.suppress(asyncio.CancelledError):
            await self.wire.disconnect()


def session_of(user: User) -> list[tuple[bytes, bytes]]:
    """The cookie of a signed-in browser."""
    client = Client()
    client.force_login(user)
    return [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}".encode())]


def hello(role: str, token: str) -> Frame:
    return {"type": "hello", "role": role, "token": token}


def ticket(round_id: int, role: str, user: User) -> str:
    return tickets.write(tickets.Ticket(round_id, role, user.pk))


def answer(run: int, value: Any, key: str = "key-00000001", **more: Any) -> Frame:
    return {"type": "answer", "run": run, "key": key, "value": value, **more}


def command(do: str, id_: str = "c1", **fields: Any) -> Frame:
    return {"type": "command", "id": id_, "command": {"do": do, **fields}}


class Clock:
    """The server's clock: real, but shifted, so that tests need not wait for a question to end.

    Where a moment must hold for what is done at it, the clock stands: a busy machine may take a second for anything.
    """

    def __init__(self, monkeypatch: Any) -> None:
        self._real = timezone.now
        self._shift = timedelta(0)
        self._stands: datetime | None = None
        monkeypatch.setattr(timezone, "now", lambda: self._stands or self._real() + self._shift)

    def to(self, ms: int) -> None:
        """It is now so many milliseconds since 1970, and goes on."""
        self._stands = None
        self._shift = datetime.fromtimestamp(ms / 1000, UTC) - self._real()

    def stand_at(self, ms: int) -> None:
        """It is so many milliseconds since 1970 until it is set anew."""
        self._stands = datetime.fromtimestamp(ms / 1000, UTC)


class Stage:
    """A live round with its sockets: people greet, the host leads, the clock is moved to what is due."""

    def __init__(self, sit: Callable[..., Any], clock: Clock, made: Made) -> None:
        self.made, self.clock, self._sit = made, clock, sit
        self.host: Seat | None = None

    async def phone(self, name: str) -> Seat:
        """The person's phone, welcomed."""
        seat: Seat = await self._sit(self.made.id, hello("player", self.made.seats[name].token))
        await seat.until("welcome")
        return seat

    async def desk(self, role: str = "host", user: User | None = None) -> Seat:
        """A screen of staff, welcomed."""
        who = user or self.made.chief
        cookie = await sync_to_async(session_of)(who)
        seat: Seat = await self._sit(self.made.id, hello(role, ticket(self.made.id, role, who)), cookie)
        await seat.until("welcome")
        if role == "host":
            self.host = seat
        return seat

    async def command(self, do: str, *, by: Seat | None = None, **fields: Any) -> Frame:
        """A command that is done."""
        seat = by or self.host
        assert seat is not None
        await seat.say(command(do, **fields))
        return await seat.until("done")

    async def next(self) -> None:
        """The one next key."""
        assert self.host is not None
        await self.command("advance", seen=self.host.view["next_step"])

    async def wait(self) -> None:
        """The clock moves to what is due, and the round with it."""
        assert self.host is not None
        phase = self.host.view["phase"]
        self.clock.to(self.host.view["clock"]["due_at"] + 1)
        for place in self._sit.hall._places.values():  # type: ignore[attr-defined]
            place.pacing.set()
        while self.host.view["phase"] == phase:
            assert await self.host.next() is not None

    async def ask(self) -> int:
        """The number of the next question's run; its options have been visible for a second."""
        assert self.host is not None
        await self.next()
        while self.host.view["phase"] != "open":
            await self.wait()
        self.clock.to(self.host.view["clock"]["opens_at"] + 1000)
        return int(self.host.view["run"])
