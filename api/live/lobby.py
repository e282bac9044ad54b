"""The one hall of this process, on whatever event loop its sockets run, and its ear for `live_moved`."""

import asyncio
from typing import Any

from channels.layers import get_channel_layer

from api.live import broadcast
from api.live.commits import Commits
from api.live.hall import GROUP, HINT_PERIOD_S, Hall
from api.live.hints import Courier
from contest.actions.live_answers import Outcome
from contest.live.state import State
from contest.signals import live_moved

_halls: list[Hall] = []
courier = Courier(get_channel_layer, period_s=HINT_PERIOD_S, group=GROUP)


def _told(round_id: int, outcomes: list[Outcome]) -> None:
    for hall in _halls:
        hall.committed(round_id, outcomes)


commits = Commits(_told)


def hall() -> Hall:
    """The hall of the running event loop, made with the first socket."""
    loop = asyncio.get_running_loop()
    for found in _halls:
        if found.loop is loop:
            return found
    _halls[:] = [Hall(courier, commits, shared=broadcast.reaches_others)]
    return _halls[0]


def on_live_moved(sender: object, *, round_id: int, state: State, **kwargs: Any) -> None:
    """Called after commit, in any thread."""
    for found in _halls:
        found.moved(round_id, state)
    if broadcast.reaches_others() and not any(found.is_running for found in _halls):
        courier.note(round_id)


def connect() -> None:
    """Connects the receiver; calling it again changes nothing."""
    live_moved.connect(on_live_moved, dispatch_uid="api.live.lobby")
