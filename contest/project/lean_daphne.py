"""What Daphne's libraries do for every connection and every message that nobody here needs, left out.

Measured with `python -m tests.load.phones`, Twisted 26 and Autobahn 26:

- Twisted parses the body of a POST as a form before Daphne passes it on unparsed, and for that the content type with
  the email package: a twelfth of a phone's way into a hall, and a second copy of every upload.
- Autobahn lays out its forty settings for a debug line at every new socket, written or not: another eleventh.
- Autobahn builds a frame's head, counts and prepares a debug line at every message. The same text for a whole hall is
  framed once here and written as it is: half of what telling a question costs.

`tests/contest/project/test_lean_daphne.py` fails when a newer version has lost one of these places or changed what is
behind it.
"""

import sys
from typing import Any


def make_lean() -> None:
    """Only where Daphne runs, which has brought these along; another server has not. Twice is as good as once."""
    if "daphne.server" not in sys.modules:
        return
    autobahn, pages, sockets = map(_loaded, _PLACES)
    autobahn.pformat = Unread
    pages.WebRequest = _with(Unparsed, pages.WebRequest)
    factory = sockets.WebSocketFactory
    factory.protocol = _with(FramedOnce, factory.protocol)


_PLACES = ("autobahn.websocket.protocol", "daphne.http_protocol", "daphne.ws_protocol")


def _loaded(name: str) -> Any:
    return sys.modules[name]


def _with(mixin: type, before: Any) -> Any:
    return before if issubclass(before, mixin) else type(before.__name__, (mixin, before), {})


class Unparsed:
    """Mixed into Daphne's request: tells Twisted to leave the body alone."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, parsePOSTFormSubmission=False, **named)  # type: ignore[call-arg]


class FramedOnce:
    """Mixed into Daphne's socket: a text goes out in a frame that is kept for the next one with the very same text."""

    state: int
    send_queue: Any
    transport: Any
    STATE_OPEN: int
    _perMessageCompress: Any  # noqa: N815  (Autobahn's name)

    def serverSend(self, content: Any, binary: bool = False) -> None:  # noqa: N802  (Daphne's name)
        """Written at once, unless something has to go before it or is done to it."""
        plain = self.state == self.STATE_OPEN and self._perMessageCompress is None and not self.send_queue
        if plain and not binary:
            self.transport.write(framed(content))
        else:
            super().serverSend(content, binary)  # type: ignore[misc]  # Daphne's


_last: tuple[str, bytes] = ("", b"\x81\x00")


def framed(text: str) -> bytes:
    """A whole unmasked text frame (RFC 6455, 5.2)."""
    global _last  # noqa: PLW0603
    known, frame = _last
    if text is not known:
        payload = text.encode()
        frame = _head(len(payload)) + payload
        _last = text, frame
    return frame


def _head(size: int) -> bytes:
    if size <= 125:
        return bytes((0x81, size))
    if size <= 0xFFFF:
        return b"\x81\x7e" + size.to_bytes(2, "big")
    return b"\x81\x7f" + size.to_bytes(8, "big")


class Unread:
    """Stands for a value that is laid out only if somebody reads it."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __str__(self) -> str:
        return repr(self._value)
