"""One room per live round and process: who is connected, what each role was told, and what they are told next.

A state comes in once; each role's view is built once, differenced once, encoded once, and written in a loop. Nobody
costs a group, a task or a queue. What is personal goes out in one more loop, and only where it changed.
"""

import asyncio
import time
from collections.abc import Callable, Iterable

from api.live import streams
from api.live.closing import Close
from api.live.desk import Desk
from api.live.differences import changed_players, everybody_concerned, only_joins
from api.live.link import Link
from api.live.messages import OwnAnswer, Role
from api.live.streams import Boards, Moment, Stream
from contest.actions.live_answers import Outcome, Recorded
from contest.live.state import Answer, State
from contest.queries.live import Loaded

# People coming in are told to phones every two seconds at most, to the screens every second; the first at once.
GATHER_S: dict[Role, float] = {"player": 2.0}
GATHER_SCREENS_S = 1.0
FIRST: tuple[Role, ...] = ("player", "projector")

Now = Callable[[], int]


class Room:
    """All methods run on the event loop. `now()` is the server's clock in ms since 1970."""

    def __init__(
        self, loaded: Loaded, given: Iterable[Answer], *, now: Now, moved: Callable[["Room"], None]
    ) -> None:
        self.round_id = loaded.round_id
        self.now = now
        self.links: dict[Role, set[Link]] = {role: set() for role in streams.ROLES}
        self.players: dict[int, Link] = {}
        self.polled: dict[int, float] = {}  # who asks over HTTP, and when last
        self.left_at = time.monotonic()
        self._moved = moved
        self._boards = Boards()
        self._streams: dict[Role, Stream] = {}
        self._secrets = loaded.secrets
        self._told_at: dict[Role, float] = {}
        self._gathering: dict[Role, asyncio.TimerHandle] = {}
        self._own_is_late = False
        self.moment = self._at(loaded.state)
        found = list(given)
        self.desk = Desk(found)
        self.desk.turn(loaded.state.run)
        self.desk.answered.update(answer.player for answer in found if answer.run == loaded.state.run)

    @property
    def state(self) -> State:
        """The newest state."""
        return self.moment.state

    @property
    def is_empty(self) -> bool:
        """Nobody is connected."""
        return not any(self.links.values())

    def everyone(self) -> list[Link]:
        """All sockets."""
        return [link for links in self.links.values() for link in links]

    # --- coming and going -------------------------------------------------------------------------

    def enter(self, link: Link) -> None:
        """Adds a greeted socket and welcomes it. An older one of the same participant is closed."""
        link.entered_at = self.now()
        if link.player:
            self.replace(link.player)
            self.players[link.player] = link
        self.links[link.role].add(link)
        self.welcome(link)

    def replace(self, player: int) -> None:
        """Closes the socket of a participant who is connected elsewhere."""
        before = self.players.pop(player, None)
        if before is not None:
            self.links["player"].discard(before)
            before.close(Close.REPLACED)

    def leave(self, link: Link) -> None:
        """Removes a socket; a role that nobody watches is no longer kept up to date."""
        self.links[link.role].discard(link)
        if self.players.get(link.player) is link:
            del self.players[link.player]
        if not self.links[link.role]:
            self._forget(link.role)
        self.left_at = time.monotonic()

    def welcome(self, link: Link) -> None:
        """Sends the snapshot of its role."""
        stream = self._stream(link.role)
        me = answer = None
        if link.player:
            me = link.me = streams.me_of(self.moment, link.player)
            answer = link.answer if link.answer and link.answer.run == self.state.run else None
        link.push(stream.welcome(self.now(), me=me, answer=answer))

    def dissolve(self, code: Close) -> None:
        """Closes every socket."""
        for link in self.everyone():
            link.close(code)
        for role in streams.ROLES:
            self._forget(role)

    # --- what happens -----------------------------------------------------------------------------

    def take(self, state: State) -> None:
        """A newer state: everybody is told what concerns them. An older one changes nothing."""
        old = self.state
        if state.version <= old.version:
            return
        self.moment = self._at(state)
        if only_joins(old, state):
            self._own_is_late |= bool(
                state.counting_runs()
            )  # a newcomer is one more line of everybody's board
            self._gather()
        else:
            self.desk.turn(state.run)
            self.flush()
            self._tell_own(old, state)
        self._moved(self)

    def reload(self, loaded: Loaded) -> None:
        """Like `take`, with the keys: a room that was a draft had none."""
        if loaded.state.version > self.state.version:
            self._secrets = loaded.secrets
            self.take(loaded.state)

    def flush(self) -> None:
        """Tells every role what it has not been told; phones first."""
        roles = [*FIRST, *(role for role in streams.ROLES if role not in FIRST)]
        for role in roles:
            self.flush_role(role)

    def flush_role(self, role: Role) -> None:
        """One patch, encoded once, to all sockets of the role."""
        handle = self._gathering.pop(role, None)
        if handle is not None:
            handle.cancel()
        stream = self._streams.get(role)
        if stream is None or stream.version == self.state.version:
            return
        self._told_at[role] = asyncio.get_running_loop().time()
        frame = stream.move(self.moment, self.now())
        if frame is not None:
            for link in self.links[role]:
                link.push(frame)
        if role == "player" and self._own_is_late:
            self._own_is_late = False
            for player in self.players:
                self._tell_one(player)

    def committed(self, outcomes: Iterable[Outcome]) -> None:
        """Answers came onto disk, through a socket or over HTTP."""
        at = self.now()
        for found in outcomes:
            if isinstance(found, Recorded):
                self.desk.recorded(found, now=at)
                link = self.players.get(found.player)
                if link is not None:
                    link.answer = OwnAnswer(
                        found.run, found.key, found.value, found.at, found.receipt, found.seq
                    )
        self._moved(self)

    def seen_on_disk(self, given: Iterable[Answer]) -> None:
        """Answers to the run of now that may have come through another process."""
        self.answered_elsewhere(self.state.run, [one.player for one in given if one.run == self.state.run])

    def answered_elsewhere(self, run: int, players: Iterable[int]) -> None:
        """Another process has told of answers that are on disk."""
        if run == self.state.run:
            self.desk.answered.update(players)
            self._moved(self)

    # --- inside -----------------------------------------------------------------------------------

    def _at(self, state: State) -> Moment:
        return Moment(state, self._boards, self._secrets)

    def _stream(self, role: Role) -> Stream:
        found = self._streams.get(role)
        if found is None:
            found = self._streams[role] = Stream(role, self.moment)
        return found

    def _forget(self, role: Role) -> None:
        self._streams.pop(role, None)
        handle = self._gathering.pop(role, None)
        if handle is not None:
            handle.cancel()

    def _gather(self) -> None:
        """People came in: each role is told soon, with whoever comes until then."""
        for role in self._streams:
            if role not in self._gathering:
                period = GATHER_S.get(role, GATHER_SCREENS_S)
                loop = asyncio.get_running_loop()
                wait = self._told_at.get(role, 0.0) + period - loop.time()
                self._gathering[role] = loop.call_later(max(0.0, wait), self.flush_role, role)

    def _tell_own(self, old: State, new: State) -> None:
        """The own part of every phone for which it changed; who was put out is told so and closed."""
        concerned = list(self.players) if everybody_concerned(old, new) else changed_players(old, new)
        for player in concerned:
            link = self.players.get(player)
            if link is None:
                continue
            self._tell_one(player)
            if new.players[player].status != "in":
                self.leave(link)
                link.close(Close.FORBIDDEN)

    def _tell_one(self, player: int) -> None:
        link, me = self.players[player], streams.me_of(self.moment, player)
        if me != link.me:
            frame, link.me = streams.mine(self.state.version, link.me, me), me
            link.push(frame)
