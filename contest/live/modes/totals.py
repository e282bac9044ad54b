"""Totals, run after run: a new run is added to what was reckoned before instead of adding everything up again."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Protocol

import msgspec

from contest.live.rules import LiveRules
from contest.live.state import Mark

MOST_KEPT = 8
Marks = Mapping[int, Mark]


class Total(msgspec.Struct, frozen=True):
    """What a participant has earned in the runs that count: points with adjustments, right answers, ms of those.

    `streak`: right answers in a row up to now; `bonus`: the points the last of them brought besides its mark.
    """

    points: int = 0
    right: int = 0
    ms: int = 0
    streak: int = 0
    bonus: int = 0


class Adding(Protocol):
    """A mode, as far as it is needed here."""

    code: ClassVar[str]

    def add(self, rules: LiveRules, total: Total, mark: Mark | None) -> Total:
        """The total after one more run."""


class _Kept(msgspec.Struct, frozen=True):
    code: str
    rules: LiveRules
    marks: tuple[Marks, ...]
    totals: dict[int, Total]


_NOTHING = Total()
_kept: list[_Kept] = []


def folded(
    mode: Adding, rules: LiveRules, marks: tuple[Marks, ...], players: Iterable[int]
) -> dict[int, Total]:
    """The participants' totals over the runs' marks, in order. The dict is the caller's own."""
    known = _longest(mode, rules, marks)
    before, more = (known.totals, marks[len(known.marks) :]) if known else ({}, marks)
    made = {}
    for player in players:
        total = before.get(player)
        if total is None:
            total = _over(mode, rules, marks, player)
        else:
            for run in more:
                total = mode.add(rules, total, run.get(player))
        made[player] = total
    if known is None or more or len(made) != len(before):
        # One assignment: another thread sees the list before or after it.
        _kept[:] = [_Kept(mode.code, rules, marks, made), *_kept[: MOST_KEPT - 1]]
    return dict(made)


def _over(mode: Adding, rules: LiveRules, marks: tuple[Marks, ...], player: int) -> Total:
    total = _NOTHING
    for run in marks:
        total = mode.add(rules, total, run.get(player))
    return total


def _longest(mode: Adding, rules: LiveRules, marks: tuple[Marks, ...]) -> _Kept | None:
    """What is kept of the most of these runs, from the first on. Marks are the same when they are the same object."""
    found = None
    for kept in _kept:
        fits = kept.code == mode.code and kept.rules is rules and len(kept.marks) <= len(marks)
        same = fits and all(one is other for one, other in zip(kept.marks, marks, strict=False))
        if same and (found is None or len(kept.marks) > len(found.marks)):
            found = kept
    return found
