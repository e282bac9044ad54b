"""Who wins what: tiers in order, for a round or a contest; a shared rank at a boundary is reported, never cut."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Tier(StrEnum):
    """Prizes from the highest down."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    CONSOLATION = "consolation"


@dataclass(frozen=True, slots=True)
class PrizePlan:
    """How many prizes a tier has. `one_a_person`: who has won before in the contest is passed over."""

    counts: tuple[tuple[Tier, int], ...] = ()
    one_a_person: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "counts": {tier.value: count for tier, count in self.counts},
            "one_a_person": self.one_a_person,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PrizePlan":
        given = data.get("counts", {})
        counts = tuple((tier, int(given[tier.value])) for tier in Tier if int(given.get(tier.value, 0)) > 0)
        return cls(counts, bool(data.get("one_a_person", False)))


@dataclass(frozen=True, slots=True)
class Award:
    """A prize of one person."""

    entrant_id: int
    tier: Tier


@dataclass(frozen=True, slots=True)
class Tie:
    """More people share `rank` than the `left` prizes of `tier`: all of them are awarded, the board is told."""

    tier: Tier
    rank: int
    people: int
    left: int


def award(
    ranked: Iterable[tuple[int, int]], plan: PrizePlan, *, won_before: Collection[int] = ()
) -> tuple[list[Award], list[Tie]]:
    """Awards for (rank, entrant id) pairs in ranking order.

    People who share a rank get the same tier; when that is more people than the tier has prizes left, all of them get
    it, the surplus is taken from the tiers below, and a Tie reports it.
    """
    passed_over = set(won_before) if plan.one_a_person else set()
    groups: dict[int, list[int]] = {}
    for rank, entrant_id in ranked:
        if entrant_id not in passed_over:
            groups.setdefault(rank, []).append(entrant_id)
    awards: list[Award] = []
    ties: list[Tie] = []
    places = [tier for tier, count in plan.counts for _ in range(count)]
    for rank, people in sorted(groups.items()):
        if len(awards) >= len(places):
            break
        tier = places[len(awards)]
        left = sum(1 for place in places[len(awards) :] if place is tier)
        if len(people) > left:
            ties.append(Tie(tier, rank, len(people), left))
        awards.extend(Award(entrant_id, tier) for entrant_id in people)
    return awards, ties
