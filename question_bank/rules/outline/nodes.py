"""What a plan document is once read: passages, nodes with path keys, and their JSON."""

from dataclasses import dataclass
from enum import StrEnum


class NodeKind(StrEnum):
    """What a node of the tree is in the document."""

    SECTION = "section"
    GROUP = "group"
    ITEM = "item"
    BULLET = "bullet"
    PARAGRAPH = "paragraph"


class NodeWarning(StrEnum):
    """What a reader should look at; the source is kept as printed."""

    JOINED_BREAK = "joined_break"  # a blank line inside a sentence was bridged
    SUSPECTED_TYPO = "suspected_typo"  # see the node's corrections
    MARKDOWN_RESIDUE = "markdown_residue"  # *, ** or backslashes left in the text
    NUMBER_GAP = "number_gap"  # not the number that should come next
    NUMBER_REPEATED = "number_repeated"  # the number was used already: the key got a ~2
    GROUP_MISSING = "group_missing"  # d.d with no open group d


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the source: offsets half-open in code points, lines from 1, `text` with white space collapsed."""

    text: str
    start: int
    end: int
    line_first: int
    line_last: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A likely misprint at [start, end) of the source and what was probably meant."""

    found: str
    suggested: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree, in document order from 1.

    `key` is the path (`II.2.10`, `I/b2`) and identifies the node, because numbers repeat; `number` is
    as printed (`2.10`, `-` for a bullet, empty for a paragraph); `parent` is a key, empty at the top, where
    `depth` is 1. `text` is the white-space-collapsed source[start:end], number included; `title` is at
    most 120 code points, without number and note; `subtree_end` is the end of the last descendant.
    """

    order: int
    kind: NodeKind
    number: str
    key: str
    parent: str
    depth: int
    title: str
    note: str
    text: str
    start: int
    end: int
    subtree_end: int
    line_first: int
    line_last: int
    warnings: tuple[NodeWarning, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def display_title(self) -> str:
        """The title with likely misprints corrected; the stored source never is."""
        title = self.title
        for correction in self.corrections:
            title = title.replace(correction.found, correction.suggested)
        return title


@dataclass(frozen=True, slots=True)
class Document:
    """A plan document. `source` is the NFC text all offsets point into.

    `letterhead` is what precedes the kind of document (`doc_type`, e.g. KẾ HOẠCH), `preamble` what lies
    between `title` and the first heading. `recipients` holds the lines after “Nơi nhận:”, `signature` the
    lines after those; neither belongs to the tree.
    """

    source: str
    doc_type: str
    title: str
    letterhead: tuple[Passage, ...]
    preamble: tuple[Passage, ...]
    nodes: tuple[Node, ...]
    recipients: tuple[Passage, ...]
    signature: Passage | None

    def subtree_text(self, key: str) -> str:
        """Return the source of a node and all below it, white space collapsed; "" for an unknown key."""
        for node in self.nodes:
            if node.key == key:
                return " ".join(self.source[node.start : node.subtree_end].split())
        return ""


def as_json(document: Document) -> list[dict[str, object]]:
    """Return the nodes as plain JSON objects, in document order."""
    return [_node_json(node) for node in document.nodes]


def _node_json(node: Node) -> dict[str, object]:
    return {
        "order": node.order,
        "kind": node.kind.value,
        "key": node.key,
        "number": node.number,
        "parent": node.parent or None,
        "depth": node.depth,
        "title": node.title,
        "display_title": node.display_title,
        "note": node.note,
        "text": node.text,
        "start": node.start,
        "end": node.end,
        "subtree_end": node.subtree_end,
        "line_first": node.line_first,
        "line_last": node.line_last,
        "warnings": [warning.value for warning in node.warnings],
        "corrections": [
            {"found": item.found, "suggested": item.suggested, "start": item.start, "end": item.end}
            for item in node.corrections
        ],
    }
