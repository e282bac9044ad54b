"""The board of a live round: the declared chain, shared ranks, never the order of an array."""

from collections.abc import Callable

import msgspec

from contest.live import modes
from contest.live.modes.base import Contender, Total
from contest.live.state import State

_KEYS: dict[str, Callable[[Contender], int]] = {
    "points": lambda line: -line.total.points,
    "right": lambda line: -line.total.right,
    "time": lambda line: line.total.ms,
    "floor": lambda line: line.floor,
}


class Line(msgspec.Struct, frozen=True):
    """A ranked line; equal keys share a rank and the next one skips (1, 2, 2, 4)."""

    rank: int
    id: int
    name: str
    unit: str
    total: Total


class Board(msgspec.Struct, frozen=True):
    """All lines by rank, equal ones by id, and where each id stands (index)."""

    lines: tuple[Line, ...]
    place: dict[int, int]


def board(state: State) -> Board:
    """The board over all revealed runs that count."""
    keys = [_KEYS[code] for code in state.rules.chain]
    contenders = modes.get(state.rules.mode).contenders(state)
    ordered = sorted((tuple(key(line) for key in keys), line.id, line) for line in contenders)
    lines: list[Line] = []
    before: tuple[int, ...] | None = None
    rank = 0
    for place, (key, _, line) in enumerate(ordered, start=1):
        rank = rank if key == before else place
        before = key
        lines.append(Line(rank, line.id, line.name, line.unit, line.total))
    return Board(tuple(lines), {line.id: index for index, line in enumerate(lines)})
