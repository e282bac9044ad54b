"""Extra time for one attempt, and taking up again one that the clock has ended: with a reason, written down."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from contest import signals
from contest.actions import attempts, audit, board
from contest.errors import Refusal
from contest.models import Adjustment, Attempt, Round, User
from contest.queries import snapshots
from contest.rules import attempts as rules
from contest.rules import windows
from contest.rules.rulebook import LONGEST_LIMIT_S, Rules
from contest.rules.visibility import ReviewPolicy

MOST_SECONDS = LONGEST_LIMIT_S
SECOND = timedelta(seconds=1)
REOPENED = (
    "state", "extra_s", "deadline", "finished_at", "duration_ms", "receipt", "score", "correct", "all_correct",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What an adjustment did: `seconds` that were written down, and the deadline before and now."""

    attempt: Attempt
    seconds: int
    before: datetime
    deadline: datetime


@transaction.atomic
def adjust_attempt(
    round: Round, *, public_id: str, seconds: int, actor: User, reason: str, now: datetime
) -> Adjusted:
    """Gives an open attempt `seconds` more (or fewer, below 0); its page hears of it with the next save's reply.

    The deadline stays within the opening hours and never moves to earlier than 60 s from now; of more than that only
    what is possible is taken. Refusals: `reason-missing`, `adjustment-out-of-range`, `not-found`, `attempt-finished`
    (also for one whose time is up), `attempt-voided`, `adjustment-no-effect` (nothing would move).
    """
    _check(seconds, reason, least=-MOST_SECONDS)
    round, attempt = _locked(round, public_id)
    rules.move(attempt.state, rules.Move.SUBMIT)
    if rules.is_late(now, attempt.deadline):
        raise Refusal("attempt-finished")
    terms, window = Rules.from_json(round.rules), snapshots.window_of(round)
    ends = attempt.started_at + timedelta(seconds=terms.limit_s + attempt.extra_s)
    earliest = min(attempt.deadline, now + windows.SHORTEST_NOTICE)
    seconds = rules.change_within(seconds, (ends - earliest) // SECOND)
    before, extra_s = attempt.deadline, attempt.extra_s + seconds
    deadline = windows.moved_deadline(
        window, started_at=attempt.started_at, limit_s=terms.limit_s, extra_s=extra_s, old=before, now=now
    )
    if deadline == before:
        raise Refusal("adjustment-no-effect", deadline=before)
    attempt.extra_s, attempt.deadline = extra_s, deadline
    attempt.save(update_fields=["extra_s", "deadline"])
    return _written(
        round, attempt, before, seconds, actor=actor, reason=reason, deed="adjust-attempt", now=now
    )


@transaction.atomic
def reopen_attempt(
    round: Round, *, public_id: str, seconds: int, actor: User, reason: str, now: datetime
) -> Adjusted:
    """Opens an attempt again that the clock has ended (the power failed, a phone died) for `seconds` from now.

    Its answers, paper and number stay; the time it was shut counts into its duration, and it leaves the board until
    it is handed in. Only the person's latest attempt, only while the round is open, and never where right answers
    could have been read meanwhile. Refusals: `reason-missing`, `adjustment-out-of-range`, `not-found`,
    `attempt-finished` (handed in by the person), `attempt-voided`, `attempt-open`, `attempt-not-latest`,
    `answers-were-shown`, `round-upcoming`, `round-paused`, `round-closed`.
    """
    _check(seconds, reason, least=1)
    round, attempt = _locked(round, public_id)
    attempt.state = rules.move(attempt.state, rules.Move.REOPEN).value
    attempts.require_open(snapshots.round_snapshot(round.pk, fresh=True), now)
    terms = Rules.from_json(round.rules)
    if terms.review is ReviewPolicy.AFTER_SUBMIT:
        raise Refusal("answers-were-shown")
    own = Attempt.objects.filter(round=round, entrant_id=attempt.entrant_id)
    if own.filter(number__gt=attempt.number).exists():
        raise Refusal("attempt-not-latest")
    before = attempt.deadline
    ends = attempt.started_at + timedelta(seconds=terms.limit_s + attempt.extra_s)
    given = -((ends - now) // SECOND) + seconds
    shut = windows.open_until(snapshots.window_of(round), now) or round.closes_at
    attempt.extra_s += given
    attempt.deadline = windows.deadline(attempt.started_at, terms.limit_s, shut, attempt.extra_s)
    board.leave(attempt)
    attempt.finished_at = attempt.duration_ms = attempt.receipt = None
    attempt.score = attempt.correct = None
    attempt.all_correct = False
    try:
        with transaction.atomic():
            attempt.save(update_fields=REOPENED)
    except IntegrityError:
        raise Refusal("attempt-not-latest") from None
    return _written(round, attempt, before, given, actor=actor, reason=reason, deed="reopen-attempt", now=now)


def _check(seconds: int, reason: str, *, least: int) -> None:
    if not reason.strip():
        raise Refusal("reason-missing", field="reason")
    if not least <= seconds <= MOST_SECONDS or seconds == 0:
        raise Refusal("adjustment-out-of-range", field="seconds", most=MOST_SECONDS // 60)


def _locked(round: Round, public_id: str) -> tuple[Round, Attempt]:
    """The round first, as rescheduling locks it, then the attempt."""
    round = Round.objects.select_for_update().select_related("contest").get(pk=round.pk)
    attempt = Attempt.objects.select_for_update().filter(round=round, public_id=public_id).first()
    if attempt is None:
        raise Refusal("not-found")
    return round, attempt


def _written(
    round: Round,
    attempt: Attempt,
    before: datetime,
    seconds: int,
    *,
    actor: User,
    reason: str,
    deed: str,
    now: datetime,
) -> Adjusted:
    Adjustment.objects.create(attempt=attempt, seconds=seconds, reason=reason.strip(), actor=actor, at=now)
    facts = {"seconds": seconds, "before": before.isoformat(), "after": attempt.deadline.isoformat()}
    audit.record(
        round.contest,
        actor=actor,
        deed=deed,
        target=f"attempt:{attempt.pk}",
        facts=facts,
        reason=reason,
        now=now,
    )
    transaction.on_commit(lambda: signals.round_moved.send(Attempt, round_id=round.pk))
    return Adjusted(attempt, seconds, before, attempt.deadline)
