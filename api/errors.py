"""Every refusal of the machine door in one shape: `{"code", "detail", "fields"}` with a stable status.

`code` is kebab-case and stable; `detail` is a sentence in the reader's language; `fields` maps a field of the request
to what is wrong with it. Facts of a refusal never hold a key or somebody else's data, so the sentence may show them.
"""

import logging
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Protocol, cast

import msgspec
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.utils.module_loading import import_string
from rest_framework import exceptions
from rest_framework.response import Response

from contest.errors import Refusal

logger = logging.getLogger(__name__)

BUSY_SECONDS = 2
CONFLICT = HTTPStatus.CONFLICT

_CODES: Mapping[HTTPStatus, frozenset[str]] = {
    HTTPStatus.BAD_REQUEST: frozenset({
        "malformed", "response-malformed", "unknown-question", "too-many-answers", "prediction-missing",
        "prediction-malformed", "prediction-out-of-range", "prediction-too-precise", "receipt-malformed",
        "phone-malformed", "reason-missing", "paper-count", "closes-before-opening", "criterion-unknown",
        "lots-malformed", "name-empty", "unit-missing", "unit-too-long", "answer-empty",
        "appeal-empty", "decision-unknown",
    }),
    HTTPStatus.UNAUTHORIZED: frozenset({"token-invalid", "sign-in-needed", "entrant-needed"}),
    HTTPStatus.FORBIDDEN: frozenset({
        "not-allowed", "entrant-barred", "csrf-failed", "not-a-player", "banned", "code-wrong",
    }),
    HTTPStatus.NOT_FOUND: frozenset({
        "not-found", "results-not-public", "receipt-unknown", "no-such-pin", "pairing-over",
    }),
    HTTPStatus.METHOD_NOT_ALLOWED: frozenset({"method-not-allowed"}),
    HTTPStatus.NOT_ACCEPTABLE: frozenset({"not-acceptable"}),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: frozenset({"too-large"}),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: frozenset({"wrong-media-type"}),
    HTTPStatus.TOO_MANY_REQUESTS: frozenset({"throttled"}),
    HTTPStatus.SERVICE_UNAVAILABLE: frozenset({"busy"}),
}  # fmt: skip
STATUS: Mapping[str, HTTPStatus] = {code: status for status, codes in _CODES.items() for code in codes}

# A 401 must say how to identify oneself.
_CHALLENGE = 'Attempt realm="attempt", Entrant realm="entrant", Bearer realm="live", Session realm="staff"'


class _Sentence(Protocol):
    def __call__(self, refusal: Refusal) -> str: ...


class Error(msgspec.Struct, frozen=True):
    """What a refused request gets back."""

    code: str
    detail: str
    fields: dict[str, str] = {}


def status_of(refusal: Refusal) -> HTTPStatus:
    """By the code; 400 for others that blame a field of the request; else 409, a conflict with what is stored."""
    known = STATUS.get(refusal.code)
    if known is not None:
        return known
    return HTTPStatus.BAD_REQUEST if "field" in refusal.facts else CONFLICT


def body_of(refusal: Refusal) -> Error:
    """The refusal as the reply's body. A fact `fields` (name → developers' words) is passed on as it is."""
    detail = _sentence()(refusal)
    fields = dict(cast("Mapping[str, str]", refusal.facts.get("fields", {})))
    field = refusal.facts.get("field")
    if field:
        fields.setdefault(str(field), detail)
    return Error(refusal.code, detail, fields)


def headers_of(refusal: Refusal) -> dict[str, str]:
    """The headers that belong to the status: Retry-After (s), Allow, WWW-Authenticate."""
    headers = {"Cache-Control": "no-store"}
    status = status_of(refusal)
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = _CHALLENGE
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        headers["Retry-After"] = str(refusal.facts.get("wait_s", BUSY_SECONDS))
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = str(refusal.facts.get("allowed", ""))
    return headers


def reply(refusal: Refusal) -> HttpResponse:
    """The refusal as the reply of a plain Django view."""
    return HttpResponse(
        msgspec.json.encode(body_of(refusal)),
        status=status_of(refusal),
        headers=headers_of(refusal),
        content_type="application/json",
    )


def handle(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's exception handler; None leaves a fault of ours to Django (500, with a traceback logged)."""
    del context
    refusal = translate(exc)
    if refusal is None:
        return None
    return Response(
        msgspec.to_builtins(body_of(refusal)), status=status_of(refusal), headers=headers_of(refusal)
    )


def translate(exc: Exception) -> Refusal | None:
    """What the exception means to a client; None for a fault of ours.

    A database that can't be reached is `busy`: the client keeps its answers and tries again.
    """
    if isinstance(exc, Refusal):
        return exc
    if isinstance(exc, OperationalError | InterfaceError):
        logger.warning("the database did not answer: %s", type(exc).__name__)
        return Refusal("busy")
    if isinstance(exc, Http404):
        return Refusal("not-found")
    if isinstance(exc, PermissionDenied):
        return Refusal("not-allowed")
    return _translate_drf(exc) if isinstance(exc, exceptions.APIException) else None


def _translate_drf(exc: exceptions.APIException) -> Refusal | None:
    if isinstance(exc, exceptions.ValidationError):
        return Refusal("malformed", fields=_flat(exc.detail))
    if isinstance(exc, exceptions.Throttled):
        return Refusal("throttled", wait_s=int(getattr(exc, "wait", None) or 1) + 1)
    codes = {
        exceptions.ParseError: "malformed",
        exceptions.NotAuthenticated: "sign-in-needed",
        exceptions.AuthenticationFailed: "sign-in-needed",
        exceptions.PermissionDenied: "not-allowed",
        exceptions.NotFound: "not-found",
        exceptions.MethodNotAllowed: "method-not-allowed",
        exceptions.NotAcceptable: "not-acceptable",
        exceptions.UnsupportedMediaType: "wrong-media-type",
    }
    code = next((code for kind, code in codes.items() if isinstance(exc, kind)), None)
    return Refusal(code) if code else None


def _flat(detail: Any, name: str = "") -> dict[str, str]:
    """{"a": {"b": ["x", "y"]}} as {"a.b": "x y"}."""
    if isinstance(detail, Mapping):
        parts = [_flat(value, f"{name}.{key}" if name else str(key)) for key, value in detail.items()]
        return {key: value for part in parts for key, value in part.items()}
    return {name: " ".join(str(value) for value in (detail if isinstance(detail, list) else [detail]))}


@cache
def _sentence() -> _Sentence:
    """The other door's table of sentences, by name: the doors do not import each other."""
    return cast("_Sentence", import_string(settings.REFUSAL_SENTENCE))
