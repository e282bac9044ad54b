"""The live round as a machine: `decide` says what happens, `evolve` what becomes of it. Pure: no clock, no storage.

    events = decide(state, command, facts)      # or a Refusal
    state = apply(state, events)

The same function serves every door, the tests and the replay of a journal.
"""

from collections.abc import Iterable

from contest.errors import Refusal
from contest.live import commands as c
from contest.live.deciding import DECIDE
from contest.live.deciding.pace import stamp
from contest.live.events import AnyEvent
from contest.live.evolving import evolve
from contest.live.facts import Facts
from contest.live.moves import possible
from contest.live.state import State

__all__ = ["Facts", "apply", "decide", "evolve", "stamp"]


def decide(state: State, command: c.AnyCommand, facts: Facts) -> list[AnyEvent]:
    """The events the command leads to, in order; none when there is nothing to do (a late key press, an idle clock).

    Refusal("not-now", phase=, command=) when the phase does not allow it; the command's own refusals stand with it in
    `contest.live.deciding`.
    """
    if not possible(type(command), state.phase):
        raise Refusal("not-now", phase=state.phase.value)
    return DECIDE[type(command)](state, command, facts)


def apply(state: State, events: Iterable[AnyEvent]) -> State:
    """The state after the events."""
    for event in events:
        state = evolve(state, event)
    return state
