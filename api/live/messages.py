"""Every message of the sockets, out and in: frozen, closed, the source of the generated TypeScript."""

from datetime import datetime
from typing import Literal, cast

import msgspec

from contest.queries.board import Board

FRAME_LIMIT = 4096
Policy = Literal["live", "frozen", "own", "hidden"]


class BoardRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the running board; points and milliseconds."""

    rank: int
    name: str
    unit: str
    points: int
    duration_ms: int


class BoardMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="board"):
    """The whole board, whoever watches. Versions count up by one within an epoch; after a gap ask for a resync.

    `at` is ISO 8601; `entrants` and `attempts` are null while they are withheld.
    """

    epoch: str
    version: int
    at: str
    policy: Policy
    phase: str
    rows: list[BoardRow]
    entrants: int | None
    attempts: int | None


class RefusedMessage(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="refused"
):
    """A message from the client that could not be taken."""

    code: str


class ResyncMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="resync"):
    """Send the board again."""


ServerMessage = BoardMessage | RefusedMessage
ClientMessage = ResyncMessage


def board_message(board: Board, *, epoch: str, version: int, at: datetime) -> BoardMessage:
    """The board as a message."""
    rows = [BoardRow(row.rank, row.name, row.unit, row.points, row.duration_ms) for row in board.rows]
    return BoardMessage(
        epoch=epoch,
        version=version,
        at=at.isoformat(),
        policy=cast("Policy", board.policy),
        phase=board.phase,
        rows=rows,
        entrants=board.entrants,
        attempts=board.attempts,
    )


def encode(message: ServerMessage) -> str:
    """JSON; Vietnamese stays Vietnamese."""
    return msgspec.json.encode(message).decode()
