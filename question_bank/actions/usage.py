"""What users of the bank report back: how often versions are drawn, and how they were answered."""

from collections.abc import Iterable

from django.db.models import F

from question_bank.models import QuestionVersion


def count_drawn(version_ids: Iterable[int]) -> None:
    """One more paper holds each of these versions; the least drawn are drawn first."""
    QuestionVersion.objects.filter(id__in=list(version_ids)).update(drawn=F("drawn") + 1)
