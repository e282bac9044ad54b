"""The final standing of a whole contest, made from the published editions of its rounds."""

from django.db import models

from contest.models.contest import Contest
from contest.models.entrant import Entrant
from contest.models.round import Edition


class ContestSettlement(Edition):
    """One settled final ranking of a contest.

    `terms` are the rules it was settled by (`contest.rules.overall.Terms`), `terms_version` their version.
    `basis`: {"rounds": {round id: edition}}, the published editions it was made from.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="settlements")
    terms = models.JSONField()
    terms_version = models.PositiveIntegerField()

    class Meta(Edition.Meta):
        abstract = False
        ordering = ["contest_id", "edition"]
        constraints = [models.UniqueConstraint(fields=["contest", "edition"], name="contest_edition_once")]

    def __str__(self) -> str:
        return f"{self.contest_id} e{self.edition}"


class ContestStanding(models.Model):
    """One ranked entrant of one final ranking: sums over the `rounds` rounds taken part in; rows are written once."""

    settlement = models.ForeignKey(ContestSettlement, on_delete=models.CASCADE, related_name="standings")
    entrant = models.ForeignKey(Entrant, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    rounds = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField()
    correct = models.PositiveIntegerField()
    rounds_all_correct = models.PositiveSmallIntegerField()
    prediction_error = models.BigIntegerField()
    predictions_missing = models.PositiveSmallIntegerField()
    duration_ms = models.BigIntegerField()
    finished_at = models.DateTimeField()
    prize = models.CharField(max_length=20, blank=True)
    unit_path = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=500)

    class Meta:
        ordering = ["settlement_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "entrant"], name="ranked_once_overall"),
            models.UniqueConstraint(fields=["settlement", "position"], name="position_once_overall"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class ContestLot(models.Model):
    """The place an entrant drew by lot for the final ranking (1 is best); recorded by staff before settling."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="lots")
    entrant = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "entrant"], name="contest_lot_drawn_once"),
            models.UniqueConstraint(fields=["contest", "place"], name="contest_lot_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}"
