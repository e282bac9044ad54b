"""What corrections make of keys, and what they change between two results: who moves, whose prize is another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from contest.rules.scoring import KeyEffect

Key = Mapping[str, Any]

_UNRANKED = 1 << 60


class Correction(StrEnum):
    """What was decided about one question: another answer is right too, every answer is, or it is void."""

    ACCEPT = "accept"
    ACCEPT_ALL = "accept_all"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Corrected:
    """Keys that replace published ones, effects, and every decision in its order; all by version id."""

    keys: Mapping[int, Key]
    effects: Mapping[int, KeyEffect]
    decided: Mapping[int, tuple[Correction, ...]]


UNCORRECTED = Corrected({}, {}, {})


def corrected(
    published: Mapping[int, Key], decisions: Iterable[tuple[int, str, Any]], *, void_removes: bool
) -> Corrected:
    """What (version id, decision, answer) in the order of their making leave of the published keys."""
    keys: dict[int, Key] = {}
    effects: dict[int, KeyEffect] = {}
    decided: dict[int, tuple[Correction, ...]] = {}
    for version, code, answer in decisions:
        decision = Correction(code)
        decided[version] = (*decided.get(version, ()), decision)
        if decision is Correction.ACCEPT:
            key = keys.get(version, published[version])
            keys[version] = {**key, "accepted": [*key["accepted"], answer]}
        elif decision is Correction.ACCEPT_ALL:
            effects[version] = KeyEffect.ACCEPT_ALL
        else:
            effects[version] = KeyEffect.VOID_REMOVED if void_removes else KeyEffect.VOID_FULL
    return Corrected(keys, effects, decided)


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
