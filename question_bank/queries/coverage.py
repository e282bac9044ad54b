"""How well the outline is covered: approved versions by topic and level."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from question_bank.models import QuestionVersion, Topic
from question_bank.queries import browse
from question_bank.rules.levels import Level
from question_bank.rules.review import State


@dataclass(frozen=True, slots=True)
class Line:
    """A topic with its approved versions, those of its subtree included, one count for each level in order."""

    key: str
    title: str
    kind: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Approved versions over all levels."""
        return sum(self.counts)


def coverage() -> list[Line]:
    """Every section, group and item in use, in document order; two queries."""
    rows = (
        QuestionVersion.objects.filter(state=State.APPROVED)
        .order_by()
        .values_list("question__topic__outline_id", "question__topic__key", "level")
        .annotate(count=Count("id"))
    )
    totals: Counter[tuple[int, str, str]] = Counter()
    for outline_id, key, level, count in rows:
        for above in _upwards(key):
            totals[outline_id, above, level] += count
    return [_line(topic, totals) for topic in browse.topics()]


def _line(topic: Topic, totals: Counter[tuple[int, str, str]]) -> Line:
    counts = tuple(totals[topic.outline_id, topic.key, level.value] for level in Level)
    return Line(topic.key, topic.title, topic.kind, counts)


def _upwards(key: str) -> list[str]:
    """The key and those of the nodes above it."""
    parts = key.partition("/")[0].split(".")
    above = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return above if key in above else [*above, key]
