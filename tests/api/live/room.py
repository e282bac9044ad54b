"""Hands for tests of the live room: sockets of the whole routing, without a server."""

import asyncio
import json
from collections.abc import Callable
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

PATIENCE_S = 5.0
Frame = dict[str, Any]


class Seat:
    """A socket and what came through it. `view`, `me`, `answer` as a client would have them."""

    def __init__(self, hall: Callable[[], Hall], round_id: int, headers: list[tuple[bytes, bytes]]) -> None:
        routes = URLRouter([path("ws/phong/<int:round_id>", RoomSocket(hall))])
        self.wire = WebsocketCommunicator(routes, f"/ws/phong/{round_id}", headers=headers)
        self.frames: list[Frame] = []
        self.texts: list[str] = []
        self.view: Frame = {}
        self.me: Frame | None = None
        self.version = 0
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
        self._apply(frame)
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

    def _apply(self, frame: Frame) -> None:
        if frame["type"] == "welcome":
            self.view = next(frame[name] for name in ("player", "projector", "host") if name in frame)
            self.me, self.version = frame.get("me"), frame["version"]
        elif frame["type"] == "moved":
            assert frame["base"] == self.version, "a gap"
            self.view, self.version = patch.apply(self.view, frame["patch"]), frame["version"]
        elif frame["type"] == "mine":
            self.me = frame["me"]


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
    """The server's clock: real, but shifted, so that tests need not wait for a question to end."""

    def __init__(self, monkeypatch: Any) -> None:
        from datetime import timedelta  # noqa: PLC0415

        self._real = timezone.now
        self._shift = timedelta(0)
        monkeypatch.setattr(timezone, "now", lambda: self._real() + self._shift)

    def to(self, ms: int) -> None:
        """It is now so many milliseconds since 1970."""
        from datetime import UTC, datetime  # noqa: PLC0415

        self._shift = datetime.fromtimestamp(ms / 1000, UTC) - self._real()


threaded = sync_to_async
__all__ = ["Clock", "Seat", "answer", "asyncio", "command", "hello", "session_of", "threaded", "ticket"]
