"""Sockets without a server: a hub that beats when told, and channel layers of both kinds."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from channels.layers import InMemoryChannelLayer
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from django.db import connections
from django.urls import path

from api.live.consumers import BoardSocket
from api.live.hub import Hub
from contest.queries.board import Board, Row

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
    opened: list[WebsocketCommunicator] = []

    def open_socket(hub: Hub, round_id: int = 7) -> WebsocketCommunicator:
        routes = URLRouter([path("ws/vong/<int:round_id>/bang", BoardSocket(hub))])
        socket = WebsocketCommunicator(routes, f"/ws/vong/{round_id}/bang")
        opened.append(socket)
        return socket

    yield open_socket
    for socket in opened:
        await socket.disconnect()


@pytest_asyncio.fixture(params=LAYERS)
async def layer(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    """A channel layer: in memory, and Redis where there is one."""
    if request.param == "memory":
        yield InMemoryChannelLayer()
        return
    made = RedisPubSubChannelLayer(hosts=[settings.REDIS_URL], prefix="tests")
    yield made
    await made.flush()


@pytest_asyncio.fixture
async def closed_connections() -> AsyncIterator[None]:
    """The thread that reads boards leaves no connection behind."""
    yield
    await sync_to_async(connections.close_all)()
