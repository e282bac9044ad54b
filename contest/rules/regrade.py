"""What a correction changes between two results: who moves, and whose prize is another."""

from collections.abc import Mapping
from dataclasses import dataclass

_UNRANKED = 1 << 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in one result; `prize` is a tier's code or ''."""

    rank: int
    points: int
    prize: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """Somebody whose place differs; None where the person is not ranked."""

    entrant_id: int
    before: Place | None
    after: Place | None

    @property
    def direction(self) -> str:
        """up, down or same, by rank; entering the ranking is up, leaving it is down."""
        before, after = (place.rank if place else _UNRANKED for place in (self.before, self.after))
        return "up" if after < before else "down" if after > before else "same"

    @property
    def changes_prize(self) -> bool:
        """Whether a prize is won, lost or exchanged."""
        before, after = (place.prize if place else "" for place in (self.before, self.after))
        return before != after


def movements(before: Mapping[int, Place], after: Mapping[int, Place]) -> list[Movement]:
    """Everybody (by entrant id) whose rank, points or prize differ, in the order of the new ranks, who left it last."""
    moved = [
        Movement(entrant_id, before.get(entrant_id), after.get(entrant_id))
        for entrant_id in before.keys() | after.keys()
        if before.get(entrant_id) != after.get(entrant_id)
    ]
    return sorted(moved, key=lambda move: (move.after.rank if move.after else _UNRANKED, move.entrant_id))
