"""What anyone may look at: home, contest, rules, board, published results, look-up by receipt."""

import secrets
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contest.models import Attempt, Entrant
from contest.queries import board as boards
from contest.queries import contests, live_results, overall, standings
from contest.queries import results as own_results
from contest.rules import masking, receipts
from contest.rules.attempts import how_many_left
from contest.rules.windows import Phase
from frontend import contest_prizes, patience, phrases, regulations, timelines, visitors
from question_bank.errors import Refusal

PAGE = 50
LOOKUPS = 30
LOOKUPS_WINDOW_S = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The open contest with its remaining time, the coming and the past ones."""
    now = timezone.now()
    found = contests.published(now=now)
    entries: list[dict[str, Any]] = [
        {"view": view, "steps": timelines.of_contest(view.rounds, now=now)} for view in found
    ]
    context = {
        "running": [entry for entry in entries if entry["view"].current is not None],
        "others": [entry for entry in entries if entry["view"].current is None],
        "start_key": secrets.token_urlsafe(16),
    }
    return render(request, "frontend/public/home.html", context)


@require_safe
def contest(request: HttpRequest, slug: str) -> HttpResponse:
    """A contest: what to do now, the calendar, one's own attempts, prizes, who organises."""
    now = timezone.now()
    view = contests.public(slug, now=now)
    entrant = visitors.entrant(request, view.contest)
    prized = view.current or (view.rounds[-1] if view.rounds else None)
    context = {
        "view": view,
        "contest": view.contest,
        "prized": prized,
        "prizes": prized.rules.prizes.counts if prized else (),
        "entrant": entrant,
        "mine": _own_attempts(entrant),
        "left": _attempts_left(view, entrant),
        "start_key": secrets.token_urlsafe(16),
        "steps": timelines.of_contest(view.rounds, now=now),
        "now": now,
        "has_result": overall.has_result(view.contest),
        "live_results": live_results.published(view.contest),
        "overall_prizes": contest_prizes.counts(view.contest),
    }
    response = render(request, "frontend/public/contest.html", context)
    if entrant is not None and visitors.entrant_id(request, view.contest.pk) != entrant.pk:
        visitors.remember(response, entrant)
    return response


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The thể lệ, written from the settings of every announced round."""
    view = contests.public(slug, now=timezone.now())
    sections = [(round, regulations.clauses(round)) for round in view.rounds]
    context = {
        "view": view,
        "contest": view.contest,
        "sections": sections,
        "overall": contest_prizes.clauses(view.contest),
    }
    return render(request, "frontend/public/rules.html", context)


@require_safe
def board(request: HttpRequest, round_id: int) -> HttpResponse:
    """The running board of a round, as far as its policy shows it."""
    now = timezone.now()
    view = contests.announced_round(round_id, now=now)
    shown = boards.board(round_id, now=now)
    owner = visitors.entrant_id(request, view.contest.pk)
    own = Entrant.objects.filter(pk=owner).first() if owner else None
    context = {
        "round": view,
        "contest": view.contest,
        "round_id": round_id,
        "at": now,
        "policy": shown.policy,
        "frozen_from": view.rules.frozen_from,
        "rows": shown.rows,
        "entrants": shown.entrants,
        "attempts": shown.attempts,
        "own": boards.own_place(round_id, owner, now=now) if owner else None,
        "own_name": masking.public_name(own.name, consented="publish_name" in own.consents) if own else "",
        "own_unit": own.unit_name if own else "",
    }
    return render(request, "frontend/public/board.html", context)


@require_safe
def results(request: HttpRequest, round_id: int) -> HttpResponse:
    """The published ranking with its hash; 404 before publication."""
    view = contests.announced_round(round_id, now=timezone.now())
    settlement = standings.released(round_id)
    pages = Paginator(settlement.standings.select_related("entrant").order_by("position"), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "round": view,
        "contest": view.contest,
        "settlement": settlement,
        "winners": standings.winners(settlement),
        "page": page,
        "rows": [standings.line(row) for row in page],
        "editions": settlement.round.settlements.filter(published_at__isnull=False).order_by("-edition"),
        "prediction": regulations.prediction_truth(view.rules, settlement.numbers),
    }
    return render(request, "frontend/public/results.html", context)


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Finds an attempt by its receipt code; thirty tries a minute for an address."""
    typed = request.GET.get("ma", "")
    context: dict[str, Any] = {"code": typed, "error": "", "found": None}
    if typed:
        try:
            context["found"] = _find(request, typed)
        except Refusal as refusal:
            context["error"] = phrases.sentence(refusal)
            if refusal.code == "throttled":
                response = render(request, "frontend/attempts/receipt.html", context, status=429)
                return patience.asked(response, refusal)
    return render(request, "frontend/attempts/receipt.html", context)


def _find(request: HttpRequest, typed: str) -> dict[str, Any]:
    patience.spend(f"receipt:{visitors.address(request)}", LOOKUPS, LOOKUPS_WINDOW_S)
    code = receipts.read_receipt(typed)
    row = Attempt.objects.select_related("round__contest", "entrant", "paper").filter(receipt=code).first()
    if row is None:
        raise Refusal("receipt-unknown")
    _, _, shown = boards.visible(row.round_id, timezone.now())
    released = standings.released(row.round_id) if shown.ranking else None
    points, most = own_results.score_shown(row, released)
    own = visitors.entrant_id(request, row.round.contest_id) == row.entrant_id
    return {
        "contest_title": row.round.contest.title,
        "round_title": row.round.title,
        "name": masking.public_name(row.entrant.name, consented=own),
        "unit": row.unit_name,
        "state": row.state,
        "finished_at": row.finished_at,
        "duration_ms": row.duration_ms,
        "receipt": row.receipt,
        "score": points if shown.own_score else None,
        "max_points": most,
        "result_url": f"/bai-thi/{row.public_id}/ket-qua/" if own else "",
    }


def _own_attempts(entrant: Entrant | None) -> list[Attempt]:
    if entrant is None:
        return []
    return list(Attempt.objects.filter(entrant=entrant).select_related("round").order_by("-started_at")[:20])


def _attempts_left(view: contests.ContestView, entrant: Entrant | None) -> int | None:
    current = view.current
    if entrant is None or current is None or current.phase is not Phase.OPEN:
        return None
    started = Attempt.objects.filter(entrant=entrant, round_id=current.id).values_list(
        "started_at", flat=True
    )
    return how_many_left(current.rules.attempts, started, timezone.now())
