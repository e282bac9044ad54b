"""A phone as a remote: paired by a code that works once and for two minutes, revocable at any time."""

import secrets
from datetime import datetime

from django.db import transaction

from contest.actions import audit
from contest.actions import live as moving
from contest.errors import Refusal
from contest.models import LiveRemote, LiveRound, User
from contest.queries import live
from contest.signals import live_staff_moved

CODE_MS = 120_000


@transaction.atomic
def offer_remote(round_id: int, *, actor: User, now: datetime) -> str:
    """A new code for the QR; earlier codes of the same person that nobody used are dead. Refusal: `not-found`."""
    row = moving.locked(round_id)
    LiveRemote.objects.filter(round=row, made_by=actor, token_hash=None).delete()
    code = secrets.token_urlsafe(16)
    LiveRemote.objects.create(
        round=row,
        code_hash=live.digest(code),
        made_by=actor,
        expires_at=moving.milliseconds(now) + CODE_MS,
    )
    audit.record(row.contest, actor=actor, deed="live.remote", target=f"live:{row.pk}", now=now)
    return code


@transaction.atomic
def pair_remote(code: str, *, now: datetime) -> tuple[LiveRound, str]:
    """The round and the remote's token. Refusal("pairing-over") for a code that is used, old or unknown."""
    found = LiveRemote.objects.select_for_update(of=("self",)).filter(code_hash=live.digest(code)).first()
    at = moving.milliseconds(now)
    if found is None or found.token_hash or found.revoked_at or found.expires_at < at:
        raise Refusal("pairing-over")
    token = secrets.token_hex(16)
    found.token_hash = live.digest(token)
    found.paired_at = at
    found.save(update_fields=["token_hash", "paired_at"])
    return found.round, token


@transaction.atomic
def revoke_remotes(round_id: int, *, now: datetime) -> int:
    """Ends every remote of the round, and every code that nobody has used; how many phones had been paired."""
    alive = LiveRemote.objects.filter(round_id=round_id, revoked_at=0)
    paired = alive.exclude(token_hash=None).count()
    alive.update(revoked_at=moving.milliseconds(now))
    transaction.on_commit(lambda: live_staff_moved.send(sender=None, round_id=round_id))
    return paired


def maker_of(round_id: int, token: str) -> User | None:
    """Who paired the remote with this token; None when it is dead."""
    found = LiveRemote.objects.select_related("made_by").filter(
        round_id=round_id, token_hash=live.digest(token), revoked_at=0
    )
    remote = found.first()
    return remote.made_by if remote else None
