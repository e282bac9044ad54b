"""The starter bank: questions written for the product, loaded as approved versions of two named curators."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from question_bank.actions import outline, questions
from question_bank.models import Question, QuestionVersion, ReviewDecision, Topic
from question_bank.rules.review import Command, State

FOLDER = Path(__file__).resolve().parent.parent / "starter_bank"


def read_folder(folder: Path = FOLDER) -> Iterator[tuple[str, str, questions.Content]]:
    """(code, topic key, content) of every question of the data files, in the order of their names."""
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for row in data["question"]:
            yield row["code"], row.get("topic", data["topic"]), content_of(row)


def content_of(row: Mapping[str, Any]) -> questions.Content:
    """A question of a data file in the bank's shapes; KeyError when a field of its kind is missing."""
    body, key = _SHAPES[row["kind"]](row)
    return questions.Content(
        kind=row["kind"],
        level=row["level"],
        stem=row["stem"],
        explanation=row["explanation"],
        body=body,
        key=key,
        citations=[(citation["topic"], citation["quote"]) for citation in row["citations"]],
    )


@transaction.atomic
def load(*, author: Any, approver: Any, now: datetime) -> int:
    """Adds the questions whose codes are not in the bank yet, approved; how many. Loads the shipped outline first."""
    kept = outline.load_shipped(now=now)
    topics = {topic.key: topic for topic in Topic.objects.filter(outline=kept)}
    known = set(Question.objects.values_list("code", flat=True))
    added = 0
    for code, topic, content in read_folder():
        if code in known:
            continue
        version = questions.create_question(
            code=code, topic=topics[topic], content=content, author=author, now=now
        )
        _approve(version, author, approver, now)
        added += 1
    return added


def _approve(version: QuestionVersion, author: Any, approver: Any, now: datetime) -> None:
    version.state, version.approver, version.approved_at = State.APPROVED.value, approver, now
    version.save(update_fields=["state", "approver", "approved_at"])
    steps = [(author, Command.SUBMIT, State.DRAFT, State.IN_REVIEW),
             (approver, Command.APPROVE, State.IN_REVIEW, State.APPROVED)]  # fmt: skip
    for actor, move, before, after in steps:
        ReviewDecision.objects.create(
            version=version, actor=actor, move=move.value, before=before.value, after=after.value, at=now
        )


def _options(row: Mapping[str, Any]) -> dict[str, Any]:
    options = [{"key": o["key"], "text": o["text"], "fixed": o.get("fixed", False)} for o in row["options"]]
    return {"options": options}


def _single(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return _options(row), {"accepted": [o["key"] for o in row["options"] if o.get("correct")]}


def _multi(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return _options(row), {"accepted": [[o["key"] for o in row["options"] if o.get("correct")]]}


def _truefalse(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {}, {"accepted": [row["answer"]]}


def _fill(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {}, {"accepted": list(row["accepted"]), "accents": row.get("accents", "required")}


def _order(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"items": [dict(item) for item in row["items"]]}, {"accepted": [list(row["answer"])]}


def _match(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {"left": [dict(side) for side in row["left"]], "right": [dict(side) for side in row["right"]]}
    return body, {"accepted": [[list(pair) for pair in row["answer"]]]}


_SHAPES = {
    "single": _single,
    "multi": _multi,
    "truefalse": _truefalse,
    "fill": _fill,
    "order": _order,
    "match": _match,
}
