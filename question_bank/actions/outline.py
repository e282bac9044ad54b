"""Loading outlines: the shipped one, and plan documents, shown as a difference before they are applied."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from question_bank.models import Outline, Topic

SHIPPED = Path(__file__).resolve().parent.parent / "outline" / "party_building_2022.toml"
SHIPPED_CODE = "party-building-2022"


@dataclass(frozen=True, slots=True)
class Entry:
    """A node to store. `title` is used when the topic is new; an existing topic keeps the title curators gave it."""

    key: str
    kind: str
    number: str
    parent: str
    title: str
    weight: str = ""
    text: str = ""
    start: int | None = None
    end: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys by what loading would do; `kept` have gone but own questions (or a child does): they are only retired."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Loading would change nothing."""
        return not (self.added or self.changed or self.removed or self.kept)


def difference(entries: Iterable[Entry], *, code: str = SHIPPED_CODE) -> Difference:
    """What applying the entries to the stored outline would add, change, remove and keep."""
    wanted = {entry.key: entry for entry in entries}
    stored = {topic.key: topic for topic in Topic.objects.filter(outline__code=code, retired=False)}
    gone = [key for key in stored if key not in wanted]
    owning = _owning(stored, gone)
    return Difference(
        added=tuple(key for key in wanted if key not in stored),
        changed=tuple(key for key, entry in wanted.items() if key in stored and _differs(stored[key], entry)),
        removed=tuple(key for key in gone if key not in owning),
        kept=tuple(key for key in gone if key in owning),
    )


@transaction.atomic
def apply(
    entries: Iterable[Entry], *, title: str, now: datetime, source: str = "", code: str = SHIPPED_CODE
) -> Difference:
    """Stores the entries in document order; idempotent. Topics that own questions are retired, never deleted."""
    listed = list(entries)
    change = difference(listed, code=code)
    outline, _ = Outline.objects.get_or_create(code=code, defaults={"title": title[:300], "loaded_at": now})
    if source and source != outline.source:
        outline.source = source
        outline.source_hash = hashlib.sha256(source.encode()).hexdigest()
        outline.loaded_at = now
        outline.save()
    topics = {topic.key: topic for topic in outline.topics.all()}
    for order, entry in enumerate(listed):
        topics[entry.key] = _store(outline, topics, entry, order)
    outline.topics.filter(key__in=change.kept).update(retired=True)
    for key in sorted(change.removed, key=len, reverse=True):
        topics[key].delete()
    return change


def shipped() -> tuple[str, list[Entry]]:
    """(title, entries) of the outline the product ships."""
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    rows = data["topic"]
    return data["title"], [
        Entry(row["key"], row["kind"], row["number"], row["parent"], row["title"], row["weight"])
        for row in rows
    ]


def load_shipped(*, now: datetime) -> Outline:
    """The shipped outline, stored unless an outline of its code is there already."""
    found = Outline.objects.filter(code=SHIPPED_CODE).first()
    if found is None:
        title, entries = shipped()
        apply(entries, title=title, now=now)
        found = Outline.objects.get(code=SHIPPED_CODE)
    return found


def _owning(stored: Mapping[str, Topic], gone: Iterable[str]) -> set[str]:
    """Those of the gone keys whose topic, or one below it, owns questions: a parent is kept for its children."""
    by_id = {topic.pk: topic for topic in stored.values()}
    owners = Topic.objects.filter(pk__in=by_id, key__in=list(gone), questions__isnull=False).distinct()
    found: set[str] = set()
    for owner in owners:
        topic: Topic | None = owner
        while topic is not None:
            found.add(topic.key)
            topic = by_id.get(topic.parent_id) if topic.parent_id else None
    return found


def _differs(topic: Topic, entry: Entry) -> bool:
    return (topic.text, topic.start, topic.end, topic.number) != (
        entry.text,
        entry.start,
        entry.end,
        entry.number,
    )


def _store(outline: Outline, topics: Mapping[str, Topic], entry: Entry, order: int) -> Topic:
    topic = topics.get(entry.key) or Topic(outline=outline, key=entry.key, title=entry.title[:200])
    topic.kind, topic.number, topic.order = entry.kind, entry.number, order
    topic.parent = topics.get(entry.parent)
    topic.weight = topic.weight or entry.weight
    topic.text, topic.start, topic.end = entry.text, entry.start, entry.end
    topic.warnings = list(entry.warnings)
    topic.retired = False
    topic.save()
    return topic
