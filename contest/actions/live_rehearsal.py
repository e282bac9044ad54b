"""A rehearsal of a live round: the same plan in a room of its own, which is never a result and may be cleared."""

import secrets
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Max

from contest.actions import audit, live_setup
from contest.actions import live as moving
from contest.errors import Refusal
from contest.live.state import Phase
from contest.models import (
    Contest,
    LiveAnswer,
    LiveAppeal,
    LiveDevice,
    LiveEvent,
    LivePlayer,
    LiveRound,
    LiveStaff,
    User,
)
from contest.queries import live

LEAST, MOST = 1, 2_000
PREFIX = "Diễn tập: "


@transaction.atomic
def rehearse(round_id: int, *, people: int, actor: User | None, now: datetime) -> LiveRound:
    """A copy of the round with its lobby open and room for so many simulated people; who worked in it works here too.

    The title says what it is on every screen. Refusals: `not-found`, `rehearsal-size` (`least`, `most`),
    `rehearsal-of-rehearsal`, and those of opening a lobby.
    """
    source = moving.locked(round_id)
    if source.rehearsal:
        raise Refusal("rehearsal-of-rehearsal")
    if not LEAST <= people <= MOST:
        raise Refusal("rehearsal-size", least=LEAST, most=MOST)
    Contest.objects.select_for_update().get(pk=source.contest_id)
    last = LiveRound.objects.filter(contest_id=source.contest_id).aggregate(found=Max("number"))["found"]
    rules = live_setup.read_rules(source.rules)
    # The simulated fill the room; a few people with phones still find a place.
    rules = msgspec.structs.replace(rules, capacity=max(rules.capacity, people + 100))
    row = LiveRound.objects.create(
        contest=source.contest,
        number=last + 1,
        title=(PREFIX + source.title)[: live_setup.LIMITS["title"]],
        place=source.place,
        wifi=source.wifi,
        rules=msgspec.to_builtins(rules),
        plan=source.plan,
        join_token=secrets.token_hex(16),
        rehearsal=True,
        created_by=actor,
        created_at=now,
    )
    for staff in source.staff.all():
        LiveStaff.objects.create(round=row, user=staff.user, role=staff.role)
    facts = {"of": source.pk, "people": people}
    audit.record(
        row.contest, actor=actor, deed="live.rehearse", target=f"live:{row.pk}", now=now, facts=facts
    )
    return live_setup.open_lobby(row.pk, actor=actor, now=now)


def room_for(round_id: int, *, people: int, now: datetime) -> LiveRound:
    """The rehearsal itself when it is one and not over, else a new one of the round; refusals as `rehearse`."""
    row = live.get(round_id)
    if row.rehearsal and row.phase != Phase.ENDED:
        return row
    return rehearse(round_id, people=people, actor=None, now=now)


@transaction.atomic
def clear(round_id: int, *, actor: User, now: datetime) -> None:
    """Takes a rehearsal away with everything that belongs to it. Refusals: `not-found`, `not-a-rehearsal`."""
    row = moving.locked(round_id)
    if not row.rehearsal:
        raise Refusal("not-a-rehearsal")
    for model in (LiveAnswer, LiveAppeal, LiveDevice, LivePlayer, LiveEvent):
        model.objects.filter(round=row).delete()
    row.editions.all().delete()
    audit.record(
        row.contest, actor=actor, deed="live.clear-rehearsal", target=f"live:{row.pk}", now=now,
        facts={"title": row.title},
    )  # fmt: skip
    row.delete()
    transaction.on_commit(lambda: live.forget(round_id))
