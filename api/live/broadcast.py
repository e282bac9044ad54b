"""From the contest's signal to the sockets of all processes.

In this process the hub is marked directly, so one process alone needs no layer. Other processes are told by a hint.
"""

import asyncio
import logging
from datetime import datetime
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.conf import settings

from api.live import hints
from api.live.hints import Courier
from api.live.hub import PERIOD_S, Hub
from contest.queries import board
from contest.queries.board import Board
from contest.signals import round_moved

logger = logging.getLogger(__name__)
_tasks: set[asyncio.Task[None]] = set()


async def read(round_id: int, now: datetime) -> Board:
    """The board as it is now, read in a thread."""
    found: Board = await database_sync_to_async(board.board)(round_id, now=now, fresh=True)
    return found


hub = Hub(read, safety_beats=settings.BOARD_REFRESH_SECONDS)
courier = Courier(get_channel_layer)


def on_round_moved(sender: object, *, round_id: int, **kwargs: Any) -> None:
    """Called after commit, in any thread: a flag, and a number in a set when there are other processes."""
    hub.mark(round_id)
    if reaches_others():
        courier.note(round_id)


def reaches_others() -> bool:
    """True when the channel layer leads out of this process."""
    return not isinstance(get_channel_layer(), InMemoryChannelLayer)


def connect() -> None:
    """Connects the receiver; calling it again changes nothing."""
    round_moved.connect(on_round_moved, dispatch_uid="api.live.broadcast")


def start() -> None:
    """Starts the loops of this event loop, once; called with each socket, for Daphne has no start of its own."""
    running = asyncio.get_running_loop()
    if any(task.get_loop() is running and not task.done() for task in _tasks):
        return
    _tasks.clear()
    _tasks.add(running.create_task(_beat()))
    if reaches_others():
        _tasks.add(running.create_task(_listen()))


async def _beat() -> None:
    while True:
        await asyncio.sleep(PERIOD_S)
        await hub.beat()


async def _listen() -> None:
    while True:
        try:
            await hints.listen(get_channel_layer(), hub.mark, origin=courier.origin)
        except Exception as fault:
            logger.warning("the channel layer is away, trying again: %s", type(fault).__name__)
            await asyncio.sleep(PERIOD_S)
