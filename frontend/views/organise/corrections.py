"""What a correction of a key would change, and applying it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from contest.actions import corrections, settlement
from contest.models import Entrant, Round, User
from contest.queries import standings
from contest.rules import regrade
from contest.rules.regrade import Movement, Place
from contest.rules.windows import RoundStatus
from frontend.views.organise import words

SETTLED = frozenset({RoundStatus.SETTLED, RoundStatus.PUBLISHED, RoundStatus.AMENDED})
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Move:
    """A person whose place differs, by name."""

    name: str
    moved: Movement

    @property
    def before(self) -> Place | None:
        """The place before; None for who was not ranked."""
        return self.moved.before

    @property
    def after(self) -> Place | None:
        """The place after; None for who is not ranked any more."""
        return self.moved.after

    @property
    def direction(self) -> str:
        """up, down or same, by rank."""
        return self.moved.direction

    @property
    def prizes(self) -> tuple[str, str]:
        """The prize before and after, in words."""
        before, after = (words.prize(place.prize) if place else "" for place in (self.before, self.after))
        return before, after


@dataclass(frozen=True, slots=True)
class Preview:
    """The first moves by their new place, and how many people move in all."""

    moves: tuple[Move, ...]
    total: int


def preview(round: Round, given: Mapping[str, Any], *, actor: User, now: datetime) -> Preview:
    """Who would move. Everything is undone before it returns. Refuses as correct_key and compute do."""
    before = _stored(round)
    with transaction.atomic():
        corrections.correct_key(round, **_deed(given), actor=actor, now=now)
        after = _computed(round)
        transaction.set_rollback(True)
    moved = regrade.movements(before, after)
    shown = moved[:SHOWN]
    names = dict(Entrant.objects.filter(pk__in=[move.entrant_id for move in shown]).values_list("pk", "name"))
    return Preview(tuple(Move(names[move.entrant_id], move) for move in shown), len(moved))


def apply(round: Round, given: Mapping[str, Any], *, actor: User, now: datetime) -> None:
    """Records the correction, and settles anew where there is a result already; both or neither."""
    with transaction.atomic():
        corrections.correct_key(round, **_deed(given), actor=actor, now=now)
        if round.state in SETTLED:
            settlement.settle_round(round, actor=actor, now=now, reason=given["reason"])


def _deed(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("version_id", "effect", "answer", "reason")}


def _stored(round: Round) -> dict[int, Place]:
    newest = standings.newest(round)
    if newest is None:
        return _computed(round)
    rows = newest.standings.values_list("entrant_id", "rank", "points", "prize")
    return {entrant: Place(rank, points, prize) for entrant, rank, points, prize in rows}


def _computed(round: Round) -> dict[int, Place]:
    outcome = settlement.compute(round)
    return {
        row.row.entrant_id: Place(row.rank, row.row.points, str(outcome.awards.get(row.row.entrant_id, "")))
        for row in outcome.settlement.rows
    }
