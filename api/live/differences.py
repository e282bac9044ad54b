"""What kind of change lies between two states: whom it concerns, and whether it can wait. Pure."""

from contest.live import audiences
from contest.live.state import Phase, State

TELLS_RANKS = frozenset({Phase.PODIUM, Phase.ENDED})
_REST = tuple(name for name in State.__struct_fields__ if name not in {"version", "players", "floor"})


def only_joins(old: State, new: State) -> bool:
    """True when nothing happened but that people came in: such news is gathered before it is told."""
    if any(_differs(old, new, name) for name in _REST) or changed_players(old, new):
        return False
    before, after = old.floor, new.floor
    if before is after:
        return True
    out = {player: run for player, run in after.out.items() if player in old.players}
    return (before.out, before.waiting, before.rescued) == (out, after.waiting, after.rescued)


def changed_players(old: State, new: State) -> list[int]:
    """Those whose entry is another than before: kicked, renamed, put into a team, marked. Newcomers are not."""
    if old.players is new.players:
        return []
    return [
        player
        for player, person in old.players.items()
        if new.players.get(player) is not person and new.players.get(player) != person
    ]


def everybody_concerned(old: State, new: State) -> bool:
    """True when anybody's own part may be another: results, floor, buzzer, teams, hidden ranks, who is asked."""
    if any(_differs(old, new, name) for name in ("floor", "buzz", "teams", "adjustments", "rules")):
        return True
    if _other_ranks_told(old, new) or (old.run != new.run and _asks_some_only(old, new)):
        return True
    if old.phase != new.phase and Phase.JUDGING in {old.phase, new.phase}:
        return True  # whose turn it is, or was
    if _others_depend(new) and changed_players(old, new):
        return True
    before, after = old.counting_runs(), new.counting_runs()
    return len(before) != len(after) or any(
        one is not other for one, other in zip(before, after, strict=True)
    )


def _other_ranks_told(old: State, new: State) -> bool:
    """Ranks are kept, or told again: by the host, before the podium, by its steps."""
    if audiences.keeps_ranks(old) != audiences.keeps_ranks(new):
        return True
    return (old.phase, old.step) != (new.phase, new.step) and bool({old.phase, new.phase} & TELLS_RANKS)


def _asks_some_only(old: State, new: State) -> bool:
    """Whether one of the two runs is not for everybody: then whoever was asked may only watch now, or the reverse."""
    scoped = any(state.current is not None and state.current.scope for state in (old, new))
    return scoped or new.rules.mode in {"teams", "buzzer"}


def _others_depend(state: State) -> bool:
    """Whether somebody put out or renamed is another's number of lines, neighbour, or captain."""
    return bool(state.counting_runs()) or state.rules.mode == "teams"


def _differs(old: State, new: State, name: str) -> bool:
    """Most parts are the same object; a part that was made anew may still be equal."""
    before, after = getattr(old, name), getattr(new, name)
    return before is not after and before != after
