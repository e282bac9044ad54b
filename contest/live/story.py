"""The journal told: every event with the state before and after it, and what it was as a code with facts.

Sentences are the doors' (`frontend.live_journal`); what stands here is the same in every language.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from contest.live import events as e
from contest.live.evolving import evolve
from contest.live.state import Item, Phase, State

LATE_MS = 3_000  # a clock that looks later than this stood still: the server was away or overloaded
_TIMED = frozenset({Phase.TITLE, Phase.READING, Phase.OPEN})

# What host and jury did beyond pacing; showing and hiding things is pacing.
OVERRIDES = frozenset({
    "paused", "resumed", "time-added", "closed-early", "locked", "unlocked", "kicked", "banned", "readmitted",
    "renamed", "loss-marked", "loss-unmarked", "rescued", "left-by-jury", "adjusted", "voided", "unvoided",
    "remarked", "remarked-back", "replaced", "ended-early", "undone",
})  # fmt: skip


class Entry(msgspec.Struct, frozen=True):
    """A line of the journal. `at`: ms since 1970, server's clock; `actor` the id of an account or None."""

    version: int
    deed: int
    event: e.AnyEvent
    at: int
    role: str = ""
    actor: int | None = None


class Step(msgspec.Struct, frozen=True):
    """A line with the states around it. `late_ms`: how long the clock had stood still, 0 for not worth telling."""

    entry: Entry
    before: State
    after: State
    late_ms: int = 0


class Told(msgspec.Struct, frozen=True):
    """What happened. `facts`: numbers and names, `question` the number among the questions (0: `title` names it)."""

    code: str
    facts: Mapping[str, Any] = {}
    reason: str = ""

    @property
    def is_override(self) -> bool:
        """Whether host or jury stepped in."""
        return self.code in OVERRIDES


def steps(entries: Iterable[Entry]) -> Iterator[Step]:
    """Every line with its states, in order."""
    state = State()
    for entry in entries:
        after = evolve(state, entry.event)
        yield Step(entry, state, after, _late(state, after, entry.at))
        state = after


def _late(before: State, after: State, at: int) -> int:
    """How much later than due a timed phase went on, where nobody but the server's clock was to blame."""
    if before.phase not in _TIMED or not before.due_at or before.paused_at:
        return 0
    moved = after.phase is not before.phase or after.due_at != before.due_at
    late = at - before.due_at
    return late if moved and late > LATE_MS else 0


def tag_of(event: e.AnyEvent) -> str:
    """The event's name in the journal."""
    return str(event.__struct_config__.tag)


def question_facts(state: State, run: int) -> dict[str, Any]:
    """Which question a run asked, and whether it asked it again (`again`)."""
    found = state.runs.get(run)
    if found is None:
        return {"question": 0, "title": "", "again": False}
    before = [one for one in state.runs.values() if one.item == found.item and one.no < run]
    return item_facts(state.items, found.item) | {"again": bool(before)}


def item_facts(items: Sequence[Item], number: int) -> dict[str, Any]:
    """An item's number among the questions, or its title."""
    item = items[number - 1]
    if item.type != "question":
        return {"question": 0, "title": item.stem}
    return {"question": sum(1 for one in items[:number] if one.type == "question"), "title": ""}


def names_of(state: State, players: Iterable[int]) -> tuple[str, ...]:
    """Names of participants, in the order given."""
    return tuple(state.players[player].name for player in players if player in state.players)
