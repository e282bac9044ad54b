"""Provisional, confirmed by two, published."""

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live.deciding.registry import Events, decides
from contest.live.facts import Facts
from contest.live.state import Signature, State

SIGNATURES = 2


@decides(c.Confirm)
def _confirm(state: State, command: c.Confirm, facts: Facts) -> Events:
    """Refusals: `floor-undecided` (somebody still waits for the jury), `confirmed-by-you` (a second person is needed).

    Nothing when it is confirmed.
    """
    if state.verdict != "provisional":
        return []
    if any(state.players[player].status == "in" for player in state.floor.waiting):
        raise Refusal("floor-undecided")
    if any(signature.user == command.user for signature in state.signatures):
        raise Refusal("confirmed-by-you")
    by = Signature(command.user, command.name, facts.now)
    return [e.Confirmed(by, len(state.signatures) + 1 >= SIGNATURES)]


@decides(c.Publish)
def _publish(state: State, command: c.Publish, facts: Facts) -> Events:
    """Refusal: `not-confirmed`. Nothing when it is published."""
    if state.verdict == "published":
        return []
    if state.verdict != "confirmed":
        raise Refusal("not-confirmed")
    return [e.Published(Signature(command.user, command.name, facts.now))]
