"""The hot endpoints of an attempt: plain views, a signed token instead of a session, one statement a request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from api import bodies, errors
from contest.actions import attempts
from contest.errors import Refusal
from contest.models import Attempt
from contest.queries import marking, papers, snapshots, tokens
from contest.rules import prediction, windows
from question_bank.errors import Refusal as BankRefusal

View = Callable[..., HttpResponse]
REVISION_LIMIT = 2**53


def answering(view: View) -> View:
    """Turns refusals into the one error shape and forbids caching."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except BankRefusal as refusal:
            response = errors.refused(refusal)
        response["Cache-Control"] = "no-store"
        return response

    return wrapped


def token_of(request: HttpRequest, public_id: str) -> tokens.AttemptToken:
    """The attempt token of the Authorization header. Refusal("token-invalid") when absent, forged or of another."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Attempt":
        raise Refusal("token-invalid")
    token = tokens.read_attempt(text)
    if token.public_id != public_id:
        raise Refusal("token-invalid")
    return token


def work_of(attempt_id: str, body: bodies.Save) -> attempts.Work:
    """The body read against the paper of the attempt. Refusals of marking.read_answers and prediction.parse."""
    if not 0 < body.revision < REVISION_LIMIT:
        raise Refusal("malformed", field="revision")
    row = Attempt.objects.filter(public_id=attempt_id).values_list("round_id", "paper_id").first()
    if row is None:
        raise Refusal("not-found")
    snapshot = snapshots.round_snapshot(row[0])
    answers = marking.read_answers(snapshots.paper(row[1]), body.answers)
    return attempts.Work(body.revision, answers, _prediction(snapshot, body.prediction))


def _prediction(snapshot: snapshots.RoundSnapshot, typed: str | int | None) -> int | None:
    rule = snapshot.rules.prediction
    if rule is None or typed is None or typed == "":
        return None
    return prediction.parse(str(typed), rule.kind, rule.decimals)


@csrf_exempt
@answering
@require_http_methods(["PUT"])
def answers(request: HttpRequest, public_id: str) -> HttpResponse:
    """PUT: stores the changed answers; answers {revision, saved_at, remaining_ms, state}."""
    now = timezone.now()
    token = token_of(request, public_id)
    saved = attempts.save_answers(token, work_of(public_id, bodies.read(request, bodies.Save)), now=now)
    return JsonResponse(
        {
            "revision": saved.revision,
            "saved_at": saved.saved_at.isoformat(),
            "remaining_ms": saved.remaining_ms,
            "state": saved.state,
        }
    )


@csrf_exempt
@answering
@require_http_methods(["POST"])
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """POST: finishes the attempt; repeating it gives the same receipt."""
    now = timezone.now()
    token = token_of(request, public_id)
    work = work_of(public_id, bodies.read(request, bodies.Save))
    return JsonResponse(finished(attempts.submit_attempt(token, work, now=now)))


@answering
@require_http_methods(["GET"])
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET: the attempt as stored, without taking it over: state, revision, time left, answers, arranged items."""
    now = timezone.now()
    token = token_of(request, public_id)
    attempt = attempts.own_attempt(public_id=public_id, entrant_id=token.entrant_id, now=now)
    return JsonResponse(
        {
            "state": attempt.state,
            "revision": attempt.revision,
            "remaining_ms": windows.remaining_ms(attempt.deadline, now),
            "answers": attempt.answers,
            "items": papers.arranged_items(attempt),
            "newest": attempt.epoch == token.epoch,
        }
    )


@answering
@require_http_methods(["POST"])
def start(request: HttpRequest, round_id: int) -> HttpResponse:
    """POST with the entrant's cookie: starts (or finds) the attempt of the key and answers its token and paper."""
    now = timezone.now()
    snapshot = snapshots.round_snapshot(round_id)
    entrant_id = tokens.read_entrant(request.COOKIES.get(f"entrant_{snapshot.contest_id}", ""))
    if entrant_id is None:
        raise Refusal("entrant-needed")
    key = bodies.read(request, bodies.Start).start_key
    if not 8 <= len(key) <= 64:
        raise Refusal("malformed", field="start_key")
    attempt = attempts.start_attempt(round_id=round_id, entrant_id=entrant_id, start_key=key, now=now)
    token = tokens.AttemptToken(attempt.public_id, attempt.entrant_id, attempt.epoch)
    return JsonResponse(
        {
            "public_id": attempt.public_id,
            "token": tokens.write_attempt(token),
            "state": attempt.state,
            "revision": attempt.revision,
            "remaining_ms": windows.remaining_ms(attempt.deadline, now),
            "items": papers.arranged_items(attempt),
        },
        status=201,
    )


def finished(attempt: Attempt) -> dict[str, Any]:
    """What a finished attempt tells at once: never the score."""
    return {
        "receipt": attempt.receipt,
        "state": attempt.state,
        "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "duration_ms": attempt.duration_ms,
        "result_url": f"/bai-thi/{attempt.public_id}/ket-qua/",
    }
