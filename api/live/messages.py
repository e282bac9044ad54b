"""Every message of the sockets: frozen, closed, the source of the generated TypeScript."""

from datetime import datetime
from typing import Literal

import msgspec

from contest.queries.board import Board

FRAME_LIMIT = 4096


class BoardRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the running board; points and milliseconds."""

    rank: int
    name: str
    unit: str
    points: int
    duration_ms: int


class BoardMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="board"):
    """Server to client: the whole board. Versions count up by one within an epoch; a gap asks for a resync."""

    epoch: str
    version: int
    at: str
    policy: Literal["live", "frozen", "own", "hidden"]
    phase: str
    rows: list[BoardRow]
    entrants: int | None
    attempts: int | None


class Resync(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="resync"):
    """Client to server: send the board again."""


OUTGOING = (BoardMessage,)
INCOMING = (Resync,)


def board_message(board: Board, *, epoch: str, version: int, at: datetime) -> BoardMessage:
    """The board as a message."""
    rows = [BoardRow(row.rank, row.name, row.unit, row.points, row.duration_ms) for row in board.rows]
    return BoardMessage(
        epoch=epoch,
        version=version,
        at=at.isoformat(),
        policy=board.policy,  # type: ignore[arg-type]  (the rules' enum has these values)
        phase=board.phase,
        rows=rows,
        entrants=board.entrants,
        attempts=board.attempts,
    )


def encode(message: msgspec.Struct) -> bytes:
    """UTF-8 JSON; Vietnamese stays Vietnamese."""
    return msgspec.json.encode(message)


def decode(text: str | bytes) -> Resync:
    """A client's message. msgspec.MsgspecError for anything that is not one, ValueError when it is too long."""
    if len(text) > FRAME_LIMIT:
        raise ValueError("frame too long")
    return msgspec.json.decode(text, type=Resync)
