"""Who moved a version, when, and with what remark: the bank's audit trail."""

from django.conf import settings
from django.db import models

from question_bank.models.version import QuestionVersion


class ReviewDecision(models.Model):
    """One move of one version; rows are only added."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="decisions")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=12)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    remark = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.move} {self.version_id}"
