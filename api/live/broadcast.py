"""From the contest's signal to the hubs of all processes.

In this process the hub is marked directly. Other processes get at most one hint a second and round through the channel
layer, sent by the beat of this one; a hint lost with Redis is made good by the hubs' safety refresh.
"""

import asyncio
import logging
from datetime import datetime
from typing import Any

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer

from api.live.hub import PERIOD_S, Hub
from contest.queries import board
from contest.queries.board import Board
from contest.signals import round_moved

logger = logging.getLogger(__name__)
GROUP = "boards"
_hints: set[int] = set()


async def _read(round_id: int, now: datetime) -> Board:
    return await sync_to_async(board.board)(round_id, now=now)


hub = Hub(_read)


def on_round_moved(sender: object, *, round_id: int, **kwargs: Any) -> None:  # noqa: ARG001
    """Called after commit, in any thread: two cheap notes."""
    hub.mark(round_id)
    _hints.add(round_id)


def connect() -> None:
    """Connects the receiver; calling it again changes nothing."""
    round_moved.connect(on_round_moved, dispatch_uid="api.live.broadcast")


async def pass_on() -> int:
    """Sends the collected hints to the other processes; how many. A failing layer is logged, never raised."""
    rounds = sorted(_hints)
    _hints.difference_update(rounds)
    layer = get_channel_layer()
    for round_id in rounds:
        for attempt in (1, 2):
            try:
                await layer.group_send(GROUP, {"type": "hint", "round": round_id})
                break
            except Exception:
                logger.warning("the channel layer took no hint (try %s)", attempt, exc_info=attempt == 2)  # noqa: PLR2004
    return len(rounds)


async def listen() -> None:
    """Marks the hub for every hint of another process, for ever; reconnects when the layer fails."""
    while True:
        try:
            layer = get_channel_layer()
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            while True:
                message = await layer.receive(channel)
                hub.mark(int(message["round"]))
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.warning("the channel layer is away; trying again", exc_info=True)
            await asyncio.sleep(PERIOD_S)


async def run() -> None:
    """The process's board loop: beat and pass on hints once a second."""
    while True:
        await asyncio.sleep(PERIOD_S)
        try:
            await hub.beat()
            await pass_on()
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("a beat of the boards failed")
