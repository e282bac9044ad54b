"""What each event makes of a state. Total: any event of a journal can be applied, nothing is refused here."""

import msgspec
from msgspec.structs import replace

from contest.live import events as e
from contest.live.evolving import corrections, pace, people
from contest.live.evolving.registry import APPLY, INVERSE
from contest.live.state import State

__all__ = ["corrections", "evolve", "pace", "people"]


def evolve(state: State, event: e.AnyEvent) -> State:
    """The state after the event; its version is one higher."""
    made = APPLY[type(event)](state, event)
    inverse = INVERSE.get(type(event))
    taken = inverse(state, event) if inverse else ()
    if taken:
        # Through JSON, so that a state rebuilt from its journal is the same to the last detail.
        undo = tuple(msgspec.json.decode(e.encode(deed)) for deed in taken)
        what = str(event.__struct_config__.tag)
        made = replace(made, undo=undo, undo_what=what, undo_at=state.version + 1)
    return replace(made, version=state.version + 1)
