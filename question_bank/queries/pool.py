"""What a round may draw from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from question_bank.models import QuestionVersion
from question_bank.queries import media
from question_bank.queries.media import MediaRef
from question_bank.rules.review import State


@dataclass(frozen=True, slots=True)
class Candidate:
    """An approved version as drawing sees it. `drawn` counts the papers it has been put on."""

    version_id: int
    question_id: int
    topic: str
    level: str
    kind: str
    drawn: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper copies from a version: public `body` and `media`, secret `key`."""

    version_id: int
    topic: str
    kind: str
    stem: str
    body: Mapping[str, Any]
    key: Mapping[str, Any]
    media: tuple[MediaRef, ...] = ()


def approved(*, outline_code: str | None = None) -> list[Candidate]:
    """Every approved version of questions whose topic is in use, in the order of their ids."""
    rows = QuestionVersion.objects.filter(state=State.APPROVED, question__topic__retired=False)
    if outline_code:
        rows = rows.filter(question__topic__outline__code=outline_code)
    fields = ("id", "question_id", "question__topic__key", "level", "kind", "drawn")
    return [Candidate(*row) for row in rows.order_by("id").values_list(*fields)]


def contents(version_ids: Collection[int]) -> dict[int, Content]:
    """The versions by id; ids that do not exist are missing from the answer."""
    rows = QuestionVersion.objects.filter(id__in=version_ids).select_related("question__topic")
    files = media.of_versions(version_ids)
    return {
        row.id: Content(
            row.id,
            row.question.topic.key,
            row.kind,
            row.stem,
            row.body,
            row.key,
            files.get(row.id, ()),
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Background:
    """What is shown beside a question once its review is allowed."""

    explanation: str
    citations: tuple[tuple[str, str, str], ...]


def background(version_ids: Collection[int]) -> dict[int, Background]:
    """Explanations and citations (topic key, topic title, quote) by version id, in two queries."""
    rows = (
        QuestionVersion.objects.filter(id__in=version_ids)
        .select_related("question__topic")
        .prefetch_related("citations")
    )
    titles = dict(
        QuestionVersion.objects.filter(id__in=version_ids).values_list(
            "question__topic__outline__topics__key", "question__topic__outline__topics__title"
        )
    )
    return {
        row.id: Background(
            row.explanation,
            tuple((c.topic_key, titles.get(c.topic_key, ""), c.quote) for c in row.citations.all()),
        )
        for row in rows
    }
