"""Taking one attempt out of a round: it stays as it is and counts nowhere, for a reason that is written down."""

from datetime import datetime

from django.db import transaction

from contest import signals
from contest.actions import audit, board, settlement
from contest.errors import Refusal
from contest.models import Attempt, Round, User
from contest.rules import attempts as rules
from contest.rules.windows import RoundStatus

SETTLED = (RoundStatus.SETTLED, RoundStatus.PUBLISHED, RoundStatus.AMENDED)


@transaction.atomic
def void_attempt(round: Round, *, public_id: str, actor: User, reason: str, now: datetime) -> Attempt:
    """Voids an attempt, open or handed in; it leaves the board, and the person's next best takes its place.

    It still counts among the attempts the person had. A round that is settled already gets a next edition, which is
    public at once where the former was. Refusals: `reason-missing`, `not-found`, `attempt-voided`.
    """
    if not reason.strip():
        raise Refusal("reason-missing", field="reason")
    round = Round.objects.select_for_update().select_related("contest").get(pk=round.pk)
    attempt = Attempt.objects.select_for_update().filter(round=round, public_id=public_id).first()
    if attempt is None:
        raise Refusal("not-found")
    before = attempt.state
    attempt.state = rules.move(before, rules.Move.VOID).value
    attempt.save(update_fields=["state"])
    board.leave(attempt)
    audit.record(
        round.contest,
        actor=actor,
        deed="void-attempt",
        target=f"attempt:{attempt.pk}",
        facts={"was": before, "receipt": attempt.receipt},
        reason=reason,
        now=now,
    )
    _settle_anew(round, actor=actor, reason=reason, now=now)
    transaction.on_commit(lambda: signals.round_moved.send(Attempt, round_id=round.pk))
    return attempt


def _settle_anew(round: Round, *, actor: User, reason: str, now: datetime) -> None:
    newest = round.settlements.order_by("-edition").first() if round.state in SETTLED else None
    if newest is not None and not settlement.verify(newest):
        settlement.settle_round(round, actor=actor, reason=reason, now=now)
