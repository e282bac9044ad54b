"""Where each event finds what it makes of a state, and what takes it back."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from contest.live import events as e
from contest.live.state import State

E = TypeVar("E", bound=e.Event)
Applied = Callable[[State, E], State]
Taken = Callable[[State, E], tuple[e.AnyEvent, ...]]
APPLY: dict[type[e.Event], Callable[[State, Any], State]] = {}
INVERSE: dict[type[e.Event], Callable[[State, Any], tuple[e.AnyEvent, ...]]] = {}


def on(kind: type[E]) -> Callable[[Applied[E]], Applied[E]]:
    """Registers what an event makes of a state."""

    def register(function: Applied[E]) -> Applied[E]:
        APPLY[kind] = function
        return function

    return register


def undone_by(kind: type[E]) -> Callable[[Taken[E]], Taken[E]]:
    """Registers the events that take an event back, made from the state before it; none: it cannot be taken back."""

    def register(function: Taken[E]) -> Taken[E]:
        INVERSE[kind] = function
        return function

    return register


def with_run(state: State, run: int, **changes: Any) -> State:
    """The state with one run changed."""
    return replace(state, runs={**state.runs, run: replace(state.runs[run], **changes)})


def with_player(state: State, player: int, **changes: Any) -> State:
    """The state with one participant changed; unchanged for an unknown one."""
    if player not in state.players:
        return state
    return replace(state, players={**state.players, player: replace(state.players[player], **changes)})


def without(found: Mapping[int, int], gone: tuple[int, ...]) -> dict[int, int]:
    """The mapping without these participants."""
    return {player: run for player, run in found.items() if player not in set(gone)}


def no_undo(state: State) -> State:
    """What was done before can no longer be taken back."""
    return replace(state, undo=(), undo_what="", undo_at=0)
