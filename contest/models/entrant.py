"""An entrant (thí sinh): one person in one contest."""

from django.conf import settings
from django.db import models

from contest.models.contest import Contest
from contest.models.unit import Unit


class Entrant(models.Model):
    """One person in one contest, unique by `person_key` (keyed hash of the normalised phone).

    `search` is the name without accents, with the words for a unit that is not in the tree.
    The unit's path and full name are copied, so that a later reorganisation does not rewrite statistics.
    `consents` maps a consent code to {"at": ISO time, "text_hash": SHA-256 of the text agreed to}.
    `code` lets the person come back on another device, together with the phone.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entrants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400)
    search = models.CharField(max_length=320, blank=True)
    birth_year = models.PositiveSmallIntegerField()
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=16)
    person_key = models.CharField(max_length=64)
    code = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit_path = models.CharField(max_length=200, blank=True, db_index=True)
    unit_name = models.CharField(max_length=500)
    consents = models.JSONField(default=dict)
    barred = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "person_key"], name="one_entrant_a_person"),
            models.UniqueConstraint(fields=["contest", "user"], name="one_entrant_an_account"),
        ]

    def __str__(self) -> str:
        return self.name


class Exclusion(models.Model):
    """A person who may not win (organisers, committee), known by the same keyed hash; staff see the reason."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="exclusions")
    person_key = models.CharField(max_length=64)
    label = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "person_key"], name="excluded_once")]

    def __str__(self) -> str:
        return self.label
