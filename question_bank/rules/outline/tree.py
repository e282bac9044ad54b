"""The walk over the body's lines: opens nodes, joins broken sentences, gives every node its path key."""

from collections import Counter
from collections.abc import Sequence

from question_bank.rules.outline.drafts import (
    Draft,
    is_next,
    kind_under,
    new_root,
    number_warning,
    parent_of,
    path_under,
)
from question_bank.rules.outline.lines import Line, is_full
from question_bank.rules.outline.markers import Mark, Marker, marker_of
from question_bank.rules.outline.nodes import NodeKind, NodeWarning

_NUMBERED = frozenset({Mark.ROMAN, Mark.ARTICLE, Mark.NUMBER, Mark.DECIMAL, Mark.LETTER})


class Tree:
    """Grows drafts line by line. `width` is the column at which the text was wrapped, or 0."""

    def __init__(self, *, width: int) -> None:
        self._width = width
        self._drafts: list[Draft] = []
        self._opened = [new_root()]  # headings and items, from the root down to the innermost
        self._last_article = 0
        self._number_separator = ""
        self._uses: Counter[str] = Counter()

    def grow(self, lines: Sequence[Line]) -> list[Draft]:
        """Return the drafts of all nodes in document order. The first line must be a heading."""
        for line in lines:
            marker = marker_of(line.text)
            if marker is not None and self._accepts(marker, line):
                self._start(marker, line)
            elif self._runs_on(line, looks_numbered=marker is not None):
                self._extend(line)
            else:
                parent = self._opened[-1]
                parent.paragraphs += 1
                key = self._unique(f"{parent.key}/p{parent.paragraphs}")
                self._drafts.append(Draft(NodeKind.PARAGRAPH, None, "", (), key, parent, 0, [line]))
        return self._drafts

    def _accepts(self, marker: Marker, line: Line) -> bool:
        """Say whether the line begins with a real number or bullet, and not in the middle of a sentence."""
        if not self._drafts:
            return True
        last = self._drafts[-1]
        if self._cut_by_wrapping(marker, line, last):
            return False
        if marker.mark not in _NUMBERED:
            return True
        in_sentence = last.is_open and not last.is_heading
        if self._is_nested_list(marker):
            return not in_sentence
        return self._accepts_number(marker, follows=self._follows(marker), in_sentence=in_sentence)

    @staticmethod
    def _accepts_number(marker: Marker, *, follows: bool, in_sentence: bool) -> bool:
        """Weigh the number (is it the next?), the place (has the sentence ended?) and the words (a capital?)."""
        if marker.mark is Mark.LETTER:
            return follows
        if marker.mark is Mark.ROMAN:
            return follows or (marker.is_capitals and not in_sentence)
        if marker.is_low:
            return follows and not in_sentence
        return follows or not in_sentence

    def _cut_by_wrapping(self, marker: Marker, line: Line, last: Draft) -> bool:
        """Say whether wrapping put a dash or number of a running sentence at the start of this line."""
        if line.blank_before or not last.is_open or not is_full(last.lines[-1], line, self._width):
            return False
        low = line.text[marker.rest :][:1].islower()
        return low or not (last.is_heading or marker.is_capitals)

    def _follows(self, marker: Marker) -> bool:
        return is_next(marker, parent_of(marker, self._opened), last_article=self._last_article)

    def _runs_on(self, line: Line, *, looks_numbered: bool) -> bool:
        """Say whether the line continues the node before it, across a blank line or not."""
        last = self._drafts[-1]
        # What looks like a number goes on with a sentence, but never with a heading.
        goes_on = not last.is_heading if looks_numbered else line.starts_low
        mid_sentence = last.is_open and goes_on
        if last.is_bare:
            return not looks_numbered
        if line.blank_before:
            return mid_sentence and not last.is_heading
        both_capitals = last.is_heading and last.lines[-1].is_capitals and line.is_capitals
        return mid_sentence or both_capitals or is_full(last.lines[-1], line, self._width)

    def _extend(self, line: Line) -> None:
        last = self._drafts[-1]
        if line.blank_before and not last.is_bare:
            last.warn(NodeWarning.JOINED_BREAK)
        last.lines.append(line)

    def _start(self, marker: Marker, line: Line) -> None:
        parent = self._parent_for(marker)
        kind = NodeKind.BULLET if self._is_nested_list(marker) else kind_under(marker, parent)
        if kind is NodeKind.BULLET:
            self._start_bullet(marker, line, parent)
            return
        follows = self._follows(marker)
        path = path_under(marker, parent)
        draft = Draft(kind, marker.mark, marker.printed, marker.numbers, "", parent, marker.rest, [line])
        draft.key = self._unique(path)
        odd = (
            NodeWarning.NUMBER_REPEATED
            if draft.key != path
            else number_warning(marker, parent, follows=follows)
        )
        if odd is not None:
            draft.warn(odd)
        if marker.mark is Mark.ARTICLE:
            self._last_article = marker.numbers[0]
        if marker.mark is Mark.NUMBER:
            self._number_separator = self._number_separator or marker.separator
        whole = marker.mark is Mark.DECIMAL and parent.kind is NodeKind.SECTION
        parent.reached = marker.numbers if whole else marker.numbers[-1:]
        self._opened = [*self._opened[: self._opened.index(parent) + 1], draft]
        self._drafts.append(draft)

    def _start_bullet(self, marker: Marker, line: Line, parent: Draft) -> None:
        parent.bullets += 1
        if marker.mark is Mark.LETTER:
            parent.reached = marker.numbers
        key = self._unique(f"{parent.key}/b{parent.bullets}")
        self._drafts.append(
            Draft(NodeKind.BULLET, marker.mark, marker.printed, (), key, parent, marker.rest, [line])
        )

    def _parent_for(self, marker: Marker) -> Draft:
        """Return the parent; `+` goes under the `-` before it, a numbered list under what is innermost."""
        last = self._drafts[-1] if self._drafts else self._opened[0]
        if marker.mark is Mark.PLUS and last.kind is NodeKind.BULLET:
            sibling = last.mark is Mark.PLUS and last.parent is not None
            return last.parent if sibling and last.parent is not None else last
        if self._is_nested_list(marker):
            return self._opened[-1]
        return parent_of(marker, self._opened)

    def _is_nested_list(self, marker: Marker) -> bool:
        """Say whether `1)` is a list inside an item, where groups are numbered `1-`."""
        if marker.mark is not Mark.NUMBER or marker.separator == (self._number_separator or marker.separator):
            return False
        last = self._drafts[-1]
        goes_on = last.mark is Mark.NUMBER and last.kind is NodeKind.BULLET
        return goes_on or not self._follows(marker)

    def _unique(self, key: str) -> str:
        """Return the key, with ~2, ~3… if the same path was printed before."""
        self._uses[key] += 1
        return key if self._uses[key] == 1 else f"{key}~{self._uses[key]}"
