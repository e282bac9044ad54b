"""Commands and answers over HTTP and the socket alike: what a door may ask for, and in whose name.

Called in threads; the event loop has no part in it.
"""

import msgspec
from django.utils import timezone

from api.live.visitors import Visitor, confirm
from contest.actions import live
from contest.errors import Refusal
from contest.live import commands as c
from contest.live.state import State


def command(visitor: Visitor, deed: c.WireCommand) -> State:
    """Does the deed in the name of who is there, who is asked for anew.

    Refusals: `not-allowed`, `token-invalid`, and those of the action.
    """
    if visitor.role in {"player", "projector"}:
        raise Refusal("not-allowed")
    found = confirm(visitor)
    return live.command(
        found.round_id, signed(found, deed), role=found.role, now=timezone.now(), actor=found.user
    )


def signed(visitor: Visitor, deed: c.WireCommand) -> c.WireCommand:
    """A confirmation bears the name of who is signed in, whatever the client wrote."""
    if isinstance(deed, c.Confirm | c.Publish) and visitor.user is not None:
        return msgspec.structs.replace(deed, user=visitor.user.pk, name=str(visitor.user))
    return deed
