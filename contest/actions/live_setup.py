"""Before a live round: making it, its plan and its people, opening the lobby. What the journal then has is frozen."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max

from contest.actions import audit
from contest.actions import live as moving
from contest.errors import Refusal
from contest.live import commands as c
from contest.live import moves
from contest.live.rules import LiveRules
from contest.live.rules import problems as rule_problems
from contest.models import Contest, LiveRound, LiveStaff, User
from contest.queries import live_plan, rows
from contest.rules import live_plan as plans
from contest.signals import live_staff_moved
from question_bank.rules.text import clean_line

# Six digits while at most so many rooms have a PIN: a hundred guesses a second then find one in some minutes, which the
# throttle on misses forbids; a seventh digit makes it ten times harder.
ROOMS_WITH_SIX = 20
LIMITS = {"title": 200, "place": 200, "wifi": 120}


@transaction.atomic
def create_live_round(contest: Contest, *, title: str, actor: User, now: datetime) -> LiveRound:
    """A draft with default rules and an empty plan. Refusals: `title-empty`, `text-too-long` (`field`, `limit`)."""
    Contest.objects.select_for_update().get(pk=contest.pk)
    last = LiveRound.objects.filter(contest=contest).aggregate(found=Max("number"))["found"] or 0
    row = LiveRound(
        contest=contest,
        number=last + 1,
        title=_line("title", title),
        rules=msgspec.to_builtins(LiveRules()),
        join_token=secrets.token_hex(16),
        created_by=actor,
        created_at=now,
    )
    if not row.title:
        raise Refusal("title-empty")
    row.save()
    audit.record(contest, actor=actor, deed="live.create", target=f"live:{row.pk}", now=now)
    return row


@transaction.atomic
def edit_draft(
    round_id: int,
    *,
    actor: User,
    now: datetime,
    title: str | None = None,
    place: str | None = None,
    wifi: str | None = None,
    rules: Mapping[str, Any] | LiveRules | None = None,
    plan: Sequence[Mapping[str, Any]] | None = None,
) -> LiveRound:
    """Changes what is given.

    Refusals: `not-found`, `live-already-open`, `title-empty`, `text-too-long`, `live-rules-malformed`, those of the
    rules (`field`), and those of the plan (`line`).
    """
    row = moving.locked(round_id)
    if row.phase:
        raise Refusal("live-already-open")
    for name, text in (("title", title), ("place", place), ("wifi", wifi)):
        if text is not None:
            setattr(row, name, _line(name, text))
    if not row.title:
        raise Refusal("title-empty")
    if rules is not None:
        row.rules = msgspec.to_builtins(read_rules(rules))
    if plan is not None:
        row.plan = plans.as_json(plans.read(plan))
    row.save()
    audit.record(row.contest, actor=actor, deed="live.edit", target=f"live:{row.pk}", now=now)
    return row


def read_rules(raw: Mapping[str, Any] | LiveRules) -> LiveRules:
    """Rules out of plain data. Refusals: `live-rules-malformed`, those of `contest.live.rules.problems` (`field`)."""
    try:
        rules = raw if isinstance(raw, LiveRules) else msgspec.convert(raw, LiveRules)
    except msgspec.ValidationError:
        raise Refusal("live-rules-malformed") from None
    for code, field in rule_problems(rules):
        raise Refusal(code, field=field)
    return rules


def open_lobby(round_id: int, *, actor: User | None, now: datetime) -> LiveRound:
    """Freezes rules, plan and keys, makes a PIN, and lets people in.

    Refusals: `not-found`, `live-already-open`, `live-plan-empty`, `plan-question-gone` (`line`), those of the rules.
    """
    with rows.one_writer(), transaction.atomic():
        row = moving.locked(round_id)
        if row.phase:
            raise Refusal("live-already-open")
        # What is a rehearsal is the row's to say, not the rules'.
        rules = msgspec.structs.replace(read_rules(row.rules), rehearsal=row.rehearsal)
        items, keys = live_plan.build(plans.read(row.plan), rules)
        row.secrets = msgspec.to_builtins(keys, str_keys=True)
        row.pin = _free_pin()
        row.opened_at = now
        row.save(update_fields=["secrets", "pin", "opened_at"])
        deed = c.OpenLobby(row.title, rules, items)
        moving.carry_out(row, deed, role=moves.HOST, now=now, actor=actor)
        return row


def _free_pin() -> str:
    """Digits that no running round has."""
    taken = set(LiveRound.objects.exclude(pin=None).values_list("pin", flat=True))
    digits = 6 if len(taken) < ROOMS_WITH_SIX else 7
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(digits))
        if pin not in taken:
            return pin


@transaction.atomic
def add_staff(round_id: int, *, username: str, role: str, actor: User, now: datetime) -> LiveStaff:
    """Gives an account the role `host` or `jury` in this round. Refusals: `not-found`, `no-such-account`."""
    row = moving.locked(round_id)
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None or role not in LiveStaff.Role.values:
        raise Refusal("no-such-account")
    found, _ = LiveStaff.objects.get_or_create(round=row, user=user, role=role)
    facts = {"user": user.pk, "role": role}
    audit.record(row.contest, actor=actor, deed="live.staff", target=f"live:{row.pk}", now=now, facts=facts)
    return found


@transaction.atomic
def remove_staff(round_id: int, *, staff_id: int, actor: User, now: datetime) -> None:
    """Takes the role away again. Refusal: `not-found`."""
    row = moving.locked(round_id)
    found = LiveStaff.objects.filter(pk=staff_id, round=row).first()
    if found is None:
        raise Refusal("not-found")
    facts = {"user": found.user_id, "role": found.role, "off": True}
    found.delete()
    transaction.on_commit(lambda: live_staff_moved.send(sender=None, round_id=round_id))
    audit.record(row.contest, actor=actor, deed="live.staff", target=f"live:{row.pk}", now=now, facts=facts)


def _line(name: str, text: str) -> str:
    found = clean_line(text)
    if len(found) > LIMITS[name]:
        raise Refusal("text-too-long", field=name, limit=LIMITS[name])
    return found
