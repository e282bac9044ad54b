"""Moving versions through review. Every move is recorded; who approves is never the one who wrote."""

from datetime import datetime
from typing import Any

from django.db import transaction

from question_bank import permissions
from question_bank.actions.questions import Content
from question_bank.errors import Refusal
from question_bank.models import QuestionVersion, ReviewDecision
from question_bank.queries import readiness
from question_bank.rules import content as content_rules
from question_bank.rules import review
from question_bank.rules.problems import Problem
from question_bank.rules.review import Command, State

REMARK_LIMIT = 2000


def submit(version: QuestionVersion, *, actor: Any, now: datetime) -> QuestionVersion:
    """A draft goes to review. Refusal("question-not-ready", problems=[codes]) while its content has errors."""
    return _carry_out(version, Command.SUBMIT, actor, now)


def withdraw(version: QuestionVersion, *, actor: Any, now: datetime) -> QuestionVersion:
    """The author takes a version back to work on it. Refusal("not-the-author") for anybody else."""
    return _carry_out(version, Command.WITHDRAW, actor, now)


def approve(version: QuestionVersion, *, actor: Any, now: datetime, remark: str = "") -> QuestionVersion:
    """The version comes into use and the question's formerly approved version is retired, each with its record.

    Refusals: "author-cannot-approve"; "question-not-ready" with `problems`, a list of codes.
    """
    return _carry_out(version, Command.APPROVE, actor, now, remark)


def return_with_remarks(
    version: QuestionVersion, *, actor: Any, remark: str, now: datetime
) -> QuestionVersion:
    """Back to its author as a draft. Refusal("remark-missing") without words on what to mend."""
    if not remark.strip():
        raise Refusal("remark-missing")
    return _carry_out(version, Command.RETURN, actor, now, remark)


def retire(version: QuestionVersion, *, actor: Any, now: datetime, remark: str = "") -> QuestionVersion:
    """The version is not drawn any more; papers that hold it keep it."""
    return _carry_out(version, Command.RETIRE, actor, now, remark)


def may_move(version: QuestionVersion, command: Command, actor: Any) -> bool:
    """Whether the actor's role covers the command: an approver's deeds, or a writer's with own drafts."""
    if not permissions.may_write(actor):
        return False
    if command in {Command.APPROVE, Command.RETURN}:
        return permissions.may_approve(actor)
    own_draft = version.state != State.APPROVED and version.author_id in {actor.pk, None}
    return own_draft or permissions.may_approve(actor)


def moves_for(version: QuestionVersion, actor: Any) -> list[Command]:
    """The commands that would not be refused for who the actor is or where the version stands."""
    allowed = review.allowed(version.state, actor=actor.pk, author=version.author_id)
    return [command for command in allowed if may_move(version, command, actor)]


def content_of(version: QuestionVersion) -> Content:
    """What the version says, as an author writes it."""
    return Content(
        kind=version.kind,
        level=version.level,
        stem=version.stem,
        explanation=version.explanation,
        body=version.body,
        key=version.key,
        citations=[(citation.topic_key, citation.quote) for citation in version.citations.all()],
    )


def problems_of(version: QuestionVersion) -> list[Problem]:
    """Everything that stops the version's approval or asks for a second look, errors first."""
    outline_id = version.question.topic.outline_id
    return readiness.problems(content_of(version), outline_id=outline_id)


@transaction.atomic
def _carry_out(
    version: QuestionVersion, command: Command, actor: Any, now: datetime, remark: str = ""
) -> QuestionVersion:
    """Locks version and question, asks the table of moves, checks the content, moves, records."""
    rows = QuestionVersion.objects.select_for_update().select_related("question__topic")
    row = rows.get(pk=version.pk)
    after = review.move(row.state, command, actor=actor.pk, author=row.author_id)
    if not may_move(row, command, actor):
        raise Refusal("not-allowed")
    if command in {Command.SUBMIT, Command.APPROVE}:
        _require_ready(row)
    if command is Command.APPROVE:
        _retire_former(row, actor, now)
        row.approver, row.approved_at = actor, now
    _move(row, command, after, actor=actor, now=now, remark=remark)
    return row


def _require_ready(version: QuestionVersion) -> None:
    errors = content_rules.errors(problems_of(version))
    if errors:
        raise Refusal("question-not-ready", problems=list(dict.fromkeys(problem.code for problem in errors)))


def _retire_former(version: QuestionVersion, actor: Any, now: datetime) -> None:
    others = version.question.versions.select_for_update().filter(state=State.APPROVED)
    for former in others.exclude(pk=version.pk):
        _move(former, Command.RETIRE, State.RETIRED, actor=actor, now=now)


def _move(
    version: QuestionVersion, command: Command, after: State, *, actor: Any, now: datetime, remark: str = ""
) -> None:
    before, version.state = version.state, after.value
    version.save(update_fields=["state", "approver", "approved_at"])
    ReviewDecision.objects.create(
        version=version,
        actor=actor,
        move=command.value,
        before=before,
        after=after.value,
        remark=remark.strip()[:REMARK_LIMIT],
        at=now,
    )
