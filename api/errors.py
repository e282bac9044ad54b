"""One shape for everything that goes wrong: `{code, detail, fields}` with a stable code and status."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.module_loading import import_string
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from question_bank.errors import Refusal

STATUS = {
    "not-found": 404,
    "receipt-unknown": 404,
    "results-not-public": 404,
    "sign-in-needed": 401,
    "token-invalid": 401,
    "entrant-needed": 401,
    "not-allowed": 403,
    "method-not-allowed": 405,
    "too-large": 413,
    "wrong-media-type": 415,
    "throttled": 429,
    "busy": 503,
}
MALFORMED = ("-malformed", "-missing", "-impossible", "-out-of-range", "-too-precise", "-too-long")
BAD_REQUEST = frozenset({"malformed", "unknown-question", "too-many-answers", "unknown-field"})


def status_of(code: str) -> int:
    """The HTTP status of a refusal code: 400 for what is malformed, 409 for what the state does not allow."""
    if code in BAD_REQUEST or code.endswith(MALFORMED):
        return 400
    return STATUS.get(code, 409)


def body_of(refusal: Refusal) -> dict[str, Any]:
    """`fields` names the field a form should mark, with the same sentence."""
    detail = import_string(settings.REFUSAL_SENTENCE)(refusal)
    field = refusal.facts.get("field")
    return {"code": refusal.code, "detail": detail, "fields": {str(field): detail} if field else {}}


def refused(refusal: Refusal) -> JsonResponse:
    """The refusal as an answer of a plain view."""
    status = status_of(refusal.code)
    response = JsonResponse(body_of(refusal), status=status, json_dumps_params={"ensure_ascii": False})
    if status in {429, 503}:
        response["Retry-After"] = str(refusal.facts.get("retry_after", 2))
    return response


def handle(exception: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001  (the framework's form)
    """REST framework's exception handler: refusals and its own errors in the one shape; None for a fault of ours."""
    refusal = _as_refusal(exception)
    if refusal is None:
        return None
    set_rollback()
    body = body_of(refusal)
    if isinstance(exception, exceptions.ValidationError) and isinstance(exception.detail, dict):
        body["fields"] = {name: " ".join(str(part) for part in parts) for name, parts in exception.detail.items()}
    response = Response(body, status=status_of(refusal.code))
    if isinstance(exception, exceptions.Throttled) and exception.wait:
        response["Retry-After"] = str(int(exception.wait) + 1)
    return response


def _as_refusal(exception: Exception) -> Refusal | None:
    if isinstance(exception, Refusal):
        return exception
    known: list[tuple[type[Exception], str]] = [
        (Http404, "not-found"),
        (exceptions.NotFound, "not-found"),
        (PermissionDenied, "not-allowed"),
        (exceptions.NotAuthenticated, "sign-in-needed"),
        (exceptions.AuthenticationFailed, "sign-in-needed"),
        (exceptions.PermissionDenied, "not-allowed"),
        (exceptions.Throttled, "throttled"),
        (exceptions.UnsupportedMediaType, "wrong-media-type"),
        (exceptions.ParseError, "malformed"),
        (exceptions.ValidationError, "malformed"),
        (exceptions.MethodNotAllowed, "method-not-allowed"),
    ]
    for kind, code in known:
        if isinstance(exception, kind):
            return Refusal(code)
    return None
