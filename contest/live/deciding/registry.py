"""Where each command finds its decision."""

from collections.abc import Callable
from typing import Any, TypeVar

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live.facts import Facts
from contest.live.state import Run, State

C = TypeVar("C", bound=c.Command)
Events = list[e.AnyEvent]
DECIDE: dict[type[c.Command], Callable[[State, Any, Facts], Events]] = {}


def decides(
    kind: type[C],
) -> Callable[[Callable[[State, C, Facts], Events]], Callable[[State, C, Facts], Events]]:
    """Registers the decision of a command."""

    def register(function: Callable[[State, C, Facts], Events]) -> Callable[[State, C, Facts], Events]:
        DECIDE[kind] = function
        return function

    return register


def auto(state: State, now: int) -> int:
    """When the round moves by itself, where the rules let it; 0: never."""
    return now + state.rules.auto_advance_s * 1000 if state.rules.auto_advance_s else 0


def reason_of(text: str) -> str:
    """The reason, trimmed. Refusal: `reason-missing`."""
    if not text.strip():
        raise Refusal("reason-missing")
    return text.strip()


def known_player(state: State, player: int) -> None:
    """Passes for a participant of the round. Refusal: `no-such-player`."""
    if player not in state.players:
        raise Refusal("no-such-player")


def closed_run(state: State, number: int) -> Run:
    """A run that has been closed. Refusal: `no-such-run`."""
    run = state.runs.get(number)
    if run is None or not run.closed_at:
        raise Refusal("no-such-run")
    return run


def reopened(state: State, reason: str) -> Events:
    """A result that had been signed is provisional again when something is corrected."""
    return [e.VerdictReopened(reason)] if state.signatures or state.publication else []
