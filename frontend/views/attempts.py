"""The pages of an attempt: a plain form that works without script, and the result."""

import secrets
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contest.actions import attempts
from contest.errors import Refusal
from contest.models import Attempt
from contest.queries import marking, papers, snapshots, tokens
from contest.queries import results as own_results
from contest.rules import prediction, windows
from contest.rules.attempts import FINISHED, how_many_left
from contest.rules.windows import Phase
from frontend import phrases, responses, timelines, visitors
from question_bank.rules.text import whole_number


@never_cache
@require_POST
def start(request: HttpRequest, round_id: int) -> HttpResponse:
    """Starts (or finds) the entrant's attempt and opens its page; who is not registered registers first."""
    snapshot = snapshots.round_snapshot(round_id)
    entrant_id = visitors.entrant_id(request, snapshot.contest_id)
    if entrant_id is None:
        return redirect("register", slug=snapshot.contest_slug)
    key = request.POST.get("start_key", "")[:64]
    if len(key) < 8:
        raise Refusal("malformed")
    attempt = attempts.start_attempt(
        round_id=round_id, entrant_id=entrant_id, start_key=key, now=timezone.now()
    )
    return redirect("attempt", public_id=attempt.public_id)


@never_cache
@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET opens the attempt here (pages opened before stop writing); POST is the form of a browser without script."""
    now = timezone.now()
    owner = _owner(request, public_id)
    if request.method == "POST":
        return _post(request, public_id)
    found, token = attempts.resume_attempt(public_id=public_id, entrant_id=owner, now=now)
    if found.state in FINISHED or found.state == "voided":
        return redirect("result", public_id=public_id)
    return render(request, "frontend/attempts/attempt.html", _context(found, token))


@never_cache
@require_safe
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """The own result: as much of it as may be seen now."""
    now = timezone.now()
    found = attempts.own_attempt(public_id=public_id, entrant_id=_owner(request, public_id), now=now)
    if found.state not in FINISHED and found.state != "voided":
        return redirect("attempt", public_id=public_id)
    context = own_results.result_page(found, now=now)
    context["steps"] = timelines.of_attempt(
        finished_at=context["attempt"]["finished_at"],
        closes_at=context["closes_at"],
        phase=Phase(context["phase"]),
        released_at=context["released_at"],
    )
    return render(
        request, "frontend/attempts/result.html", context | _again(found, Phase(context["phase"]), now)
    )


def _again(row: Attempt, phase: Phase, now: datetime) -> dict[str, Any]:
    """How many attempts are left while the round is open, and where to start the next."""
    if phase is not Phase.OPEN:
        return {}
    begun = Attempt.objects.filter(entrant_id=row.entrant_id, round_id=row.round_id)
    rule = snapshots.round_snapshot(row.round_id).rules.attempts
    left = how_many_left(rule, begun.values_list("started_at", flat=True), now)
    key = secrets.token_urlsafe(16)
    again = reverse("start", args=[row.round_id]) if left else ""
    return {"attempts_left": left, "again_url": again, "start_key": key}


def _owner(request: HttpRequest, public_id: str) -> int:
    """The owner's entrant id; 404 for anybody else, as for an attempt that does not exist."""
    found = Attempt.objects.filter(public_id=public_id).values_list("entrant_id", "round__contest_id").first()
    if found is None or visitors.entrant_id(request, found[1]) != found[0]:
        raise Refusal("not-found")
    return int(found[0])


def _post(request: HttpRequest, public_id: str) -> HttpResponse:
    now = timezone.now()
    token = tokens.read_attempt(request.POST.get("token", ""))
    if token.public_id != public_id:
        raise Refusal("token-invalid")
    row = Attempt.objects.get(public_id=public_id)
    work, problem = _work(request, row)
    try:
        saved = attempts.save_answers(token, work, now=now)
    except Refusal as refusal:
        return _stopped(request, row, refusal, now)
    if problem is not None:
        return _mend_prediction(request, row, token, problem)
    if request.POST.get("action") != "submit":
        return redirect("attempt", public_id=public_id)
    if request.POST.get("confirmed") == "1":
        attempts.submit_attempt(token, attempts.Work(saved.revision, {}), now=now)
        return redirect("result", public_id=public_id)
    row.refresh_from_db()
    return render(request, "frontend/attempts/confirm.html", _confirmation(row, token, saved))


def _work(request: HttpRequest, row: Attempt) -> tuple[attempts.Work, Refusal | None]:
    """What the form holds, and why its prediction can't be read (None when it can); the answers count either way."""
    rule = snapshots.round_snapshot(row.round_id).rules.prediction
    paper = snapshots.paper(row.paper_id)
    raw = {} if request.POST.get("confirmed") else responses.from_form(request.POST, paper.items)
    typed = request.POST.get("prediction", "").strip()
    shown = whole_number(request.POST.get("revision", ""))
    revision = row.revision if shown is None else shown
    guess, problem = None, None
    if rule and typed:
        try:
            guess = prediction.parse(typed, rule.kind, rule.decimals)
        except Refusal as refusal:
            problem = refusal
    return attempts.Work(revision + 1, marking.read_answers(paper, raw), guess), problem


def _mend_prediction(
    request: HttpRequest, row: Attempt, token: tokens.AttemptToken, problem: Refusal
) -> HttpResponse:
    """The page again with what was typed and the reason beside it; the answers are saved already."""
    row.refresh_from_db()
    context = _context(row, token)
    typed = request.POST.get("prediction", "").strip()[:20]
    context["prediction"] |= {"value": typed, "error": phrases.sentence(problem)}
    return render(request, "frontend/attempts/attempt.html", context, status=422)


def _stopped(request: HttpRequest, row: Attempt, refusal: Refusal, now: Any) -> HttpResponse:
    row.refresh_from_db()
    round_title = row.round.title
    url = f"/bai-thi/{row.public_id}/"
    if refusal.code == "opened-elsewhere":
        left = windows.remaining_ms(row.deadline, now)
        context = {"round_title": round_title, "url": url, "remaining_ms": left}
        return render(request, "frontend/attempts/elsewhere.html", context, status=409)
    if refusal.code == "attempt-late":
        context = {
            "round_title": round_title,
            "deadline": row.deadline,
            "saved_at": row.saved_at,
            "result_url": f"{url}ket-qua/",
        }
        return render(request, "frontend/attempts/expired.html", context, status=409)
    if refusal.code == "attempt-finished":
        return redirect("result", public_id=row.public_id)
    raise refusal


def _confirmation(row: Attempt, token: tokens.AttemptToken, saved: attempts.Saved) -> dict[str, Any]:
    questions = _questions(row)
    rule = snapshots.round_snapshot(row.round_id).rules.prediction
    return {
        "round_title": row.round.title,
        "attempt": {
            "public_id": row.public_id,
            "token": tokens.write_attempt(token),
            "revision": saved.revision,
        },
        "unanswered": [entry["position"] for entry in questions if not entry["response"]],
        "prediction_missing": rule is not None and row.prediction is None,
        "total": len(questions),
        "remaining_ms": saved.remaining_ms,
        "url": f"/bai-thi/{row.public_id}/",
    }


def _questions(row: Attempt) -> list[dict[str, Any]]:
    return [
        {"item": item, "position": position, "response": row.answers.get(str(item["no"]))}
        for position, item in enumerate(papers.arranged_items(row), start=1)
    ]


def _context(row: Attempt, token: tokens.AttemptToken) -> dict[str, Any]:
    rules = snapshots.round_snapshot(row.round_id).rules
    api = f"/api/v1/attempts/{row.public_id}"
    return {
        "contest_title": row.round.contest.title,
        "round_title": row.round.title,
        "attempt": {
            "public_id": row.public_id,
            "token": tokens.write_attempt(token),
            "revision": row.revision,
            "remaining_ms": windows.remaining_ms(row.deadline, timezone.now()),
            "deadline": row.deadline,
            "saved_at": row.saved_at,
        },
        "questions": _questions(row),
        "prediction": _prediction(row, rules.prediction),
        "urls": {
            "save": f"{api}/answers",
            "submit": f"{api}/submit",
            "state": api,
            "result": f"/bai-thi/{row.public_id}/ket-qua/",
        },
    }


def _prediction(row: Attempt, rule: prediction.PredictionRule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    value = prediction.written(row.prediction, rule.kind, rule.decimals) if row.prediction is not None else ""
    return {
        "question": responses.PREDICTION_QUESTIONS[rule.kind],
        "value": value,
        "error": "",
        "decimals": rule.kind is prediction.Kind.PERCENT_ALL_CORRECT,
    }
