"""The final standing of a contest: its rules, its editions, and whether the newest still says what the rounds say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contest.errors import Refusal
from contest.models import Contest, ContestSettlement, ContestStanding, Round, Settlement, Standing
from contest.queries import winners
from contest.queries.standings import RELEASED
from contest.rules import masking
from contest.rules.overall import Part, Terms
from contest.rules.windows import RoundStatus


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a final result; the name is masked unless the entrant agreed to be named."""

    rank: int
    name: str
    unit: str
    rounds: int
    points: int
    correct: int
    rounds_all_correct: int
    duration_ms: int
    prize: str


def terms_of(contest: Contest) -> Terms | None:
    """What the contest's rules say of a final standing; None when they promise none."""
    stored = contest.rules.get("overall")
    return Terms.from_json(stored) if stored else None


def version_of(contest: Contest) -> int:
    """The version of these rules; 0 before there are any."""
    return int(contest.rules.get("overall", {}).get("version", 0))


def newest(contest: Contest) -> ContestSettlement | None:
    """The newest edition, published or not (for organisers)."""
    return contest.settlements.order_by("-edition").first()


def released(contest: Contest) -> ContestSettlement:
    """The newest published edition. Refusal("results-not-public") before there is one."""
    found = contest.settlements.filter(published_at__isnull=False).order_by("-edition").first()
    if found is None:
        raise Refusal("results-not-public")
    return found


def has_result(contest: Contest) -> bool:
    """Whether a final result is out."""
    return contest.settlements.filter(published_at__isnull=False).exists()


def unpublished(contest: Contest) -> int:
    """How many announced rounds have no published result yet."""
    rows = contest.rounds.exclude(state__in=[RoundStatus.DRAFT, *RELEASED])
    return rows.count()


def basis_of(contest: Contest) -> dict[str, Any]:
    """What a final standing made now would be made from: {"rounds": {round id: edition}}."""
    return {"rounds": {str(row.round_id): row.edition for row in winners.released(contest)}}


def out_of_date(settlement: ContestSettlement) -> bool:
    """Whether a round was amended or published, or the rules were changed, after this edition was settled."""
    contest = settlement.contest
    return (
        settlement.basis != basis_of(contest)
        or settlement.terms_version != version_of(contest)
        or unpublished(contest) > 0
    )


def editions(contest: Contest, basis: dict[str, Any]) -> list[Settlement]:
    """The editions of rounds that a basis names."""
    wanted = {int(round_id): edition for round_id, edition in basis["rounds"].items()}
    rows = Settlement.objects.filter(round__contest=contest, round__in=wanted).defer("sheet")
    return [row for row in rows.order_by("round_id") if row.edition == wanted[row.round_id]]


def parts(found: list[Settlement]) -> Iterator[Part]:
    """Everybody's lines in these editions; people who are barred by now stand in none."""
    by_id = {row.pk: row for row in found}
    rows = Standing.objects.filter(settlement__in=by_id, entrant__barred="").order_by("id")
    columns = ("settlement", "entrant", "points", "correct", "all_correct", "duration_ms", "finished_at",
               "prediction_error")  # fmt: skip
    for settlement, entrant, points, correct, all_correct, duration, finished, error in rows.values_list(
        *columns
    ).iterator(chunk_size=5000):
        edition = by_id[settlement]
        yield Part(
            round_id=edition.round_id,
            entrant_id=entrant,
            points=points,
            correct=correct,
            all_correct=all_correct,
            duration_ms=duration,
            finished_at=finished,
            predicts=edition.numbers.get("truth") is not None,
            prediction_error=error,
        )


def units(found: list[Settlement]) -> dict[int, tuple[str, str]]:
    """(path, name) of everybody's unit, as the latest of these rounds has it."""
    numbers = dict(Round.objects.filter(pk__in=[row.round_id for row in found]).values_list("pk", "number"))
    latest = sorted(found, key=lambda row: numbers[row.round_id])
    kept: dict[int, tuple[str, str]] = {}
    for edition in latest:
        for entrant, path, name in edition.standings.values_list("entrant", "unit_path", "unit_name"):
            kept[entrant] = (path, name)
    return kept


def line(row: ContestStanding) -> Line:
    """The standing as a public line."""
    return Line(
        rank=row.rank,
        name=masking.public_name(row.entrant.name, consented="publish_name" in row.entrant.consents),
        unit=row.unit_name,
        rounds=row.rounds,
        points=row.points,
        correct=row.correct,
        rounds_all_correct=row.rounds_all_correct,
        duration_ms=row.duration_ms,
        prize=row.prize,
    )


def winners_of(settlement: ContestSettlement) -> list[Line]:
    """Everyone with a prize, best first."""
    return [line(row) for row in settlement.standings.exclude(prize="").select_related("entrant")]


def after(settlement: ContestSettlement, position: int, *, limit: int) -> tuple[list[Line], int | None]:
    """Up to `limit` lines after this position (0: from the top), and the position to go on from; None at the end."""
    rows = settlement.standings.filter(position__gt=position).select_related("entrant").order_by("position")
    found = list(rows[: limit + 1])
    following = found[limit - 1].position if len(found) > limit else None
    return [line(row) for row in found[:limit]], following
