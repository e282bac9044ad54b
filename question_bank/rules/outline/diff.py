"""What changes when an edited outline replaces the one before it, matched by key and text."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, Protocol, TypeVar

from question_bank.rules.outline.nodes import Node
from question_bank.rules.text import clean_line


class Keyed(Protocol):
    """Anything with a node's key and text: a parsed node, or a stored topic."""

    @property
    def key(self) -> str: ...
    @property
    def text(self) -> str: ...


Old = TypeVar("Old", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Diff(Generic[Old]):
    """Nodes by what became of them: `changed` pairs old and new; added and changed are in document order."""

    added: tuple[Node, ...]
    changed: tuple[tuple[Old, Node], ...]
    removed: tuple[Old, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both outlines say the same."""
        return not (self.added or self.changed or self.removed)


def text_hash(text: str) -> str:
    """Return SHA-256 (hex) of a text with white space collapsed."""
    return sha256(clean_line(text).encode()).hexdigest()


def diff(old: Iterable[Old], new: Iterable[Node]) -> Diff[Old]:
    """Return what was added, changed in its text, and removed. Mere moves of offsets are no change."""
    before = {node.key: node for node in old}
    after = {node.key: node for node in new}
    return Diff(
        added=tuple(node for key, node in after.items() if key not in before),
        changed=tuple(
            (before[key], node)
            for key, node in after.items()
            if key in before and text_hash(before[key].text) != text_hash(node.text)
        ),
        removed=tuple(node for key, node in before.items() if key not in after),
    )
