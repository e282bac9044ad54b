"""The operator's page of a live round, pairing a phone as its remote, and the code to come back with."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contest import permissions
from contest.actions import live_join, live_remotes
from contest.documents import qr
from contest.live.moves import HOST, JURY
from contest.models import LivePlayer, LiveRound
from frontend import live_desk_words
from frontend.live_phrases import MODES
from frontend.views import live_desk
from question_bank.errors import Refusal


@login_required
@require_safe
def page(request: HttpRequest, live_id: int) -> HttpResponse:
    """The operator's page; a draft is led to the organiser's page first."""
    row, user = live_desk.round_for(request, live_id, HOST)
    if not row.phase:
        return redirect("organise-live", live_id=row.pk)
    roles = permissions.live_roles(user, row)
    mode = row.rules.get("mode", "official")
    context = {
        "live": row,
        "contest": row.contest,
        "mode": MODES.get(mode, ""),
        "words": live_desk_words.host(mode),
        "may_judge": JURY in roles,
        "join_address": short(request.build_absolute_uri(reverse("live-pin"))),
        **addresses(row),
    }
    return render(request, "frontend/live/host.html", context)


@login_required
@require_POST
@live_desk.for_scripts
def pair(request: HttpRequest, live_id: int) -> JsonResponse:
    """A code that makes one phone a remote: {"url", "svg", "seconds"}."""
    row, user = live_desk.round_for(request, live_id, HOST)
    code = live_remotes.offer_remote(row.pk, actor=user, now=timezone.now())
    url = request.build_absolute_uri(reverse("live-remote", args=[code]))
    found = {"url": url, "svg": qr.svg(url).decode(), "seconds": live_remotes.CODE_MS // 1000}
    return JsonResponse(found)


@login_required
@require_POST
@live_desk.for_scripts
def unpair(request: HttpRequest, live_id: int) -> JsonResponse:
    """Ends every remote of the round: {"count"}."""
    row, _user = live_desk.round_for(request, live_id, HOST)
    return JsonResponse({"count": live_remotes.revoke_remotes(row.pk, now=timezone.now())})


@login_required
@require_safe
@live_desk.for_scripts
def code(request: HttpRequest, live_id: int) -> JsonResponse:
    """Seat and code of the participant `nguoi`, to come back on another phone: {"seat", "code"}."""
    row, _user = live_desk.round_for(request, live_id, HOST)
    asked = request.GET.get("nguoi", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 12
    player = LivePlayer.objects.filter(round=row, pk=int(asked)).first() if known else None
    if player is None:
        raise Refusal("no-such-player")
    return JsonResponse({"seat": player.seat, "code": live_join.code_of(player)})


def addresses(row: LiveRound) -> dict[str, Any]:
    """Where the other screens of the round are."""
    return {
        "projector_url": reverse("live-projector", args=[row.pk]),
        "join_url": reverse("live-qr", args=[row.join_token]),
    }


def short(address: str) -> str:
    """An address as it is read out: no scheme."""
    return address.partition("://")[2].rstrip("/")
