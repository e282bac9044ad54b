"""Entrants and their attempts as the staff of a contest finds them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from contest.errors import Refusal
from contest.models import Adjustment, Attempt, Contest, ContestStaff, Entrant, Exclusion, Round
from contest.queries import board, dashboard
from contest.rules import eligibility, masking, receipts
from contest.rules.attempts import LATE_TOLERANCE, AttemptState
from contest.rules.eligibility import Person
from contest.rules.windows import Phase, RoundStatus
from question_bank.rules import text

MOST_WORDS = 8
MOST_FOUND = 20
LEAST_DIGITS = 4
SHORTEST_SEARCH = 2
_DIGITS = re.compile(r"[0-9 .()+-]+")


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt as staff sees it. `points` is None where the round shows no scores now.

    `changes`: the extra time it was given. `is_open`: it can be given time; `may_reopen`: the clock has ended it and
    its round is open.
    """

    attempt: Attempt
    entrant: Entrant
    phone: str
    points: int | None
    changes: tuple[Adjustment, ...]
    is_open: bool
    may_reopen: bool


def find(contest: Contest, words: str, *, role: ContestStaff.Role) -> QuerySet[Entrant]:
    """Entrants who match every word by name or unit (accents or none), or by phone; all for no words, by name.

    Whoever sees masked phones finds one only by all its digits.
    """
    found = Entrant.objects.filter(contest=contest).select_related("unit").order_by("sort_key", "id")
    if words.strip() and _DIGITS.fullmatch(words.strip()):
        return found.filter(_phone(words, partly=role != ContestStaff.Role.VIEWER))
    for word in text.fold(words).split()[:MOST_WORDS]:
        found = found.filter(Q(search__contains=word) | Q(unit__search__contains=word))
    return found


def phone_for(entrant: Entrant, role: ContestStaff.Role) -> str:
    """The phone as people write it; masked for who only looks on."""
    shown = masking.masked_phone if role == ContestStaff.Role.VIEWER else masking.local_phone
    return shown(entrant.phone)


def attempts_of(entrant: Entrant, *, role: ContestStaff.Role, now: datetime) -> list[AttemptLine]:
    """All attempts of one person, the newest first."""
    rows = _with_all(Attempt.objects.filter(entrant=entrant))
    return _lines(rows.order_by("-started_at"), role=role, now=now)


def find_attempts(round: Round, typed: str, *, role: ContestStaff.Role, now: datetime) -> list[AttemptLine]:
    """At most 20 attempts of the round by receipt code, or by name, unit or phone; open ones first.

    No number of all that match is told: it could answer a prediction. Nothing for less than two characters.
    """
    typed = typed.strip()
    if len(typed) < SHORTEST_SEARCH:
        return []
    rows = _with_all(Attempt.objects.filter(round=round))
    try:
        rows = rows.filter(receipt=receipts.read_receipt(typed))
    except Refusal:
        rows = rows.filter(entrant__in=find(round.contest, typed, role=role))
    found = list(rows.filter(state=AttemptState.IN_PROGRESS).order_by("-started_at")[:MOST_FOUND])
    ended = rows.exclude(state=AttemptState.IN_PROGRESS).order_by("-started_at")
    found += ended[: MOST_FOUND - len(found)]
    return _lines(found, role=role, now=now)


def likely_duplicates(contest: Contest) -> list[list[Entrant]]:
    """Groups of entrants who may be one person entered twice: a sign to look at, never a verdict."""
    rows = Entrant.objects.filter(contest=contest).values_list("id", "name", "birth_year", "unit_path")
    groups = eligibility.likely_duplicates(Person(*row) for row in rows.iterator(chunk_size=5000))
    people = Entrant.objects.select_related("unit").in_bulk([one for group in groups for one in group])
    return [[people[one] for one in group] for group in groups]


def exclusions(contest: Contest) -> list[tuple[Exclusion, Entrant | None]]:
    """Everybody who is excluded, with the entrant where the person has registered."""
    rows = list(Exclusion.objects.filter(contest=contest).order_by("label", "id"))
    keys = [row.person_key for row in rows]
    known: Mapping[str, Entrant] = {
        entrant.person_key: entrant
        for entrant in Entrant.objects.filter(contest=contest, person_key__in=keys)
    }
    return [(row, known.get(row.person_key)) for row in rows]


def has_published_result(contest: Contest, person_key: str) -> bool:
    """Whether a published result of the contest was reckoned with an attempt of this person."""
    published = {RoundStatus.PUBLISHED, RoundStatus.AMENDED}
    return Attempt.objects.filter(
        round__contest=contest, round__state__in=published, entrant__person_key=person_key
    ).exists()


def _with_all(rows: QuerySet[Attempt]) -> QuerySet[Attempt]:
    rows = rows.select_related("round", "entrant", "paper")
    return rows.prefetch_related(
        Prefetch("adjustments", Adjustment.objects.select_related("actor").order_by("id"))
    )


def _phone(typed: str, *, partly: bool) -> Q:
    try:
        return Q(phone=text.phone_e164(typed))
    except Refusal:
        digits = re.sub(r"[^0-9]", "", typed)
        if not partly or len(digits) < LEAST_DIGITS:
            return Q(pk=None)
        begins = Q(phone__startswith=f"+84{digits[1:]}") if digits.startswith("0") else Q()
        return Q(phone__contains=digits) | begins


def _lines(
    rows: QuerySet[Attempt] | list[Attempt], *, role: ContestStaff.Role, now: datetime
) -> list[AttemptLine]:
    rows = list(rows)
    shown: dict[int, tuple[Phase, bool]] = {}
    for round_id in {row.round_id for row in rows}:
        _snapshot, phase, seen = board.visible(round_id, now)
        shown[round_id] = (phase, seen.own_score or phase in dashboard.DECIDED)
    return [_line(row, *shown[row.round_id], role=role, now=now) for row in rows]


def _line(row: Attempt, phase: Phase, scored: bool, *, role: ContestStaff.Role, now: datetime) -> AttemptLine:
    in_time = row.state == AttemptState.IN_PROGRESS and now <= row.deadline + LATE_TOLERANCE
    return AttemptLine(
        attempt=row,
        entrant=row.entrant,
        phone=phone_for(row.entrant, role),
        points=row.score if scored else None,
        changes=tuple(row.adjustments.all()),
        is_open=in_time,
        may_reopen=row.state == AttemptState.AUTO_SUBMITTED and phase is Phase.OPEN,
    )
