"""What every template gets."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from contest.models import User
from question_bank import permissions


def site(request: HttpRequest) -> dict[str, Any]:
    """`product_name` (`site_name` is taken: Django's sign-in view sets it), and `areas`: which of the areas
    'organise' and 'curate' the visitor may enter.
    """
    user = getattr(request, "user", None)
    areas = []
    if isinstance(user, User):
        if user.is_superuser or user.can_organise or user.contest_roles.exists():
            areas.append("organise")
        if permissions.may_write(user):
            areas.append("curate")
    return {"product_name": settings.SITE_NAME, "areas": areas}
