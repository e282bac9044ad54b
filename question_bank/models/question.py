"""A question's identity; what it says stands in its versions."""

from django.db import models

from question_bank.models.topic import Topic


class Question(models.Model):
    """Identity of a question through all its versions. `code` is stable (`II.1.1-07`)."""

    code = models.CharField(max_length=40, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    latest = models.ForeignKey(
        "question_bank.QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
