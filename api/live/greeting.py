"""The first frame of a socket, what came with its handshake, and how it is closed before it was greeted."""

from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from api.live import codec
from api.live.closing import Close
from api.live.consumers import Receive, Send
from api.live.messages import PROTOCOL, HelloMessage
from contest.errors import Refusal


async def hello_of(receive: Receive) -> HelloMessage | Close | None:
    """The first frame; a close code for a wrong one; None when the socket has gone."""
    event = await receive()
    if event["type"] == "websocket.disconnect":
        return None
    try:
        message = codec.decode_room(event.get("text") or event.get("bytes") or b"")
    except Refusal as refusal:
        return Close.TOO_LARGE if refusal.code == "too-large" else Close.NO_HELLO
    if not isinstance(message, HelloMessage):
        return Close.NO_HELLO
    return message if message.protocol == PROTOCOL else Close.OTHER_PROTOCOL


async def close(send: Send, code: Close) -> None:
    """Closes with a code."""
    await send({"type": "websocket.close", "code": int(code)})


def session_of(scope: dict[str, Any]) -> str:
    """The key of the session cookie that came with the handshake."""
    return _cookie(scope, settings.SESSION_COOKIE_NAME)


def language_of(scope: dict[str, Any]) -> str:
    """The language of the page that opened the socket: by its cookie, else the browser's."""
    request = HttpRequest()
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = _cookie(scope, settings.LANGUAGE_COOKIE_NAME)
    request.META["HTTP_ACCEPT_LANGUAGE"] = _header(scope, b"accept-language")
    return translation.get_language_from_request(request)


def _cookie(scope: dict[str, Any], name: str) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(_header(scope, b"cookie"))
    except CookieError:
        return ""
    found = cookies.get(name)
    return found.value if found else ""


def _header(scope: dict[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name), "")
