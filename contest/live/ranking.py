"""The board of a live round: the declared chain, shared ranks, never the order of an array."""

from collections.abc import Callable
from typing import Any

import msgspec

from contest.live import modes
from contest.live.modes.base import Contender
from contest.live.modes.totals import Total
from contest.live.state import State

_KEYS: dict[str, Callable[[Contender], int]] = {
    "points": lambda line: -line.total.points,
    "right": lambda line: -line.total.right,
    "time": lambda line: line.total.ms,
    "floor": lambda line: line.floor,
}
MOST_KEPT = 16


class Line(msgspec.Struct, frozen=True):
    """A ranked line; equal keys share a rank and the next one skips (1, 2, 2, 4)."""

    rank: int
    id: int
    name: str
    unit: str
    total: Total


class Board(msgspec.Struct, frozen=True):
    """All lines by rank, equal ones by id, and where each id stands (index).

    `above`: for each line the index of the nearest with a better rank, -1 for the first. `run`: the last run that
    counts, for points or for practice; 0 before.
    """

    lines: tuple[Line, ...]
    place: dict[int, int]
    above: tuple[int, ...] = ()
    run: int = 0


_kept: list[tuple[tuple[Any, ...], Board]] = []


def board(state: State, *, off_floor: bool = False) -> Board:
    """The board over all revealed runs that count; `off_floor`: by the chain as if everybody stood.

    States share whatever did not change between them, so the board of an earlier one with the same parts is taken
    again.
    """
    basis = (*_parts(state), off_floor)
    for known, made in _kept:
        if len(known) == len(basis) and all(one is other for one, other in zip(known, basis, strict=True)):
            return made
    made = _board(state, off_floor=off_floor)
    # One assignment: another thread sees the list before or after it.
    _kept[:] = [(basis, made), *_kept[: MOST_KEPT - 1]]
    return made


def _parts(state: State) -> tuple[Any, ...]:
    """Everything a board depends on."""
    runs = tuple(part for run in state.counting_runs() for part in (run.no, run.marks))
    last = len(state.runs)
    return (state.rules, state.items, state.players, state.teams, state.floor, state.adjustments, last, *runs)


def _board(state: State, *, off_floor: bool) -> Board:
    mode = modes.get(state.rules.mode)
    chain = mode.chain(state.rules)
    keys = [_KEYS[code] for code in chain if not (off_floor and code == "floor")]
    contenders = mode.contenders(state)
    columns = [map(key, contenders) for key in keys]
    ordered = sorted(
        zip(zip(*columns, strict=True), [line.id for line in contenders], contenders, strict=True)
    )
    lines: list[Line] = []
    above: list[int] = []
    before: tuple[int, ...] | None = None
    rank = better = 0
    for place, (key, _, line) in enumerate(ordered, start=1):
        if key != before:
            rank, better, before = place, place - 2, key
        lines.append(Line(rank, line.id, line.name, line.unit, line.total))
        above.append(better)
    return Board(
        tuple(lines),
        {line.id: index for index, line in enumerate(lines)},
        tuple(above),
        _last_run(state),
    )


def _last_run(state: State) -> int:
    questions = [run.no for run in state.counting_runs() if state.items[run.item - 1].type == "question"]
    return questions[-1] if questions else 0
