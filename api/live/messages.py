"""Every message of the sockets, out and in: frozen, closed, the source of the generated TypeScript."""

from datetime import datetime
from typing import Annotated, Any, Literal, cast

import msgspec

from contest.live import commands
from contest.live.views import HostView, MeView, PlayerView, ProjectorView
from contest.queries.board import Board

FRAME_LIMIT = 4096
ROOM_FRAME_LIMIT = 16 * 1024
PROTOCOL = 2
Role = Literal["player", "projector", "host", "jury", "remote"]
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


# --- The live room --------------------------------------------------------------------------------


class RoomMessage(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", omit_defaults=True
):
    """Base of the live room's messages. Moments are server's milliseconds since 1970."""


Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]{8,40}\Z")]
Counted = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class HelloMessage(RoomMessage, frozen=True, tag="hello"):
    """The first frame of every socket: who speaks. `token`: a participant's token, or a ticket of the other roles."""

    role: Role
    token: Annotated[str, msgspec.Meta(max_length=300)]
    protocol: int = PROTOCOL


class AnswerMessage(RoomMessage, frozen=True, tag="answer"):
    """An answer to a run. `key`: made by the client once an answer, repeated with every retry (8 to 40 characters).

    `seq` counts the answers to this run from 1; it matters where the last answer counts.
    """

    run: Counted
    key: Key
    value: Any
    seq: Counted = 1


class PingMessage(RoomMessage, frozen=True, tag="ping"):
    """Asks for the server's clock; `t` comes back as it was."""

    t: float


class EchoMessage(RoomMessage, frozen=True, tag="echo"):
    """Sent at once on a pong, with its `n`: the server measures the link."""

    n: int


class CommandMessage(RoomMessage, frozen=True, tag="command"):
    """A deed of host, jury or remote. `id` comes back in `done` or `refused`."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    command: commands.WireCommand


class RoomResyncMessage(RoomMessage, frozen=True, tag="resync"):
    """A gap was seen: send the snapshot again."""


class OwnAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An answer that is recorded: the same after every retry."""

    run: int
    key: str
    value: Any
    at: int
    receipt: str
    seq: int = 1


class WelcomeMessage(RoomMessage, frozen=True, tag="welcome"):
    """The snapshot of a role at a version: after hello, and after resync. One of the views is there.

    `answer`: what this participant has given to the run of now.
    """

    role: Role
    version: int
    at: int
    protocol: int = PROTOCOL
    player: PlayerView | None = None
    projector: ProjectorView | None = None
    host: HostView | None = None
    me: MeView | None = None
    answer: OwnAnswer | None = None


class MovedMessage(RoomMessage, frozen=True, tag="moved"):
    """What changed between two versions of the role's view, as a JSON merge patch (RFC 7396).

    A client that is not at `base` has missed something and asks for a resync; without `base` it is the version before.
    Phones get no `at`: they have the server's clock from pongs, and a hall gets each byte a thousand times.
    """

    version: int
    patch: dict[str, Any]
    base: int | None = None
    at: int = 0


class MineMessage(RoomMessage, frozen=True, tag="mine"):
    """What changed in the own part of a phone since this socket was last told it, as a JSON merge patch (RFC 7396)."""

    version: int
    patch: dict[str, Any]


class AckMessage(RoomMessage, frozen=True, tag="ack"):
    """The answer is on disk. It never tells right from wrong. `at`: received; `receipt`: for the person to keep."""

    run: int
    key: str
    at: int
    receipt: str
    seq: int = 1


UNASKED = -1.0


class PongMessage(RoomMessage, frozen=True, tag="pong"):
    """The server's clock. The client answers with `echo` and the same `n`.

    A negative `t` answers no ping: the server asks a host that has been quiet whether it is still there.
    """

    t: float
    at: int
    n: int


class DoneMessage(RoomMessage, frozen=True, tag="done"):
    """The command was done; the view is at least at this version."""

    id: str
    version: int


class RoomRefusedMessage(RoomMessage, frozen=True, tag="refused"):
    """A message that could not be taken: `key` of the answer or `id` of the command it was. `text`: the sentence."""

    code: str
    text: str = ""
    key: str = ""
    id: str = ""


class TickMessage(RoomMessage, frozen=True, tag="tick"):
    """Presence and counts, at most once a second, to projector (first four fields), host and jury.

    `of`: who is asked and there, or has answered.
    `silent`: connected and nothing heard for ten seconds; `offline`: no socket; `unanswered`: of the open run. Ids of
    participants. `rtt_ms` median; `ack_ms`: 95th percentile from answer to acknowledgement over the last minute;
    `commit_at`: the last commit of answers.
    """

    run: int = 0
    connected: int = 0
    answered: int = 0
    of: int = 0
    silent: tuple[int, ...] = ()
    offline: tuple[int, ...] = ()
    unanswered: tuple[int, ...] = ()
    rtt_ms: int = 0
    ack_ms: int = 0
    commit_at: int = 0
    hosts: int = 0
    projectors: int = 0


RoomServerMessage = (
    WelcomeMessage
    | MovedMessage
    | MineMessage
    | AckMessage
    | PongMessage
    | DoneMessage
    | RoomRefusedMessage
    | TickMessage
)
RoomClientMessage = (
    HelloMessage | AnswerMessage | PingMessage | EchoMessage | CommandMessage | RoomResyncMessage
)


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


def encode(message: ServerMessage | RoomServerMessage) -> str:
    """JSON; Vietnamese stays Vietnamese."""
    return msgspec.json.encode(message).decode()
