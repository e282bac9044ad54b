"""Reading a plan document: the tree with path keys and code-point spans, and what stands around it."""

from collections.abc import Sequence

from question_bank.errors import Refusal
from question_bank.rules.outline.drafts import Draft
from question_bank.rules.outline.frame import read_back, read_front
from question_bank.rules.outline.lines import Line, lines_of, wrap_width
from question_bank.rules.outline.markers import Mark, marker_of
from question_bank.rules.outline.nodes import Document, Node, NodeKind, NodeWarning
from question_bank.rules.outline.titles import (
    clause_title,
    has_markdown,
    heading_title,
    plain,
    split_note,
)
from question_bank.rules.outline.tree import Tree
from question_bank.rules.outline.typos import corrections_in
from question_bank.rules.text import nfc

_EXCERPT = 80


def parse(text: str) -> Document:
    """Return the plan document in `text`; offsets point into `Document.source`, its NFC form.

    Sections have Roman numbers (or are Phần, Chương; or, where there are none, the document has Điều).
    Raises Refusal("not-an-outline", expected=, line=, found=), `line` counted from 1: expected is "text"
    for an empty file, "section-heading" if no section begins, "second-heading" if nothing follows it.
    """
    source = nfc(text)
    lines = lines_of(source)
    if not lines:
        raise Refusal("not-an-outline", expected="text", line=1, found="")
    first = _first_heading(lines)
    width = wrap_width(lines)
    back = read_back(source, lines[first:], width=width)
    drafts = Tree(width=width).grow(lines[first : first + back.body])
    if sum(draft.kind in {NodeKind.SECTION, NodeKind.GROUP, NodeKind.ITEM} for draft in drafts) < 2:
        raise _refusal("second-heading", lines[first + max(back.body - 1, 0)])
    front = read_front(source, lines[:first], width=width)
    return Document(
        source=source,
        doc_type=front.doc_type,
        title=front.title,
        letterhead=front.letterhead,
        preamble=front.preamble,
        nodes=_nodes(source, drafts),
        recipients=back.recipients,
        signature=back.signature,
    )


def _first_heading(lines: Sequence[Line]) -> int:
    """Return the place of the line where the tree begins, or refuse at the line that should have been it."""
    markers = [(place, marker_of(line.text)) for place, line in enumerate(lines)]
    found = [(place, marker) for place, marker in markers if marker is not None]
    for place, marker in found:
        if marker.mark is Mark.ROMAN and (marker.is_capitals or marker.numbers[0] == 1):
            return place
    for place, marker in found:
        if marker.mark is Mark.ARTICLE:
            return place
    numbered = [place for place, marker in found if marker.mark in {Mark.NUMBER, Mark.DECIMAL}]
    raise _refusal("section-heading", lines[numbered[0] if numbered else 0])


def _refusal(expected: str, line: Line) -> Refusal:
    return Refusal("not-an-outline", expected=expected, line=line.number, found=line.text[:_EXCERPT])


def _nodes(source: str, drafts: Sequence[Draft]) -> tuple[Node, ...]:
    ends: dict[str, int] = {}
    for draft in drafts:
        above: Draft | None = draft
        while above is not None:
            ends[above.key] = max(ends.get(above.key, 0), draft.lines[-1].end)
            above = above.parent
    return tuple(_node(source, draft, order, ends[draft.key]) for order, draft in enumerate(drafts, start=1))


def _node(source: str, draft: Draft, order: int, subtree_end: int) -> Node:
    start, end = draft.lines[0].start, draft.lines[-1].end
    text = " ".join(source[start:end].split())
    title, note = _title(draft, text[draft.rest :])
    corrections = corrections_in(source, start, end)
    warnings = list(draft.warnings)
    if corrections:
        warnings.append(NodeWarning.SUSPECTED_TYPO)
    if has_markdown(text):
        warnings.append(NodeWarning.MARKDOWN_RESIDUE)
    return Node(
        order=order,
        kind=draft.kind,
        number=draft.number,
        key=draft.key,
        parent=draft.parent.key if draft.parent else "",
        depth=draft.depth,
        title=title,
        note=note,
        text=text,
        start=start,
        end=end,
        subtree_end=subtree_end,
        line_first=draft.lines[0].number,
        line_last=draft.lines[-1].number,
        warnings=tuple(warnings),
        corrections=corrections,
    )


def _title(draft: Draft, words: str) -> tuple[str, str]:
    if not draft.is_heading:
        return clause_title(words), ""
    heading, note = split_note(words, plain_brackets=draft.kind is NodeKind.SECTION)
    return heading_title(heading) or plain(draft.lines[0].text), note
