"""The published result of a live round, as anybody may read it."""

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contest.live.rules import LiveRules
from contest.models import Contest
from contest.queries import live_results, live_story
from frontend import live_phrases, live_regulations
from question_bank.errors import Refusal

PAGE = 50


@require_safe
def page(request: HttpRequest, live_id: int) -> HttpResponse:
    """The newest published edition with its hash. Refusal("results-not-public") before publication."""
    found = live_story.released(live_id)
    if found.row.contest.state == Contest.State.DRAFT:
        raise Refusal("not-found")
    lines = live_results.lines(found)
    rules = msgspec.convert(live_results.rules_of(found), LiveRules)
    context = {
        "live": found.row,
        "contest": found.row.contest,
        "edition": found.edition,
        "editions": found.editions,
        "reviewed": found.reviewed,
        "mode": live_phrases.MODES.get(rules.mode, rules.mode),
        "is_game": rules.mode == "game",
        "decimals": 2 if rules.mode == "teams" else 0,
        "by_teams": rules.mode == "teams",
        "rules": live_regulations.clauses(rules),
        "podium": [line for line in lines if line.rank <= 3],
        "people": len(lines),
        "units": live_results.units(found),
        "best_of": rules.units_best_of,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "frontend/live/result.html", context)
