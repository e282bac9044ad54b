"""Writing down what staff do: an append-only chain per contest."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from contest.models import AuditEntry, Contest, User


@transaction.atomic
def record(
    contest: Contest,
    *,
    actor: User | None,
    deed: str,
    target: str,
    now: datetime,
    facts: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Adds one entry whose digest covers the entry before; the contest's row is locked: no forks in the chain."""
    Contest.objects.select_for_update().get(pk=contest.pk)
    last = (
        AuditEntry.objects.filter(contest=contest).order_by("-id").values_list("digest", flat=True).first()
        or ""
    )
    entry = AuditEntry(
        contest=contest, actor=actor, deed=deed, target=target, facts=facts or {}, reason=reason, at=now
    )
    entry.digest = digest(last, entry)
    entry.save()
    return entry


def digest(previous: str, entry: AuditEntry) -> str:
    """SHA-256 (hex) over the previous digest and the entry's own content."""
    parts = [
        previous,
        entry.actor_id,
        entry.deed,
        entry.target,
        entry.facts,
        entry.reason,
        entry.at.isoformat(),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def broken_at(contest: Contest) -> int | None:
    """The id of the first entry whose digest does not follow from the one before; None when the chain is whole."""
    previous = ""
    for entry in AuditEntry.objects.filter(contest=contest).order_by("id"):
        if entry.digest != digest(previous, entry):
            return entry.pk
        previous = entry.digest
    return None
