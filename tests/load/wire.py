"""A WebSocket client that does next to nothing a frame, so that the server is what is measured.

Text frames only; a server's ping is answered. Frames are masked, as the protocol demands, with a mask of zeros, which
spares the work of masking. `received` counts all bytes that came in after the handshake, frames' heads included.
"""

import asyncio
import base64
import secrets
from collections.abc import Callable

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
_FIN, _MASKED = 0x80, 0x80
_NO_MASK = bytes(4)


class HandshakeError(ConnectionError):
    """The server did not switch protocols; the message holds its first line."""


def frame(opcode: int, payload: bytes) -> bytes:
    """A whole frame of a client."""
    size = len(payload)
    if size < 126:
        head = bytes((_FIN | opcode, _MASKED | size))
    elif size < 65536:
        head = bytes((_FIN | opcode, _MASKED | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((_FIN | opcode, _MASKED | 127)) + size.to_bytes(8, "big")
    return head + _NO_MASK + payload


def read_frame(data: bytes | bytearray, start: int) -> tuple[int, int, int] | None:
    """(opcode, first byte of the payload, byte after it) of the frame at `start`; None while it is not whole."""
    if len(data) < start + 2:
        return None
    size, at = data[start + 1] & 0x7F, start + 2
    if size >= 126:
        width = 2 if size == 126 else 8
        if len(data) < at + width:
            return None
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    return (data[start] & 0x0F, at, at + size) if len(data) >= at + size else None


class Wire(asyncio.Protocol):
    """One socket. `on_text` gets every text frame, `on_close` once the close code (0: the line was cut)."""

    def __init__(
        self, handshake: bytes, on_text: Callable[[bytes], None], on_close: Callable[[int], None]
    ) -> None:
        self.received = 0
        self._handshake = handshake
        self._on_text, self._on_close = on_text, on_close
        self._buffer = bytearray()
        self._code = 0
        self._transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._handshake)

    def data_received(self, data: bytes) -> None:
        if not self.opened.done():
            self._shake(data)
            return
        self.received += len(data)
        if self._buffer:
            self._buffer += data
            data = bytes(self._buffer)
        at = 0
        while (found := read_frame(data, at)) is not None:
            opcode, first, at = found
            self._take(opcode, data[first:at])
        self._buffer = bytearray(data[at:])

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if not self.opened.done():
            self.opened.set_exception(HandshakeError("the server hung up"))
            return
        if self.opened.exception() is None:
            self._on_close(self._code)

    @property
    def is_open(self) -> bool:
        """Frames can be sent."""
        return self._transport is not None and not self._transport.is_closing()

    def send(self, text: bytes) -> None:
        """Sends a text frame; nothing happens on a closed line."""
        if self._transport is not None:
            self._transport.write(frame(TEXT, text))

    def close(self) -> None:
        """Says goodbye and hangs up."""
        if self._transport is not None:
            self._transport.write(frame(CLOSE, (1000).to_bytes(2, "big")))
            self._transport.close()

    def cut(self) -> None:
        """Hangs up without a word, as a phone without network does."""
        if self._transport is not None:
            self._transport.abort()

    def pause_reading(self) -> None:
        """Takes nothing in until `resume_reading`: a phone that sleeps."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Takes in again."""
        if self._transport is not None:
            self._transport.resume_reading()

    def _shake(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        self._buffer = bytearray()
        if not head.startswith(b"HTTP/1.1 101"):
            self.opened.set_exception(HandshakeError(bytes(head.split(b"\r\n")[0]).decode("latin-1")))
            self.cut()
            return
        self.opened.set_result(None)
        if rest:
            self.data_received(bytes(rest))

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self._on_text(payload)
        elif opcode == PING and self._transport is not None:
            self._transport.write(frame(PONG, payload))
        elif opcode == CLOSE:
            self._code = int.from_bytes(payload[:2], "big")
            if self._transport is not None:
                self._transport.write(frame(CLOSE, payload[:2]))
                self._transport.close()


async def connect(
    port: int,
    path: str,
    on_text: Callable[[bytes], None],
    on_close: Callable[[int], None],
    *,
    cookie: str = "",
    source: str = "127.0.0.1",
    seconds: float = 30,
) -> Wire:
    """An open socket, from the loopback address `source`. HandshakeError, OSError or TimeoutError otherwise."""
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}"]
    lines += ["Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}"]
    lines += ["Sec-WebSocket-Version: 13", *([f"Cookie: {cookie}"] if cookie else []), "\r\n"]
    handshake = "\r\n".join(lines).encode()
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(seconds):
        _, wire = await loop.create_connection(
            lambda: Wire(handshake, on_text, on_close), "127.0.0.1", port, local_addr=(source, 0)
        )
        try:
            await wire.opened
        except BaseException:
            wire.cut()
            raise
    return wire
