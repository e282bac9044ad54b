"""Who has won already: in the rounds of a contest, and in the contest as a whole."""

from collections.abc import Iterable, Mapping

from contest.models import Contest, ContestSettlement, ContestStanding, Round, Settlement, Standing
from contest.queries.standings import RELEASED
from contest.rules.overall import Terms

Basis = Mapping[str, list[int]]


def released(contest: Contest | int) -> list[Settlement]:
    """The newest published edition of every round of the contest that has one, by the number of the round."""
    rows = Settlement.objects.filter(
        round__contest=contest, round__state__in=RELEASED, published_at__isnull=False
    )
    newest = {row.round_id: row for row in rows.defer("sheet").order_by("edition")}
    numbers = dict(Round.objects.filter(pk__in=newest).values_list("pk", "number"))
    return sorted(newest.values(), key=lambda row: numbers[row.round_id])


def elsewhere(round: Round) -> Basis:
    """The published editions whose winners a round with one prize a person passes over.

    Those of every other round, whenever it was settled: a prize that is out stays with who has it. Those of the contest
    when its own rules say one prize a person.
    """
    found = released(round.contest_id)
    rows = ContestSettlement.objects.filter(contest=round.contest_id, published_at__isnull=False)
    overall = rows.defer("sheet").order_by("-edition").first()
    counts = overall is not None and Terms.from_json(overall.terms).prizes.one_a_person
    return {
        "rounds": [row.pk for row in found if row.round_id != round.pk],
        "contest": [overall.pk] if overall is not None and counts else [],
    }


def of(basis: Basis) -> set[int]:
    """The entrants with a prize in these editions."""
    return of_rounds(basis.get("rounds", [])) | set(
        ContestStanding.objects.filter(settlement__in=basis.get("contest", []))
        .exclude(prize="")
        .values_list("entrant_id", flat=True)
    )


def of_rounds(editions: Iterable[int]) -> set[int]:
    """The entrants with a prize in these editions of rounds."""
    rows = Standing.objects.filter(settlement__in=list(editions)).exclude(prize="")
    return set(rows.values_list("entrant_id", flat=True))
