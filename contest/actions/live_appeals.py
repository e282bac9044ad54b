"""Objections of participants to a question, and what the jury decides."""

from datetime import datetime

from django.db import transaction

from contest.actions import audit
from contest.actions import live as moving
from contest.errors import Refusal
from contest.models import LiveAppeal, User
from contest.queries import live
from question_bank.rules.text import clean_line

LONGEST = 500
DECISIONS = frozenset({"granted", "rejected"})


@transaction.atomic
def file_appeal(round_id: int, *, player: int, run: int, text: str, now: datetime) -> LiveAppeal:
    """One objection a participant and question; a second one replaces the words while it is open.

    Refusals: `not-found`, `not-a-player`, `no-such-run` (not revealed yet), `appeal-empty`, `text-too-long`,
    `appeal-decided`, `result-published`.
    """
    row = moving.locked(round_id)
    state = live.at_version(round_id, row.version).state
    person, asked = state.players.get(player), state.runs.get(run)
    if person is None or person.status != "in":
        raise Refusal("not-a-player")
    if asked is None or not asked.revealed:
        raise Refusal("no-such-run")
    if state.verdict == "published":
        raise Refusal("result-published")
    words = clean_line(text)
    if not words:
        raise Refusal("appeal-empty")
    if len(words) > LONGEST:
        raise Refusal("text-too-long", field="text", limit=LONGEST)
    found = LiveAppeal.objects.filter(round=row, run=run, player_id=player).first()
    if found is None:
        at = moving.milliseconds(now)
        return LiveAppeal.objects.create(round=row, run=run, player_id=player, text=words, at=at)
    if found.decision:
        raise Refusal("appeal-decided")
    found.text = words
    found.save(update_fields=["text"])
    return found


@transaction.atomic
def decide_appeal(
    round_id: int, *, appeal_id: int, decision: str, remark: str, actor: User, now: datetime
) -> LiveAppeal:
    """The jury's word; what follows from a granted one (accept, void) is a deed of its own.

    Refusals: `not-found`, `decision-unknown`, `reason-missing`, `text-too-long`, `appeal-decided`.
    """
    row = moving.locked(round_id)
    found = LiveAppeal.objects.filter(pk=appeal_id, round=row).first()
    if found is None:
        raise Refusal("not-found")
    words = clean_line(remark)
    if decision not in DECISIONS:
        raise Refusal("decision-unknown")
    if not words:
        raise Refusal("reason-missing")
    if len(words) > LONGEST:
        raise Refusal("text-too-long", field="remark", limit=LONGEST)
    if found.decision:
        raise Refusal("appeal-decided")
    found.decision, found.remark, found.decided_by = decision, words, actor
    found.decided_at = moving.milliseconds(now)
    found.save()
    facts = {"appeal": found.pk, "run": found.run, "decision": decision}
    audit.record(
        row.contest,
        actor=actor,
        deed="live.appeal",
        target=f"live:{row.pk}",
        now=now,
        facts=facts,
        reason=words,
    )
    return found
