"""Reading JSON bodies of the hot endpoints: typed, closed and limited."""

from typing import Any, TypeVar

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from contest.errors import Refusal

T = TypeVar("T")


class Save(msgspec.Struct, forbid_unknown_fields=True):
    """A save or submit: answers by item number, newest revision, prediction as typed."""

    revision: int
    answers: dict[str, Any]
    prediction: str | int | None = None


class Start(msgspec.Struct, forbid_unknown_fields=True):
    """A start: the same key gives the same attempt for ever."""

    start_key: str


def read(request: HttpRequest, shape: type[T]) -> T:
    """The body as `shape`. Refusals: `wrong-media-type`, `too-large` (over 64 KiB), `malformed`."""
    if request.content_type != "application/json":
        raise Refusal("wrong-media-type")
    try:
        return msgspec.json.decode(request.body, type=shape)
    except RequestDataTooBig:
        raise Refusal("too-large") from None
    except msgspec.MsgspecError as problem:
        raise Refusal("malformed", reason=str(problem)[:200]) from None
