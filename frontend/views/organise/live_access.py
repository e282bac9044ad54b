"""Who may open the desk of a live round."""

from django.http import HttpRequest

from contest import permissions
from contest.models import Contest, ContestStaff, LiveRound, User
from contest.queries import live
from question_bank.errors import Refusal

HOST, JURY = "host", "jury"


def contest_of(row: LiveRound, user: User) -> Contest | None:
    """The contest for links to the organisers' pages; None for who works in this round alone."""
    return row.contest if permissions.may(user, row.contest, at_least=ContestStaff.Role.ORGANISER) else None


def live_round_for(request: HttpRequest, live_id: int, *roles: str) -> tuple[LiveRound, User]:
    """The round with its contest, and the user, who has one of the roles (none named: any).

    Refusal("not-found") for strangers, "not-allowed" for somebody with another role.
    """
    row = live.get(live_id)
    found = permissions.live_roles(request.user, row)
    if not found or not isinstance(request.user, User):
        raise Refusal("not-found")
    if roles and not found & set(roles):
        raise Refusal("not-allowed", role=roles[0])
    return row, request.user
