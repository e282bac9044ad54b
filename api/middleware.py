"""The short way in for the hot path: past sessions, messages, languages and the other work of pages.

A save passes nothing of that, and the middleware of pages costs more than the save itself. Stands behind
SecurityMiddleware, whose headers it keeps; the headers of what it passes by are set here.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

PREFIXES = ("/api/v1/attempts/", "/api/v1/rounds/")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class HotPath:
    """Calls a view made by `api.door.door` straight away; everything else goes the long way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIXES):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        if not getattr(match.func, "is_hot", False):
            return self.get_response(request)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        response["Content-Length"] = str(len(response.content))
        return response
