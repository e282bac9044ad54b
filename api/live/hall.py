"""All live rooms of this process: opened with the first socket, kept up to date, closed when everybody has gone.

News comes by `live_moved` from any thread of this process, by a hint from another, and by a look at the row every five
seconds, which covers what got lost.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from api.live import hints, presence
from api.live.closing import Close
from api.live.commits import Commits
from api.live.hints import Courier
from api.live.link import Link
from api.live.place import Place
from api.live.rooms import Room
from api.live.workers import run
from contest.actions.live_answers import Outcome
from contest.errors import Refusal
from contest.live.state import Answer, State
from contest.queries import live
from contest.queries.live import Loaded

logger = logging.getLogger(__name__)
BEAT_S = 1.0
LOOK_S = 5.0
REHEARSAL_LOOK_S = 0.9
LINGER_S = 30.0
GROUP = "live"
HINT_PERIOD_S = 0.05


class Hall:
    """The rooms by round. All methods run on the event loop, but for those that say otherwise."""

    def __init__(self, courier: Courier, commits: Commits, *, shared: Callable[[], bool]) -> None:
        self.courier = courier
        self.commits = commits
        self._shared = shared
        self.loop = asyncio.get_running_loop()
        self._places: dict[int, Place] = {}
        self._opening: dict[int, asyncio.Task[Place]] = {}
        self._missed: dict[int, State] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._telling = False
        self.takeovers = 0  # how often a token was replaced, in whatever round
        self._start(self._beat)
        if shared():
            self._start(self._listen)

    # --- rooms --------------------------------------------------------------------------------------

    def find(self, round_id: int) -> Room | None:
        """The room if it is open here."""
        place = self._places.get(round_id)
        return place.room if place else None

    async def room(self, round_id: int) -> Room:
        """The room, opened if need be; a thousand who come at once wait for one reading. Refusal("not-found")."""
        place = self._places.get(round_id)
        if place is None:
            task = self._opening.get(round_id)
            if task is None:
                task = self._opening[round_id] = asyncio.ensure_future(self._open(round_id))
            place = await asyncio.shield(task)
        return place.room

    async def _open(self, round_id: int) -> Place:
        try:
            loaded, given = await run(_read, round_id)
            if not loaded.state.version:
                raise Refusal("not-found")  # a draft has no room, and no keys yet
            place = self._places[round_id] = Place(loaded, given, self.commits)
            missed = self._missed.pop(round_id, None)
            if missed is not None:
                place.room.take(missed)
            return place
        finally:
            del self._opening[round_id]
            self._missed.pop(round_id, None)

    async def enter(self, link: Link, round_id: int) -> Room:
        """Lets a greeted socket in. Refusals: `not-found`, `token-invalid`, `not-a-player` (kicked or banned)."""
        room = await self.room(round_id)
        if link.player:
            if link.player not in room.state.players:
                await self.look(round_id)
                room = await self.room(round_id)  # the look may have closed it
            person = room.state.players.get(link.player)
            if person is None:
                raise Refusal("token-invalid")
            if person.status != "in":
                raise Refusal("not-a-player")
        room.enter(link)
        if link.player and self._shared():
            told = {"rounds": [], "seated": [round_id, link.player, link.entered_at]}
            self._start(lambda: self.courier.send(told))
        self._people_changed(round_id)
        return room

    def leave(self, room: Room, link: Link) -> None:
        """A socket has gone."""
        room.leave(link)
        self._people_changed(room.round_id)

    def _people_changed(self, round_id: int) -> None:
        place = self._places.get(round_id)
        if place is not None:
            place.people_changed()

    # --- news ---------------------------------------------------------------------------------------

    def moved(self, round_id: int, state: State) -> None:
        """From any thread, after a commit: the round has moved."""
        if self.loop.is_closed():
            return
        self.loop.call_soon_threadsafe(self._take, round_id, state)
        if self._shared():
            self.courier.collect(round_id)
            self.loop.call_soon_threadsafe(self._tell_others)

    def _tell_others(self) -> None:
        """Hints what has moved, from here: a thread of its own would have to connect to the layer first."""
        if not self._telling:
            self._telling = True
            self._start(self._deliver)

    async def _deliver(self) -> None:
        self._telling = False
        await self.courier.deliver()

    def _take(self, round_id: int, state: State) -> None:
        place = self._places.get(round_id)
        if place is not None:
            place.room.take(state)
        elif round_id in self._opening:
            self._missed[round_id] = state

    @property
    def is_running(self) -> bool:
        """Its event loop runs: it can tell others itself."""
        return self.loop.is_running()

    def committed(self, round_id: int, outcomes: list[Outcome]) -> None:
        """From the writing thread: answers are on disk."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._take_answers, round_id, outcomes)

    def _take_answers(self, round_id: int, outcomes: list[Outcome]) -> None:
        place = self._places.get(round_id)
        if place is not None:
            place.room.committed(outcomes)

    async def look(self, round_id: int) -> None:
        """Looks at the row, for news that got lost. When its version went back, a backup was restored: everybody comes
        anew."""
        place = self._places.get(round_id)
        if place is None:
            return
        place.looked_at = time.monotonic()
        before = place.room.state.version
        try:
            loaded, given = await run(_read_news, round_id, place.room.state.run)
        except Refusal:
            self._close(round_id, Close.NOT_FOUND)
            return
        except Exception:
            logger.warning("round %s could not be looked at", round_id, exc_info=True)
            return
        if loaded.state.version < before:
            self._close(round_id, Close.TRY_LATER)
            return
        place.room.reload(loaded)
        place.room.seen_on_disk(given)

    def _close(self, round_id: int, code: Close) -> None:
        place = self._places.pop(round_id, None)
        if place is not None:
            place.stop()
            place.room.dissolve(code)

    def away(self, round_id: int) -> frozenset[int]:
        """From any thread: who has been without a line in the question of now; nobody in a room that is not open."""
        place = self._places.get(round_id)
        return place.away() if place is not None else frozenset()

    def polled(self, round_id: int, players: Iterable[int]) -> None:
        """From any thread: these ask over HTTP."""
        room = self.find(round_id)
        if room is not None:
            room.polled.update(dict.fromkeys(players, time.monotonic()))

    def staff_moved(self, round_id: int) -> None:
        """From any thread: the sockets of staff ask at once whether they are still staff."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._doubt, round_id)

    def _doubt(self, round_id: int) -> None:
        room = self.find(round_id)
        for link in room.everyone() if room is not None else ():
            if link.doubted is not None:
                link.doubted.set()

    def seat_taken(self, round_id: int, player: int) -> None:
        """From any thread: a participant's token was replaced. Sockets that came with an older one are closed."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._tell_taken, round_id, player)

    def _tell_taken(self, round_id: int, player: int) -> None:
        if self._shared():
            told = {"rounds": [], "taken": [[round_id, player]]}
            self._start(lambda: self.courier.send(told))
        self._taken(round_id, player)

    def _taken(self, round_id: int, player: int) -> None:
        self.takeovers += 1
        self._start(lambda: self.check_seat(round_id, player))

    async def check_seat(self, round_id: int, player: int) -> None:
        """Closes the participant's socket unless its token is the one that is stored: news may overtake each other."""
        room = self.find(round_id)
        link = room.players.get(player) if room is not None else None
        if room is None or link is None:
            return
        try:
            found = await run(live.token_hashes, [player])
        except Exception:  # whatever it answers meets the stored token anyway
            logger.warning("a token of round %s could not be checked", round_id, exc_info=True)
            return
        if found.get(player) != link.token_hash and room.players.get(player) is link:
            room.replace(player)

    # --- loops --------------------------------------------------------------------------------------

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            for round_id, place in list(self._places.items()):
                try:
                    self.beat(round_id, place)
                except Exception:
                    logger.exception("a beat of round %s failed", round_id)

    def beat(self, round_id: int, place: Place) -> None:
        """Ticks of presence; who leads; the look; a room that has long been empty is closed."""
        room, now = place.room, time.monotonic()
        if room.is_empty and now - room.left_at > LINGER_S:
            self._close(round_id, Close.TRY_LATER)
            return
        presence.probe_hosts(room)
        place.look_for_host()
        seen = presence.here(room)
        if self._shared() and place.presence.to_tell(seen):
            told = {"rounds": [], "seen": [round_id, seen.as_json()]}
            self._start(lambda: self.courier.send(told))
        place.tick_soon()
        # Simulated people answer past the sockets, so what they do is looked for more often.
        often = REHEARSAL_LOOK_S if room.state.rules.rehearsal else LOOK_S
        if now - place.looked_at > often:
            self._start(lambda: self.look(round_id))

    async def _listen(self) -> None:
        while True:
            try:
                await hints.hear(self.courier.layer(), self._hear, origin=self.courier.origin, group=GROUP)
            except Exception as fault:
                logger.warning("the channel layer is away, trying again: %s", type(fault).__name__)
                await asyncio.sleep(1.0)

    def _hear(self, hint: dict[str, Any]) -> None:
        """What another process says: rounds that moved, who is there, has come to it, has answered."""
        for round_id in hint["rounds"]:
            if int(round_id) in self._places:
                self._start(lambda found=int(round_id): self.look(found))  # type: ignore[misc]
        for round_id, run_no, players in hint.get("given", ()):
            room = self.find(round_id)
            if room is not None:
                room.answered_elsewhere(run_no, players)
        self._hear_of_people(hint)
        if "seen" in hint:
            round_id, found = hint["seen"]
            place = self._places.get(int(round_id))
            if place is not None:
                place.presence.hear(hint["origin"], presence.seen_of(found))
                place.tick_soon()
                place.look_for_host()
        if "seated" in hint:
            self._seated(*hint["seated"], origin=hint["origin"])

    def _hear_of_people(self, hint: dict[str, Any]) -> None:
        for round_id, players in hint.get("polled", ()):
            self.polled(round_id, players)
        for round_id in hint.get("staff", ()):
            self._doubt(round_id)
        for round_id, player in hint.get("taken", ()):
            self._taken(round_id, player)

    def _seated(self, round_id: int, player: int, at: int, *, origin: str) -> None:
        """A participant has come to another process. The newer socket stays, in whatever order hints arrive."""
        room = self.find(round_id)
        link = room.players.get(player) if room is not None else None
        if room is not None and link is not None and (link.entered_at, self.courier.origin) < (at, origin):
            room.replace(player)

    def _start(self, work: Callable[[], Awaitable[Any]]) -> None:
        task = asyncio.ensure_future(work())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Ends everything: for tests."""
        for round_id in list(self._places):
            self._close(round_id, Close.TRY_LATER)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _read(round_id: int) -> tuple[Loaded, list[Answer]]:
    """The room and all its answers, to know what they were granted."""
    loaded = live.load(round_id)
    return loaded, [answer for run_no in loaded.state.runs for answer in live.answers_of(round_id, run_no)]


def _read_news(round_id: int, run_no: int) -> tuple[Loaded, list[Answer]]:
    """The room, and who has answered the run of now."""
    loaded = live.load(round_id)
    takes = loaded.state.run == run_no and run_no
    return loaded, live.answers_of(round_id, run_no) if takes else []
