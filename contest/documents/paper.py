"""A4 pages of text and tables, laid out from top to bottom, as PDF bytes.

First everything is placed, then drawn: only then is the number of pages known. Text is drawn as it is, sign by sign;
there is no markup that a name could speak. Lengths are in points. The same content gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from contest.documents.lettering import Lettering, clean

WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT = 62.0, WIDTH - 45.0
TOP, BOTTOM = 62.0, HEIGHT - 58.0
ROOM = RIGHT - LEFT
BODY = 10.0
SMALL = 8.5
LEADING = 1.45  # Vietnamese capitals carry two marks
ASCENT = 1.05  # from the top of a line to where its letters stand
GREY = 90

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `x` is its left edge, `y` where its letters stand."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    thick: float = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A text with its look, before it is broken into lines; `indent` moves its left edge."""

    text: str
    bold: bool = False
    size: float = BODY
    indent: float = 0.0
    align: Align = "left"


class Paper:
    """Pages being filled. What doesn't fit the rest of a page begins the next."""

    def __init__(self) -> None:
        self.letters = Lettering()
        self.pages: list[list[Text | Rule]] = [[]]
        self.y = TOP

    def put(self, *marks: Text | Rule) -> None:
        """Place something on the present page."""
        self.pages[-1].extend(marks)

    def space(self, height: float) -> None:
        """Leave room, but not at the top of a page."""
        self.y += height if self.y > TOP else 0

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = TOP

    def need(self, height: float) -> None:
        """Begin a new page unless that much is left; never for more than a page holds."""
        if self.y + height > BOTTOM and self.y > TOP and height <= BOTTOM - TOP:
            self.turn()

    def block(self, lines: Sequence[Line], *, follow: float = 0.0) -> None:
        """Lines that stay together on one page, with `follow` points of what comes after, where a page holds them."""
        broken = [(line, text) for line in lines for text in self._broken(line)]
        self.need(sum(line.size * LEADING for line, _ in broken) + follow)
        for line, text in broken:
            self.need(line.size * LEADING)
            left = LEFT + line.indent
            self.put_line(text, left, RIGHT - left, size=line.size, bold=line.bold, align=line.align)
            self.y += line.size * LEADING

    def put_line(
        self,
        text: str,
        x: float,
        width: float,
        *,
        size: float = BODY,
        bold: bool = False,
        align: Align = "left",
        y: float | None = None,
    ) -> None:
        """Place one line that fits `width`, its top at `y` (or where the page stands)."""
        spare = width - self.letters.width(text, size, bold=bold) if align != "left" else 0.0
        x += spare / 2 if align == "centre" else spare
        self.put(Text(x, (self.y if y is None else y) + size * ASCENT, text, size, bold))

    def side_by_side(self, columns: Sequence[tuple[float, Sequence[Line]]]) -> None:
        """Blocks beside each other, each with its share of the width; kept on one page."""
        whole = sum(share for share, _ in columns)
        broken = []
        for share, lines in columns:
            width = ROOM * share / whole
            broken.append((width, [(line, text) for line in lines for text in self._broken(line, width - 8)]))
        height = max(sum(line.size * LEADING for line, _ in lines) for _, lines in broken)
        self.need(height)
        x = LEFT
        for width, texts in broken:
            y = self.y
            for line, text in texts:
                self.put_line(text, x + 4, width - 8, size=line.size, bold=line.bold, align=line.align, y=y)
                y += line.size * LEADING
            x += width
        self.y += height

    def framed(self, text: str) -> None:
        """A short text in a box in the middle: a mark that nobody overlooks."""
        shown = self.letters.cut(text, ROOM - 20, 12, bold=True)
        wide = self.letters.width(shown, 12, bold=True) + 20
        self.need(26)
        x, y = LEFT + (ROOM - wide) / 2, self.y
        self.put(*box(x, y, wide, 22, 1.2))
        self.put_line(shown, x, wide, size=12, bold=True, align="centre", y=y + 2)
        self.y += 26

    def finish(self, *, title: str, running: str, marks: str, foot: str, at: datetime) -> bytes:
        """The PDF, dated `at`. `running` and `marks` head every page but the first, `foot` stands below each."""
        for index, page in enumerate(self.pages):
            self._frame_page(page, index, running=running, marks=marks, foot=foot)
        pdf = self.letters.pdf
        pdf.set_auto_page_break(False)
        pdf.set_title(clean(title).replace("\n", " "))
        pdf.set_lang("vi")
        pdf.set_creator("Tìm Hiểu")
        pdf.set_creation_date(at)
        for page in self.pages:
            pdf.add_page()
            self._draw(page)
        return bytes(pdf.output())

    def _frame_page(
        self, page: list[Text | Rule], index: int, *, running: str, marks: str, foot: str
    ) -> None:
        measure = self.letters.width
        count = f"Trang {index + 1}/{len(self.pages)}"
        base = BOTTOM + 24
        shown = self.letters.cut(foot, ROOM - 80, 8)
        page.append(Text(LEFT, base, shown, 8, grey=True))
        page.append(Text(RIGHT - measure(count, 8, bold=False), base, count, 8))
        if index:
            wide = measure(marks, 8, bold=True)
            page.append(Text(LEFT, TOP - 20, self.letters.cut(running, ROOM - wide - 20, 8), 8, grey=True))
            page.append(Text(RIGHT - wide, TOP - 20, marks, 8, bold=True))
            page.append(Rule(LEFT, TOP - 14, RIGHT, TOP - 14))

    def _broken(self, line: Line, width: float | None = None) -> list[str]:
        room = width if width is not None else ROOM - line.indent
        return self.letters.wrap(line.text, room, line.size, bold=line.bold)

    def _draw(self, page: list[Text | Rule]) -> None:
        pdf, chosen, grey, thick = self.letters.pdf, None, False, 0.0
        pdf.set_text_color(0)
        for mark in page:
            if isinstance(mark, Rule):
                if mark.thick != thick:
                    thick = mark.thick
                    pdf.set_line_width(thick)
                pdf.line(mark.x1, mark.y1, mark.x2, mark.y2)
                continue
            if mark.grey != grey:
                grey = mark.grey
                pdf.set_text_color(GREY if grey else 0)
            x = mark.x
            for font, text, width in self.letters.runs(mark.text, bold=mark.bold):
                if (font, mark.size) != chosen:
                    chosen = font, mark.size
                    self.letters.choose(*chosen)
                pdf.text(x, mark.y, text)
                x += width * mark.size


def box(x: float, y: float, width: float, height: float, thick: float = 0.5) -> tuple[Rule, Rule, Rule, Rule]:
    """The four sides of a box."""
    right, bottom = x + width, y + height
    return (
        Rule(x, y, right, y, thick),
        Rule(right, y, right, bottom, thick),
        Rule(right, bottom, x, bottom, thick),
        Rule(x, bottom, x, y, thick),
    )
