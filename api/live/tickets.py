"""Tickets: what a page of staff shows in its `hello`. Signed, for one round and role, and good for a minute."""

from dataclasses import dataclass

from django.core import signing

from api.live.messages import Role
from contest.errors import Refusal

SECONDS = 60
ROLES: tuple[Role, ...] = ("host", "jury", "projector")
_SALT = "live.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may greet as what in which round."""

    round_id: int
    role: str
    user_id: int


def write(ticket: Ticket) -> str:
    """The ticket as text that only this server can make."""
    return signing.TimestampSigner(salt=_SALT).sign(f"{ticket.round_id}.{ticket.role}.{ticket.user_id}")


def role_of(text: str) -> Role | None:
    """The role a ticket claims; None for anything else. Whether it is right, `read` tells."""
    parts = text.split(":", maxsplit=1)[0].split(".")
    return next((role for role in ROLES if len(parts) == 3 and parts[1] == role), None)


def read(text: str, *, round_id: int, role: str) -> Ticket:
    """The ticket of the text. Refusal("token-invalid") for one that is old, forged, or of another round or role."""
    try:
        found_round, found_role, user_id = (
            signing.TimestampSigner(salt=_SALT).unsign(text, max_age=SECONDS).split(".")
        )
        ticket = Ticket(int(found_round), found_role, int(user_id))
    except (signing.BadSignature, ValueError):
        raise Refusal("token-invalid") from None
    if (ticket.round_id, ticket.role) != (round_id, role):
        raise Refusal("token-invalid")
    return ticket
