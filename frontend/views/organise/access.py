"""Who may open the desk, and finding what it is about."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from contest import permissions
from contest.models import Contest, ContestStaff, Round, User
from question_bank.errors import Refusal

VIEWER = ContestStaff.Role.VIEWER
ORGANISER = ContestStaff.Role.ORGANISER
CHIEF = ContestStaff.Role.CHIEF


def may_create(user: User | AnonymousUser) -> bool:
    """Whether the person may begin contests of their own."""
    return isinstance(user, User) and user.is_active and (user.is_superuser or user.can_organise)


def require_creator(request: HttpRequest) -> User:
    """The user. Refusal("not-found") for whoever may not create contests."""
    if not isinstance(request.user, User) or not may_create(request.user):
        raise Refusal("not-found")
    return request.user


def contest_for(request: HttpRequest, slug: str, at_least: ContestStaff.Role) -> tuple[Contest, User]:
    """The contest and the user. Refusal("not-found") for strangers, "not-allowed" for too low a role."""
    contest = Contest.objects.filter(slug=slug).first()
    if contest is None:
        raise Refusal("not-found")
    return contest, permissions.require(request.user, contest, at_least=at_least)


def round_for(request: HttpRequest, round_id: int, at_least: ContestStaff.Role) -> tuple[Round, User]:
    """The round with its contest, and the user; refuses as `contest_for`."""
    round = Round.objects.select_related("contest").filter(pk=round_id).first()
    if round is None:
        raise Refusal("not-found")
    return round, permissions.require(request.user, round.contest, at_least=at_least)
