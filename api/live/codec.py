"""JSON of the sockets to messages: whatever is not exactly a message of ours is refused."""

import msgspec

from api.live.messages import FRAME_LIMIT, ClientMessage
from contest.errors import Refusal


class _Head(msgspec.Struct):
    """msgspec takes a lone struct without its tag; we do not."""

    type: str


_head = msgspec.json.Decoder(_Head)
_decoder = msgspec.json.Decoder(ClientMessage)


def decode(frame: str | bytes) -> ClientMessage:
    """The client's message. Refusals: `too-large` (over 4 KiB), `malformed` (not JSON, unknown type or field)."""
    data = frame.encode(errors="replace") if isinstance(frame, str) else frame
    if len(data) > FRAME_LIMIT:
        raise Refusal("too-large")
    try:
        _head.decode(data)
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal("malformed") from None
