"""The picture and the sound of a version, kept in the database: every process serves them, no disk is shared."""

from django.db import models

from question_bank.models.version import QuestionVersion
from question_bank.rules.media import MediaKind


class Media(models.Model):
    """One file of one version, and immutable with it.

    `digest` is the SHA-256 (hex) of `content` and its address; a version that was copied shares it. `alt` says the same
    in words: a description of the picture, the text of the sound. Sides are in pixels, None for a sound.
    """

    KINDS = [(kind.value, kind.value) for kind in MediaKind]

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(max_length=10, choices=KINDS)
    content = models.BinaryField()
    content_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    alt = models.TextField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="media_kind_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version_id}"
