"""The projector of a live room, and the QR code that it shows."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contest import permissions
from contest.documents import qr
from contest.errors import Refusal
from contest.models import LiveRound
from contest.queries import live

_LOCAL = ("localhost", "127.", "[::1]")


@login_required
@require_safe
def projector(request: HttpRequest, room_id: int) -> HttpResponse:
    """The hall's screen, for hosts and jury of the round: it asks for its own tickets."""
    row = _round(request, room_id)
    context = {
        "live": row,
        "address": request.build_absolute_uri(reverse("live-pin")).partition("://")[2].rstrip("/"),
        "is_local": request.get_host().startswith(_LOCAL),
    }
    return render(request, "frontend/live/projector.html", context)


@login_required
@require_safe
def code(request: HttpRequest, room_id: int) -> HttpResponse:
    """The QR code of the way in, as an image: its token is too long to be guessed or typed."""
    row = _round(request, room_id)
    way_in = request.build_absolute_uri(reverse("live-qr", args=[row.join_token]))
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(qr.svg(way_in), content_type="image/svg+xml", headers=headers)


def _round(request: HttpRequest, room_id: int) -> LiveRound:
    row = live.get(room_id)
    if not permissions.live_roles(request.user, row):
        raise Refusal("not-found")
    return row
