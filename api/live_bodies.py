"""What goes in and out of the live rounds' addresses: closed, typed, and the source of their OpenAPI schemas.

What a socket would have sent or got has the same fields here (`api.live.messages`).
"""

from typing import Annotated, Any, Literal

import msgspec

from api.bodies import In
from api.live.messages import Counted, Key
from contest.live import commands

Short = Annotated[str, msgspec.Meta(max_length=300)]
Device = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{32})?$")]
Pin = Annotated[str, msgspec.Meta(max_length=12)]


class JoinRoom(In, frozen=True):
    """`pin` as typed, or `token` out of the QR code; `unit` where the round asks for it.

    `device`: 32 hex digits that the client makes once and keeps. The same device gets its own place back, and a ban
    holds for it; in a browser the pages' own cookie says the same.
    """

    pin: Pin = ""
    token: Short = ""
    name: Short = ""
    unit: Short = ""
    device: Device = ""


class ComeBack(In, frozen=True):
    """The seat, and the code that its first device shows. `device` as in joining."""

    seat: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
    code: Short = ""
    device: Device = ""


class Pair(In, frozen=True):
    """The code of the QR that the host shows."""

    code: Short = ""


class GivenAnswer(In, frozen=True):
    """As the socket's `answer`."""

    run: Counted
    key: Key
    value: Any
    seq: Counted = 1
    type: Literal["answer"] = "answer"


class GivenCommand(In, frozen=True):
    """As the socket's `command`."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    command: commands.WireCommand
    type: Literal["command"] = "command"


class GivenAppeal(In, frozen=True):
    """An objection to a run that has been revealed."""

    run: Counted
    text: Annotated[str, msgspec.Meta(max_length=2000)]


class FiledAppeal(msgspec.Struct, frozen=True):
    """The objection as it is kept; `decision` is empty while it is open. `at` in ms since 1970."""

    id: int
    run: int
    text: str
    at: int
    decision: str
    remark: str


class OwnAppeals(msgspec.Struct, frozen=True):
    """A participant's objections, the oldest first."""

    appeals: tuple[FiledAppeal, ...]


class FoundRoom(msgspec.Struct, frozen=True):
    """A room that can be joined. `phase`: lobby, or further on. `ask_unit`: joining needs a unit."""

    round: int
    contest: str
    title: str
    phase: str
    ask_unit: bool
    locked: bool
    late_join: bool


class SeatedPerson(msgspec.Struct, frozen=True):
    """A participant. `token` is theirs alone, for the socket and as `Authorization: Bearer`; `code` brings back."""

    round: int
    player: int
    seat: int
    name: str
    token: str
    code: str


class PairedRemote(msgspec.Struct, frozen=True):
    """A remote: its round and its token."""

    round: int
    token: str
