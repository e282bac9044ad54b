"""A contest (cuộc thi) and the people who run it."""

from django.conf import settings
from django.db import models

from contest.models.unit import Unit


class Contest(models.Model):
    """A competition with its rounds. `registration` says which fields the registration form asks for."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        ENDED = "ended"

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    organiser = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    unit_root = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rules = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class ContestStaff(models.Model):
    """Who may run a contest: 'chief' may do all, 'organiser' all but publish and correct, 'viewer' looks only."""

    class Role(models.TextChoices):
        CHIEF = "chief"
        ORGANISER = "organiser"
        VIEWER = "viewer"

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contest_roles")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "user"], name="one_role_a_contest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
