"""People who sign in: staff, and entrants who chose to have an account."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A signed-in person. What a person may do is a set of flags; `contest.permissions` reads them."""

    full_name = models.CharField(max_length=120, blank=True)
    can_write_questions = models.BooleanField(default=False)
    can_approve_questions = models.BooleanField(default=False)
    can_organise = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.full_name or self.username
