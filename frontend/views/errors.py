"""Pages for what went wrong; each has a next step, and each can be drawn while the database is away."""

import logging
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from frontend import patience, phrases
from question_bank.errors import Refusal

API = "/api/"
logger = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
STATUS = {
    "malformed": 400,
    "not-found": 404,
    "not-allowed": 403,
    "throttled": 429,
    "busy": 503,
    "too-large": 413,
    "results-not-public": 404,
    "entrant-needed": 403,
}
# Codes and statuses with a page of their own; the rest share refusal.html.
PAGES: dict[str | int, str] = {"throttled": "throttled", "round-closed": "closed", 403: "403", 404: "404"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for more than a form may hold."""
    if isinstance(exception, RequestDataTooBig):
        return refused(request, Refusal("too-large"))
    return drawn(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return drawn(request, "403", 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection token did not come back; what was typed can be sent again."""
    return drawn(request, "csrf", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return drawn(request, "404", 404)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: an address that only takes a form was opened by hand, or the other way round."""
    response = drawn(request, "405", 405)
    response["Allow"] = allowed
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, in the shape of the API's errors below /api/; 503 when it was the database that did not answer."""
    fault = sys.exc_info()[1]
    if request.path.startswith(API):
        detail = phrases.sentence(Refusal("fault"))
        body = {"code": "fault", "detail": detail, "fields": {}}
        return JsonResponse(body, status=500, headers={"Cache-Control": "no-store"})
    return away(fault) if isinstance(fault, AWAY) else alone("500", 500)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a Refusal, with its sentence and the status that its code has; 409 for most."""
    status = STATUS.get(refusal.code, 409)
    if status == 503:
        return patience.asked(alone("busy", 503), refusal)
    name = PAGES.get(refusal.code) or PAGES.get(status, "refusal")
    context: dict[str, Any] = {"code": refusal.code, "message": phrases.sentence(refusal)}
    if status == 429:
        context = {"code": refusal.code, "wait_s": refusal.facts.get("wait_s")}
        return patience.asked(drawn(request, name, status, context), refusal)
    return drawn(request, name, status, context)


def away(fault: BaseException) -> HttpResponse:
    """503 with Retry-After: the database can't be reached."""
    logger.error("the database did not answer", exc_info=fault)
    return refused(HttpRequest(), Refusal("busy"))


def drawn(
    request: HttpRequest, name: str, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    """An error page in the frame of every page; the page for a database that is away when the frame needs it."""
    given = {"back": came_from(request), **(context or {})}
    try:
        return render(request, f"frontend/errors/{name}.html", given, status=status)
    except AWAY as fault:
        return away(fault)


def came_from(request: HttpRequest) -> str:
    """The page of ours from which the request was made, or "" when that is unknown or this same address."""
    page = request.headers.get("Referer", "")
    if not page:
        return ""
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    ours = url_has_allowed_host_and_scheme(page, {host}, require_https=request.is_secure())
    return page if ours and urlsplit(page).path != request.path else ""


def alone(name: str, status: int) -> HttpResponse:
    """A page without request, so without visitor, messages or database: nothing in it can fail again."""
    context = {"product_name": settings.SITE_NAME}
    page = render_to_string(f"frontend/errors/{name}.html", context)
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
