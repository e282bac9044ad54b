"""A round in memory with a real room: every role has sockets whose frames are kept, in place of a server."""

import json
from typing import Any

import msgspec

from api.live import streams
from api.live.link import Link
from api.live.rooms import Room
from contest.live import audiences
from contest.queries.live import Loaded
from tests.api.live.room import Frame, Shown
from tests.contest.live.hall import Hall

SCREENS = ("projector", "host", "jury", "remote")


class Screen(Shown):
    """One socket: its texts, its frames, and what it shows."""

    def __init__(self, room: Room, role: Any, player: int = 0) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.frames: list[Frame] = []
        self.link = Link(self._send, role, player=player)
        room.enter(self.link)

    async def _send(self, message: Frame) -> None:
        if message["type"] == "websocket.close":
            return
        self.texts.append(message["text"])
        self.frames.append(json.loads(message["text"]))
        self.apply(self.frames[-1])


class Recorded(Hall):
    """Plays a round whose every move a real room tells; then each screen must show what a fresh snapshot would.

    All its methods need a running event loop.
    """

    def __init__(self, **options: Any) -> None:
        self.room: Room | None = None
        self.screens: dict[Any, Screen] = {}
        super().__init__(**options)
        loaded = Loaded(7, 1, rehearsal=False, state=self.state, secrets=self.secrets)
        self.room = Room(loaded, [], now=lambda: self.now, moved=lambda room: None)
        self.screens = {role: Screen(self.room, role) for role in SCREENS}
        self.come(*self.state.players)

    def come(self, *players: int) -> None:
        """Phones of these, in place of those they had."""
        assert self.room is not None
        self.screens |= {player: Screen(self.room, "player", player) for player in players}

    def do(self, command: Any) -> Any:
        done = super().do(command)
        if self.room is not None:
            self.room.take(self.state)
            self.room.flush()
            for who, screen in self.screens.items():
                self.check(who, screen, type(command).__name__)
            self.screens = {who: screen for who, screen in self.screens.items() if not screen.link.closed}
        return done

    def check(self, who: Any, screen: Screen, after: str) -> None:
        """The screen shows the state; who was put out was told so and closed."""
        screen.link.heard()
        player = screen.link.player
        if player:
            me = as_read(self.me(player))
            assert screen.me == me, f"{after} → {self.state.phase}: the part of {who}"
            assert screen.link.closed == (self.state.players[player].status != "in")
            if screen.link.closed:
                return
        view = view_of(self, screen.link.role)
        assert screen.view == view, f"{after} → {self.state.phase}: the view of {who}"
        again = Shown()
        again.apply(json.loads(self.snapshot(screen)))
        assert (again.view, again.me) == (screen.view, screen.me), f"{after}: the snapshot of {who}"

    def snapshot(self, screen: Screen) -> str:
        """A welcome as whoever comes now would get it."""
        now = streams.Moment(self.state, streams.Boards(), self.secrets)
        player = screen.link.player
        me = streams.me_of(now, player) if player else None
        return streams.Stream(screen.link.role, now).welcome(self.now, me=me)


def as_read(view: Any) -> Any:
    """A view as a client reads it."""
    return json.loads(msgspec.json.encode(view))


def view_of(hall: Hall, role: str) -> Any:
    """The role's view, made anew."""
    if role == "player":
        return as_read(audiences.player_view(hall.state, hall.board))
    if role == "projector":
        return as_read(audiences.projector_view(hall.state, hall.board))
    return as_read(audiences.host_view(hall.state, hall.board, hall.secrets, role=role))
