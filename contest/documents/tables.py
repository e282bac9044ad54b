"""Ruled tables on paper: the heads stand again on each page, a row is broken only where no page holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from contest.documents.paper import BOTTOM, LEADING, LEFT, RIGHT, ROOM, SMALL, TOP, Align, Paper, Rule

Rows = Sequence[Sequence[str]]
PADDING = 3.0
LINE = SMALL * LEADING


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its share of the width, and where its texts stand."""

    heading: str
    share: float
    align: Align = "left"


def table(paper: Paper, columns: Sequence[Column], rows: Rows) -> None:
    """A table over the whole width; every row has one text a column."""
    _Table(paper, columns).fill(rows)


class _Table:
    def __init__(self, paper: Paper, columns: Sequence[Column]) -> None:
        self.paper, self.columns = paper, columns
        whole = sum(column.share for column in columns)
        self.widths = [ROOM * column.share / whole for column in columns]
        self.edges = [LEFT]
        for width in self.widths[:-1]:
            self.edges.append(self.edges[-1] + width)
        self.edges.append(RIGHT)
        self.heads = self._cells([column.heading for column in columns], bold=True)
        self.start = 0.0  # where the table begins on this page

    def fill(self, rows: Rows) -> None:
        self.paper.space(PADDING)
        self.paper.need(_height(self.heads) + 2 * (LINE + 2 * PADDING))
        self._open()
        for row in rows:
            self._row(self._cells(row))
        self._close()

    def _row(self, cells: list[list[str]]) -> None:
        height, room = _height(cells), BOTTOM - self.paper.y
        whole = BOTTOM - TOP - _height(self.heads)
        if height > room and (height <= whole or room < 3 * LINE):
            self._turn()
        while True:
            fitting = max(1, int((BOTTOM - self.paper.y - 2 * PADDING) / LINE))
            self._put([lines[:fitting] for lines in cells])
            cells = [lines[fitting:] for lines in cells]
            if not any(cells):
                return
            self._turn()

    def _open(self) -> None:
        self.start = self.paper.y
        self._rule()
        self._put(self.heads, head=True)

    def _close(self) -> None:
        for x in self.edges:
            self.paper.put(Rule(x, self.start, x, self.paper.y))

    def _turn(self) -> None:
        self._close()
        self.paper.turn()
        self._open()

    def _put(self, cells: list[list[str]], *, head: bool = False) -> None:
        most = max(len(lines) for lines in cells)
        for column, (left, right), lines in zip(self.columns, pairwise(self.edges), cells, strict=True):
            lower = (most - len(lines)) / 2 if head else 0
            for number, line in enumerate(lines):
                self.paper.put_line(
                    line,
                    left + PADDING,
                    right - left - 2 * PADDING,
                    size=SMALL,
                    bold=head,
                    align="centre" if head else column.align,
                    y=self.paper.y + PADDING + (number + lower) * LINE,
                )
        self.paper.y += _height(cells)
        self._rule()

    def _rule(self) -> None:
        self.paper.put(Rule(LEFT, self.paper.y, RIGHT, self.paper.y))

    def _cells(self, texts: Sequence[str], *, bold: bool = False) -> list[list[str]]:
        wrap = self.paper.letters.wrap
        return [
            wrap(text, width - 2 * PADDING, SMALL, bold=bold)
            for text, width in zip(texts, self.widths, strict=True)
        ]


def _height(cells: list[list[str]]) -> float:
    return max(len(lines) for lines in cells) * LINE + 2 * PADDING
