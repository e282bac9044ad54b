"""What a deed changes on the board: ranks and points before and after. Pure."""

import msgspec

from contest.live.ranking import Board, Line
from contest.live.state import State
from contest.live.unit_ranking import UnitBoard, UnitLine, unit_key


class Place(msgspec.Struct, frozen=True):
    """A line's rank and points."""

    rank: int
    points: int


class Swing(msgspec.Struct, frozen=True):
    """A line that is another after the deed; None where there is none."""

    id: int
    name: str
    unit: str
    before: Place | None
    after: Place | None


class UnitSwing(msgspec.Struct, frozen=True):
    """The same of a unit."""

    name: str
    before: Place | None
    after: Place | None


class Effect(msgspec.Struct, frozen=True):
    """The lines that change, best rank after it first; `lines` of the board; how many are back on the floor, or off it.

    Points are in steps of 1/`scale`. `reopens`: a signed result is provisional again. `units` change too, of so many
    `unit_lines` (0: the rules rank no units); their points are in hundredths.
    """

    changed: tuple[Swing, ...]
    lines: int
    back: int
    off: int
    reopens: bool
    scale: int = 1
    units: tuple[UnitSwing, ...] = ()
    unit_lines: int = 0


def between(before: Board, after: Board) -> tuple[Swing, ...]:
    """The lines whose rank or points differ, in the order of the board after, those that left it last."""
    order = [line.id for line in after.lines] + [
        line.id for line in before.lines if line.id not in after.place
    ]
    found = []
    for id_ in order:
        old, new = _line(before, id_), _line(after, id_)
        shown = new or old
        if shown is not None and _place(old) != _place(new):
            found.append(Swing(id_, shown.name, shown.unit, _place(old), _place(new)))
    return tuple(found)


def units_between(before: UnitBoard, after: UnitBoard) -> tuple[UnitSwing, ...]:
    """The units whose rank or points differ, in the order of the board after, those that left it last."""
    old = {unit_key(line.name): line for line in before.lines}
    new = {unit_key(line.name): line for line in after.lines}
    found = [
        UnitSwing(line.name, _unit_place(old.get(key)), _unit_place(new.get(key)))
        for key, line in {**new, **{key: line for key, line in old.items() if key not in new}}.items()
    ]
    return tuple(swing for swing in found if swing.before != swing.after)


def _unit_place(line: UnitLine | None) -> Place | None:
    return Place(line.rank, line.total.points) if line is not None else None


def back_on_floor(before: State, after: State) -> int:
    """How many had left the floor, or waited for the jury, and stand on it after the deed."""
    return len(_off(before) - _off(after))


def off_floor(before: State, after: State) -> int:
    """How many stand on the floor, and have left it or wait for the jury after the deed."""
    return len(_off(after) - _off(before))


def _off(state: State) -> set[int]:
    return {*state.floor.out, *state.floor.waiting}


def _line(board: Board, id_: int) -> Line | None:
    place = board.place.get(id_)
    return board.lines[place] if place is not None else None


def _place(line: Line | None) -> Place | None:
    return Place(line.rank, line.total.points) if line is not None else None
