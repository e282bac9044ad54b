"""Who greets a live room, and whether they still may: asked of the database, in a thread."""

from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from api.live import tickets
from api.live.messages import HelloMessage, OwnAnswer, Role
from contest import permissions
from contest.actions import live_remotes
from contest.errors import Refusal
from contest.models import LiveAnswer, User
from contest.queries import live

STAFF = frozenset({"host", "jury"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody identified. `player` for participants; `user` for staff, the maker for a remote.

    `used`: the lag compensation of a participant by run; `answer`: what they gave to the run of now.
    """

    round_id: int
    role: Role
    token: str = ""
    session: str = ""
    player: int = 0
    user: User | None = None
    used: tuple[tuple[int, int], ...] = ()
    answer: LiveAnswer | None = None


def identify(round_id: int, hello: HelloMessage, *, session: str, asked: bool = True) -> Visitor:
    """Who says hello. Refusals: `not-found` (no room), `token-invalid`, `not-allowed` (role or session gone).

    `asked` is False where nothing has been asked yet, which spares looking for answers while a hall comes in.
    """
    visitor = Visitor(round_id, hello.role, hello.token, session)
    if hello.role == "player":
        return participant(visitor, asked=asked)
    if not live.get(round_id).phase:
        raise Refusal("not-found")
    if hello.role != "remote":
        ticket = tickets.read(hello.token, round_id=round_id, role=hello.role)
        visitor = replace(visitor, user=User.objects.filter(pk=ticket.user_id).first())
    return confirm(visitor)


def participant(visitor: Visitor, *, asked: bool = True) -> Visitor:
    """A participant by token, with what they have given so far. Refusals: `not-found`, `token-invalid`."""
    found = live.player_by_token(visitor.round_id, visitor.token)
    if found is None:
        raise Refusal("token-invalid" if live.get(visitor.round_id).phase else "not-found")
    if not asked:
        return replace(visitor, player=found.pk)
    given = list(LiveAnswer.objects.filter(round_id=visitor.round_id, player=found).order_by("run"))
    used = tuple((answer.run, answer.lag_ms) for answer in given)
    return replace(visitor, player=found.pk, used=used, answer=given[-1] if given else None)


def confirm(visitor: Visitor) -> Visitor:
    """Staff as they are now: active, in the role, and signed in. Refusals: `token-invalid`, `not-allowed`.

    Host and jury need the session that sent the handshake; a projector may stand elsewhere and needs none, but when it
    has one it ends with it.
    """
    row = live.get(visitor.round_id)
    if visitor.role == "remote":
        maker = live_remotes.maker_of(visitor.round_id, visitor.token)
        if maker is None:
            raise Refusal("token-invalid")
        _require(permissions.live_roles(maker, row), "host")
        return replace(visitor, user=maker)
    user = User.objects.filter(pk=visitor.user.pk).first() if visitor.user else None
    if user is None:
        raise Refusal("not-allowed")
    roles = permissions.live_roles(user, row)
    _require(roles, *(STAFF if visitor.role == "projector" else {visitor.role}))
    if (visitor.role in STAFF or visitor.session) and not _is_signed_in(user, visitor.session):
        raise Refusal("not-allowed")
    return replace(visitor, user=user)


def _require(roles: frozenset[str], *either: str) -> None:
    if not roles & set(either):
        raise Refusal("not-allowed")


def _is_signed_in(user: User, session_key: str) -> bool:
    """Whether the session still is this user's, with the password it was begun with."""
    if not session_key:
        return False
    engine: Any = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore(session_key)
    return (
        session.get(SESSION_KEY) == str(user.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    )


def own_answer(visitor: Visitor) -> OwnAnswer | None:
    """What the participant gave last, as a snapshot tells it."""
    found = visitor.answer
    if found is None:
        return None
    return OwnAnswer(found.run, found.key, found.value, found.at, found.receipt, found.seq)
