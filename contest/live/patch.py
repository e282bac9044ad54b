"""Differences between two JSON documents (RFC 7396, JSON merge patch): small, and the same for every view.

Documents here hold no null, so that null in a patch can mean "gone".
"""

from typing import Any

Document = dict[str, Any]


def between(old: Document, new: Document) -> Document:
    """The patch that makes `new` of `old`; empty when nothing differs."""
    found: Document = {}
    for name, value in new.items():
        before = old.get(name)
        if before is value and name in old:
            continue
        if isinstance(value, dict) and isinstance(before, dict):
            inner = between(before, value)
            if inner:
                found[name] = inner
        elif name not in old or type(before) is not type(value) or before != value:  # False is not 0
            found[name] = value
    for name in old:
        if name not in new:
            found[name] = None
    return found


def apply(document: Document, patch: Document) -> Document:
    """The document with the patch applied; neither argument is changed."""
    made = dict(document)
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        elif isinstance(value, dict):
            before = made.get(name)
            made[name] = apply(before if isinstance(before, dict) else {}, value)
        else:
            made[name] = value
    return made
