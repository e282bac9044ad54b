"""The short way in for the hot path: past sessions, messages, languages and the other work of pages.

A save passes nothing of that, and the work of pages costs more than the save itself. `ShortWay` stands before Django's
handler where a WSGI server calls us; `HotPath` does the same as a middleware wherever Django's handler is called
without it (test client, `runserver`). The headers that other middleware would set are set here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse

from api import errors
from contest.errors import Refusal
from question_bank.rules.text import whole_number

View = Callable[..., HttpResponse]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

PREFIX = "/api/v1/"
_ADDRESS = re.compile(r"api/v1/(?P<resource>\w+)/<(?P<kind>int|str):(?P<name>\w+)>(?:/(?P<deed>[\w/-]+))?")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class HotPath:
    """Calls a view made by `api.door.door` straight away; everything else goes the long way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info and request.path_info.startswith(PREFIX):
            response = errors.reply(Refusal("not-found"))  # no column of text can be asked for it
        else:
            found = find(request.path_info)
            if found is None:
                return self.get_response(request)
            response = _answer(request, *found)
        for name, value in HEADERS.items():
            response[name] = value
        response["Content-Length"] = str(len(response.content))
        return response


class ShortWay:
    """A WSGI application that answers the hot path itself and leaves everything else to Django's.

    A plain-http request where only https is served is Django's too: it redirects.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self.headers = [*HEADERS.items(), *_headers_of_security()]

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        found = find(environ.get("PATH_INFO", ""))
        if found is None:
            return self.application(environ, start_response)
        request = WSGIRequest(environ)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return self.application(environ, start_response)
        try:
            response = _answer(request, *found)
        except Exception as fault:
            response = response_for_exception(request, fault)
        status, content = response.status_code, response.content
        length = ("Content-Length", str(len(content)))
        start_response(f"{status} {response.reason_phrase}", [*response.items(), *self.headers, length])
        return [content]


def find(path: str) -> tuple[View, dict[str, str | int]] | None:
    """The hot view of a path and its arguments; None for everything else."""
    if not path.startswith(PREFIX) or "\0" in path:
        return None
    exact = _exact_routes().get(path)
    if exact is not None:
        return exact, {}
    resource, _, rest = path[len(PREFIX) :].partition("/")
    value, _, deed = rest.partition("/")
    known = _routes().get((resource, deed))
    if known is None or not value:
        return None
    view, name, is_number = known
    if not is_number:
        return view, {name: value}
    number = whole_number(value)
    return None if number is None else (view, {name: number})


@cache
def _exact_routes() -> Mapping[str, View]:
    """Path → view, of the hot addresses without an argument."""
    from api.urls import urlpatterns  # noqa: PLC0415  (as below)

    return {
        f"/{pattern.pattern}": pattern.callback
        for pattern in urlpatterns
        if "<" not in str(pattern.pattern) and getattr(pattern.callback, "is_hot", False)
    }


@cache
def _routes() -> Mapping[tuple[str, str], tuple[View, str, bool]]:
    """(resource, deed) → (view, name of its argument, whether that is a number), out of the addresses of this door."""
    from api.urls import urlpatterns  # noqa: PLC0415  (the addresses name the views, which need the app registry)

    found: dict[tuple[str, str], tuple[View, str, bool]] = {}
    for pattern in urlpatterns:
        view = pattern.callback
        address = _ADDRESS.fullmatch(str(pattern.pattern))
        if address is not None and getattr(view, "is_hot", False):
            found[address["resource"], address["deed"] or ""] = (
                view,
                address["name"],
                address["kind"] == "int",
            )
    return found


def _answer(request: HttpRequest, view: View, arguments: Mapping[str, str | int]) -> HttpResponse:
    """A kept connection that has failed or is too old is dropped first; `door` meets one that was lost meanwhile."""
    if not connection.in_atomic_block:  # a test's own transaction
        connection.close_if_unusable_or_obsolete()
    connection.health_check_done = True  # type: ignore[attr-defined]  # not in its stubs
    return view(request, **arguments)


def _headers_of_security() -> list[tuple[str, str]]:
    """What SecurityMiddleware and contest.project.headers add to a reply."""
    found = [("X-Content-Type-Options", "nosniff"), ("Permissions-Policy", settings.PERMISSIONS_POLICY)]
    if settings.SECURE_REFERRER_POLICY:
        found.append(("Referrer-Policy", settings.SECURE_REFERRER_POLICY))
    if settings.SECURE_CROSS_ORIGIN_OPENER_POLICY:
        found.append(("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY))
    if settings.SECURE_HSTS_SECONDS:
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
        found.append(
            ("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}")
        )
    return found
