"""The source cut into lines that know where they stand, and whether it was wrapped at a column."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from question_bank.rules.outline.nodes import Passage

_WIDEST_WRAP = 120
_NARROWEST_WRAP = 50
_WRAPPED_PAIRS = 3
_CLOSING = "*_ "
_TERMINATORS = (".", ":", ";", "!", "?", "”", '"', "…")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `text` is white-space-collapsed, `right` the column where the raw line ends."""

    number: int
    text: str
    start: int
    end: int
    right: int
    blank_before: bool

    @property
    def starts_low(self) -> bool:
        """Whether it begins like the middle of a sentence: with a lower-case letter or a digit."""
        return self.text[0].islower() or self.text[0].isdigit()

    @property
    def is_capitals(self) -> bool:
        """Whether every letter is a capital."""
        return self.text.isupper()


def lines_of(source: str) -> list[Line]:
    """Return the lines of `source` that are not blank, in order."""
    lines: list[Line] = []
    offset, blank = 0, True
    for number, raw in enumerate(source.split("\n"), start=1):
        stripped = raw.strip()
        if stripped:
            start = offset + len(raw) - len(raw.lstrip())
            right = len(raw.rstrip())
            lines.append(Line(number, " ".join(stripped.split()), start, start + len(stripped), right, blank))
        blank = not stripped
        offset += len(raw) + 1
    return lines


def is_terminated(text: str) -> bool:
    """Say whether a sentence or clause ends here."""
    return text.rstrip(_CLOSING).endswith(_TERMINATORS)


def wrap_width(lines: Sequence[Line]) -> int:
    """Return the column at which the text was wrapped, or 0 if its lines are whole paragraphs.

    A text counts as wrapped when hardly any line is wider than 120 and at least three lines break in
    mid sentence exactly where the next word would not have fitted. One line in fifty may be wider.
    """
    widths = sorted(line.right for line in lines)
    width = widths[-1 - len(widths) // 50] if widths else 0
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    broken = sum(
        not after.blank_before and not is_terminated(before.text) and is_full(before, after, width)
        for before, after in pairwise(lines)
    )
    return width if broken >= _WRAPPED_PAIRS else 0


def is_full(line: Line, following: Line, width: int) -> bool:
    """Say whether the first word of the following line would not have fitted on this one."""
    return width > 0 and line.right + 1 + len(following.text.split(" ", 1)[0]) > width


def passage(source: str, lines: Sequence[Line]) -> Passage:
    """Return the stretch of source from the first to the last of these lines."""
    start, end = lines[0].start, lines[-1].end
    return Passage(" ".join(source[start:end].split()), start, end, lines[0].number, lines[-1].number)
