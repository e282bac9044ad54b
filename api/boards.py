"""The running board over HTTP (what a page polls while it has no socket), and one's own place."""

import secrets
import threading

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api import bodies, identity, throttles
from api.door import door, polled, reply, tag_of
from api.live import messages
from contest.queries import board as boards
from contest.queries import snapshots


class Numbering:
    """Version numbers of what one process shows: up by one whenever the content of a round's board changes."""

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(6)
        self._lock = threading.Lock()
        self._last: dict[int, tuple[int, bytes]] = {}

    def number(self, round_id: int, content: bytes) -> int:
        """The version of this content."""
        with self._lock:
            version, last = self._last.get(round_id, (0, b""))
            if content != last:
                version += 1
                self._last[round_id] = (version, content)
            return version


_numbering = Numbering()


@door("GET")
def board(request: HttpRequest, round_id: int) -> HttpResponse:
    """The same message as the socket's; the ETag names what it shows, so an unchanged board costs a 304."""
    now = timezone.now()
    throttles.spend(request, "board")
    shown = boards.board(round_id, now=now)
    content = msgspec.json.encode(shown)
    version = _numbering.number(round_id, content)
    message = messages.board_message(shown, epoch=_numbering.epoch, version=version, at=now)
    return polled(request, messages.encode(message).encode(), tag=tag_of(content))


@door("GET")
def mine(request: HttpRequest, round_id: int) -> HttpResponse:
    """The entrant's own provisional place: an exact rank at a constant cost."""
    now = timezone.now()
    entrant_id = identity.entrant(request, snapshots.round_snapshot(round_id).contest_id)
    throttles.spend(request, "board", entrant_id)
    place = boards.own_place(round_id, entrant_id, now=now)
    if place is None:
        return reply(bodies.OwnPlace(None, None, None))
    return reply(bodies.OwnPlace(place.rank, place.points, place.duration_ms))
