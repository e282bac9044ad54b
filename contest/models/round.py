"""A round (đợt thi, tuần thi), its papers (đề) and its settlement."""

from django.conf import settings
from django.db import models

from contest.models.contest import Contest
from contest.rules.windows import RoundStatus


class Round(models.Model):
    """A timed round.

    `rules` is the editable draft of `contest.rules.rulebook.Rules`; publishing freezes it and sets `rules_version`.
    `limit_s` repeats the rule for queries; `closes_at` is the absolute close. `draw_seed` is recorded when papers are
    drawn.
    """

    STATES = [(status.value, status.value) for status in RoundStatus]

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=RoundStatus.DRAFT.value)
    rules = models.JSONField(default=dict)
    rules_version = models.PositiveIntegerField(default=0)
    draw_seed = models.CharField(max_length=64, blank=True)
    paper_count = models.PositiveSmallIntegerField(default=1)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["contest_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}"


class Paper(models.Model):
    """An immutable paper of a round: public `items` (never a key) and, apart, the secret `keys` by item number."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField()
    items = models.JSONField()
    keys = models.JSONField()
    max_points = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["round_id", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="paper_number_once")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"


class KeyCorrection(models.Model):
    """An explicit regrade decision for one question version in one round; rows are only added, the newest holds.

    effect: 'accept' (adds `answer` to the accepted ones), 'accept_all', 'void'.
    """

    class Effect(models.TextChoices):
        ACCEPT = "accept"
        ACCEPT_ALL = "accept_all"
        VOID = "void"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="corrections")
    version_id = models.BigIntegerField()
    effect = models.CharField(max_length=10, choices=Effect.choices)
    answer = models.JSONField(null=True, blank=True)
    reason = models.TextField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.effect} {self.version_id}"


class Edition(models.Model):
    """One settled ranking. A correction adds a new edition; the former one stays as it was.

    `sheet` is the canonical JSON text of the ranking, `sheet_hash` its SHA-256. `basis` names what the ranking rests on
    besides the rows it ranks, so that it can be recomputed when that has moved on.
    """

    edition = models.PositiveSmallIntegerField()
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    numbers = models.JSONField(default=dict)
    sheet = models.TextField()
    sheet_hash = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    basis = models.JSONField(default=dict)

    class Meta:
        abstract = True


class Settlement(Edition):
    """One settled ranking of a round.

    `basis`: {"correction": id of the last correction that was applied (0: none), "rounds": ids of the editions of other
    rounds, "contest": ids of those of the contest, whose winners were passed over}.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="settlements")

    class Meta(Edition.Meta):
        abstract = False
        ordering = ["round_id", "edition"]
        constraints = [models.UniqueConstraint(fields=["round", "edition"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.round_id} e{self.edition}"
