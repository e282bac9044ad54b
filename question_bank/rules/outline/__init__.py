"""The outline: a plan document parsed into topics with path keys, spans and warnings."""

from question_bank.rules.outline.diff import Diff, diff, text_hash
from question_bank.rules.outline.nodes import (
    Correction,
    Document,
    Node,
    NodeKind,
    NodeWarning,
    Passage,
    as_json,
)
from question_bank.rules.outline.parse import parse

__all__ = [
    "Correction",
    "Diff",
    "Document",
    "Node",
    "NodeKind",
    "NodeWarning",
    "Passage",
    "as_json",
    "diff",
    "parse",
    "text_hash",
]
