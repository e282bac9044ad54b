"""A room in its place: with its timers, and with who is there in all processes."""

import asyncio
import time

from django.utils import timezone

from api.live import messages, presence
from api.live.commits import Commits
from api.live.messages import Role, TickMessage
from api.live.pacing import Pacing
from api.live.presence import Presence
from api.live.rooms import Room
from contest.actions.live import milliseconds
from contest.live.state import Answer
from contest.queries.live import Loaded

TICK_S = 1.0
# Who is told everything by a tick, and who only counts.
TICKED: tuple[tuple[tuple[Role, ...], bool], ...] = (
    (("projector", "remote"), False),
    (("host", "jury"), True),
)


def now_ms() -> int:
    """The server's clock, ms since 1970."""
    return milliseconds(timezone.now())


class Place:
    """A room with its timers and its presence."""

    def __init__(self, loaded: Loaded, given: list[Answer], commits: Commits) -> None:
        self.presence = Presence()
        self.room = Room(loaded, given, now=now_ms, moved=self._moved)
        self.pacing = Pacing(self.room, self.has_host, self.away, commits)
        self.looked_at = time.monotonic()
        self._had_host = False
        self._told: dict[bool, TickMessage] = {}
        self._ticked_at = 0.0
        self._ticking: asyncio.TimerHandle | None = None
        self.pacing.set()

    def has_host(self) -> bool:
        """A host was heard lately, here or in another process that has said so lately."""
        return presence.hosts_here(self.room) > 0 or any(seen.hosts for seen in self.presence.elsewhere())

    def away(self) -> frozenset[int]:
        """Whom all processes together know to have been without a line in the question of now. From any thread."""
        return self.presence.away(presence.here(self.room), self.room.state)

    def look_for_host(self) -> None:
        """Sets the timers anew when the last host has fallen silent, or one is heard again."""
        found = self.has_host()
        if found != self._had_host:
            self._had_host = found
            self.pacing.set()

    def _moved(self, room: Room) -> None:
        self.people_changed()

    def people_changed(self) -> None:
        """Somebody came, went or answered: the clock looks who leads, and the screens are told."""
        self.pacing.set()
        self.tick_soon()

    def stop(self) -> None:
        """Cancels all timers."""
        self.pacing.stop()
        if self._ticking is not None:
            self._ticking.cancel()

    def tick_soon(self) -> None:
        """Tells the screens at once after a quiet second, else when it is over."""
        if self._ticking is None and any(self.room.links[role] for roles, _ in TICKED for role in roles):
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._ticked_at + TICK_S - loop.time())
            self._ticking = loop.call_later(wait, self._tick)

    def _tick(self) -> None:
        """Tells the screens who is there and who has answered, where it is news to them."""
        self._ticking = None
        seen = self.presence.all(presence.here(self.room))
        for roles, full in TICKED:
            links = [link for role in roles for link in self.room.links[role]]
            if not links:
                self._told.pop(full, None)
                continue
            tick = presence.tick_of(self.room, seen, full=full)
            told = [link for link in links if not link.ticked] if tick == self._told.get(full) else links
            self._told[full] = tick
            if told:
                self._ticked_at = asyncio.get_running_loop().time()
                frame = messages.encode(tick)
                for link in told:
                    link.ticked = True
                    link.push(frame)
