"""Published results: pages, an entrant's place and neighbours."""

from dataclasses import dataclass

from contest.errors import Refusal
from contest.models import Round, Settlement, Standing
from contest.rules import masking
from contest.rules.windows import RoundStatus

RELEASED = (RoundStatus.PUBLISHED, RoundStatus.AMENDED)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a result; the name is masked unless the entrant agreed to be named. `own` marks the reader's line."""

    rank: int
    name: str
    unit: str
    points: int
    correct: int
    duration_ms: int
    prediction: int | None
    prediction_error: int | None
    prize: str
    own: bool = False


def released(round_id: int) -> Settlement:
    """The newest published edition. Refusal("results-not-public") before publication."""
    found = Settlement.objects.filter(
        round_id=round_id, round__state__in=RELEASED, published_at__isnull=False
    )
    newest = found.select_related("round__contest").order_by("-edition").first()
    if newest is None:
        raise Refusal("results-not-public")
    return newest


def newest(round: Round) -> Settlement | None:
    """The newest edition, published or not (for organisers)."""
    return round.settlements.order_by("-edition").first()


def page(round_id: int, *, page: int, size: int) -> list[Line]:
    """One page (from 1) of the published ranking, in its order."""
    first = (page - 1) * size
    rows = released(round_id).standings.select_related("entrant").order_by("position")
    return [line(row) for row in rows[first : first + size]]


def after(settlement: Settlement, position: int, *, limit: int) -> tuple[list[Line], int | None]:
    """Up to `limit` lines after this position (0: from the top), and the position to go on from; None at the end."""
    rows = settlement.standings.filter(position__gt=position).select_related("entrant").order_by("position")
    found = list(rows[: limit + 1])
    following = found[limit - 1].position if len(found) > limit else None
    return [line(row) for row in found[:limit]], following


def around(settlement: Settlement, entrant_id: int, *, reach: int = 2) -> list[Line]:
    """The entrant's line with up to `reach` neighbours on each side; empty when not ranked."""
    mine = settlement.standings.filter(entrant_id=entrant_id).first()
    if mine is None:
        return []
    near = settlement.standings.filter(position__range=(mine.position - reach, mine.position + reach))
    return [line(row, own=row.entrant_id == entrant_id) for row in near.select_related("entrant")]


def winners(settlement: Settlement) -> list[Line]:
    """Everyone with a prize, best first."""
    return [line(row) for row in settlement.standings.exclude(prize="").select_related("entrant")]


def line(row: Standing, *, own: bool = False) -> Line:
    """The standing as a public line; one's own name is shown whole."""
    consented = own or "publish_name" in row.entrant.consents
    return Line(
        rank=row.rank,
        name=masking.public_name(row.entrant.name, consented=consented),
        unit=row.unit_name,
        points=row.points,
        correct=row.correct,
        duration_ms=row.duration_ms,
        prediction=row.prediction,
        prediction_error=row.prediction_error,
        prize=row.prize,
        own=own,
    )
