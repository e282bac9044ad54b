"""Settling a round, publishing its result, and settling again after a correction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from contest import signals
from contest.actions import attempts as attempt_actions
from contest.actions import audit
from contest.errors import Refusal
from contest.models import Attempt, Contest, Lot, Round, Settlement, Standing, User
from contest.queries import corrections, marking, rows, snapshots, winners
from contest.rules import prizes, sheet, windows
from contest.rules import settlement as rules
from contest.rules.attempts import LATE_TOLERANCE, AttemptState
from contest.rules.prediction import formula
from contest.rules.rulebook import Rules
from contest.rules.windows import RoundStatus

CLOSED = frozenset({RoundStatus.CLOSING, RoundStatus.SETTLED, RoundStatus.PUBLISHED, RoundStatus.AMENDED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A computed result, not stored: the settlement, prizes by entrant, the canonical sheet and its hash."""

    settlement: rules.Settlement
    awards: Mapping[int, prizes.Tier]
    ties: tuple[prizes.Tie, ...]
    sheet: str
    sheet_hash: str
    basis: Mapping[str, Any] = field(default_factory=dict)

    def prize_of(self, entrant_id: int) -> str:
        """The code of the person's prize; "" for none."""
        tier = self.awards.get(entrant_id)
        return tier.value if tier else ""


def basis_of(round: Round) -> dict[str, Any]:
    """What settling the round now rests on besides its attempts (see models.Settlement)."""
    one_a_person = Rules.from_json(round.rules).prizes.one_a_person
    return {"correction": corrections.last(round), **(winners.elsewhere(round) if one_a_person else {})}


def compute(round: Round, basis: Mapping[str, Any] | None = None) -> Outcome:
    """The result of the round from its stored rows alone, in the order void, regrade, all correct, truth, errors,
    counted attempt, ranks, prizes; running it twice gives the same bytes. With the `basis` of an earlier edition, the
    result as it was then, whatever has been corrected or won elsewhere since.

    Refusals: `round-not-swept`, `ranking-undecided`.
    """
    terms = Rules.from_json(round.rules)
    basis = basis_of(round) if basis is None else basis
    keys = corrections.corrected(
        round.pk, up_to=basis.get("correction", 0), void_removes=terms.void_removes
    )  # fmt: skip
    settled = rules.settle(_entries(round, terms, keys.keys), terms.terms, keys.effects)
    winners_before = winners.of(basis) if terms.prizes.one_a_person else set()
    ranked = [(row.rank, row.row.entrant_id) for row in settled.rows]
    awards, ties = prizes.award(ranked, terms.prizes, won_before=winners_before)
    by_entrant = {award.entrant_id: award.tier for award in awards}
    data = sheet.settlement_sheet(settled, terms.chain)
    data["round"] = round.pk
    data["rules_version"] = round.rules_version
    data["formula"] = formula(terms.prediction) if terms.prediction else None
    data["prizes"] = {str(entrant): tier.value for entrant, tier in by_entrant.items()}
    text = sheet.canonical_bytes(data)
    return Outcome(settled, by_entrant, tuple(ties), text.decode(), sheet.hash_of(text), basis)


def settle_round(round: Round, *, actor: User | None, now: datetime, reason: str = "") -> Settlement:
    """Closes what is left, computes the result and stores it as the next edition; the former one stays.

    A published round becomes amended, which needs a reason and sends the new edition out at once. Refusals:
    `round-not-closed` (also while answers in flight may still come), `reason-missing`, `round-not-swept`,
    `ranking-undecided`.
    """
    round = Round.objects.select_related("contest").get(pk=round.pk)
    _require_closed(round, now)
    while attempt_actions.expire_attempts(now=now):
        pass
    with transaction.atomic():
        round = Round.objects.select_for_update().select_related("contest").get(pk=round.pk)
        _take_turns(round)
        amending = round.state in {RoundStatus.PUBLISHED, RoundStatus.AMENDED}
        if amending and not reason.strip():
            raise Refusal("reason-missing", field="reason")
        settlement = _store(round, compute(round), actor, now, reason)
        if amending:
            settlement.published_at, settlement.published_by = now, actor
            settlement.save(update_fields=["published_at", "published_by"])
        round.state = (RoundStatus.AMENDED if amending else RoundStatus.SETTLED).value
        round.save(update_fields=["state"])
        facts = {"edition": settlement.edition, "hash": settlement.sheet_hash}
        deed = "amend-result" if amending else "settle-round"
        audit.record(
            round.contest,
            actor=actor,
            deed=deed,
            target=f"round:{round.pk}",
            facts=facts,
            reason=reason,
            now=now,
        )
        _tell(round.pk)
    return settlement


def publish_round(round: Round, *, actor: User | None, now: datetime) -> Settlement:
    """Makes the settled result public.

    Refusals: `round-not-settled`, `round-published`, `prizes-out-of-date` (results that came out since would give
    other prizes, by one prize a person: settle anew).
    """
    with transaction.atomic():
        round = Round.objects.select_for_update().select_related("contest").get(pk=round.pk)
        if round.state in {RoundStatus.PUBLISHED, RoundStatus.AMENDED}:
            raise Refusal("round-published")
        if round.state != RoundStatus.SETTLED:
            raise Refusal("round-not-settled")
        _take_turns(round)
        settlement = round.settlements.order_by("-edition")[0]
        if not prizes_hold(settlement):
            raise Refusal("prizes-out-of-date")
        settlement.published_at, settlement.published_by = now, actor
        settlement.save(update_fields=["published_at", "published_by"])
        round.state = RoundStatus.PUBLISHED.value
        round.save(update_fields=["state"])
        facts = {"edition": settlement.edition, "hash": settlement.sheet_hash}
        audit.record(
            round.contest,
            actor=actor,
            deed="publish-result",
            target=f"round:{round.pk}",
            facts=facts,
            now=now,
        )
        _tell(round.pk)
    return settlement


def verify(settlement: Settlement) -> bool:
    """Whether recomputing the newest edition from the stored rows gives the published sheet, byte for byte."""
    return compute(settlement.round, settlement.basis).sheet == settlement.sheet


def prizes_hold(settlement: Settlement) -> bool:
    """Whether this edition would give the same prizes by what is published elsewhere now."""
    plan = Rules.from_json(settlement.round.rules).prizes
    if not plan.one_a_person:
        return True
    ranked = list(settlement.standings.order_by("position").values_list("rank", "entrant_id", "prize"))
    won = winners.of(winners.elsewhere(settlement.round))
    awards, _ties = prizes.award([(rank, entrant) for rank, entrant, _ in ranked], plan, won_before=won)
    held = {entrant: prize for _, entrant, prize in ranked if prize}
    return held == {award.entrant_id: award.tier.value for award in awards}


def _take_turns(round: Round) -> None:
    """Results of one contest come out one after the other, so that each knows who has won before."""
    Contest.objects.select_for_update().get(pk=round.contest_id)


def _require_closed(round: Round, now: datetime) -> None:
    phase = windows.phase_at(round.state, snapshots.window_of(round), now)
    if phase.value not in {status.value for status in CLOSED} or now <= round.closes_at + LATE_TOLERANCE:
        raise Refusal("round-not-closed", closes_at=round.closes_at)


def _entries(round: Round, terms: Rules, keys: Mapping[int, Mapping[str, Any]]) -> Iterator[rules.Entry]:
    lots = dict(Lot.objects.filter(round=round).values_list("entrant_id", "place"))
    marker = marking.Marker(partial=terms.partial_credit, keys=keys)
    attempts = Attempt.objects.filter(round=round).order_by("id").values_list(
        "id", "entrant_id", "state", "started_at", "finished_at", "deadline", "paper_id", "answers", "prediction",
        "entrant__barred",
    )  # fmt: skip
    for (
        pk,
        entrant,
        state,
        started,
        finished,
        deadline,
        paper,
        answers,
        prediction,
        barred,
    ) in attempts.iterator(chunk_size=2000):
        yield rules.Entry(
            attempt_id=pk,
            entrant_id=entrant,
            state=AttemptState(state),
            started_at=started,
            finished_at=finished or deadline,
            marks=marker.marks(paper, answers),
            prediction=prediction,
            barred=bool(barred),
            lottery=lots.get(entrant),
        )


def _store(round: Round, outcome: Outcome, actor: User | None, now: datetime, reason: str) -> Settlement:
    last = round.settlements.order_by("-edition").values_list("edition", flat=True).first() or 0
    numbers = outcome.settlement.numbers
    settlement = Settlement.objects.create(
        round=round,
        edition=last + 1,
        settled_at=now,
        settled_by=actor,
        numbers={
            "people_participating": numbers.people_participating,
            "attempts": numbers.attempts,
            "people_all_correct": numbers.people_all_correct,
            "truth": outcome.settlement.truth,
        },
        sheet=outcome.sheet,
        sheet_hash=outcome.sheet_hash,
        reason=reason,
        basis=dict(outcome.basis),
    )
    _store_standings(settlement, outcome)
    return settlement


def _store_standings(settlement: Settlement, outcome: Outcome) -> None:
    """By plain SQL: a hundred thousand rows through the mapper take several times as long."""
    attempts = Attempt.objects.filter(round_id=settlement.round_id)
    units = {pk: unit for pk, *unit in attempts.values_list("id", "unit_path", "unit_name").iterator()}
    rows.insert_many(
        Standing,
        ("settlement_id", "entrant_id", "attempt_id", "rank", "position", "points", "correct", "all_correct",
         "duration_ms", "finished_at", "prediction", "prediction_error", "prize", "unit_path", "unit_name"),
        (
            (
                settlement.pk, line.row.entrant_id, line.row.attempt_id, line.rank, position, line.row.points,
                line.row.correct, line.person_all_correct, line.row.duration_ms, rows.moment(line.row.submitted_at),
                line.row.prediction, line.row.prediction_error, outcome.prize_of(line.row.entrant_id),
                *units[line.row.attempt_id],
            )
            for position, line in enumerate(outcome.settlement.rows, start=1)
        ),
    )  # fmt: skip


def _tell(round_id: int) -> None:
    def after() -> None:
        snapshots.forget_round(round_id)
        signals.round_moved.send(Round, round_id=round_id)

    transaction.on_commit(after)
