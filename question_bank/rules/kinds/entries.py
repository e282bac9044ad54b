"""The keyed texts inside a body (options, items, sides of a match): checks, lookup and shuffling."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from question_bank.rules.problems import Problem, error, warning
from question_bank.rules.shuffle import Stream
from question_bank.rules.text import answer_fold, clean_line, fold

Entry = Mapping[str, Any]

_KEY = re.compile(r"[a-z][a-z0-9]{0,7}")
_FIELDS = frozenset({"key", "text", "fixed"})
_TEXT_LIMIT = 300


def entries_of(body: object, part: str) -> Sequence[Entry]:
    """Return the entries of one part of a body; empty if it has none."""
    found = body.get(part) if isinstance(body, (dict, Mapping)) else None
    return found if isinstance(found, list) else []


def keys_of(body: object, part: str) -> list[str]:
    """Return the keys of one part in body order."""
    return [entry["key"] for entry in entries_of(body, part)]


def texts_of(body: object, part: str) -> dict[str, str]:
    """Return key → text of one part in body order."""
    return {entry["key"]: entry["text"] for entry in entries_of(body, part)}


def entry_problems(body: object, part: str, *, least: int, most: int) -> list[Problem]:
    """Return what is wrong with the entries of one part, of which there must be `least` to `most`.

    Keys are lower-case letters and digits, unique; texts are clean lines of 1–300 code points and
    differ by more than writing variants (warning: by more than accents).
    """
    entries = entries_of(body, part)
    if not all(_is_shaped(entry) for entry in entries):
        return [error("entry-malformed", part=part)]
    found: list[Problem] = []
    if not least <= len(entries) <= most:
        found.append(error("entry-count", part=part, count=len(entries), least=least, most=most))
    keys = [entry["key"] for entry in entries]
    found += [error("entry-key-repeated", part=part, key=key) for key in _repeated(keys)]
    for entry in entries:
        found += _text_problems(part, entry["key"], entry["text"])
    return found + _likeness_problems(part, [entry["text"] for entry in entries])


def _is_shaped(entry: object) -> bool:
    if not isinstance(entry, Mapping) or not _FIELDS.issuperset(entry):
        return False
    key, text, fixed = entry.get("key"), entry.get("text"), entry.get("fixed", False)
    if not isinstance(key, str) or not isinstance(text, str):
        return False
    return isinstance(fixed, bool) and _KEY.fullmatch(key) is not None


def _text_problems(part: str, key: str, text: str) -> list[Problem]:
    if not text.strip():
        return [error("entry-empty", part=part, key=key)]
    if len(text) > _TEXT_LIMIT:
        return [error("entry-too-long", part=part, key=key, limit=_TEXT_LIMIT)]
    return [] if clean_line(text) == text else [error("entry-not-clean", part=part, key=key)]


def _likeness_problems(part: str, texts: list[str]) -> list[Problem]:
    if _repeated([answer_fold(text, accents=True) or text for text in texts]):
        return [error("entries-alike", part=part)]
    if _repeated([fold(text) for text in texts]):
        return [warning("entries-differ-by-accents", part=part)]
    return []


def _repeated(values: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice: list[str] = []
    for value in values:
        if value in seen:
            twice.append(value)
        seen.add(value)
    return twice


def shuffled_entries(entries: Sequence[Entry], stream: Stream) -> list[Entry]:
    """Return the entries in a new order; those with `fixed` true stay at their place."""
    free = iter(stream.shuffled([entry for entry in entries if not entry.get("fixed", False)]))
    return [entry if entry.get("fixed", False) else next(free) for entry in entries]


def strings_of(raw: object) -> list[str] | None:
    """Return a form's or JSON's value as a list of strings: None → [], "x" → ["x"]; None if it is neither."""
    if raw is None:
        return []
    if isinstance(raw, str):
        return [raw]
    if isinstance(raw, list) and all(isinstance(value, str) for value in raw):
        return list(raw)
    return None
