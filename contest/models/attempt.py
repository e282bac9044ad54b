"""An attempt (lượt thi): one INSERT to start, one UPDATE a save, one conditional UPDATE to finish."""

import secrets

from django.conf import settings
from django.db import models

from contest.models.entrant import Entrant
from contest.models.round import Paper, Round
from contest.rules.attempts import AttemptState


def new_public_id() -> str:
    """A name of 128 random bits for an attempt, safe in a URL."""
    return secrets.token_urlsafe(16)


class Attempt(models.Model):
    """One run of an entrant through a paper.

    `deadline` = min(start + limit + adjustment, close), absolute. `answers` maps the item number to the response.
    `revision` counts saves within `epoch`; a new device or reload takes the next epoch. `prediction` is a scaled
    integer (contest.rules.prediction). `finished_at` never exceeds `deadline`; `duration_ms` is their distance.
    `score`, `correct`, `all_correct` are what the paper's keys gave at the finish; settlement recomputes them.
    """

    STATES = [(state.value, state.value) for state in AttemptState]

    public_id = models.CharField(max_length=22, default=new_public_id, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="attempts")
    entrant = models.ForeignKey(Entrant, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    start_key = models.CharField(max_length=64)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attempts")
    seed = models.CharField(max_length=32)
    state = models.CharField(max_length=14, choices=STATES, default=AttemptState.IN_PROGRESS.value)
    started_at = models.DateTimeField()
    deadline = models.DateTimeField()
    extra_s = models.IntegerField(default=0)
    epoch = models.PositiveIntegerField(default=1)
    revision = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    prediction = models.BigIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    duration_ms = models.BigIntegerField(null=True, blank=True)
    receipt = models.CharField(max_length=20, unique=True, null=True, blank=True)
    score = models.PositiveIntegerField(null=True, blank=True)
    correct = models.PositiveSmallIntegerField(null=True, blank=True)
    all_correct = models.BooleanField(default=False)
    unit_path = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entrant", "round", "number"], name="attempt_number_once"),
            models.UniqueConstraint(fields=["entrant", "round", "start_key"], name="start_key_once"),
            models.UniqueConstraint(
                fields=["entrant", "round"], condition=models.Q(state="in_progress"), name="one_open_attempt"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "deadline"]),
            models.Index(
                fields=["round", "-score", "duration_ms", "finished_at", "id"], name="attempt_board"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class StartKey(models.Model):
    """A further start key answered with an attempt already open: the same key means the same attempt for ever."""

    entrant = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entrant", "round", "key"], name="further_key_once")]

    def __str__(self) -> str:
        return self.key


class LateAnswer(models.Model):
    """An answer that came after the deadline: kept as evidence, it changes nothing."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="late_answers")
    received_at = models.DateTimeField()
    payload = models.JSONField()

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.received_at}"


class Adjustment(models.Model):
    """Extra seconds (or fewer) for one attempt, with who gave them and why; rows are only added."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="adjustments")
    seconds = models.IntegerField()
    reason = models.TextField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.seconds:+}s"
