"""The running board of an open round, as far as its policy lets it be seen."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Sum

from contest.models import Attempt, BoardBucket, BoardEntry
from contest.queries import snapshots
from contest.rules import masking, windows
from contest.rules.visibility import Visible, visible_results

TOP = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board; the name is masked unless the entrant agreed to be named."""

    rank: int
    name: str
    unit: str
    points: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Board:
    """What everybody may see of a round's board now; `entrants` and `attempts` are None while they are withheld."""

    policy: str
    phase: str
    rows: tuple[Row, ...]
    entrants: int | None
    attempts: int | None

    def as_json(self) -> dict[str, Any]:
        """Plain JSON for page, API and socket."""
        return asdict(self)


def visible(round_id: int, now: datetime) -> tuple[snapshots.RoundSnapshot, windows.Phase, Visible]:
    """The round, its phase and what it shows now."""
    snapshot = snapshots.round_snapshot(round_id)
    phase = windows.phase_at(snapshot.state, snapshot.window, now)
    rules = snapshot.rules
    shown = visible_results(
        board=rules.board,
        review=rules.review,
        phase=phase,
        now=now,
        frozen_from=rules.frozen_from,
        prediction=rules.prediction is not None,
    )
    return snapshot, phase, shown


def board(round_id: int, *, now: datetime) -> Board:
    """The top of the board; constant in size however many take part. Refusal("not-found") for no such round."""
    snapshot, phase, shown = visible(round_id, now)
    entries = BoardEntry.objects.filter(round_id=round_id)
    if shown.frozen and snapshot.rules.frozen_from is not None:
        entries = entries.filter(finished_at__lte=snapshot.rules.frozen_from)
    rows: tuple[Row, ...] = ()
    if shown.board or shown.frozen:
        top = entries.select_related("entrant").order_by("-points", "duration_ms", "finished_at", "id")[:TOP]
        rows = tuple(_row(rank, entry) for rank, entry in enumerate(top, start=1))
    return Board(
        policy=snapshot.rules.board.value,
        phase=phase.value,
        rows=rows,
        entrants=BoardEntry.objects.filter(round_id=round_id).count() if shown.counters else None,
        attempts=Attempt.objects.filter(round_id=round_id).count() if shown.counters else None,
    )


def own_rank(round_id: int, entrant_id: int, *, now: datetime) -> int | None:
    """The entrant's provisional rank: the histogram above plus a count inside the own bucket.

    None without a finished attempt, or while the round shows no own results.
    """
    _, _, shown = visible(round_id, now)
    mine = BoardEntry.objects.filter(round_id=round_id, entrant_id=entrant_id).first()
    if mine is None or not shown.own_score:
        return None
    second = mine.duration_ms // 1000
    buckets = BoardBucket.objects.filter(round_id=round_id)
    above = buckets.filter(points__gt=mine.points) | buckets.filter(points=mine.points, seconds__lt=second)
    better = above.aggregate(n=Sum("entrants"))["n"] or 0
    same = BoardEntry.objects.filter(
        round_id=round_id, points=mine.points, duration_ms__gte=second * 1000, duration_ms__lt=(second + 1) * 1000
    )
    ahead = sum(
        1
        for key in same.values_list("duration_ms", "finished_at", "id")
        if key < (mine.duration_ms, mine.finished_at, mine.pk)
    )
    return int(better) + ahead + 1


def _row(rank: int, entry: BoardEntry) -> Row:
    entrant = entry.entrant
    name = masking.public_name(entrant.name, consented="publish_name" in entrant.consents)
    return Row(rank, name, entrant.unit_name, entry.points, entry.duration_ms)
