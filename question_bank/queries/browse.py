"""Finding versions in the bank: what waits for whom, and lists by topic, state, level, kind and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from question_bank.models import QuestionVersion, ReviewDecision, Topic
from question_bank.queries.readiness import subtree
from question_bank.rules.review import Command, State
from question_bank.rules.text import fold

PAGE = 25
QUEUE = 50

# Topics that questions belong to; bullets and paragraphs are only cited.
OWNERS = (Topic.Kind.SECTION, Topic.Kind.GROUP, Topic.Kind.ITEM)


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty means any. `topic` is a key and takes in its subtree; `words` must all occur, accents do not count.

    Without a state the newest version of each question is listed, with one every version in that state.
    """

    topic: str = ""
    state: str = ""
    level: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """At most 50 versions each, oldest first: others' in review, own drafts, own drafts sent back, own in review."""

    waiting: Sequence[QuestionVersion]
    drafts: Sequence[QuestionVersion]
    returned: Sequence[QuestionVersion]
    sent: Sequence[QuestionVersion]


def browse(wanted: Filter, *, page: str | int | None = 1, size: int = PAGE) -> Page[QuestionVersion]:
    """One page of versions in the order of their questions' codes, in two queries; a wrong page gives the nearest."""
    return Paginator(_found(wanted), size).get_page(page)


def queue(user_id: int) -> Queue:
    """What one curator has to do, in two queries."""
    last = ReviewDecision.objects.filter(version=OuterRef("pk")).order_by("-at", "-id").values("move")[:1]
    rows = _versions().annotate(last_move=Subquery(last)).order_by("created_at", "id")
    own = list(rows.filter(author_id=user_id, state__in=[State.DRAFT, State.IN_REVIEW]))
    drafts = [row for row in own if row.state == State.DRAFT]
    waiting = rows.filter(state=State.IN_REVIEW).exclude(author_id=user_id)
    return Queue(
        waiting=list(waiting[:QUEUE]),
        drafts=[row for row in drafts if row.last_move != Command.RETURN][:QUEUE],
        returned=[row for row in drafts if row.last_move == Command.RETURN][:QUEUE],
        sent=[row for row in own if row.state == State.IN_REVIEW][:QUEUE],
    )


def topics() -> list[Topic]:
    """The topics in use that may own questions, in document order."""
    rows = Topic.objects.filter(retired=False, kind__in=OWNERS).select_related("outline")
    return list(rows.order_by("outline_id", "order"))


def _versions() -> QuerySet[QuestionVersion]:
    return QuestionVersion.objects.select_related("question__topic", "author")


def _found(wanted: Filter) -> QuerySet[QuestionVersion]:
    rows = _versions().order_by("question__code", "number")
    rows = rows.filter(state=wanted.state) if wanted.state else rows.filter(question__latest=F("pk"))
    if wanted.topic:
        rows = rows.filter(subtree(wanted.topic, prefix="question__topic__"))
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    for word in wanted.words.split():
        rows = rows.filter(Q(search__contains=fold(word)) | Q(question__code__icontains=word))
    return rows
