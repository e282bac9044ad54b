"""How well the outline is covered: versions by topic and level, kind or state."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from question_bank.models import QuestionVersion, Topic
from question_bank.queries import browse
from question_bank.rules import kinds
from question_bank.rules.levels import Level
from question_bank.rules.review import State


class Axis(StrEnum):
    """What the columns are. By level and kind approved versions alone are counted, by state all."""

    LEVEL = "level"
    KIND = "kind"
    STATE = "state"

    @property
    def values(self) -> tuple[str, ...]:
        """The columns in their order."""
        if self is Axis.KIND:
            return tuple(kind.code for kind in kinds.all_kinds())
        return tuple(entry.value for entry in (Level if self is Axis.LEVEL else State))


@dataclass(frozen=True, slots=True)
class Line:
    """A topic with its versions, those of its subtree included, one count for each value of the axis in order.

    `whole`: a section or group, that only sums up the items below it.
    """

    key: str
    title: str
    kind: str
    counts: tuple[int, ...]
    whole: bool = False

    @property
    def total(self) -> int:
        """Versions over all columns."""
        return sum(self.counts)


def coverage(axis: Axis = Axis.LEVEL) -> list[Line]:
    """Every section, group and item in use, in document order; two queries."""
    versions = QuestionVersion.objects.all()
    if axis is not Axis.STATE:
        versions = versions.filter(state=State.APPROVED)
    rows = (
        versions.order_by()
        .values_list("question__topic__outline_id", "question__topic__key", axis.value)
        .annotate(count=Count("id"))
    )
    totals: Counter[tuple[int, str, str]] = Counter()
    for outline_id, key, value, count in rows:
        for above in _upwards(key):
            totals[outline_id, above, value] += count
    topics = browse.topics()
    wholes = {(topic.outline_id, key) for topic in topics for key in _upwards(topic.key) if key != topic.key}
    return [_line(topic, axis, totals, whole=(topic.outline_id, topic.key) in wholes) for topic in topics]


def _line(topic: Topic, axis: Axis, totals: Counter[tuple[int, str, str]], *, whole: bool) -> Line:
    counts = tuple(totals[topic.outline_id, topic.key, value] for value in axis.values)
    return Line(topic.key, topic.title, topic.kind, counts, whole)


def _upwards(key: str) -> list[str]:
    """The key and those of the nodes above it."""
    parts = key.partition("/")[0].split(".")
    above = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return above if key in above else [*above, key]
