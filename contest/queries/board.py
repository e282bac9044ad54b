"""The running board of a round, as far as its policy lets it be seen, and one's own place on it.

Each process computes a round's board once a second at most; an own rank costs the same however many take part.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Sum

from contest.errors import Refusal
from contest.models import Attempt, BoardBucket, BoardEntry, Settlement, Standing
from contest.queries import snapshots
from contest.rules import masking, windows
from contest.rules.attempts import FINISHED
from contest.rules.visibility import BoardPolicy, Visible, visible_results

TOP = 10
KEPT_S = 1.0
CONSENT = "publish_name"


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
    """What everybody may see of a round's board now.

    `policy` is what holds now: live, frozen, own or hidden. `entrants` (people with a finished attempt) and `attempts`
    (finished ones) are None while they are withheld.
    """

    policy: str
    phase: str
    rows: tuple[Row, ...]
    entrants: int | None
    attempts: int | None

    def as_json(self) -> dict[str, Any]:
        """Plain JSON for page, API and socket."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """An entrant's best finished attempt so far; `rank` is None while others' results may not be inferred from it."""

    rank: int | None
    points: int
    duration_ms: int


@dataclass(slots=True)
class _Kept:
    board: Board
    until: float


_kept: dict[int, _Kept] = {}
_refreshing = threading.Lock()


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
        closes_at=snapshot.window.closes_at,
    )
    return snapshot, phase, shown


def board(round_id: int, *, now: datetime, fresh: bool = False) -> Board:
    """The top of the board, constant in size; at most a second old unless `fresh`.

    While one thread of the process refreshes it, the others show what there was. Refusal("not-found") for no such
    round or a draft.
    """
    kept = _kept.get(round_id)
    if kept is None or fresh:
        return _refresh(round_id, now)
    if time.monotonic() < kept.until or not _refreshing.acquire(blocking=False):
        return kept.board
    try:
        return _refresh(round_id, now)
    finally:
        _refreshing.release()


def own_rank(round_id: int, entrant_id: int, *, now: datetime) -> int | None:
    """The entrant's provisional rank; None without a finished attempt or while the round shows none."""
    place = own_place(round_id, entrant_id, now=now)
    return place.rank if place else None


def own_place(round_id: int, entrant_id: int, *, now: datetime) -> OwnPlace | None:
    """The entrant's own place; None without a finished attempt or while the round shows no own results.

    Of a published round it is the published rank; while the board is frozen there is no rank, for it would move.
    """
    _, _, shown = visible(round_id, now)
    if not shown.own_score:
        return None
    if shown.ranking:
        mine = Standing.objects.filter(settlement=_released(round_id), entrant_id=entrant_id).first()
        return OwnPlace(mine.rank, mine.points, mine.duration_ms) if mine else None
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [round_id, entrant_id])
        row = cursor.fetchone()
    return OwnPlace(None if shown.frozen else int(row[2]), row[0], row[1]) if row else None


def forget_all() -> None:
    """Empties what this process keeps (tests, and the commands that empty the database)."""
    _kept.clear()


# The histogram above the own bucket, and a count inside it: no sort, no count of everybody.
_OWN = """
SELECT m.points, m.duration_ms,
       1 + COALESCE((SELECT SUM(h.entrants) FROM contest_boardbucket h
                      WHERE h.round_id = m.round_id AND h.points > m.points), 0)
         + COALESCE((SELECT SUM(h.entrants) FROM contest_boardbucket h
                      WHERE h.round_id = m.round_id AND h.points = m.points AND h.seconds < m.duration_ms / 1000), 0)
         + (SELECT COUNT(*) FROM contest_boardentry o
             WHERE o.round_id = m.round_id AND o.points = m.points
               AND o.duration_ms >= m.duration_ms / 1000 * 1000
               AND (o.duration_ms, o.finished_at, o.id) < (m.duration_ms, m.finished_at, m.id))
  FROM contest_boardentry m WHERE m.round_id = %s AND m.entrant_id = %s
"""


def _refresh(round_id: int, now: datetime) -> Board:
    found = _compute(round_id, now)
    _kept[round_id] = _Kept(found, time.monotonic() + KEPT_S)
    return found


def _compute(round_id: int, now: datetime) -> Board:
    snapshot, phase, shown = visible(round_id, now)
    if phase is windows.Phase.DRAFT:
        raise Refusal("not-found")
    if shown.ranking:
        return _published(round_id, phase)
    rows: tuple[Row, ...] = ()
    if shown.board:
        rows = _live_rows(round_id)
    elif shown.frozen:
        rows = _rows_at(round_id, snapshot.rules.frozen_from)
    return Board(
        policy=_effective(shown),
        phase=phase.value,
        rows=rows,
        entrants=_people(round_id) if shown.counters else None,
        attempts=_attempts(round_id) if shown.counters else None,
    )


def _effective(shown: Visible) -> str:
    if shown.board:
        return BoardPolicy.LIVE.value
    if shown.frozen:
        return BoardPolicy.FROZEN.value
    return (BoardPolicy.OWN if shown.own_score else BoardPolicy.HIDDEN).value


def _live_rows(round_id: int) -> tuple[Row, ...]:
    entries = BoardEntry.objects.filter(round_id=round_id, entrant__barred="").select_related("entrant")
    top = entries.order_by("-points", "duration_ms", "finished_at", "id")[:TOP]
    return tuple(
        Row(rank, _name(entry.entrant), entry.entrant.unit_name, entry.points, entry.duration_ms)
        for rank, entry in enumerate(top, start=1)
    )


def _rows_at(round_id: int, moment: datetime | None) -> tuple[Row, ...]:
    """The top as it stood at `moment`: later attempts neither enter nor push out what the entrant had then."""
    if moment is None:
        return ()
    rows: list[Row] = []
    seen: set[int] = set()
    for attempt in _finished_by(round_id, moment):
        if attempt.entrant_id not in seen:
            seen.add(attempt.entrant_id)
            points, duration = attempt.score or 0, attempt.duration_ms or 0
            rows.append(
                Row(len(rows) + 1, _name(attempt.entrant), attempt.entrant.unit_name, points, duration)
            )
            if len(rows) == TOP:
                break
    return tuple(rows)


def _finished_by(round_id: int, moment: datetime) -> Iterator[Attempt]:
    found = Attempt.objects.filter(
        round_id=round_id, state__in=FINISHED, finished_at__lte=moment, entrant__barred=""
    ).select_related("entrant")
    ordered = found.order_by("-score", "duration_ms", "finished_at", "id")
    first, size = 0, 10 * TOP
    while page := list(ordered[first : first + size]):
        yield from page
        first += size


def _published(round_id: int, phase: windows.Phase) -> Board:
    settlement = _released(round_id)
    top = settlement.standings.select_related("entrant").order_by("position")[:TOP] if settlement else []
    numbers = settlement.numbers if settlement else {}
    return Board(
        policy=BoardPolicy.LIVE.value,
        phase=phase.value,
        rows=tuple(
            Row(row.rank, _name(row.entrant), row.unit_name, row.points, row.duration_ms) for row in top
        ),
        entrants=numbers.get("people_participating"),
        attempts=numbers.get("attempts"),
    )


def _released(round_id: int) -> Settlement | None:
    return (
        Settlement.objects.filter(round_id=round_id, published_at__isnull=False).order_by("-edition").first()
    )


def _people(round_id: int) -> int:
    total: int | None = BoardBucket.objects.filter(round_id=round_id).aggregate(n=Sum("entrants"))["n"]
    return total or 0


def _attempts(round_id: int) -> int:
    return Attempt.objects.filter(round_id=round_id, state__in=FINISHED).count()


def _name(entrant: Any) -> str:
    return masking.public_name(entrant.name, consented=CONSENT in entrant.consents)
