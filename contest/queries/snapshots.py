"""What the hot path keeps in each process: published rounds for a second, papers for ever (they never change)."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from contest.errors import Refusal
from contest.models import Paper, Round
from contest.rules import windows
from contest.rules.rulebook import Rules

ROUND_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class RoundSnapshot:
    """A round as the hot path needs it; `paper_ids` in the order of paper numbers."""

    id: int
    title: str
    contest_id: int
    contest_slug: str
    contest_title: str
    state: str
    window: windows.Window
    rules: Rules
    paper_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PaperSnapshot:
    """A paper: public items (also by item number, a string) and, apart, the secret keys by item number."""

    id: int
    items: tuple[Mapping[str, Any], ...]
    by_number: Mapping[str, Mapping[str, Any]]
    keys: Mapping[str, Any]
    max_points: int


_rounds: dict[int, tuple[float, RoundSnapshot]] = {}


def round_snapshot(round_id: int, *, fresh: bool = False) -> RoundSnapshot:
    """The round, at most a second old unless `fresh`. Refusal("not-found") when there is none."""
    kept = _rounds.get(round_id)
    if kept is not None and not fresh and time.monotonic() - kept[0] < ROUND_SECONDS:
        return kept[1]
    found = _read_round(round_id)
    _rounds[round_id] = (time.monotonic(), found)
    return found


def forget_round(round_id: int) -> None:
    """Drops what this process keeps of the round; other processes follow within a second."""
    _rounds.pop(round_id, None)


@lru_cache(maxsize=512)
def paper(paper_id: int) -> PaperSnapshot:
    """The paper by id, kept for the life of the process."""
    row = Paper.objects.get(pk=paper_id)
    items = tuple(row.items)
    return PaperSnapshot(row.pk, items, {str(item["no"]): item for item in items}, row.keys, row.max_points)


def forget_all() -> None:
    """Empties what this process keeps (tests, and the commands that empty the database)."""
    _rounds.clear()
    paper.cache_clear()


def window_of(row: Round) -> windows.Window:
    """The round's window from its columns and rules."""
    hours = windows.hours_from_json(row.rules.get("weekdays", []))
    return windows.Window(row.opens_at, row.closes_at, hours)


def _read_round(round_id: int) -> RoundSnapshot:
    row = Round.objects.select_related("contest").filter(pk=round_id).first()
    if row is None:
        raise Refusal("not-found")
    papers = tuple(row.papers.order_by("number").values_list("id", flat=True))
    return RoundSnapshot(
        id=row.pk,
        title=row.title,
        contest_id=row.contest_id,
        contest_slug=row.contest.slug,
        contest_title=row.contest.title,
        state=row.state,
        window=window_of(row),
        rules=Rules.from_json(row.rules),
        paper_ids=papers,
    )
