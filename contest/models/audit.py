"""Who did what to which object, and why. Rows are only added; each carries the hash of the one before.

A trigger refuses changes and deletions (migration 0004). A migration that makes SQLite build this table anew has to
plant it again; a test looks for it.
"""

from django.conf import settings
from django.db import models

from contest.models.contest import Contest


class AuditEntry(models.Model):
    """One deed of staff in a contest. `digest` = SHA-256 over the previous digest and this row's content."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="audit")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    deed = models.CharField(max_length=40)
    target = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.deed} {self.target}"
