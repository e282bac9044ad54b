"""Registering people for a contest; one person is one entrant."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from contest.actions import audit
from contest.errors import Refusal
from contest.models import Contest, Entrant, Exclusion, Unit, User
from contest.rules import eligibility
from contest.rules.eligibility import Eligibility
from contest.rules.windows import VIETNAM
from question_bank.rules import text

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
NAME_LIMIT = 120
REQUIRED_CONSENT = "take_part"


@dataclass(frozen=True, slots=True)
class Registration:
    """What the form asks: name, birth (year, or the whole date), phone as typed, unit or the name of another, consents.

    `consents` maps a consent code to the text the person agreed to.
    """

    name: str
    birth_year: int
    phone: str
    consents: Mapping[str, str]
    birth_date: date | None = None
    unit: Unit | None = None
    other_unit: str = ""


def person_key(phone_e164: str) -> str:
    """HMAC-SHA-256 (hex) of the normalised phone under PERSON_KEY: recognises a person, gives no number away."""
    return hmac.new(settings.PERSON_KEY.encode(), phone_e164.encode(), hashlib.sha256).hexdigest()


def register(
    contest: Contest, registration: Registration, *, now: datetime, user: User | None = None
) -> Entrant:
    """The new entrant. Refusals name the field in `field`: `name-missing`, `name-too-long`, `birth-year-impossible`,
    `birth-date-impossible`, `too-young`, `phone-malformed`, `unit-missing`, `consent-missing`, `already-registered`,
    `registration-closed`.
    """
    if contest.state != Contest.State.PUBLISHED:
        raise Refusal("registration-closed")
    name = " ".join(text.nfc(registration.name).split())
    _check(contest, registration, name, now)
    phone = text.phone_e164(registration.phone)
    key = person_key(phone)
    entrant = Entrant(
        contest=contest,
        user=user,
        birth_year=registration.birth_year,
        birth_date=registration.birth_date,
        phone=phone,
        person_key=key,
        code="".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)),
        consents=_proof(registration.consents, now),
        barred=_barred(contest, key),
        registered_at=now,
    )
    _name_and_unit(entrant, name, registration.unit, registration.other_unit)
    try:
        with transaction.atomic():
            entrant.save()
    except IntegrityError:
        raise Refusal("already-registered", field="phone") from None
    return entrant


def recognise(contest: Contest, *, phone: str, code: str) -> Entrant:
    """The entrant who comes back on another device. Refusal("entrant-unknown") whichever of the two is wrong."""
    key = person_key(text.phone_e164(phone))
    entrant = Entrant.objects.filter(contest=contest, person_key=key).first()
    given = "".join(code.upper().split()).replace("-", "")
    if entrant is None or not hmac.compare_digest(entrant.code.encode(), given.encode()):
        raise Refusal("entrant-unknown")
    return entrant


@transaction.atomic
def correct_entrant(
    entrant: Entrant,
    *,
    name: str,
    unit: Unit | None,
    other_unit: str,
    actor: User,
    reason: str,
    now: datetime,
) -> Entrant:
    """Puts a name or a unit right. Attempts keep the unit they were made in; later ones take the new one.

    Refusals: `reason-missing`, `name-missing`, `name-too-long`, `unit-missing`.
    """
    if not reason.strip():
        raise Refusal("reason-missing", field="reason")
    entrant = Entrant.objects.select_for_update().select_related("contest").get(pk=entrant.pk)
    before = {"name": entrant.name, "unit": entrant.unit_name}
    name = text.nfc(name, collapse=True)
    _check_name(name)
    if unit is None and not other_unit.strip():
        raise Refusal("unit-missing", field="unit")
    _name_and_unit(entrant, name, unit, other_unit)
    entrant.save(update_fields=["name", "sort_key", "search", "unit", "unit_path", "unit_name"])
    facts = {"before": before, "after": {"name": entrant.name, "unit": entrant.unit_name}}
    audit.record(
        entrant.contest,
        actor=actor,
        deed="correct-entrant",
        target=f"entrant:{entrant.pk}",
        facts=facts,
        reason=reason,
        now=now,
    )
    return entrant


def _name_and_unit(entrant: Entrant, name: str, unit: Unit | None, other_unit: str) -> None:
    entrant.name = name
    entrant.sort_key = text.name_sort_key(name)[:400]
    entrant.unit = unit
    entrant.unit_path = unit.path if unit else ""
    entrant.unit_name = unit.full_name if unit else text.nfc(other_unit).strip()[:500]
    # A unit of the tree brings its own words to look for.
    entrant.search = text.fold(f"{name} {'' if unit else entrant.unit_name}")[:320]


def _check_name(name: str) -> None:
    if not name:
        raise Refusal("name-missing", field="name")
    if len(name) > NAME_LIMIT:
        raise Refusal("name-too-long", field="name", most=NAME_LIMIT)


def _check(contest: Contest, registration: Registration, name: str, now: datetime) -> None:
    _check_name(name)
    eligibility.require_eligible(
        Eligibility.from_json(contest.rules),
        birth_year=registration.birth_year,
        birth_date=registration.birth_date,
        on=now.astimezone(VIETNAM).date(),
    )
    if registration.unit is None and not registration.other_unit.strip():
        raise Refusal("unit-missing", field="unit")
    if REQUIRED_CONSENT not in registration.consents:
        raise Refusal("consent-missing", field="consents")


def _proof(consents: Mapping[str, str], now: datetime) -> dict[str, dict[str, str]]:
    return {
        code: {"at": now.isoformat(), "text_hash": hashlib.sha256(wording.encode()).hexdigest()}
        for code, wording in consents.items()
    }


def _barred(contest: Contest, key: str) -> str:
    found = Exclusion.objects.filter(contest=contest, person_key=key).values_list("reason", flat=True).first()
    return found or ""
