"""The QR code of a contest's address, and a poster with it to print."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest.documents import qr
from contest.models import Contest
from contest.queries import contests
from contest.rules.windows import Phase
from frontend.views.organise import access


@login_required
@require_safe
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """The QR code as an image."""
    contest, _user = access.contest_for(request, slug, access.VIEWER)
    headers = {
        "Content-Disposition": f'inline; filename="{contest.slug}.svg"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(qr.svg(address(request, contest)), content_type="image/svg+xml", headers=headers)


@login_required
@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet of A4: title, organiser, dates, code and address."""
    contest, _user = access.contest_for(request, slug, access.VIEWER)
    now = timezone.now()
    rows = contest.rounds.select_related("contest").order_by("number")
    rounds = [contests.view_round(row, now) for row in rows]
    context = {
        "contest": contest,
        "rounds": [view for view in rounds if view.phase is not Phase.DRAFT],
        "address": address(request, contest).partition("://")[2].rstrip("/"),
    }
    return render(request, "frontend/organise/poster.html", context)


def address(request: HttpRequest, contest: Contest) -> str:
    """Where people find the contest, as this request reached the site."""
    return request.build_absolute_uri(reverse("contest", args=[contest.slug]))
