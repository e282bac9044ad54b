"""The tree of units by its paths ('3/17/204/'): who lies below whom, and sums that count everybody once.

An empty path is that of people who named a unit outside the tree; it has nothing above or below it.
"""

from collections.abc import Iterable, Mapping, Sequence


def line(path: str) -> list[str]:
    """The paths from the root down to this one: '3/17/' gives ['3/', '3/17/'], the empty path itself."""
    ids = [part for part in path.split("/") if part]
    return ["".join(f"{part}/" for part in ids[:length]) for length in range(1, len(ids) + 1)] or [""]


def parent(path: str) -> str | None:
    """The path one step up; None for a root and for the empty path."""
    above = line(path)
    return above[-2] if len(above) > 1 else None


def lies_in(path: str, root: str) -> bool:
    """Whether the unit is `root` or below it: '3/170/' does not lie in '3/17/'. The empty path lies in itself only."""
    return path == root or (root != "" and path.startswith(root))


def moved(path: str, unit: str, new_parent: str) -> str:
    """The path after `unit` was moved below `new_parent` ('' makes it a root); other paths stay as they are.

    ValueError for a unit that would come to lie below itself.
    """
    if unit and lies_in(new_parent, unit):
        raise ValueError(f"{unit} cannot lie below itself")
    if not unit or not lies_in(path, unit):
        return path
    return new_parent + line(unit)[-1][len(parent(unit) or "") :] + path[len(unit) :]


def rolled_up(own: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Sums by path: each row of numbers is added to its own path and to every path above, which need no row.

    So a parent is the sum of its children and of its own people. All rows must have one length.
    """
    totals: dict[str, list[int]] = {}
    for path, numbers in own.items():
        for above in line(path):
            held = totals.setdefault(above, [0] * len(numbers))
            totals[above] = [one + other for one, other in zip(held, numbers, strict=True)]
    return totals


def counted_once(people: Iterable[tuple[int, str, Sequence[int]]]) -> dict[str, list[int]]:
    """Own numbers by path out of (entrant id, path, numbers) rows; the first number of the sum is the people.

    Somebody whose rows lie in several units (the unit was corrected between two attempts) belongs wholly to the unit
    of the last row.
    """
    home: dict[int, str] = {}
    sums: dict[int, list[int]] = {}
    for entrant_id, path, numbers in people:
        home[entrant_id] = path
        held = sums.setdefault(entrant_id, [0] * len(numbers))
        sums[entrant_id] = [one + other for one, other in zip(held, numbers, strict=True)]
    own: dict[str, list[int]] = {}
    for entrant_id, path in home.items():
        numbers = [1, *sums[entrant_id]]
        own[path] = [
            one + other for one, other in zip(own.get(path, [0] * len(numbers)), numbers, strict=True)
        ]
    return own


def share_permille(part: int, members: int | None) -> int | None:
    """People per thousand members, rounded down; None while the number of members is not known."""
    return part * 1000 // members if members else None
