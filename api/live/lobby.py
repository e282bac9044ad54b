"""The one hall of this process, on whatever event loop its sockets run, and its ear for `live_moved`."""

import asyncio
import contextlib
from datetime import datetime
from typing import Any

from channels.layers import get_channel_layer

from api.live import broadcast
from api.live.commits import Commits
from api.live.hall import GROUP, HINT_PERIOD_S, Hall
from api.live.hints import Courier
from api.live.pacing import LATE_MS, PRESSING
from api.live.polls import Polls
from contest.actions import live as moving
from contest.actions.live_answers import Outcome, Recorded
from contest.errors import Refusal
from contest.live import commands, moves
from contest.live.state import State
from contest.queries import live
from contest.signals import live_moved, live_seat_taken, live_staff_moved

SOCKETS_FIRST_MS = 2500

_halls: list[Hall] = []
_pressed: dict[int, Recorded] = {}  # by round: the first answer that came while no hall here served it
courier = Courier(get_channel_layer, period_s=HINT_PERIOD_S, group=GROUP)


def _told(round_id: int, outcomes: list[Outcome]) -> None:
    for hall in _halls:
        hall.committed(round_id, outcomes)
    kept = [found for found in outcomes if isinstance(found, Recorded)]
    if not kept or _serves(round_id):
        return
    if round_id not in _pressed or _pressed[round_id].run != kept[0].run:
        _pressed[round_id] = kept[0]
    if broadcast.reaches_others():
        # The process with the sockets counts the answer, and a press at the buzzer gets its turn, at once.
        courier.note_given(round_id, kept[0].run, [found.player for found in kept])


commits = Commits(_told)
polls = Polls()


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


def on_live_staff_moved(sender: object, *, round_id: int, **kwargs: Any) -> None:
    """Called after commit, in any thread."""
    for found in _halls:
        found.staff_moved(round_id)
    if broadcast.reaches_others():
        courier.note_staff(round_id)


def on_live_seat_taken(sender: object, *, round_id: int, player: int, **kwargs: Any) -> None:
    """Called after commit, in any thread."""
    for found in _halls:
        found.seat_taken(round_id, player)
    if broadcast.reaches_others() and not any(found.is_running for found in _halls):
        courier.note_taken(round_id, player)


def polled(round_id: int, player: int) -> None:
    """Somebody asks over HTTP, and so has a line; called in threads."""
    if _serves(round_id):
        for found in _halls:
            found.polled(round_id, [player])
    elif polls.note(round_id, player) and broadcast.reaches_others():
        courier.note_polled(round_id, player)


def look(round_id: int, *, now: datetime) -> None:
    """Lets the clock look, for who polls; called in threads. Answers that were received are written before a close.

    A process that serves the sockets of the room closes its questions and collects the presses of its buzzer: another
    one leaves it the time to write.
    """
    state = live.load(round_id).state
    if state.paused_at:
        return
    waits = state.phase in PRESSING
    late = SOCKETS_FIRST_MS if waits and not _serves(round_id) and broadcast.reaches_others() else 0
    at = moving.milliseconds(now) - late
    if _is_pressed(round_id, state, at):
        commits.flush()
        with contextlib.suppress(Refusal):  # another process was first
            moving.command(round_id, commands.CollectPresses(state.run), role=moves.CLOCK, now=now)
        _pressed.pop(round_id, None)
    elif state.due_at and state.due_at <= at:
        if waits:
            commits.flush()
        moving.tick(round_id, now=now, away=_away(round_id, state))


def _is_pressed(round_id: int, state: State, at: int) -> bool:
    """Whether a press that came over HTTP can be collected: every one that could still tie with it has arrived."""
    first = _pressed.get(round_id)
    if first is None or state.rules.mode != "buzzer" or state.phase not in PRESSING or first.run != state.run:
        return False
    return first.at + state.rules.buzzer.tie_ms + LATE_MS <= at


def _away(round_id: int, state: State) -> frozenset[int]:
    """Who is known to be without a line: by the hall, or where no socket is served by the polls."""
    served = [found for found in list(_halls) if found.is_running and found.find(round_id)]
    if served:
        return served[0].away(round_id)
    return frozenset(state.players) - polls.lately(round_id)


def _serves(round_id: int) -> bool:
    return any(found.is_running and found.find(round_id) for found in list(_halls))


def connect() -> None:
    """Connects the receivers; calling it again changes nothing."""
    live_moved.connect(on_live_moved, dispatch_uid="api.live.lobby")
    live_staff_moved.connect(on_live_staff_moved, dispatch_uid="api.live.lobby")
    live_seat_taken.connect(on_live_seat_taken, dispatch_uid="api.live.lobby")
