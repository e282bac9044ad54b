"""HTTP from an ASGI server to a WSGI application and back, byte for byte."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from contest.project import bridge

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/tra-cứu/",
    "query_string": b"a=1&b=%C3%A1",
    "scheme": "http",
    "http_version": "1.1",
    "server": ("127.0.0.1", 8000),
    "client": ("10.1.2.3", 5000),
    "headers": [
        (b"host", b"thi.example.vn"),
        (b"content-type", b"text/plain"),
        (b"content-length", b"5"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-forwarded-for", b"1.1.1.1"),
        (b"x-forwarded-for", b"2.2.2.2"),
    ],
}


class Server:
    """What an ASGI server does for one request: gives the body in parts, keeps what is sent."""

    def __init__(self, *parts: bytes, gone: bool = False) -> None:
        self.incoming = [
            {"type": "http.request", "body": part, "more_body": place < len(parts) - 1}
            for place, part in enumerate(parts)
        ] or [{"type": "http.request", "body": b"", "more_body": False}]
        if gone:
            self.incoming[-1] = {"type": "http.disconnect"}
        self.sent: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        return self.incoming.pop(0)

    async def send(self, message: Any) -> None:
        self.sent.append(dict(message))

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])


def exchange(application: Any, server: Server, scope: dict[str, Any] | None = None) -> Server:
    found = bridge.Bridge(application, threads=1)
    try:
        asyncio.run(found(scope or SCOPE, server.receive, server.send))
    finally:
        found.pool.shutdown()
    return server


def test_the_application_sees_what_the_client_sent():
    seen: dict[str, Any] = {}

    def application(environ, start_response):
        seen.update(environ)
        seen["body"] = environ["wsgi.input"].read()
        start_response(
            "201 Created", [("Content-Type", "text/plain"), ("X-Name", "Hòa".encode().decode("latin-1"))]
        )
        return [b"well ", b"done"]

    server = exchange(application, Server(b"he", b"llo"))

    assert seen["body"] == b"hello"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/tra-cứu/"
    wanted = {
        "REQUEST_METHOD": "POST",
        "QUERY_STRING": "a=1&b=%C3%A1",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "5",
        "HTTP_HOST": "thi.example.vn",
        "HTTP_COOKIE": "a=1;b=2",
        "HTTP_X_FORWARDED_FOR": "1.1.1.1,2.2.2.2",
        "REMOTE_ADDR": "10.1.2.3",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
    }
    assert {name: seen[name] for name in wanted} == wanted
    assert server.sent == [
        {
            "type": "http.response.start",
            "status": 201,
            "headers": [(b"content-type", b"text/plain"), (b"x-name", "Hòa".encode())],
        },
        {"type": "http.response.body", "body": b"well done", "more_body": False},
    ]


def test_a_large_body_and_a_large_reply_pass_whole_and_in_parts():
    def application(environ, start_response):
        start_response("200 OK", [])
        while part := environ["wsgi.input"].read(100_000):
            yield part

    content = bytes(range(256)) * 8 * 1024
    server = exchange(application, Server(content[:1_000_000], content[1_000_000:]))

    assert server.body == content
    assert len(server.sent) > 3
    assert [message["more_body"] for message in server.sent[1:]] == [True] * (len(server.sent) - 2) + [False]


def test_the_reply_is_closed_even_when_it_breaks():
    closed = []

    class Parts:
        def __iter__(self) -> Iterable[bytes]:
            raise ValueError("broken")

        def close(self) -> None:
            closed.append(True)

    def application(environ, start_response):
        start_response("200 OK", [])
        return Parts()

    with pytest.raises(ValueError, match="broken"):
        exchange(application, Server())
    assert closed == [True]


def test_a_client_that_has_gone_is_not_served():
    def application(environ, start_response):
        raise AssertionError("called")

    assert exchange(application, Server(b"he", b"llo", gone=True)).sent == []


def test_an_application_below_another_path_keeps_its_place():
    seen = {}

    def application(environ, start_response):
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    exchange(application, Server(), {**SCOPE, "root_path": "/thi", "path": "/thi/bang/"})

    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == ("/thi", "/bang/")
