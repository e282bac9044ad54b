"""Contests and the people who run them."""

from datetime import datetime

from django.db import transaction

from contest.actions import audit
from contest.errors import Refusal
from contest.models import Contest, ContestStaff, Unit, User


@transaction.atomic
def create_contest(
    *, slug: str, title: str, organiser: str, creator: User, now: datetime, introduction: str = "", contact: str = "",
    unit_root: Unit | None = None, rules: dict[str, object] | None = None,
) -> Contest:  # fmt: skip
    """A new contest as a draft, with its creator as chief. Refusal("slug-taken") when the address is in use."""
    if Contest.objects.filter(slug=slug).exists():
        raise Refusal("slug-taken", field="slug", slug=slug)
    contest = Contest.objects.create(
        slug=slug,
        title=title,
        organiser=organiser,
        introduction=introduction,
        contact=contact,
        unit_root=unit_root,
        rules=rules or {},
        created_by=creator,
        created_at=now,
    )
    ContestStaff.objects.create(contest=contest, user=creator, role=ContestStaff.Role.CHIEF)
    audit.record(contest, actor=creator, deed="create-contest", target=f"contest:{slug}", now=now)
    return contest


@transaction.atomic
def publish_contest(contest: Contest, *, actor: User, now: datetime) -> Contest:
    """Opens registration. Refusal("contest-not-draft")."""
    changed = Contest.objects.filter(pk=contest.pk, state=Contest.State.DRAFT).update(
        state=Contest.State.PUBLISHED
    )
    if not changed:
        raise Refusal("contest-not-draft")
    audit.record(contest, actor=actor, deed="publish-contest", target=f"contest:{contest.slug}", now=now)
    contest.refresh_from_db()
    return contest
