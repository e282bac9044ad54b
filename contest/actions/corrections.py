"""Correcting a key after the round: recorded, previewed, and settled anew as a further edition."""

from datetime import datetime
from typing import Any

from django.db import transaction

from contest.actions import audit
from contest.errors import Refusal
from contest.models import Contest, KeyCorrection, LiveRound, Paper, Round, User


def asked_in(round: Round, version_id: int) -> bool:
    """Whether any paper of the round asks this question version."""
    papers = Paper.objects.filter(round=round).values_list("items", flat=True)
    return any(item["version"] == version_id for items in papers for item in items)


@transaction.atomic
def correct_key(
    round: Round, *, version_id: int, effect: str, answer: Any = None, actor: User, reason: str, now: datetime
) -> KeyCorrection:
    """Records a correction for the round; nothing is regraded until the round is settled (again).

    Refusals: `reason-missing`, `version-not-asked`, `response-malformed` for an answer to accept that is empty.
    """
    if not reason.strip():
        raise Refusal("reason-missing", field="reason")
    if not asked_in(round, version_id):
        raise Refusal("version-not-asked")
    if effect == KeyCorrection.Effect.ACCEPT and not answer:
        raise Refusal("response-malformed", field="answer")
    correction = KeyCorrection.objects.create(
        round=round, version_id=version_id, effect=effect, answer=answer, reason=reason, actor=actor, at=now
    )
    facts = {"version": version_id, "effect": effect, "answer": answer}
    audit.record(
        round.contest,
        actor=actor,
        deed="correct-key",
        target=f"round:{round.pk}",
        facts=facts,
        reason=reason,
        now=now,
    )
    return correction


def note_corrected_key(*, version_id: int, actor_id: int, reason: str, now: datetime) -> int:
    """Writes into the audit of every contest that asked the version that the bank has corrected its key; how many.

    Live rounds count, rehearsals don't; which live rounds they are stands in the facts, for the jury to mark again.
    """
    noted: set[int] = set()
    for paper in Paper.objects.select_related("round").iterator():
        if any(item["version"] == version_id for item in paper.items):
            noted.add(paper.round.contest_id)
    live = _live_rounds_that_asked(version_id)
    noted |= set(live)
    actor = User.objects.filter(pk=actor_id).first()
    for contest in Contest.objects.filter(pk__in=noted):
        facts: dict[str, Any] = {"version": version_id}
        facts |= {"live": live[contest.pk]} if contest.pk in live else {}
        audit.record(
            contest, actor=actor, deed="bank-corrected-key", target=f"version:{version_id}", facts=facts,
            reason=reason, now=now,
        )  # fmt: skip
    return len(noted)


def _live_rounds_that_asked(version_id: int) -> dict[int, list[int]]:
    """Ids of live rounds by contest; a plan that is frozen in the journal asks, whether or not it was played."""
    found: dict[int, list[int]] = {}
    rows = LiveRound.objects.exclude(phase="").filter(rehearsal=False).order_by("pk")
    for pk, contest_id, plan in rows.values_list("pk", "contest_id", "plan").iterator():
        if any(line.get("version_id") == version_id for line in plan):
            found.setdefault(contest_id, []).append(pk)
    return found
