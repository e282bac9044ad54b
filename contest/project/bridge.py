"""Carries HTTP from an ASGI server to the WSGI application, on a pool of long-lived threads.

Daphne has read a request's body before it calls us, so the whole exchange is: collect the body, run the application on
a thread, send what it gave. Libraries that stream both ways cost about twice the CPU time of a small request
(a2wsgi 1.10 under Daphne: 845 µs against 425 µs; tests/load prints ours).

Threads are kept: each holds its database connection, as under a WSGI server.
"""

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

IN_MEMORY = 256 * 1024  # bytes of a body kept in memory; a larger one goes to a temporary file
AT_ONCE = 256 * 1024  # bytes of a reply sent in one piece; a larger one goes out part by part
_PLAIN = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


class Bridge:
    """An ASGI application that answers `http` scopes with a WSGI application on `threads` threads."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="http")

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        body = await _collect(receive)
        if body is None:
            return
        with body:
            loop = asyncio.get_running_loop()
            exchange = _Exchange(self.application, environ(scope, body), loop, send)
            for message in await loop.run_in_executor(self.pool, exchange.run):
                await send(message)


class _Exchange:
    """One request on its thread: runs the application, and gives the messages of a reply that fits into one piece."""

    def __init__(
        self, application: Application, variables: dict[str, Any], loop: asyncio.AbstractEventLoop, send: Send
    ) -> None:
        self._application = application
        self._variables = variables
        self._loop = loop
        self._send = send
        self._start: Message = {}

    def run(self) -> list[Message]:
        """The messages that are still to be sent; earlier parts of a large reply have been sent from here."""
        parts = self._application(self._variables, self._start_response)
        try:
            return self._gather(iter(parts))
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], None]:
        del exc_info  # nothing has been sent before the application returns
        self._start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        }
        return _write

    def _gather(self, parts: Iterator[bytes]) -> list[Message]:
        waiting, size, started = [], 0, False
        for part in parts:
            waiting.append(part)
            size += len(part)
            if size > AT_ONCE:
                self._send_now([] if started else [self._start], b"".join(waiting))
                waiting, size, started = [], 0, True
        last = {"type": "http.response.body", "body": b"".join(waiting), "more_body": False}
        return [last] if started else [self._start, last]

    def _send_now(self, before: list[Message], content: bytes) -> None:
        """Waits until the server has taken it: a slow client slows its own thread, not our memory."""
        for message in [*before, {"type": "http.response.body", "body": content, "more_body": True}]:
            asyncio.run_coroutine_threadsafe(_sent(self._send, message), self._loop).result()


def _write(content: bytes) -> None:
    raise RuntimeError(f"{len(content)} bytes: the write callable of WSGI is not supported, return the body")


async def _sent(send: Send, message: Message) -> None:
    await send(message)


async def _collect(receive: Receive) -> IO[bytes] | None:
    """The request's body from its beginning; None when the client has gone meanwhile."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body", False):
        return io.BytesIO(message.get("body", b""))
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the caller closes it)
    while message["type"] == "http.request":
        body.write(message.get("body", b""))
        if not message.get("more_body", False):
            body.seek(0)
            return body
        message = await receive()
    body.close()
    return None


def environ(scope: Mapping[str, Any], body: Any) -> dict[str, Any]:
    """The WSGI variables of an ASGI `http` scope (PEP 3333: text that stands for bytes in Latin-1)."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client")
    root = scope.get("root_path", "")
    variables: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.encode().decode("latin-1"),
        "PATH_INFO": scope["path"].removeprefix(root).encode().decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or ""),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.get("headers", ()):
        key = _PLAIN.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in variables:
            text = f"{variables[key]}{';' if key == 'HTTP_COOKIE' else ','}{text}"
        variables[key] = text
    return variables
