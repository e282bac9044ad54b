"""A draft to be given a picture and a sound, and a round that asks it (see stage.py)."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from contest.actions import rounds
from contest.models import Contest, User
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.rulebook import Rules
from contest.rules.visibility import ReviewPolicy
from question_bank.actions import questions, review
from question_bank.models import QuestionVersion
from tests.journeys import stages

TOPIC = "II.1.1"


def draft() -> dict[str, Any]:
    """A contest over the starter bank, and a writer who may sign in and has a draft without fault."""
    place = stages.bare_contest()
    writer = User.objects.create_user("writer", password=stages.PASSWORD, can_write_questions=True)
    model = QuestionVersion.objects.filter(kind="single", question__topic__key=TOPIC)[0]
    made = questions.create_question(
        code="HINH-1",
        topic=model.question.topic,
        content=review.content_of(model),
        author=writer,
        now=timezone.now(),
    )
    return place | {"version": made.pk, "writer": writer.username}


def ask(version: int, slug: str) -> int:
    """Approves the draft and opens a round that asks nothing else."""
    now, chief = timezone.now(), User.objects.get(username__startswith="chief")
    made = QuestionVersion.objects.select_related("author").get(pk=version)
    approver = User.objects.create_user("second", can_approve_questions=True)
    review.submit(made, actor=made.author, now=now)
    review.approve(made, actor=approver, now=now)
    QuestionVersion.objects.filter(question__topic__key=TOPIC).exclude(pk=version).update(state="retired")
    rules = Rules(blueprint=Blueprint((Cell(TOPIC, 1),)), review=ReviewPolicy.AFTER_SUBMIT)
    opened = rounds.create_round(
        Contest.objects.get(slug=slug),
        title="Tuần có hình",
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
        rules=rules,
    )
    return rounds.announce_round(opened, actor=chief, now=now).pk
