"""Compresses pages on their way out; what holds secrets beside words of a stranger stays as it is (see `fits`)."""

import gzip
import re
import secrets
from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

KINDS = ("text/html", "text/javascript")
LEAST_BYTES = 1024
# Level 1 halves the work of the usual 6 and makes a page one tenth larger.
LEVEL = 1
MOST_PADDING = 100
ACCEPTS = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0+)?\s*(,|$))")


class CompressedPages:
    """Middleware: gzip for pages. Stands outside of all that writes pages, and past the hot path of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not fits(request, response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if ACCEPTS.search(request.headers.get("Accept-Encoding", "")):
            response.content = compressed(response.content)
            response["Content-Length"] = str(len(response.content))
            response["Content-Encoding"] = "gzip"
        return response


def fits(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page may be compressed, and is worth it.

    A stranger who makes a browser ask for pages and sees their lengths can guess a secret that stands in a page beside
    words of the stranger's choosing (BREACH). Words get into a page by a query, by a form, or out of the tables that
    staff see, full of names that strangers gave; a GET without a query from nobody who is signed in holds none.
    """
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and response.status_code == 200
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and response.headers.get("Content-Type", "").startswith(KINDS)
        and len(response.content) >= LEAST_BYTES
    )


def compressed(content: bytes) -> bytes:
    """The bytes as gzip, with a file name of random length: lengths tell even less."""
    buffer = BytesIO()
    padding = "x" * secrets.randbelow(MOST_PADDING)
    with gzip.GzipFile(padding, "wb", LEVEL, buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()
