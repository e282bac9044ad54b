"""The outline (đề cương) and its tree of topics."""

from django.db import models


class Outline(models.Model):
    """One plan document. `source` is the NFC text that topic spans point into (empty for the shipped outline)."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    source = models.TextField(blank=True)
    source_hash = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Topic(models.Model):
    """A node of the outline. `key` is its path (`II.2.10`, `IV.1/b3`); `start`/`end` are half-open code-point offsets.

    Topics that own questions are never deleted: a node that has gone from the document is `retired`.
    """

    class Kind(models.TextChoices):
        SECTION = "section"
        GROUP = "group"
        ITEM = "item"
        BULLET = "bullet"
        PARAGRAPH = "paragraph"

    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="topics")
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    weight = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["outline", "key"], name="topic_key_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"
