"""The hot path's door: plain Django views with msgspec in and out, and the same errors as everywhere.

A REST framework view costs 80 µs before it does anything (and a signed-in user 700 µs); here a request is a method, a
small body of JSON, one action and bytes.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from api import errors
from contest.errors import Refusal
from question_bank.rules.text import whole_number

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

JSON = "application/json"
_encoder = msgspec.json.Encoder()


def door(*methods: str, repeatable: bool = True) -> Callable[[View[P]], View[P]]:
    """Makes a view answer these methods only, and turns refusals and an unreachable database into replies.

    A view that is `repeatable`, done twice, does no more than done once. The view is exempt from Django's CSRF check:
    `api.identity` makes it wherever a cookie identifies somebody.
    """
    allowed = frozenset(methods)
    do = _once_more_if_lost if repeatable else _on_a_line_that_lives

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                if request.method not in allowed:
                    raise Refusal("method-not-allowed", allowed=", ".join(sorted(allowed)))
                return do(view, request, *args, **kwargs)
            except Exception as fault:
                refusal = errors.translate(fault)
                if refusal is None:
                    raise
                # The hot path does not pass the middleware that chooses the language.
                with translation.override(translation.get_language_from_request(request)):
                    return errors.reply(refusal)

        answer.is_hot = True  # type: ignore[attr-defined]  # read by api.middleware.HotPath
        return cast("View[P]", csrf_exempt(answer))

    return decorate


def _once_more_if_lost(
    view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    """The view, a second time on a new connection when the kept one turns out to be lost.

    Such a request need not ask first whether its connection still lives.
    """
    try:
        return view(request, *args, **kwargs)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.connection is None or connection.is_usable():
            raise
        connection.close()
        return view(request, *args, **kwargs)


def _on_a_line_that_lives(
    view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    """The view, once: a connection lost in the middle may have been lost behind the commit.

    So it is asked first whether the kept one still lives: one round trip, for requests that are few, or one a person.
    """
    if not connection.in_atomic_block and connection.connection is not None and not connection.is_usable():
        connection.close()
    return view(request, *args, **kwargs)


def read(request: HttpRequest, decoder: msgspec.json.Decoder[T]) -> T:
    """The request's body. Refusals: `wrong-media-type`, `too-large`, `malformed` with the place in `fields`."""
    if request.content_type != JSON:
        raise Refusal("wrong-media-type")
    require_small(request)
    try:
        body = request.body
        if len(body) > settings.API_MAX_BODY:
            raise Refusal("too-large")
        return decoder.decode(body)
    except RequestDataTooBig:
        raise Refusal("too-large") from None
    except msgspec.ValidationError as fault:
        words, _, place = str(fault).partition(" - at `$")
        raise Refusal("malformed", fields={place.rstrip("`").lstrip("."): words}) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal("malformed") from None


def require_small(request: HttpRequest) -> None:
    """Refusal("too-large") when the body is announced as more than API_MAX_BODY (64 KiB)."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if (whole_number(length) or 0) > settings.API_MAX_BODY:
        raise Refusal("too-large")


def reply(body: Any, *, status: int = 200) -> HttpResponse:
    """A body (a msgspec struct) that nobody keeps."""
    return HttpResponse(
        _encoder.encode(body), status=status, content_type=JSON, headers={"Cache-Control": "no-store"}
    )


def polled(request: HttpRequest, content: bytes, *, tag: str, cache: str = "no-cache") -> HttpResponse:
    """`content` with its ETag, or 304 when the client has it. `tag` names the content, not the moment."""
    etag = f'"{tag}"'
    headers = {"ETag": etag, "Cache-Control": cache}
    if matches(request.META.get("HTTP_IF_NONE_MATCH", ""), etag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content, content_type=JSON, headers=headers)


def matches(given: str, etag: str) -> bool:
    """Whether an If-None-Match header names the tag; a proxy that compresses makes it weak (`W/`)."""
    return given == "*" or etag in {part.strip().removeprefix("W/") for part in given.split(",")}


def tag_of(content: bytes) -> str:
    """A short name for the content."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()
