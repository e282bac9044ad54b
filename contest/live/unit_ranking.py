"""The ranking of units (branches, communes): the mean of each unit's best people, so that size alone wins nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from contest.live.modes.teams import SCALE, mean_of_best
from contest.live.modes.totals import Total
from contest.live.ranking import Board, Line
from contest.live.remembered import remembered
from contest.live.rules import LiveRules
from question_bank.rules.text import quote_fold

__all__ = ["SCALE", "UnitBoard", "UnitLine", "of_board", "ranked", "unit_key"]


class UnitLine(msgspec.Struct, frozen=True):
    """A ranked unit; equal ones share a rank and the next one skips. `people`: how many of it take part.

    `total.points` is the mean in steps of 1/`SCALE`; right answers and ms are sums, over those who count.
    """

    rank: int
    name: str
    people: int
    total: Total


class UnitBoard(msgspec.Struct, frozen=True):
    """All units by rank, equal ones by name, and where each participant's unit stands (index by participant)."""

    lines: tuple[UnitLine, ...] = ()
    place: dict[int, int] = {}


_NOTHING = UnitBoard()


def of_board(board: Board, rules: LiveRules) -> UnitBoard:
    """The units of a round by its board; none where the rules rank no units."""
    return _of_board(board, rules) if rules.units_best_of else _NOTHING


@remembered(4)
def _of_board(board: Board, rules: LiveRules) -> UnitBoard:
    return ranked(board.lines, rules.units_best_of)


def ranked(people: Iterable[Line], best_of: int) -> UnitBoard:
    """The units of these people, whatever their order. Who names no unit is in none.

    A unit's points are the mean of its best `best_of` people, ranked by points, right answers and time; who is missing
    counts 0, and so does whoever has less than 0: nobody harms their unit by coming. Right answers and ms of those
    people break ties.
    """
    members: dict[str, list[Line]] = {}
    for line in people:
        key = unit_key(line.unit)
        if key:
            members.setdefault(key, []).append(line)
    units = [(_total(own, best_of), _common_spelling(own), own) for own in members.values()]
    units.sort(key=lambda unit: (*_order(unit[0]), unit[1]))
    lines: list[UnitLine] = []
    place: dict[int, int] = {}
    for index, (total, name, own) in enumerate(units):
        shared = index > 0 and _order(units[index - 1][0]) == _order(total)
        lines.append(UnitLine(lines[-1].rank if shared else index + 1, name, len(own), total))
        place |= {line.id: index for line in own}
    return UnitBoard(tuple(lines), place)


def _total(own: Iterable[Line], best_of: int) -> Total:
    return mean_of_best([line.total for line in own if line.total.points >= 0], best_of)


def _order(total: Total) -> tuple[int, int, int]:
    return -total.points, -total.right, total.ms


def _common_spelling(own: Sequence[Line]) -> str:
    """The one most people wrote; of several the one whose first writer came first."""
    times = Counter(line.unit for line in own)
    return min(own, key=lambda line: (-times[line.unit], line.id)).unit


@lru_cache(maxsize=16_384)
def unit_key(unit: str) -> str:
    """What spellings of one unit have in common: case, white space, tone placement and marks at the ends do not count.

    Accents do, for they tell units apart. Empty for what has no letter or digit.
    """
    key = quote_fold(unit).strip(" .,;:!?-\"'")
    return key if any(char.isalnum() for char in key) else ""
