"""The hot endpoints of an attempt: plain views, a signed token instead of a session, one statement a save."""

from datetime import datetime

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api import bodies, identity, throttles
from api.door import door, read, reply
from contest.actions import attempts
from contest.errors import Refusal
from contest.models import Attempt
from contest.queries import marking, papers, results, snapshots, tokens
from contest.rules import prediction, windows
from contest.rules.attempts import AttemptState

_start = msgspec.json.Decoder(bodies.Start)
_work = msgspec.json.Decoder(bodies.Work)


@door("POST")
def start(request: HttpRequest, round_id: int) -> HttpResponse:
    """Starts an attempt, or gives the one that is open or was made by this key; 201 with its token and paper."""
    now = timezone.now()
    entrant_id = identity.entrant(request, snapshots.round_snapshot(round_id).contest_id)
    throttles.spend(request, "start", entrant_id)
    key = read(request, _start).start_key
    attempt = attempts.start_attempt(round_id=round_id, entrant_id=entrant_id, start_key=key, now=now)
    token = tokens.AttemptToken(attempt.public_id, attempt.entrant_id, attempt.epoch)
    return reply(_opened(attempt, token, now), status=201)


@door("POST")
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes the attempt over: a new token, after which earlier ones may only read. Needs the entrant, not a token."""
    now = timezone.now()
    contest_id = snapshots.round_snapshot(papers.pin(public_id).round_id).contest_id
    entrant_id = identity.entrant(request, contest_id)
    throttles.spend(request, "start", entrant_id)
    attempt, token = attempts.resume_attempt(public_id=public_id, entrant_id=entrant_id, now=now)
    return reply(_opened(attempt, token, now))


@door("GET")
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    """The attempt as stored, without taking it over."""
    now = timezone.now()
    entrant_id, token = identity.owner(request, public_id)
    throttles.spend(request, "attempt", public_id)
    attempt = attempts.own_attempt(public_id=public_id, entrant_id=entrant_id, now=now)
    is_open = attempt.state == AttemptState.IN_PROGRESS
    return reply(
        bodies.AttemptState(
            public_id=attempt.public_id,
            round=attempt.round_id,
            state=attempt.state,
            revision=attempt.revision,
            started_at=attempt.started_at,
            saved_at=attempt.saved_at,
            remaining_ms=windows.remaining_ms(attempt.deadline, now) if is_open else 0,
            answers=attempt.answers,
            prediction=_written(attempt),
            writable=is_open and token is not None and token.epoch == attempt.epoch,
        )
    )


@door("PUT")
def answers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stores the changed answers when the revision is newer; an older one is acknowledged and changes nothing.

    A prediction that can't be read is refused after the answers have been stored.
    """
    now = timezone.now()
    token = identity.attempt_token(request, public_id)
    throttles.spend(request, "attempt", public_id)
    work, problem = _read_work(request, public_id)
    saved = attempts.save_answers(token, work, now=now)
    if problem is not None:
        raise problem
    return reply(bodies.Saved(saved.revision, saved.saved_at, saved.remaining_ms, saved.state))


@door("POST")
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Finishes the attempt with these last answers; repeating it gives the same receipt.

    While there is time, a prediction that can't be read is refused after the answers have been stored. Once the time
    is up the attempt is finished with the prediction stored before: nothing can be corrected any more.
    """
    now = timezone.now()
    token = identity.attempt_token(request, public_id)
    throttles.spend(request, "attempt", public_id)
    work, problem = _read_work(request, public_id)
    if problem is not None and _has_time(token, work, now):
        raise problem
    attempt = attempts.submit_attempt(token, work, now=now)
    if attempt.state == AttemptState.VOIDED:
        raise Refusal("attempt-voided")
    return reply(
        bodies.Submitted(
            receipt=attempt.receipt or "",
            state=attempt.state,
            finished_at=attempt.finished_at or now,
            duration_ms=attempt.duration_ms or 0,
            result_url=f"/bai-thi/{attempt.public_id}/ket-qua/",
        )
    )


@door("GET")
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """The finished attempt as far as the round shows it now. Refusal("attempt-unfinished")."""
    now = timezone.now()
    entrant_id, _ = identity.owner(request, public_id)
    throttles.spend(request, "attempt", public_id)
    attempt = attempts.own_attempt(public_id=public_id, entrant_id=entrant_id, now=now)
    if attempt.state == AttemptState.IN_PROGRESS:
        raise Refusal("attempt-unfinished")
    return reply(bodies.own_result(results.result_page(attempt, now=now)))


def _opened(attempt: Attempt, token: tokens.AttemptToken, now: datetime) -> bodies.Opened:
    papers.remember(attempt)
    is_open = attempt.state == AttemptState.IN_PROGRESS
    return bodies.Opened(
        bodies.OpenedAttempt(
            public_id=attempt.public_id,
            round=attempt.round_id,
            state=attempt.state,
            revision=attempt.revision,
            started_at=attempt.started_at,
            saved_at=attempt.saved_at,
            remaining_ms=windows.remaining_ms(attempt.deadline, now) if is_open else 0,
            answers=attempt.answers,
            prediction=_written(attempt),
            token=tokens.write_attempt(token),
            items=[bodies.Item(**item) for item in papers.arranged_items(attempt)],
        )
    )


def _read_work(request: HttpRequest, public_id: str) -> tuple[attempts.Work, Refusal | None]:
    """The body read against the attempt's paper, and why its prediction can't be read (None when it can)."""
    body = read(request, _work)
    pin = papers.pin(public_id)
    given = marking.read_answers(snapshots.paper(pin.paper_id), body.answers)
    rule = snapshots.round_snapshot(pin.round_id).rules.prediction
    if rule is None or body.prediction is None:
        return attempts.Work(body.revision, given), None
    try:
        stated = prediction.parse(body.prediction, rule.kind, rule.decimals)
    except Refusal as refusal:
        problem = Refusal(refusal.code, field="prediction", **refusal.facts)
        return attempts.Work(body.revision, given), problem
    return attempts.Work(body.revision, given, stated), None


def _has_time(token: tokens.AttemptToken, work: attempts.Work, now: datetime) -> bool:
    """Stores the work; False when the attempt's time is up or it is finished."""
    try:
        return attempts.save_answers(token, work, now=now).remaining_ms > 0
    except Refusal as refusal:
        if refusal.code in {"attempt-late", "attempt-finished"}:
            return False
        raise


def _written(attempt: Attempt) -> str | None:
    rule = snapshots.round_snapshot(attempt.round_id).rules.prediction
    if rule is None or attempt.prediction is None:
        return None
    return prediction.written(attempt.prediction, rule.kind, rule.decimals)
