"""How a version fared when it was asked."""

from django.db import models

from question_bank.models.version import QuestionVersion


class ItemStatistic(models.Model):
    """Counts over all settled rounds: asked, answered, right; `chosen` counts each option key."""

    version = models.OneToOneField(QuestionVersion, on_delete=models.CASCADE, related_name="statistic")
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    chosen = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"
