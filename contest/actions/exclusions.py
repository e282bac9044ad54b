"""People who may not take part (organisers, committee): excluded and readmitted with a reason.

One exclusion a person, known by the keyed hash of the phone; `Entrant.barred` repeats its reason.
"""

from datetime import datetime

from django.db import transaction

from contest.actions import audit, settlement
from contest.actions.entrants import person_key
from contest.errors import Refusal
from contest.models import Contest, Entrant, Exclusion, Round, User
from contest.rules.windows import RoundStatus
from question_bank.rules import text

REASON_LIMIT = 200
LABEL_LIMIT = 120
SETTLED = (RoundStatus.SETTLED, RoundStatus.PUBLISHED, RoundStatus.AMENDED)


def key_of(phone: str) -> str:
    """By what the person with this phone is known. Refusal("phone-malformed")."""
    return person_key(text.phone_e164(phone))


def exclude_person(
    contest: Contest, *, phone: str, name: str, reason: str, actor: User, now: datetime
) -> Exclusion:
    """Bars a person from the contest, whether registered already or later, and settles anew what they had part in.

    Refusals: `phone-malformed`, `name-missing`, `name-too-long`, `reason-missing`,
    `reason-too-long`, `already-excluded`; `ranking-undecided` from settling.
    """
    label = text.nfc(name, collapse=True)
    if not label:
        raise Refusal("name-missing", field="name")
    if len(label) > LABEL_LIMIT:
        raise Refusal("name-too-long", field="name", most=LABEL_LIMIT)
    return _exclude(contest, key_of(phone), label=label, reason=reason, actor=actor, now=now)


def exclude_entrant(entrant: Entrant, *, reason: str, actor: User, now: datetime) -> Exclusion:
    """As exclude_person, of somebody who has registered."""
    return _exclude(
        entrant.contest, entrant.person_key, label=entrant.name, reason=reason, actor=actor, now=now
    )


def readmit_entrant(entrant: Entrant, *, reason: str, actor: User, now: datetime) -> None:
    """Takes the exclusion of an entrant back. Refusals: `reason-missing`, `reason-too-long`, `not-excluded`."""
    _readmit(entrant.contest, entrant.person_key, reason=reason, actor=actor, now=now)


def lift_exclusion(exclusion: Exclusion, *, reason: str, actor: User, now: datetime) -> None:
    """As readmit_entrant, of somebody who may not have registered."""
    _readmit(exclusion.contest, exclusion.person_key, reason=reason, actor=actor, now=now)


@transaction.atomic
def _exclude(contest: Contest, key: str, *, label: str, reason: str, actor: User, now: datetime) -> Exclusion:
    reason = _checked(reason)
    exclusion, made = Exclusion.objects.get_or_create(
        contest=contest, person_key=key, defaults={"label": label, "reason": reason}
    )
    if not made:
        raise Refusal("already-excluded", label=exclusion.label)
    Entrant.objects.filter(contest=contest, person_key=key).update(barred=reason)
    _write(contest, "exclude-person", exclusion.pk, label, actor=actor, reason=reason, now=now)
    _settle_anew(contest, key, actor=actor, reason=reason, now=now)
    return exclusion


@transaction.atomic
def _readmit(contest: Contest, key: str, *, reason: str, actor: User, now: datetime) -> None:
    reason = _checked(reason)
    exclusion = Exclusion.objects.select_for_update().filter(contest=contest, person_key=key).first()
    barred = Entrant.objects.filter(contest=contest, person_key=key).exclude(barred="").update(barred="")
    if exclusion is None and not barred:
        raise Refusal("not-excluded")
    number, label = (exclusion.pk, exclusion.label) if exclusion else (0, "")
    if exclusion is not None:
        exclusion.delete()
    _write(contest, "readmit-person", number, label, actor=actor, reason=reason, now=now)
    _settle_anew(contest, key, actor=actor, reason=reason, now=now)


def _settle_anew(contest: Contest, key: str, *, actor: User, reason: str, now: datetime) -> None:
    """Rounds that are settled already keep saying what their rows say: a next edition wherever the person took part.

    What a prize won or lost means for other rounds, publishing asks (see settlement.prizes_hold).
    """
    rounds = Round.objects.filter(contest=contest, state__in=SETTLED, attempts__entrant__person_key=key)
    for round in rounds.distinct().order_by("number"):
        newest = round.settlements.order_by("-edition").first()
        if newest is None or not settlement.verify(newest):
            settlement.settle_round(round, actor=actor, reason=reason, now=now)


def _checked(reason: str) -> str:
    reason = text.nfc(reason, collapse=True)
    if not reason:
        raise Refusal("reason-missing", field="reason")
    if len(reason) > REASON_LIMIT:
        raise Refusal("reason-too-long", field="reason", most=REASON_LIMIT)
    return reason


def _write(
    contest: Contest, deed: str, number: int, label: str, *, actor: User, reason: str, now: datetime
) -> None:
    audit.record(
        contest,
        actor=actor,
        deed=deed,
        target=f"exclusion:{number}",
        facts={"label": label},
        reason=reason,
        now=now,
    )
