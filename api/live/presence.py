"""Who is there, in all processes, and the `tick` that tells it to the screens: once a second at most, when it changed.

Each process tells the others what it sees of a room when that has changed, and every few seconds anyhow; one that falls
silent is forgotten. So `hosts` is right within seconds, wherever the host is connected, and the round moves on by
itself only while one is.
"""

import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.live import messages
from api.live.messages import UNASKED, TickMessage
from contest.errors import Refusal
from contest.live import modes
from contest.live.modes.base import Mode
from contest.live.remembered import remembered
from contest.live.state import Phase, Player, Run, State

if TYPE_CHECKING:
    from api.live.rooms import Room

SILENT_S = 10.0
POLLED_S = 10.0  # a phone without a socket asks every two seconds
PROBE_S = 4.0
FORGOTTEN_S = 12.0
REPEAT_S = 4.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What one process sees of a room. `players` have a line, a socket or the polls of a phone that can have none.

    `fresh`: whose line came up while the question of now was open.
    """

    players: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    answered: frozenset[int] = frozenset()
    run: int = 0
    hosts: int = 0
    projectors: int = 0
    fresh: frozenset[int] = frozenset()

    @property
    def steady(self) -> frozenset[int]:
        """Whose line has been up for all that is known."""
        return self.players - self.silent - self.fresh

    def as_json(self) -> dict[str, Any]:
        """For the channel layer."""
        return {
            "players": sorted(self.players),
            "silent": sorted(self.silent),
            "answered": sorted(self.answered),
            "run": self.run,
            "hosts": self.hosts,
            "projectors": self.projectors,
            "fresh": sorted(self.fresh),
        }


def seen_of(found: dict[str, Any]) -> Seen:
    """What another process wrote with `as_json`."""
    sets = {name: frozenset(found.get(name, ())) for name in ("players", "silent", "answered", "fresh")}
    return Seen(**sets, run=found["run"], hosts=found["hosts"], projectors=found["projectors"])


def here(room: "Room") -> Seen:
    """What this process sees."""
    now, links = time.monotonic(), list(room.players.items())
    polling = {player for player, at in list(room.polled.items()) if at > now - POLLED_S}
    run = room.state.current if room.state.phase is Phase.OPEN else None
    return Seen(
        frozenset(polling.union(player for player, _ in links)),
        frozenset(p for p, link in links if link.heard_at < now - SILENT_S and p not in polling),
        frozenset(room.desk.answered),
        room.state.run,
        hosts_here(room),
        len(room.links["projector"]),
        frozenset(p for p, link in links if run and link.entered_at > run.opens_at and p not in polling),
    )


def hosts_here(room: "Room") -> int:
    """The hosts of this process that were heard lately: a laptop that died is noticed as gone only much later."""
    limit = time.monotonic() - SILENT_S
    return sum(link.heard_at >= limit for link in room.links["host"])


def probe_hosts(room: "Room") -> None:
    """Asks hosts that have been quiet for a sign of life. A browser lets a page that nobody looks at sleep, and then
    its own pings come once a minute; frames it answers at once.
    """
    limit = time.monotonic() - PROBE_S
    for link in room.links["host"]:
        if link.heard_at < limit:
            link.push(messages.encode(messages.PongMessage(UNASKED, room.now(), link.next_pong())))


@dataclass(slots=True)
class Presence:
    """The presence in one room: other processes by origin, and what was told last."""

    others: dict[str, tuple[float, Seen]] = field(default_factory=dict)
    told: Seen = Seen()
    told_at: float = 0.0

    def hear(self, origin: str, seen: Seen) -> None:
        """Another process has told what it sees."""
        self.others[origin] = (time.monotonic(), seen)

    def to_tell(self, seen: Seen) -> bool:
        """True when the other processes are to be told now."""
        now = time.monotonic()
        if seen == self.told and now - self.told_at < REPEAT_S:
            return False
        self.told, self.told_at = seen, now
        return True

    def elsewhere(self) -> list[Seen]:
        """What the other processes see that are still heard of."""
        limit = time.monotonic() - FORGOTTEN_S
        self.others = {origin: found for origin, found in list(self.others.items()) if found[0] > limit}
        return [found for _, found in self.others.values()]

    def all(self, seen: Seen) -> Seen:
        """All processes together."""
        parts = [seen, *self.elsewhere()]
        return Seen(
            frozenset().union(*(part.players for part in parts)),
            frozenset().union(*(part.silent for part in parts)),
            frozenset().union(*(part.answered for part in parts if part.run == seen.run)),
            seen.run,
            sum(part.hosts for part in parts),
            sum(part.projectors for part in parts),
            frozenset().union(*(part.fresh for part in parts if part.run == seen.run)),
        )

    def away(self, seen: Seen, state: State) -> frozenset[int]:
        """Who has had no line at some moment since the options of the question of now appeared.

        A phone that has gone counts, one that was not heard for ten seconds, and one that has come back meanwhile: so
        does everybody when the server itself was away.
        """
        parts = [seen, *(part for part in self.elsewhere() if part.run == seen.run)]
        return frozenset(state.players).difference(*(part.steady for part in parts))


def tick_of(room: "Room", seen: Seen, *, full: bool) -> TickMessage:
    """The tick: all of it for host and jury, counts for projector and remote.

    `of`: who is asked and there, or has answered.
    In a rehearsal everybody counts as there: simulated people have no sockets.
    """
    state, run = room.state, room.state.current
    people = {player for player, person in state.players.items() if person.status == "in"}
    asked = asked_of(state)
    connected = people if state.rules.rehearsal else seen.players & people
    answered = seen.answered & people if run is not None else frozenset()
    expected = (connected & asked) | answered
    counts = TickMessage(
        run=state.run,
        connected=len(connected),
        answered=len(answered),
        of=len(expected),
    )
    if not full:
        return counts
    rtts = [link.rtt_ms for link in room.players.values() if link.rtt_ms is not None]
    return TickMessage(
        run=state.run,
        connected=len(connected),
        answered=len(answered),
        of=len(expected),
        silent=tuple(sorted(seen.silent & people)),
        offline=tuple(sorted(people - connected)),
        unanswered=tuple(sorted(expected - answered)),
        rtt_ms=round(statistics.median(rtts)) if rtts else 0,
        ack_ms=room.desk.p95(room.now()),
        commit_at=room.desk.commit_at,
        hosts=seen.hosts,
        projectors=seen.projectors,
    )


@remembered(2)
def asked_of(state: State) -> frozenset[int]:
    """Whose answer to the run of now can count: of a team perhaps the captain alone. Everybody before the first run."""
    run, mode = state.current, modes.get(state.rules.mode)
    people = (player for player in state.players.values() if player.status == "in")
    return frozenset(player.id for player in people if run is None or _is_asked(mode, state, run, player))


def _is_asked(mode: Mode, state: State, run: Run, player: Player) -> bool:
    try:
        mode.require_asked(state, run, player)
    except Refusal:
        return False
    return True
