"""Rung chuông vàng: who comes back to the floor, and who leaves it by the jury's word."""

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live import ranking
from contest.live.deciding.registry import Events, decides, reason_of, reopened
from contest.live.facts import Facts
from contest.live.state import State


@decides(c.Rescue)
def _rescue(state: State, command: c.Rescue, facts: Facts) -> Events:
    """Refusals: `no-floor` (another mode), `reason-missing`, `nobody-to-rescue`."""
    if state.rules.mode != "bell":
        raise Refusal("no-floor")
    reason = reason_of(command.reason)
    off = {**state.floor.out, **state.floor.waiting}
    chosen = command.players or _by_criterion(state, command)
    players = tuple(p for p in dict.fromkeys(chosen) if p in off and state.players[p].status == "in")
    if not players:
        raise Refusal("nobody-to-rescue")
    return [e.BackOnFloor(players, reason, rescued=True), *reopened(state, reason)]


def _by_criterion(state: State, command: c.Rescue) -> tuple[int, ...]:
    """`count` of those out: the best by the chain without the floor, or those who fell last.

    Ties at the boundary all come back. Who joined too late never fell.
    """
    out = {p: run for p, run in state.floor.out.items() if run and state.players[p].status == "in"}
    if command.by == "rank":
        rank = {line.id: line.rank for line in ranking.board(state, off_floor=True).lines}
        place = {player: rank[player] for player in out}
    else:
        place = {player: -run for player, run in out.items()}
    best = sorted(place.values())[: max(0, command.count)]
    return tuple(player for player in sorted(place) if best and place[player] <= best[-1])


@decides(c.Eliminate)
def _eliminate(state: State, command: c.Eliminate, facts: Facts) -> Events:
    """Those waiting for the jury leave. Refusals: `no-floor`, `reason-missing`, `nobody-waiting`."""
    if state.rules.mode != "bell":
        raise Refusal("no-floor")
    reason = reason_of(command.reason)
    waiting = {
        player: state.floor.waiting[player] for player in command.players if player in state.floor.waiting
    }
    if not waiting:
        raise Refusal("nobody-waiting")
    return [e.LeftFloor(state.run, tuple(sorted(waiting)), reason), *reopened(state, reason)]
