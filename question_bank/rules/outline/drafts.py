"""Nodes while they grow, and where a new one belongs among those that are open."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.rules.outline.lines import Line, is_terminated
from question_bank.rules.outline.markers import Mark, Marker
from question_bank.rules.outline.nodes import NodeKind, NodeWarning

_HEADINGS = frozenset({NodeKind.SECTION, NodeKind.GROUP})


@dataclass(slots=True, eq=False)
class Draft:
    """A node while it grows. `rest` is where its words begin in its text; `reached` its last numbered child."""

    kind: NodeKind
    mark: Mark | None
    number: str
    numbers: tuple[int, ...]
    key: str
    parent: "Draft | None"
    rest: int
    lines: list[Line]
    warnings: list[NodeWarning] = field(default_factory=list)
    reached: tuple[int, ...] = ()
    bullets: int = 0
    paragraphs: int = 0

    @property
    def depth(self) -> int:
        """0 for the root, 1 for what stands at the top."""
        return 1 + self.parent.depth if self.parent else 0

    @property
    def is_heading(self) -> bool:
        """Whether it names a part rather than saying something."""
        return self.kind in _HEADINGS

    @property
    def is_open(self) -> bool:
        """Whether its sentence has not ended."""
        return not is_terminated(self.lines[-1].text)

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without words, whose title stands on the next line."""
        return self.is_heading and len(self.lines) == 1 and not self.lines[0].text[self.rest :].strip("*_ ")

    def warn(self, warning: NodeWarning) -> None:
        """Note a warning once."""
        if warning not in self.warnings:
            self.warnings.append(warning)


def new_root() -> Draft:
    """Return the parent of what stands at the top; it is no node of the outline."""
    return Draft(NodeKind.SECTION, None, "", (), "", None, 0, [])


_UNDER = {
    Mark.ROMAN: frozenset[Mark](),
    Mark.ARTICLE: frozenset({Mark.ROMAN}),
    Mark.NUMBER: frozenset({Mark.ROMAN, Mark.ARTICLE}),
    Mark.LETTER: frozenset(Mark) - {Mark.LETTER},
}


def parent_of(marker: Marker, opened: Sequence[Draft]) -> Draft:
    """Return the open heading or item, from the root down in `opened`, under which the marker belongs."""
    if marker.mark is Mark.DECIMAL:
        numbered = _innermost(opened, frozenset({Mark.NUMBER, Mark.ARTICLE}))
        fits = numbered.numbers == marker.numbers[:1]
        return numbered if fits else _innermost(opened, frozenset({Mark.ROMAN}))
    return _innermost(opened, _UNDER[marker.mark]) if marker.mark in _UNDER else opened[-1]


def _innermost(opened: Sequence[Draft], marks: frozenset[Mark]) -> Draft:
    return next((draft for draft in reversed(opened) if draft.mark in marks), opened[0])


def kind_under(marker: Marker, parent: Draft) -> NodeKind:
    """Return what a marker makes under this parent; below an item everything is a bullet."""
    match marker.mark:
        case Mark.ROMAN:
            return NodeKind.SECTION
        case Mark.ARTICLE:
            return NodeKind.GROUP
        case Mark.NUMBER:
            return NodeKind.ITEM if parent.mark is Mark.ARTICLE else NodeKind.GROUP
        case Mark.DECIMAL | Mark.LETTER:
            return NodeKind.BULLET if parent.kind is NodeKind.ITEM else NodeKind.ITEM
        case _:
            return NodeKind.BULLET


def path_under(marker: Marker, parent: Draft) -> str:
    """Return the key a numbered heading or item asks for: the parent's key and its own number."""
    if marker.mark is Mark.ROMAN:
        return marker.printed
    own = [marker.printed] if marker.mark is Mark.LETTER else [str(number) for number in marker.numbers]
    if marker.mark is Mark.DECIMAL and parent.kind is NodeKind.GROUP:
        own = own[1:]
    return ".".join([parent.key, *own] if parent.key else own)


def is_next(marker: Marker, parent: Draft, *, last_article: int) -> bool:
    """Say whether the marker's number is the one that follows under this parent."""
    reached = parent.reached
    if not marker.numbers:
        return False
    if marker.mark is Mark.ARTICLE:
        return marker.numbers[0] == last_article + 1
    if marker.mark is Mark.DECIMAL:
        group, item = marker.numbers
        if parent.kind is NodeKind.SECTION:
            return item == 1 or reached == (group, item - 1)
        return reached == ((item - 1,) if item > 1 else ())
    last = reached[0] if reached else 0
    if marker.mark is Mark.LETTER:
        # Some lists leave out đ or f, so the next letter need only be near.
        return last < marker.numbers[0] <= last + 2 and (last > 0 or marker.numbers[0] == 1)
    return marker.numbers[0] == last + 1


def number_warning(marker: Marker, parent: Draft, *, follows: bool) -> NodeWarning | None:
    """Return what is odd about a number accepted under this parent, if anything."""
    if marker.mark is Mark.DECIMAL and parent.kind is NodeKind.SECTION:
        return NodeWarning.GROUP_MISSING
    if follows or marker.mark is Mark.LETTER:
        return None
    return NodeWarning.NUMBER_GAP
