"""What one role is told of a room: a view built once a version, told by snapshots and by patches between versions.

Pure but for encoding: the same states give the same frames, so that tests can compare what came over the wire.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import msgspec

from api.live import messages
from api.live.messages import Role, RoomMessage
from contest.live import audiences, patch, ranking
from contest.live.facts import Secret
from contest.live.ranking import Board
from contest.live.state import State
from contest.live.views import MeView

ROLES: tuple[Role, ...] = get_args(Role)
_json = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Moment:
    """A state with what is reckoned from it for all roles, when the first asks for it."""

    state: State
    boards: "Boards"
    secrets: Mapping[int, Secret]

    @property
    def board(self) -> Board:
        """The board of the state."""
        return self.boards.of(self.state)


class _Welcome(RoomMessage, frozen=True, tag="welcome"):
    """A `welcome` whose parts have been encoded before."""

    role: str
    version: int
    at: int
    player: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    projector: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    host: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    me: MeView | msgspec.UnsetType = msgspec.UNSET
    answer: messages.OwnAnswer | msgspec.UnsetType = msgspec.UNSET


def view_of(role: str, now: Moment) -> msgspec.Struct:
    """The view of a role."""
    if role == "player":
        return audiences.player_view(now.state, now.board)
    if role == "projector":
        return audiences.projector_view(now.state, now.board)
    return audiences.host_view(now.state, now.board, now.secrets, role=role)


NO_BOARD = Board((), {})


def mine(version: int, old: MeView | None, new: MeView) -> str:
    """The frame that tells a phone what changed in its own part."""
    before = msgspec.to_builtins(old) if old is not None else {}
    return messages.encode(messages.MineMessage(version, patch.between(before, msgspec.to_builtins(new))))


def me_of(now: Moment, player: int) -> MeView:
    """A participant's own part. Before anything was asked it has no place, and no board is made for it: with everybody
    who comes in there would be another one.
    """
    board = now.board if now.state.runs else NO_BOARD
    return audiences.me_view(now.state, board, now.state.players[player])


class Stream:
    """The frames of one role, one after the other. `version` is that of the last thing its sockets were told."""

    def __init__(self, role: Role, now: Moment) -> None:
        self.role = role
        self._view = view_of(role, now)
        self._document: dict[str, Any] | None = None
        self.version = now.state.version
        self._body: msgspec.Raw | None = None

    def welcome(self, at: int, *, me: MeView | None = None, answer: messages.OwnAnswer | None = None) -> str:
        """The snapshot, with a participant's own part."""
        if self._body is None:
            self._body = msgspec.Raw(_json.encode(self._view))
        field = self.role if self.role in {"player", "projector"} else "host"
        parts: dict[str, Any] = {field: self._body}
        if me is not None:
            parts["me"] = me
        if answer is not None:
            parts["answer"] = answer
        return _json.encode(_Welcome(self.role, self.version, at, **parts)).decode()

    def move(self, now: Moment, at: int) -> str | None:
        """The frame that brings its sockets to this state; None when they need none.

        Phones are not told that nothing changed for them; the others are, for a `done` names the version.
        """
        view = view_of(self.role, now)
        if self._document is None:
            self._document = msgspec.to_builtins(self._view)
        document: dict[str, Any] = msgspec.to_builtins(view)
        changes = patch.between(self._document, document)
        if not changes and self.role == "player":
            return None
        base, version = self.version, now.state.version
        moved = messages.MovedMessage(
            version,
            changes,
            base=None if base == version - 1 else base,
            at=0 if self.role == "player" else at,
        )
        self._view, self._document, self._body = view, document, None
        self.version = version
        return messages.encode(moved)


class Boards:
    """The board, reckoned anew only when something it depends on is another object than before."""

    def __init__(self) -> None:
        self._basis: tuple[object, ...] = ()
        self._board: Board | None = None

    def of(self, state: State) -> Board:
        """The board of the state."""
        basis = (
            state.rules, state.players, state.teams, state.floor, state.adjustments, *state.counting_runs()
        )  # fmt: skip
        same = len(basis) == len(self._basis) and all(
            one is other for one, other in zip(basis, self._basis, strict=True)
        )
        if self._board is None or not same:
            self._board, self._basis = ranking.board(state), basis
        return self._board
