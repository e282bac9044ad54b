"""The prizes of a whole contest: their rules, settling the final standing, publishing it, settling it anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from contest.actions import audit
from contest.errors import Refusal
from contest.models import Contest, ContestLot, ContestSettlement, ContestStanding, User
from contest.queries import overall, winners
from contest.rules import overall as rules
from contest.rules import sheet
from contest.rules.overall import Final, Terms


@dataclass(frozen=True, slots=True)
class Outcome:
    """A computed final standing, not stored; `sheet` is canonical JSON, `sheet_hash` its SHA-256."""

    final: Final
    terms: Terms
    version: int
    basis: Mapping[str, Any]
    units: Mapping[int, tuple[str, str]]
    sheet: str
    sheet_hash: str


@transaction.atomic
def set_terms(contest: Contest, terms: Terms, *, actor: User, now: datetime, reason: str = "") -> Contest:
    """Writes the contest's prizes and their chain into its rules, as the next version.

    Rules that people can read already are changed for a reason, and never once a final result is out. Refusals:
    `overall-published`, `reason-missing`, `rules-problems`.
    """
    contest = _locked(contest)
    if overall.has_result(contest):
        raise Refusal("overall-published")
    found = rules.problems(terms)
    if found:
        raise Refusal("rules-problems", problems=found)
    version = overall.version_of(contest)
    if version and contest.state != Contest.State.DRAFT and not reason.strip():
        raise Refusal("reason-missing", field="reason")
    contest.rules = {**contest.rules, "overall": {**terms.as_json(), "version": version + 1}}
    contest.save(update_fields=["rules"])
    facts = {"version": version + 1, "terms": terms.as_json()}
    _record(contest, "set-contest-prizes", actor=actor, facts=facts, reason=reason, now=now)
    return contest


def compute(contest: Contest, edition: ContestSettlement | None = None) -> Outcome:
    """The final standing from the published editions of the rounds; running it twice gives the same bytes.

    With an earlier `edition`, the standing by what that one was made from. Refusals: `overall-unplanned`,
    `rounds-unpublished` with how many, `ranking-undecided` with `entrants`.
    """
    if edition is None:
        terms, version = overall.terms_of(contest), overall.version_of(contest)
        if terms is None:
            raise Refusal("overall-unplanned")
        basis = overall.basis_of(contest)
        left = overall.unpublished(contest)
        if left or not basis["rounds"]:
            raise Refusal("rounds-unpublished", rounds=left)
    else:
        terms, version, basis = Terms.from_json(edition.terms), edition.terms_version, edition.basis
    found = overall.editions(contest, basis)
    lots = dict(ContestLot.objects.filter(contest=contest).values_list("entrant", "place"))
    won = winners.of_rounds(row.pk for row in found) if terms.prizes.one_a_person else set()
    final = rules.settle(overall.parts(found), terms, lots=lots, won_before=won)
    data = rules.sheet(final, terms) | {
        "contest": contest.slug,
        "terms_version": version,
        "rounds": {str(row.round_id): row.sheet_hash for row in found},
    }
    text = sheet.canonical_bytes(data)
    return Outcome(final, terms, version, basis, overall.units(found), text.decode(), sheet.hash_of(text))


def settle_contest(contest: Contest, *, actor: User, now: datetime, reason: str = "") -> ContestSettlement:
    """Computes the final standing and stores it as the next edition; the former one stays.

    Once a final result is out, the new edition goes out at once and needs a reason. Refusals: those of `compute`,
    `reason-missing`.
    """
    with transaction.atomic():
        contest = _locked(contest)
        amending = overall.has_result(contest)
        if amending and not reason.strip():
            raise Refusal("reason-missing", field="reason")
        settlement = _store(contest, compute(contest), actor, now, reason)
        if amending:
            settlement.published_at, settlement.published_by = now, actor
            settlement.save(update_fields=["published_at", "published_by"])
        deed = "amend-contest-result" if amending else "settle-contest"
        _record(contest, deed, actor=actor, facts=_facts(settlement), reason=reason, now=now)
    return settlement


@transaction.atomic
def publish_contest_result(contest: Contest, *, actor: User, now: datetime) -> ContestSettlement:
    """Makes the settled final standing public.

    Refusals: `overall-not-settled`, `overall-published`, `overall-out-of-date` (a round or the rules have
    changed since).
    """
    contest = _locked(contest)
    settlement = overall.newest(contest)
    if overall.has_result(contest):
        raise Refusal("overall-published")
    if settlement is None:
        raise Refusal("overall-not-settled")
    if overall.out_of_date(settlement):
        raise Refusal("overall-out-of-date")
    settlement.published_at, settlement.published_by = now, actor
    settlement.save(update_fields=["published_at", "published_by"])
    _record(contest, "publish-contest-result", actor=actor, facts=_facts(settlement), now=now)
    return settlement


def verify(settlement: ContestSettlement) -> bool:
    """Whether recomputing this edition from the stored rows gives its sheet, byte for byte."""
    return compute(settlement.contest, settlement).sheet == settlement.sheet


def _locked(contest: Contest) -> Contest:
    return Contest.objects.select_for_update().get(pk=contest.pk)


def _store(
    contest: Contest, outcome: Outcome, actor: User, now: datetime, reason: str
) -> ContestSettlement:  # fmt: skip
    last = contest.settlements.order_by("-edition").values_list("edition", flat=True).first() or 0
    held = {award.entrant_id: award.tier.value for award in outcome.final.awards}
    settlement = ContestSettlement.objects.create(
        contest=contest,
        edition=last + 1,
        settled_at=now,
        settled_by=actor,
        numbers={"people": len(outcome.final.ranked), "rounds": len(outcome.basis["rounds"])},
        sheet=outcome.sheet,
        sheet_hash=outcome.sheet_hash,
        reason=reason,
        basis=dict(outcome.basis),
        terms=outcome.terms.as_json(),
        terms_version=outcome.version,
    )
    ContestStanding.objects.bulk_create(
        (
            ContestStanding(
                settlement=settlement,
                entrant_id=entry.row.entrant_id,
                rank=entry.rank,
                position=position,
                rounds=entry.row.rounds,
                points=entry.row.points,
                correct=entry.row.correct,
                rounds_all_correct=entry.row.rounds_all_correct,
                prediction_error=entry.row.prediction_error,
                predictions_missing=entry.row.predictions_missing,
                duration_ms=entry.row.duration_ms,
                finished_at=entry.row.last_finish,
                prize=held.get(entry.row.entrant_id, ""),
                unit_path=outcome.units[entry.row.entrant_id][0],
                unit_name=outcome.units[entry.row.entrant_id][1],
            )
            for position, entry in enumerate(outcome.final.ranked, start=1)
        ),
        batch_size=1000,
    )
    return settlement


def _facts(settlement: ContestSettlement) -> dict[str, Any]:
    return {"edition": settlement.edition, "hash": settlement.sheet_hash}


def _record(
    contest: Contest, deed: str, *, actor: User, facts: dict[str, Any], now: datetime, reason: str = ""
) -> None:
    audit.record(
        contest, actor=actor, deed=deed, target=f"contest:{contest.slug}", facts=facts, reason=reason, now=now
    )
