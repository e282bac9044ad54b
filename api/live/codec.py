"""JSON of the sockets to messages: whatever is not exactly a message of ours is refused."""

from typing import TypeVar

import msgspec

from api.live.messages import FRAME_LIMIT, ROOM_FRAME_LIMIT, ClientMessage, RoomClientMessage
from contest.errors import Refusal

T = TypeVar("T")


class _Head(msgspec.Struct):
    """msgspec takes a lone struct without its tag; we do not."""

    type: str


_head = msgspec.json.Decoder(_Head)
_decoder = msgspec.json.Decoder(ClientMessage)
_room_decoder: msgspec.json.Decoder[RoomClientMessage] = msgspec.json.Decoder(RoomClientMessage)


def decode(frame: str | bytes) -> ClientMessage:
    """The client's message. Refusals: `too-large` (over 4 KiB), `malformed` (not JSON, unknown type or field)."""
    data = _small(frame, FRAME_LIMIT)
    _read(_head, data)
    return _read(_decoder, data)


def decode_room(frame: str | bytes) -> RoomClientMessage:
    """The client's message to a live room. Refusals: `too-large` (over 16 KiB), `malformed`."""
    return _read(_room_decoder, _small(frame, ROOM_FRAME_LIMIT))


def _small(frame: str | bytes, limit: int) -> bytes:
    data = frame.encode(errors="replace") if isinstance(frame, str) else frame
    if len(data) > limit:
        raise Refusal("too-large")
    return data


def _read(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal("malformed") from None
