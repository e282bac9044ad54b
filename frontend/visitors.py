"""Who is visiting as an entrant: a signed cookie per contest, no session and no account needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from contest.models import Contest, Entrant
from contest.queries import tokens
from contest.rules import addresses

COOKIE_DAYS = 120


def entrant_id(request: HttpRequest, contest_id: int) -> int | None:
    """The id in the contest's cookie; whether the entrant exists is the caller's query."""
    return tokens.read_entrant(request.COOKIES.get(f"entrant_{contest_id}", ""))


def entrant(request: HttpRequest, contest: Contest) -> Entrant | None:
    """The visitor's entrant in the contest: by cookie, else by account."""
    known = entrant_id(request, contest.pk)
    if known is not None:
        found = Entrant.objects.filter(pk=known, contest=contest).first()
        if found is not None:
            return found
    if request.user.is_authenticated:
        return Entrant.objects.filter(contest=contest, user=request.user).first()
    return None


def remember(response: HttpResponse, entrant: Entrant) -> HttpResponse:
    """Sets the contest's cookie on the answer."""
    response.set_cookie(
        f"entrant_{entrant.contest_id}",
        tokens.write_entrant(entrant.pk),
        max_age=COOKIE_DAYS * 86400,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


def address(request: HttpRequest) -> str:
    """The client's address, by the same rule as the API's throttles."""
    remote, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    return addresses.client_address(remote, forwarded, settings.TRUSTED_PROXY_DEPTH)
