"""Writing questions: a draft may be edited, an approved version never; revising makes the next version."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from question_bank.errors import Refusal
from question_bank.models import Citation, Media, Question, QuestionVersion, Topic
from question_bank.queries import media as media_queries
from question_bank.rules import text
from question_bank.rules.review import State


@dataclass(frozen=True, slots=True)
class Content:
    """What an author writes. `citations` are (topic key, quote) pairs; body and key have the kind's shapes."""

    kind: str
    level: str
    stem: str
    explanation: str
    body: Mapping[str, Any]
    key: Mapping[str, Any]
    citations: Sequence[tuple[str, str]]


def content_hash(content: Content | QuestionVersion, *, media: Sequence[tuple[str, str, str]] = ()) -> str:
    """SHA-256 (hex) of everything an entrant or a grader would see; citations are left out.

    `media` are (kind, digest, alternative text); without any the hash is what it was before there were media.
    """
    parts = [content.kind, content.level, content.stem, content.explanation, content.body, content.key]
    if media:
        parts.append([list(row) for row in media])
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def create_question(
    *, code: str, topic: Topic, content: Content, author: Any, now: datetime
) -> QuestionVersion:
    """A new question with its first version as a draft. Refusal("code-taken") when the code is in use."""
    if Question.objects.filter(code=code).exists():
        raise Refusal("code-taken", taken=code)
    question = Question.objects.create(code=code, topic=topic, created_at=now)
    return _add_version(question, 1, content, author, now)


@transaction.atomic
def edit_draft(
    version: QuestionVersion, *, content: Content, actor: Any, topic: Topic | None = None
) -> QuestionVersion:
    """Overwrites the actor's own draft in place; its picture and sound stay. Refusals: those of `own_draft`."""
    version = own_draft(version, actor)
    _write(version, content, media_queries.hashed(version.pk))
    version.save()
    if topic is not None and topic.pk != version.question.topic_id:
        version.question.topic = topic
        version.question.save(update_fields=["topic"])
    version.citations.all().delete()
    _cite(version, content)
    return version


def own_draft(version: QuestionVersion, actor: Any) -> QuestionVersion:
    """The row anew, locked for the transaction.

    Refusals: `version-immutable` for any other state; `not-the-author`: an approver who rewrote another's draft would
    approve own words.
    """
    version = QuestionVersion.objects.select_for_update().select_related("question").get(pk=version.pk)
    if version.state != State.DRAFT:
        raise Refusal("version-immutable", state=version.state)
    if version.author_id != actor.pk:
        raise Refusal("not-the-author")
    return version


def hash_anew(version: QuestionVersion) -> None:
    """Writes the hash of the version as it is stored, after its media changed."""
    version.content_hash = content_hash(version, media=media_queries.hashed(version.pk))
    version.save(update_fields=["content_hash"])


@transaction.atomic
def revise_question(
    question: Question, *, content: Content, author: Any, now: datetime, base: QuestionVersion | None = None
) -> QuestionVersion:
    """The next version as a draft; the approved one stays in use until the new one is approved.

    Picture and sound are copied from `base`, or from the last version. Refusal("draft-exists") when a version is
    already being worked on.
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.versions.filter(state__in=[State.DRAFT, State.IN_REVIEW]).exists():
        raise Refusal("draft-exists", question=question.code)
    last = question.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    return _add_version(question, number, content, author, now, base=base or last)


def next_code(topic: Topic) -> str:
    """A free code for a question of the topic: its key and the next two-digit number."""
    prefix = f"{topic.key}-"
    taken = Question.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [int(code[len(prefix) :]) for code in taken if code[len(prefix) :].isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:02d}"


def _add_version(
    question: Question,
    number: int,
    content: Content,
    author: Any,
    now: datetime,
    *,
    base: QuestionVersion | None = None,
) -> QuestionVersion:
    version = QuestionVersion(question=question, number=number, author=author, created_at=now)
    _write(version, content, media_queries.hashed(base.pk) if base else ())
    version.save()
    if base:
        _copy_media(base, version)
    _cite(version, content)
    question.latest = version
    question.save(update_fields=["latest"])
    return version


def _copy_media(base: QuestionVersion, version: QuestionVersion) -> None:
    for row in Media.objects.filter(version=base):
        row.pk, row.version = None, version
        row.save(force_insert=True)


def _write(version: QuestionVersion, content: Content, media: Sequence[tuple[str, str, str]]) -> None:
    version.kind = content.kind
    version.level = content.level
    version.stem = text.nfc(content.stem)
    version.explanation = text.nfc(content.explanation)
    version.body = dict(content.body)
    version.key = dict(content.key)
    version.content_hash = content_hash(content, media=media)
    version.search = text.fold(f"{version.stem} {json.dumps(version.body, ensure_ascii=False)}")


def _cite(version: QuestionVersion, content: Content) -> None:
    Citation.objects.bulk_create(
        Citation(version=version, topic_key=key, quote=quote, order=order)
        for order, (key, quote) in enumerate(content.citations)
    )
