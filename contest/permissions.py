"""Who may do what in a contest. The same predicates stand behind page, API and socket."""

from django.contrib.auth.models import AnonymousUser

from contest.errors import Refusal
from contest.models import Contest, ContestStaff, LiveRound, LiveStaff, User

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


def live_roles(user: Visitor, live_round: LiveRound) -> frozenset[str]:
    """host and jury, as far as the user is that in a live round.

    A chief of the contest is both, an organiser host; others are named for the round.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    found = set(LiveStaff.objects.filter(round=live_round, user=user).values_list("role", flat=True))
    if may(user, live_round.contest, at_least=ContestStaff.Role.CHIEF):
        found |= {"host", "jury"}
    elif may(user, live_round.contest, at_least=ContestStaff.Role.ORGANISER):
        found.add("host")
    return frozenset(found)


def require_live(user: Visitor, live_round: LiveRound, role: str) -> User:
    """The user, or Refusal("not-found") for a stranger, "not-allowed" for somebody with another role."""
    roles = live_roles(user, live_round)
    if not roles or not isinstance(user, User):
        raise Refusal("not-found")
    if role not in roles:
        raise Refusal("not-allowed", role=role)
    return user
