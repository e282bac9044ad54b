"""Charts as heights and lengths out of a hundred, for parts/columns.html and parts/bar.html.

The drawing is an SVG without a style attribute; the words beside it say the same, so that nothing hangs on the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contest.queries.turnout import Flow
from frontend.templatetags.vietnamese import number

HOURS_BETWEEN_LABELS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One place on the axis: its words, and one bar a series as (value in words, height of 100, top)."""

    label: str
    bars: tuple[tuple[str, int, int], ...]
    labelled: bool = True
    peak: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns from left to right."""

    columns: tuple[Column, ...]

    @property
    def density(self) -> str:
        """`dense`: a phone has room for the highest value alone; `packed`: so has a desk; "" for a few columns."""
        values = sum(len(column.bars) for column in self.columns)
        return "packed" if values > 32 else "dense" if values > 8 else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(height for column in self.columns for _value, height, _top in column.bars)


def length(value: int, most: int) -> int:
    """A bar's length of 100; whoever is there is seen, so 1 at least for anything above 0."""
    return max(1, round(100 * value / most)) if value and most else 0


def columns(points: Sequence[tuple[str, Sequence[int]]], *, label_every: int = 1) -> Chart:
    """A chart of (label, one value a series); heights are measured against the greatest value of all."""
    most = max((value for _label, values in points for value in values), default=0)
    peak = next(
        (place for place, (_label, values) in enumerate(points) if most and max(values) == most), None
    )
    return Chart(
        tuple(
            Column(
                label, tuple(_bar(value, most) for value in values), place % label_every == 0, place == peak
            )
            for place, (label, values) in enumerate(points)
        )
    )


def by_day(flow: Flow) -> Chart:
    """People and attempts a day."""
    points = [(f"{day:%d/%m}", (people, attempts)) for day, people, attempts in flow.days]
    return columns(points, label_every=-(-len(points) // 6) or 1)


def by_hour(flow: Flow) -> Chart:
    """Attempts begun in each hour of today so far."""
    return columns([(f"{hour}h", (count,)) for hour, count in flow.hours], label_every=HOURS_BETWEEN_LABELS)


def by_score(spread: Sequence[tuple[int, int, int]]) -> Chart:
    """People by score, or by a range of scores."""
    points = [(f"{low}" if low == high else f"{low}–{high}", (people,)) for low, high, people in spread]
    return columns(points, label_every=-(-len(points) // 11) or 1)


def _bar(value: int, most: int) -> tuple[str, int, int]:
    height = length(value, most)
    return number(value), height, 100 - height
