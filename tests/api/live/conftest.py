"""Sockets without a server: a hub that beats when told, and channel layers of both kinds."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from channels.layers import InMemoryChannelLayer
from channels.routing import URLRouter
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from django.db import connections
from django.urls import path

from api.live import workers
from api.live.commits import Commits
from api.live.consumers import BoardSocket
from api.live.hall import Hall
from api.live.hints import Courier
from api.live.hub import Hub
from contest.queries.board import Board, Row
from contest.signals import live_moved, live_seat_taken, live_staff_moved
from tests.api.live.room import Clock, Patient, Seat, Stage
from tests.live_builders import hall

LAYERS = ["memory", "redis"] if settings.REDIS_URL else ["memory"]


def board(points: int, *, attempts: int | None = 1) -> Board:
    """A board of one row."""
    return Board(
        "live", "open", (Row(1, "Nguyễn T. P. T.", "Xã Tân Tiến", points, 61_234),), attempts, attempts
    )


class Source:
    """What the hub reads: set by the test, and counted."""

    def __init__(self) -> None:
        self.board = board(1)
        self.reads = 0
        self.fault: Exception | None = None

    async def __call__(self, round_id: int, now: Any) -> Board:
        self.reads += 1
        if self.fault is not None:
            raise self.fault
        return self.board


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def hub(source: Source) -> Hub:
    return Hub(source)


@pytest_asyncio.fixture
async def visit() -> AsyncIterator[Callable[..., Any]]:
    """Opens sockets on a hub; closed at the end."""
    opened: list[Patient] = []

    def open_socket(hub: Hub, round_id: int = 7) -> Patient:
        routes = URLRouter([path("ws/vong/<int:round_id>/bang", BoardSocket(hub))])
        socket = Patient(routes, f"/ws/vong/{round_id}/bang")
        opened.append(socket)
        return socket

    yield open_socket
    for socket in opened:
        # A test that waited in vain has cancelled the socket's application.
        with contextlib.suppress(asyncio.CancelledError):
            await socket.disconnect()


@pytest_asyncio.fixture(params=LAYERS)
async def layer(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    """A channel layer: in memory, and Redis where there is one."""
    if request.param == "memory":
        yield InMemoryChannelLayer()
        return
    # A prefix of its own: another worker's hints go through the same Redis at the same moment.
    made = RedisPubSubChannelLayer(hosts=[settings.REDIS_URL], prefix=f"tests-{uuid.uuid4().hex}")
    yield made
    await made.flush()


@pytest_asyncio.fixture
async def closed_connections() -> AsyncIterator[None]:
    """The thread that reads boards leaves no connection behind."""
    yield
    await sync_to_async(connections.close_all)()


@pytest_asyncio.fixture
async def place() -> AsyncIterator[Hall]:
    """The hall of live rooms of a process of its own, told of this process's moves and commits."""
    made: list[Hall] = []
    commits = Commits(lambda *told: made[0].committed(*told))  # noqa: PLW0108  (made below)
    courier = Courier(InMemoryChannelLayer, group="live")
    made.append(Hall(courier, commits, shared=lambda: False))

    def hear(sender: object, *, round_id: int, state: Any, **more: Any) -> None:
        made[0].moved(round_id, state)

    def doubt(sender: object, *, round_id: int, **more: Any) -> None:
        made[0].staff_moved(round_id)

    def take(sender: object, *, round_id: int, player: int, **more: Any) -> None:
        made[0].seat_taken(round_id, player)

    live_moved.connect(hear, weak=False, dispatch_uid="tests.live")
    live_staff_moved.connect(doubt, weak=False, dispatch_uid="tests.live")
    live_seat_taken.connect(take, weak=False, dispatch_uid="tests.live")
    yield made[0]
    live_moved.disconnect(dispatch_uid="tests.live")
    live_staff_moved.disconnect(dispatch_uid="tests.live")
    live_seat_taken.disconnect(dispatch_uid="tests.live")
    await made[0].stop()
    await sync_to_async(commits.stop)()
    await sync_to_async(workers.restart)()
    await sync_to_async(connections.close_all)()


@pytest_asyncio.fixture
async def sit(place: Hall) -> AsyncIterator[Callable[..., Any]]:
    """Opens a socket of a live room and says hello; closed at the end."""
    opened: list[Seat] = []

    async def open_seat(round_id: int, said: Any, headers: Any = ()) -> Seat:
        seat = Seat(lambda: place, round_id, list(headers))
        opened.append(seat)
        return await seat.open(said)

    open_seat.hall = place  # type: ignore[attr-defined]
    yield open_seat
    for seat in opened:
        await seat.leave()


@pytest.fixture
def server_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The server's clock, which can be moved."""
    return Clock(monkeypatch)


@pytest_asyncio.fixture
async def stage(sit: Callable[..., Any], server_clock: Clock) -> Callable[..., Any]:
    """Builds a live round with these people and gives its stage."""

    async def build(*names: str, **options: Any) -> Stage:
        return Stage(sit, server_clock, await sync_to_async(hall)(*names, **options))

    return build
