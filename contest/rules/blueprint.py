"""What a paper is made of (ma trận đề): how many questions of which topic, level and kind, for what points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from contest.rules.matching import Allotment
from question_bank.rules import kinds
from question_bank.rules.levels import Level

LEVELS = tuple(level.value for level in Level)
KINDS = tuple(kind.code for kind in kinds.all_kinds())
MOST_QUESTIONS = 200


class Askable(Protocol):
    """What a cell looks at in a question of the pool."""

    @property
    def topic(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` questions at `points` points each. An empty topic is the whole outline; None is any."""

    topic: str
    count: int
    points: int = 1
    level: str | None = None
    kind: str | None = None

    def fits(self, question: Askable) -> bool:
        """Whether the question may fill a place of this cell."""
        return (
            covers(self.topic, question.topic)
            and self.level in (None, question.level)
            and self.kind in (None, question.kind)
        )


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The cells in the order in which the paper numbers its questions."""

    cells: tuple[Cell, ...]

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)

    @property
    def max_points(self) -> int:
        return sum(cell.count * cell.points for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Shortage:
    """Cell number `index` (from 0) lacks `missing` questions; `fitting` of the pool would fit it.

    When `fitting` is at least the cell's count, the cells before it need the same questions.
    """

    index: int
    cell: Cell
    missing: int
    fitting: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with cell `index` (from 0), or with the whole blueprint when it is None.

    Codes: blueprint-empty, blueprint-too-long, cell-count, cell-points, cell-level, cell-kind, cell-repeated.
    """

    code: str
    index: int | None = None


def covers(topic: str, key: str) -> bool:
    """Whether `key` lies in the subtree of `topic`: II.1 covers II.1.1 and II.1/b3, and not II.10."""
    return not topic or key == topic or (key.startswith(topic) and key[len(topic)] in "./")


def shortages(blueprint: Blueprint, pool: Sequence[Askable]) -> list[Shortage]:
    """The cells that this pool cannot fill, earlier cells served first; empty when a paper can be drawn.

    Exact: a question that fits several cells fills one place only, the one where it helps most.
    """
    questions = Allotment([1] * len(pool))
    found: list[Shortage] = []
    place = 0
    for index, cell in enumerate(blueprint.cells):
        fitting = [number for number, question in enumerate(pool) if cell.fits(question)]
        filled = 0
        while filled < cell.count and questions.offer(place, fitting):
            place += 1
            filled += 1
        if filled < cell.count:
            found.append(Shortage(index, cell, cell.count - filled, len(fitting)))
    return found


def problems(blueprint: Blueprint) -> list[Problem]:
    """What makes this blueprint unusable whatever the pool; empty when nothing does."""
    found: list[Problem] = []
    if not blueprint.cells:
        found.append(Problem("blueprint-empty"))
    if blueprint.count > MOST_QUESTIONS:
        found.append(Problem("blueprint-too-long"))
    for index, cell in enumerate(blueprint.cells):
        found.extend(Problem(code, index) for code in _wrong_with(cell))
        if cell in blueprint.cells[:index]:
            found.append(Problem("cell-repeated", index))
    return found


def as_json(blueprint: Blueprint) -> list[dict[str, Any]]:
    """[{"topic": "II.1", "level": "NB" or null, "kind": "single" or null, "count": 3, "points": 1}, …]."""
    return [
        {
            "topic": cell.topic,
            "level": cell.level,
            "kind": cell.kind,
            "count": cell.count,
            "points": cell.points,
        }
        for cell in blueprint.cells
    ]


def from_json(data: Sequence[dict[str, Any]]) -> Blueprint:
    """Reads what as_json wrote; level, kind and points may be absent."""
    return Blueprint(
        tuple(
            Cell(
                topic=str(row["topic"]),
                count=int(row["count"]),
                points=int(row.get("points", 1)),
                level=row.get("level"),
                kind=row.get("kind"),
            )
            for row in data
        )
    )


def _wrong_with(cell: Cell) -> list[str]:
    wrong = {
        "cell-count": cell.count < 1,
        "cell-points": cell.points < 1,
        "cell-level": cell.level is not None and cell.level not in LEVELS,
        "cell-kind": cell.kind is not None and cell.kind not in KINDS,
    }
    return [code for code, is_wrong in wrong.items() if is_wrong]
