"""What comes in, as numbers and charts: the middle of a round's page, and the same alone for a page that stays open."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contest.models import Round
from contest.queries import contests, dashboard, standings, turnout
from contest.rules.windows import Phase
from frontend import charts
from frontend.views.organise import access

# Before a round has opened there is nothing but who registered.
COMING = frozenset({Phase.DRAFT, Phase.UPCOMING})
# While a round is in one of these, its page keeps itself current.
MOVING = frozenset({Phase.OPEN, Phase.PAUSED, Phase.CLOSING})


@login_required
@require_safe
def part(request: HttpRequest, round_id: int) -> HttpResponse:
    """The numbers alone; `don-vi` is the unit whose inside is shown."""
    round, _user = access.round_for(request, round_id, access.VIEWER)
    now = timezone.now()
    view = contests.view_round(round, now)
    found = context(round, view.phase, request.GET.get("don-vi", ""), now)
    found |= {"view": view, "moves": view.phase in MOVING, "settlement": standings.newest(round)}
    response = render(request, "frontend/organise/round_numbers.html", found)
    response["Cache-Control"] = "no-store"
    return response


def context(round: Round, phase: Phase, unit: str, now: datetime) -> dict[str, Any]:
    """What round_numbers.html needs beside `view` and `settlement`."""
    found = turnout.below(round, unit, now=now)
    flow = turnout.flow(round, now=now)
    shown = phase not in COMING and dashboard.counts_are_shown(round.pk, now=now)
    lengths = [
        charts.length(share.people if shown else share.registered, found.most) for share in found.below
    ]
    return {
        "round": round,
        "now": now,
        "unit": unit,
        "counts_shown": shown,
        "arrivals": dashboard.arrivals(round.pk, now=now),
        "by_day": charts.by_day(flow) if flow else None,
        "by_hour": charts.by_hour(flow) if flow else None,
        "series": (_("người"), _("lượt")),
        "turnout": found,
        "shares": list(zip(found.below, lengths, strict=True)),
    }
