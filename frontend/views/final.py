"""The final result of a contest, as anyone may read it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest.queries import contests, overall
from frontend import contest_prizes

PAGE = 50


@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """The published final standing with its hash; 404 before publication."""
    view = contests.public(slug, now=timezone.now())
    settlement = overall.released(view.contest)
    pages = Paginator(settlement.standings.select_related("entrant").order_by("position"), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "contest": view.contest,
        "settlement": settlement,
        "stale": overall.out_of_date(settlement),
        "winners": overall.winners_of(settlement),
        "clauses": contest_prizes.clauses(view.contest),
        "page": page,
        "rows": [overall.line(row) for row in page],
        "editions": view.contest.settlements.filter(published_at__isnull=False).order_by("-edition"),
    }
    return render(request, "frontend/public/final.html", context)
