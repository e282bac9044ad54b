"""Who may do what in a contest. The same predicates stand behind page, API and socket."""

from django.contrib.auth.models import AnonymousUser

from contest.errors import Refusal
from contest.models import Contest, ContestStaff, User

Visitor = User | AnonymousUser
_ORDER = {ContestStaff.Role.VIEWER: 0, ContestStaff.Role.ORGANISER: 1, ContestStaff.Role.CHIEF: 2}


def role_in(user: Visitor, contest: Contest) -> ContestStaff.Role | None:
    """The user's role in the contest; a superuser is chief everywhere."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.is_superuser:
        return ContestStaff.Role.CHIEF
    found = ContestStaff.objects.filter(contest=contest, user=user).values_list("role", flat=True).first()
    return ContestStaff.Role(found) if found else None


def may(user: Visitor, contest: Contest, *, at_least: ContestStaff.Role) -> bool:
    """True when the user's role in the contest is that high."""
    role = role_in(user, contest)
    return role is not None and covers(role, at_least)


def covers(role: ContestStaff.Role, at_least: ContestStaff.Role) -> bool:
    """True when a role is that high."""
    return _ORDER[role] >= _ORDER[at_least]


def require(
    user: Visitor, contest: Contest, *, at_least: ContestStaff.Role = ContestStaff.Role.ORGANISER
) -> User:
    """The user, or Refusal("not-found"): a stranger learns not even that the contest exists.

    A member of staff whose role is too low gets "not-allowed" instead.
    """
    role = role_in(user, contest)
    if role is None or not isinstance(user, User):
        raise Refusal("not-found")
    if not covers(role, at_least):
        raise Refusal("not-allowed", role=role.value)
    return user
