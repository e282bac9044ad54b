"""Drawn lots (bốc thăm): recorded before settling, for people the ranking chain cannot tell apart."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from contest.actions import audit
from contest.errors import Refusal
from contest.models import Attempt, Contest, ContestLot, Lot, Round, User
from contest.queries import overall
from contest.rules import receipts
from contest.rules.windows import RoundStatus


@transaction.atomic
def record_lots(round: Round, codes: Sequence[str], *, actor: User, now: datetime) -> int:
    """Writes down the order in which receipt codes were drawn, the first drawn ranks first; how many.

    A later record replaces an earlier one until the round is settled. Refusals: `round-not-closed`, `round-settled`,
    `lots-malformed` with `line` (from 1) for a code that is unknown in the round or named twice, or an empty list.
    """
    round = Round.objects.select_for_update().select_related("contest").get(pk=round.pk)
    if round.state not in {RoundStatus.ANNOUNCED, RoundStatus.CLOSING}:
        raise Refusal("round-settled")
    if now <= round.closes_at:
        raise Refusal("round-not-closed", closes_at=round.closes_at)
    people = _drawn(Attempt.objects.filter(round=round), codes)
    Lot.objects.filter(round=round).delete()
    Lot.objects.bulk_create(
        Lot(round=round, entrant_id=person, place=place, recorded_at=now)
        for place, person in enumerate(people, start=1)
    )
    audit.record(
        round.contest,
        actor=actor,
        deed="record-lots",
        target=f"round:{round.pk}",
        facts={"order": people},
        now=now,
    )
    return len(people)


@transaction.atomic
def record_contest_lots(contest: Contest, codes: Sequence[str], *, actor: User, now: datetime) -> int:
    """Writes down the order in which people were drawn for the final standing, each by the receipt code of any attempt.

    A later record replaces an earlier one until a final result is out. Refusals: `overall-published`, `lots-malformed`
    as for a round.
    """
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    if overall.has_result(contest):
        raise Refusal("overall-published")
    people = _drawn(Attempt.objects.filter(round__contest=contest), codes)
    ContestLot.objects.filter(contest=contest).delete()
    ContestLot.objects.bulk_create(
        ContestLot(contest=contest, entrant_id=person, place=place, recorded_at=now)
        for place, person in enumerate(people, start=1)
    )
    audit.record(
        contest,
        actor=actor,
        deed="record-contest-lots",
        target=f"contest:{contest.slug}",
        facts={"order": people},
        now=now,
    )
    return len(people)


def _drawn(attempts: QuerySet[Attempt], codes: Sequence[str]) -> list[int]:
    people = [_entrant_of(attempts, code, line) for line, code in enumerate(codes, start=1)]
    for line, person in enumerate(people, start=1):
        if person in people[: line - 1]:
            raise Refusal("lots-malformed", line=line)
    if not people:
        raise Refusal("lots-malformed", line=1)
    return people


def _entrant_of(attempts: QuerySet[Attempt], code: str, line: int) -> int:
    try:
        receipt = receipts.read_receipt(code)
    except Refusal:
        raise Refusal("lots-malformed", line=line) from None
    found = attempts.filter(receipt=receipt).values_list("entrant_id", flat=True).first()
    if found is None:
        raise Refusal("lots-malformed", line=line)
    return found
