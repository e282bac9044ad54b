"""The state of a live round: frozen, complete, and nothing but data. Moments are milliseconds since 1970, UTC.

Only `contest.live.machine` makes new states. Whatever an audience may see of one is decided in `contest.live.views`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

import msgspec

from contest.live.rules import LiveRules

LEAD_MS = 800  # between sending the options and showing them everywhere at once
GRACE_MS = 250  # after the close, for answers on their way (bounded by lag compensation)


class Phase(StrEnum):
    """Where the round stands. Timers lead title → reading → open → closed; everything else is the host's."""

    LOBBY = "lobby"
    TITLE = "title"
    READING = "reading"
    OPEN = "open"
    JUDGING = "judging"
    CLOSED = "closed"
    REVEAL = "reveal"
    BOARD = "board"
    SLIDE = "slide"
    PODIUM = "podium"
    ENDED = "ended"


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of the plan: a question of the bank, a poll or an information slide. Public: it never holds a key.

    `body` is the public body of the bank's kind, `media` [{"kind", "url", "alt"}], a picture's with its `width` and
    `height`. `weight` 0, 1 or 2 multiplies the points. `bell` marks the last question of Rung chuông vàng. A slide has
    `stem` as its title and `text`.
    """

    no: int
    type: Literal["question", "poll", "slide"]
    stem: str
    kind: str = ""
    body: Mapping[str, Any] = {}
    topic: str = ""
    text: str = ""
    version_id: int = 0
    points: int = 10
    seconds: int = 20
    reading_s: int = 4
    weight: int = 1
    bell: bool = False
    media: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_scored(self) -> bool:
        """Whether it is for points: a question, and not for practice (weight 0)."""
        return self.type == "question" and self.weight > 0


class Solution(msgspec.Struct, frozen=True, omit_defaults=True):
    """Shown at the reveal: keys of right options, the right answer as lines, why, and where the outline says so."""

    lines: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    explanation: str = ""
    source: str = ""


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """What one answer earned: wholly right, points, and the time it took (ms, lag compensated)."""

    right: bool
    points: int
    ms: int


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """One asking of an item; a replay is another run. `scope` empty means everybody.

    `closes_at` moves with pause and added time; `stops` are the stretches (from, to) in which the clock stood, which
    do not count as time used. `marks` are by participant and secret until `revealed`; `counts` by option or answer
    line. `accepted` are answers the jury accepted besides the key's; with `everything` every answer given is right.
    `judged`: who answered at the buzzer, and whether the jury heard a right answer. `stayed`: who stood on the floor
    and was not right, when nobody was and so all stayed.
    """

    no: int
    item: int
    scope: tuple[int, ...] = ()
    opens_at: int = 0
    closes_at: int = 0
    closed_at: int = 0
    stops: tuple[tuple[int, int], ...] = ()
    revealed: bool = False
    voided: str = ""
    replaced: bool = False
    answered: int = 0
    counts: Mapping[str, int] = {}
    marks: Mapping[int, Mark] = {}
    solution: Solution | None = None
    accepted: tuple[Any, ...] = ()
    everything: bool = False
    remarked: int = 0
    judged: Mapping[int, bool] = {}
    stayed: tuple[int, ...] = ()

    @property
    def counts_now(self) -> bool:
        """Whether its marks count: revealed, not voided, not replaced by a replay."""
        return self.revealed and not self.voided and not self.replaced

    def stood_ms(self, until: int | None = None) -> int:
        """How long its clock has stood, up to the moment `until`."""
        ends = [(start, end if until is None else min(end, until)) for start, end in self.stops]
        return sum(max(0, end - start) for start, end in ends)


class Player(msgspec.Struct, frozen=True, omit_defaults=True):
    """A participant: a person, or in mode `teams` a member of team number `team` (0: none yet).

    `status` out: kicked or banned; `gone`: the first run that had not been revealed by then. `since` is the first run
    they could answer. `loss` holds the runs marked as a technical loss.
    """

    id: int
    seat: int
    name: str
    unit: str = ""
    team: int = 0
    captain: bool = False
    status: Literal["in", "kicked", "banned"] = "in"
    since: int = 1
    loss: tuple[int, ...] = ()
    gone: int = 0


class Team(msgspec.Struct, frozen=True, omit_defaults=True):
    """A team: a participant made of members."""

    id: int
    name: str


class Floor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rung chuông vàng: who has left the floor in which run, and who waits for the jury (technical loss)."""

    out: Mapping[int, int] = {}
    waiting: Mapping[int, int] = {}
    rescued: tuple[int, ...] = ()


class Buzz(msgspec.Struct, frozen=True, omit_defaults=True):
    """Buzzer: who answers now (several: a declared tie).

    `until`: the end of the time to answer. The question's clock stands since `at`; `due_at` is what it was due for.
    """

    first: tuple[int, ...] = ()
    until: int = 0
    at: int = 0
    due_at: int = 0


class Answer(msgspec.Struct, frozen=True):
    """An answer as its row keeps it. `at`: server's receive time, ms since 1970; `ms`: time used, `lag_ms` taken off.

    `seq` counts what its sender sent for this run; where the last answer counts the highest is kept.
    """

    player: int
    run: int
    value: Any
    at: int
    ms: int
    lag_ms: int = 0
    seq: int = 0


class Adjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """Points given or taken by the jury or by a rule, with the reason."""

    player: int
    points: int
    reason: str
    run: int = 0


class Signature(msgspec.Struct, frozen=True):
    """Who confirmed or published, and when."""

    user: int
    name: str
    at: int


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole round at `version`. `due_at` is when the clock has to look again (0: never).

    `paused_at` is 0 while the clock runs. `step` counts the places shown on the podium. `undo` holds the events, as
    JSON objects, that take the last deed back; `undo_what` is that deed's event, `undo_at` its version.
    """

    version: int = 0
    phase: Phase = Phase.LOBBY
    title: str = ""
    rules: LiveRules = LiveRules()
    items: tuple[Item, ...] = ()
    item: int = 0
    run: int = 0
    runs: Mapping[int, Run] = {}
    players: Mapping[int, Player] = {}
    teams: Mapping[int, Team] = {}
    floor: Floor = Floor()
    buzz: Buzz = Buzz()
    adjustments: tuple[Adjustment, ...] = ()
    due_at: int = 0
    paused_at: int = 0
    locked: bool = False
    blank: bool = False
    board_hidden: bool = False
    step: int = 0
    ended_at: int = 0
    verdict: Literal["", "provisional", "confirmed", "published"] = ""
    signatures: tuple[Signature, ...] = ()
    publication: Signature | None = None
    undo: tuple[Mapping[str, Any], ...] = ()
    undo_what: str = ""
    undo_at: int = 0

    @property
    def current(self) -> Run | None:
        """The run that is being asked or was asked last."""
        return self.runs.get(self.run)

    @property
    def shown_item(self) -> Item | None:
        """The item on the screens; None in the lobby."""
        return self.items[self.item - 1] if self.item else None

    def counting_runs(self) -> list[Run]:
        """The revealed runs whose marks count, in order: not voided, not replaced by a replay."""
        return [run for run in self.runs.values() if run.counts_now]

    def scored_runs(self) -> list[Run]:
        """The counting runs of questions that are for points: no polls, no practice (weight 0)."""
        return [run for run in self.counting_runs() if self.is_scored(run)]

    def is_scored(self, run: Run) -> bool:
        """Whether the run's item is for points."""
        return self.items[run.item - 1].is_scored

    def is_late(self, since: int) -> bool:
        """Whether who answers from this run on has missed a question for points that is not asked again."""
        return any(run.no < since and not run.replaced and self.is_scored(run) for run in self.runs.values())
