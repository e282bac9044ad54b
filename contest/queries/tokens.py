"""Signed tokens: an attempt token instead of a session on the hot path, and the entrant's cookie."""

from dataclasses import dataclass
from functools import cache

from django.core import signing

from contest.errors import Refusal

_ATTEMPT_SALT = "contest.attempt"
_ENTRANT_SALT = "contest.entrant"


@dataclass(frozen=True, slots=True)
class AttemptToken:
    """Who may write to which attempt, from which opening of its page."""

    public_id: str
    entrant_id: int
    epoch: int


def write_attempt(token: AttemptToken) -> str:
    """The token as text that only this server can make."""
    return _signer(_ATTEMPT_SALT).sign(f"{token.public_id}.{token.entrant_id}.{token.epoch}")


def read_attempt(text: str) -> AttemptToken:
    """The token of the text. Refusal("token-invalid") for anything this server did not sign."""
    try:
        public_id, entrant_id, epoch = _signer(_ATTEMPT_SALT).unsign(text).rsplit(".", 2)
        return AttemptToken(public_id, int(entrant_id), int(epoch))
    except (signing.BadSignature, ValueError):
        raise Refusal("token-invalid") from None


def write_entrant(entrant_id: int) -> str:
    """The value of the cookie that remembers an entrant of one contest."""
    return _signer(_ENTRANT_SALT).sign(str(entrant_id))


def read_entrant(text: str) -> int | None:
    """The entrant's id, or None for a cookie this server did not sign."""
    try:
        return int(_signer(_ENTRANT_SALT).unsign(text))
    except (signing.BadSignature, ValueError):
        return None


@cache
def _signer(salt: str) -> signing.Signer:
    return signing.Signer(salt=salt)
