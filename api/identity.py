"""Who asks: an attempt token, an entrant's token or cookie, a member of staff's session."""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from rest_framework import authentication
from rest_framework.request import Request

from contest.errors import Refusal
from contest.queries import papers, snapshots, tokens


class SessionAuthentication(authentication.SessionAuthentication):
    """Staff by session; unsafe methods need the CSRF token. Refusal("csrf-failed")."""

    def enforce_csrf(self, request: Request) -> None:
        """Refuses with our code instead of the framework's."""
        require_csrf(request)

    def authenticate_header(self, request: Request) -> str:
        """Makes "not signed in" a 401."""
        return 'Session realm="staff"'


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def require_csrf(request: HttpRequest | Request) -> None:
    """Passes when the request shows that it comes from our own pages. Refusal("csrf-failed")."""
    plain = request._request if isinstance(request, Request) else request  # noqa: SLF001
    check = authentication.CSRFCheck(_nothing)
    check.process_request(plain)
    if check.process_view(plain, _nothing, (), {}):
        raise Refusal("csrf-failed")


def attempt_token(request: HttpRequest, public_id: str) -> tokens.AttemptToken:
    """The token of `Authorization: Attempt …`. Refusal("token-invalid") when absent, forged or of another attempt."""
    token = _scheme(request, "Attempt")
    if token is None:
        raise Refusal("token-invalid")
    found = tokens.read_attempt(token)
    if not constant_time_compare(found.public_id, public_id):
        raise Refusal("token-invalid")
    return found


def entrant(request: HttpRequest, contest_id: int) -> int:
    """The entrant's id: `Authorization: Entrant …`, or the contest's cookie (then unsafe methods need CSRF).

    Refusals: `token-invalid`, `entrant-needed`, `csrf-failed`.
    """
    token = _scheme(request, "Entrant")
    if token is not None:
        found = tokens.read_entrant(token)
        if found is None:
            raise Refusal("token-invalid")
        return found
    found = tokens.read_entrant(request.COOKIES.get(f"entrant_{contest_id}", ""))
    if found is None:
        raise Refusal("entrant-needed")
    require_csrf(request)
    return found


def owner(request: HttpRequest, public_id: str) -> tuple[int, tokens.AttemptToken | None]:
    """Who may read this attempt: by its token (of any epoch), or as its entrant. (entrant id, token when shown.)"""
    if _scheme(request, "Attempt") is not None:
        token = attempt_token(request, public_id)
        return token.entrant_id, token
    pin = papers.pin(public_id)
    return entrant(request, snapshots.round_snapshot(pin.round_id).contest_id), None


def bearer(request: HttpRequest) -> str:
    """What `Authorization: Bearer …` holds; "" without it."""
    return _scheme(request, "Bearer") or ""


def _scheme(request: HttpRequest, scheme: str) -> str | None:
    name, _, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return text if name == scheme else None
