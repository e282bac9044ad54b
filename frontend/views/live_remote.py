"""The host's phone as a remote: a page for whoever holds the code of the QR. What it may do its token says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frontend import live_desk_words


@never_cache
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The page alone uses no code up: that takes a press, so that a preview of the link does no harm."""
    context = {"code": code[:64], "words": live_desk_words.remote()}
    return render(request, "frontend/live/remote.html", context)
