"""A version of a question: immutable once approved."""

from django.conf import settings
from django.db import models

from question_bank.models.question import Question
from question_bank.rules.review import State


class QuestionVersion(models.Model):
    """What is asked and which answers are right.

    `body` is public JSON, `key` is secret JSON (`{"accepted": [...]}`); the shapes are the kinds' (`rules.kinds`).
    `content_hash` is the SHA-256 of kind, level, stem, body, key and explanation, and of picture and sound if any.
    """

    STATES = [(state.value, state.value) for state in State]

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT.value)
    kind = models.CharField(max_length=10)
    level = models.CharField(max_length=3)
    stem = models.TextField()
    explanation = models.TextField(blank=True)
    body = models.JSONField(default=dict)
    key = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    search = models.TextField(blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    drawn = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["question_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approver__isnull=False),
                name="approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(approver__isnull=True) | ~models.Q(approver=models.F("author")),
                name="approved_by_another",
            ),
        ]
        indexes = [models.Index(fields=["state", "level", "kind"])]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"


class Citation(models.Model):
    """Where the outline says so: the topic's key and a short quote of its text."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="citations")
    topic_key = models.CharField(max_length=40)
    quote = models.CharField(max_length=400)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.topic_key}: {self.quote}"
