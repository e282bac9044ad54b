"""Drawing papers from the pool by a blueprint: least-used questions first, reproducible from the seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contest.errors import Refusal
from contest.rules.blueprint import Blueprint, shortages
from contest.rules.matching import Allotment
from question_bank.rules.shuffle import Stream


@dataclass(frozen=True, slots=True)
class PoolItem:
    """An approved question version; `used` is the number of papers that hold it already."""

    version_id: int
    topic: str
    level: str
    kind: str
    used: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One place of a paper; `cell` is the number of its blueprint cell, from 0."""

    version_id: int
    points: int
    cell: int


def draw(blueprint: Blueprint, pool: Sequence[PoolItem], seed: str) -> list[Drawn]:
    """The questions of one paper in the order of the cells; place i (from 0) becomes item number i + 1.

    Of all sets that fill the blueprint it takes one whose use counts are lowest, ties in an order made from
    the seed; the order of the pool does not matter. Refusal `pool-too-small` with `shortages`, a list of
    (cell number from 0, missing).
    """
    allotment = Allotment([cell.count for cell in blueprint.cells])
    by_id = {item.version_id: item for item in pool}
    if len(by_id) != len(pool):
        raise ValueError("a question version is twice in the pool")
    for item in _least_used_first(by_id.values(), seed):
        cells = [index for index, cell in enumerate(blueprint.cells) if cell.fits(item)]
        if cells and allotment.offer(item.version_id, cells) and allotment.full:
            break
    if not allotment.full:
        missing = [(shortage.index, shortage.missing) for shortage in shortages(blueprint, pool)]
        raise Refusal("pool-too-small", shortages=missing)
    return [
        Drawn(version_id, cell.points, index)
        for index, cell in enumerate(blueprint.cells)
        for version_id in allotment.held(index)
    ]


def draw_many(blueprint: Blueprint, pool: Sequence[PoolItem], seed: str, k: int) -> list[list[Drawn]]:
    """k papers one after the other, each counting as a use, so that the pool is worn evenly."""
    papers: list[list[Drawn]] = []
    items = {item.version_id: item for item in pool}
    for number in range(k):
        paper = draw(blueprint, list(items.values()), f"{seed}/{number}")
        for place in paper:
            item = items[place.version_id]
            items[place.version_id] = replace(item, used=item.used + 1)
        papers.append(paper)
    return papers


def arrangement(n: int, seed: str, shuffle: bool) -> tuple[int, ...]:
    """The item numbers 1..n in the order in which one attempt shows them."""
    numbers = range(1, n + 1)
    return tuple(Stream(seed).shuffled(numbers)) if shuffle else tuple(numbers)


def _least_used_first(pool: Iterable[PoolItem], seed: str) -> list[PoolItem]:
    shuffled = Stream(seed).shuffled(sorted(pool, key=lambda item: item.version_id))
    return sorted(shuffled, key=lambda item: item.used)
