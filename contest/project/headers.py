"""The headers that every answer carries, whoever gave it: page, API, hot path, static file, 404, 500."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What is no page (pages have a policy of their own) loads nothing and stands in no frame.
DEFAULTS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": settings.PERMISSIONS_POLICY,
}


class EveryAnswer:
    """Stands outermost and adds what is missing; SecurityMiddleware adds the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in DEFAULTS.items():
            response.headers.setdefault(name, value)
        return response
