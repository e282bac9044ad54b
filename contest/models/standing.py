"""Ranks as settled, and the running board of an open round."""

from django.db import models

from contest.models.attempt import Attempt
from contest.models.entrant import Entrant
from contest.models.round import Round, Settlement


class Standing(models.Model):
    """One ranked entrant of one settlement; rows are written once."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="standings")
    entrant = models.ForeignKey(Entrant, on_delete=models.PROTECT, related_name="standings")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    correct = models.PositiveSmallIntegerField()
    all_correct = models.BooleanField(default=False)
    duration_ms = models.BigIntegerField()
    finished_at = models.DateTimeField()
    prediction = models.BigIntegerField(null=True, blank=True)
    prediction_error = models.BigIntegerField(null=True, blank=True)
    prize = models.CharField(max_length=20, blank=True)
    unit_path = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=500)

    class Meta:
        ordering = ["settlement_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "entrant"], name="ranked_once"),
            models.UniqueConstraint(fields=["settlement", "position"], name="position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class BoardEntry(models.Model):
    """The best finished attempt so far of one entrant in one open round (points, then duration, then finish)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="board_entries")
    entrant = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveIntegerField()
    duration_ms = models.BigIntegerField()
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "entrant"], name="on_board_once")]
        indexes = [
            models.Index(fields=["round", "-points", "duration_ms", "finished_at", "id"], name="board_order")
        ]

    def __str__(self) -> str:
        return f"{self.points}"


class BoardBucket(models.Model):
    """Histogram of the board by points and whole seconds: an own rank costs the same at any size (performance.md)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()
    entrants = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "points", "seconds"], name="bucket_once")]

    def __str__(self) -> str:
        return f"{self.points}@{self.seconds}s: {self.entrants}"


class Lot(models.Model):
    """The place an entrant drew by lot in a round (1 is best); recorded by staff before settling."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="lots")
    entrant = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "entrant"], name="lot_drawn_once"),
            models.UniqueConstraint(fields=["round", "place"], name="lot_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}"
