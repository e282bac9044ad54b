"""The life of an attempt: start, resume, save, submit, expire. The same functions serve page, API and clock."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from contest import signals
from contest.actions import board, statements
from contest.errors import Refusal
from contest.models import Attempt, Entrant, LateAnswer, StartKey
from contest.models.attempt import new_public_id
from contest.queries import marking, snapshots
from contest.queries.attempts import attempt_of
from contest.queries.rows import run
from contest.queries.tokens import AttemptToken
from contest.rules import attempts as rules
from contest.rules import receipts, windows

MAX_RACES = 5
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
State = rules.AttemptState


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save's reply says: the revision now stored, when, and how much time is left (ms)."""

    revision: int
    saved_at: datetime
    remaining_ms: int
    state: str


@dataclass(frozen=True, slots=True)
class Work:
    """What a client sends: its revision, the changed answers by item number, and the prediction as a scaled integer."""

    revision: int
    answers: Mapping[str, Any]
    prediction: int | None = None


def start_attempt(*, round_id: int, entrant_id: int, start_key: str, now: datetime) -> Attempt:
    """The entrant's attempt for this key: a new one by a single INSERT, or the one already open or made by the key.

    Refusals: `round-upcoming`, `round-paused`, `round-closed`, `entrant-barred`, `not-found`, `no-attempts-left`.
    Racing starts are decided by unique constraints, never by a count.
    """
    snapshot = snapshots.round_snapshot(round_id)
    for _ in range(MAX_RACES):
        if windows.phase_at(snapshot.state, snapshot.window, now) is windows.Phase.OPEN:
            made = _insert(snapshot, entrant_id, start_key, now)
            if made is not None:
                return made
        known = _by_key(round_id, entrant_id, start_key)
        if known is not None:
            return known
        require_open(snapshot, now)
        opened = _remember_key(round_id, entrant_id, start_key)
        if opened is not None:
            return opened
        _refuse_start(snapshot, entrant_id)
    raise Refusal("busy")


def require_open(snapshot: snapshots.RoundSnapshot, now: datetime) -> None:
    """Passes when attempts may start now; the refusals say when to come instead."""
    phase = windows.phase_at(snapshot.state, snapshot.window, now)
    if phase is windows.Phase.OPEN:
        return
    if phase is windows.Phase.DRAFT:
        raise Refusal("not-found")
    if phase is windows.Phase.UPCOMING:
        raise Refusal("round-upcoming", opens_at=snapshot.window.opens_at)
    if phase is windows.Phase.PAUSED:
        raise Refusal("round-paused", opens_at=windows.next_opening(snapshot.window, now))
    raise Refusal("round-closed", closed_at=snapshot.window.closes_at)


def resume_attempt(*, public_id: str, entrant_id: int, now: datetime) -> tuple[Attempt, AttemptToken]:
    """Opens the attempt's page: takes the next epoch, so that pages opened before can no longer write.

    An attempt whose time is up is finished first and comes back finished, with its epoch unchanged.
    """
    attempt = own_attempt(public_id=public_id, entrant_id=entrant_id, now=now)
    if attempt.state == State.IN_PROGRESS:
        rows = run(
            "UPDATE contest_attempt SET epoch = epoch + 1 WHERE id = %s AND state = 'in_progress' RETURNING epoch",
            [attempt.pk],
        )
        attempt.refresh_from_db()
        if rows:
            attempt.epoch = int(rows[0][0])
    return attempt, AttemptToken(attempt.public_id, attempt.entrant_id, attempt.epoch)


def own_attempt(*, public_id: str, entrant_id: int, now: datetime) -> Attempt:
    """The entrant's own attempt, closed on the way when its time has passed. Refusal("not-found") for another's."""
    attempt = attempt_of(public_id, entrant_id)
    if attempt is None:
        raise Refusal("not-found")
    if attempt.state == State.IN_PROGRESS and rules.is_late(now, attempt.deadline):
        _finish(attempt, Work(0, {}), now)
        attempt.refresh_from_db()
    return attempt


def save_answers(token: AttemptToken, work: Work, *, now: datetime) -> Saved:
    """Stores the changed answers in one conditional UPDATE; repeated and overtaken saves are acknowledged unchanged.

    `work.answers` must have been read against the paper (contest.queries.marking.read_answers). Refusals: `not-found`,
    `opened-elsewhere`, `attempt-finished`, `attempt-voided`, `attempt-late` (kept as evidence, changes nothing).
    """
    deadline = statements.save_answers(
        public_id=token.public_id,
        entrant_id=token.entrant_id,
        epoch=token.epoch,
        revision=work.revision,
        answers=work.answers,
        prediction=work.prediction,
        now=now,
        deadline_from=now - rules.LATE_TOLERANCE,
    )
    if deadline is not None:
        return Saved(work.revision, now, windows.remaining_ms(deadline, now), State.IN_PROGRESS.value)
    return _explain_save(token, work, now)


def submit_attempt(token: AttemptToken, work: Work, *, now: datetime) -> Attempt:
    """Finishes the attempt with these last answers merged in, grades it and puts it on the board; idempotent.

    An attempt finished before, by whomever, comes back as it is. A submit after the deadline finishes the attempt with
    what had been saved, and what came too late is kept as evidence. Refusals: `not-found`, `opened-elsewhere`.
    """
    attempt = attempt_of(token.public_id, token.entrant_id)
    if attempt is None:
        raise Refusal("not-found")
    if attempt.state == State.IN_PROGRESS and attempt.epoch != token.epoch:
        raise Refusal("opened-elsewhere")
    if attempt.state == State.IN_PROGRESS and rules.is_late(now, attempt.deadline):
        _keep_late(attempt, work, now)
        work = Work(0, {})
    return _finish(attempt, work, now, epoch=token.epoch)


def expire_attempts(*, now: datetime, limit: int = 1000) -> int:
    """Finishes up to `limit` attempts whose deadline and tolerance have passed; how many. Safe to run twice."""
    due = Attempt.objects.filter(state=State.IN_PROGRESS, deadline__lt=now - rules.LATE_TOLERANCE)
    done = 0
    for attempt in due.order_by("deadline")[:limit]:
        _finish(attempt, Work(0, {}), now)
        done += 1
    return done


def receipt_of(public_id: str) -> str:
    """The attempt's receipt code: the same however often it is asked for, not to be guessed from the address."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"receipt:{public_id}".encode(), hashlib.sha256).digest()
    return receipts.receipt(mac[: receipts.RECEIPT_BYTES])


def _insert(
    snapshot: snapshots.RoundSnapshot, entrant_id: int, start_key: str, now: datetime
) -> Attempt | None:
    """The attempt just made, without reading it back; None when the statement made none."""
    rule = snapshot.rules.attempts
    week_start = now.astimezone(windows.VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    week_start -= timedelta(days=week_start.weekday())
    attempt = Attempt(
        public_id=new_public_id(),
        round_id=snapshot.id,
        entrant_id=entrant_id,
        start_key=start_key,
        paper_id=secrets.choice(snapshot.paper_ids),
        seed=secrets.token_hex(8),
        started_at=now,
        deadline=windows.deadline_in(snapshot.window, now, snapshot.rules.limit_s),
    )
    made = statements.insert_attempt(
        public_id=attempt.public_id,
        round_id=snapshot.id,
        contest_id=snapshot.contest_id,
        entrant_id=entrant_id,
        start_key=start_key,
        paper_id=attempt.paper_id,
        seed=attempt.seed,
        now=now,
        deadline=attempt.deadline,
        counted_from=week_start if rule.per is rules.Per.WEEK else NEVER,
        allowed=rule.limit,
    )
    if made is None:
        return None
    attempt.pk, attempt.number, attempt.unit_path, attempt.unit_name = made
    attempt._state.adding = False  # noqa: SLF001  (its row exists)
    return attempt


def _by_key(round_id: int, entrant_id: int, start_key: str) -> Attempt | None:
    found = Attempt.objects.filter(round_id=round_id, entrant_id=entrant_id, start_key=start_key).first()
    if found is not None:
        return found
    further = StartKey.objects.filter(round_id=round_id, entrant_id=entrant_id, key=start_key)
    key = further.select_related("attempt").first()
    return key.attempt if key else None


def _remember_key(round_id: int, entrant_id: int, start_key: str) -> Attempt | None:
    """The open attempt, with this further key written down so that it means the same attempt for ever."""
    opened = Attempt.objects.filter(round_id=round_id, entrant_id=entrant_id, state=State.IN_PROGRESS).first()
    if opened is None:
        return None
    key, _ = StartKey.objects.get_or_create(
        round_id=round_id, entrant_id=entrant_id, key=start_key, defaults={"attempt": opened}
    )
    return key.attempt


def _refuse_start(snapshot: snapshots.RoundSnapshot, entrant_id: int) -> None:
    """Raises the reason why the INSERT found no row to make; returns when a race has changed the facts meanwhile."""
    entrant = Entrant.objects.filter(pk=entrant_id, contest_id=snapshot.contest_id).first()
    if entrant is None:
        raise Refusal("not-found")
    if entrant.barred:
        raise Refusal("entrant-barred", reason=entrant.barred)
    if not Attempt.objects.filter(
        round_id=snapshot.id, entrant_id=entrant_id, state=State.IN_PROGRESS
    ).exists():
        raise Refusal(
            "no-attempts-left", limit=snapshot.rules.attempts.limit, per=snapshot.rules.attempts.per.value
        )


def _explain_save(token: AttemptToken, work: Work, now: datetime) -> Saved:
    attempt = attempt_of(token.public_id, token.entrant_id)
    if attempt is None:
        raise Refusal("not-found")
    if attempt.state != State.IN_PROGRESS or rules.is_late(now, attempt.deadline):
        if rules.is_late(now, attempt.deadline):
            _keep_late(attempt, work, now)
        rules.require_writable(attempt.state, now, attempt.deadline)
    if attempt.epoch != token.epoch:
        raise Refusal("opened-elsewhere")
    saved_at = attempt.saved_at or attempt.started_at
    return Saved(attempt.revision, saved_at, windows.remaining_ms(attempt.deadline, now), attempt.state)


def _keep_late(attempt: Attempt, work: Work, now: datetime) -> None:
    payload = {"revision": work.revision, "answers": dict(work.answers), "prediction": work.prediction}
    if attempt.late_answers.count() < 20:
        LateAnswer.objects.create(attempt=attempt, received_at=now, payload=payload)


def _finish(attempt: Attempt, work: Work, now: datetime, *, epoch: int | None = None) -> Attempt:
    """Compare-and-set on (state, epoch, revision, deadline): whoever loses the race reads again what the winner wrote.

    Without an epoch it is the clock that ends the attempt, and not one that was given more time meanwhile.
    """
    for _ in range(MAX_RACES):
        if attempt.state != State.IN_PROGRESS or (epoch is None and not rules.is_late(now, attempt.deadline)):
            return attempt
        if epoch is not None and attempt.epoch != epoch:
            raise Refusal("opened-elsewhere")
        by_person = epoch is not None and not rules.is_late(now, attempt.deadline)
        seen = (attempt.epoch, attempt.revision, attempt.deadline)
        _close(attempt, work, now, by_person=by_person)
        if board.finish(attempt, seen=seen):
            _tell(attempt.round_id)
            return attempt
        attempt.refresh_from_db()
    raise Refusal("busy")


def _close(attempt: Attempt, work: Work, now: datetime, *, by_person: bool) -> None:
    """Sets on the attempt what finishing it now means; nothing is written."""
    if work.revision > attempt.revision:
        attempt.answers = {**attempt.answers, **work.answers}
        attempt.revision = work.revision
        attempt.saved_at = now
        if work.prediction is not None:
            attempt.prediction = work.prediction
    attempt.state = (State.SUBMITTED if by_person else State.AUTO_SUBMITTED).value
    # A clock that was set back must not end an attempt before it began.
    attempt.finished_at = max(attempt.started_at, rules.finish_time(now, attempt.deadline))
    attempt.duration_ms = rules.duration_ms(attempt.started_at, attempt.finished_at)
    attempt.receipt = receipt_of(attempt.public_id)
    score = marking.score(attempt)
    attempt.score, attempt.correct, attempt.all_correct = score.points, score.correct, score.all_correct


def _tell(round_id: int) -> None:
    """On commit: whoever shows the round's board is told."""
    transaction.on_commit(lambda: signals.round_moved.send(Attempt, round_id=round_id))
