"""The tree of organisational units (đơn vị)."""

from django.db import models


class Unit(models.Model):
    """A unit of a youth union, the Front or a member organisation.

    `path` holds the ids from the root down, each followed by '/': '3/17/204/'. Depth is not bounded.
    `member_count` is the denominator of participation; null when nobody knows it.
    """

    class Block(models.TextChoices):
        YOUTH = "youth"
        FRONT = "front"
        LABOUR = "labour"
        FARMERS = "farmers"
        WOMEN = "women"
        VETERANS = "veterans"
        SCHOOL = "school"
        FORCES = "forces"
        BUSINESS = "business"
        PARTY = "party"
        STATE = "state"
        OTHER = "other"

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, db_index=True, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    full_name = models.CharField(max_length=500)
    block = models.CharField(max_length=10, choices=Block.choices, default=Block.YOUTH)
    member_count = models.PositiveIntegerField(null=True, blank=True)
    search = models.CharField(max_length=500, db_index=True)
    sort_key = models.CharField(max_length=400)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_under_parent")]

    def __str__(self) -> str:
        return self.full_name
