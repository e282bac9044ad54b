"""What can be asked of a live round. Who may ask stands in `contest.live.moves`, whether it may be done in the machine.

A command that was meant for an older view carries `seen`, the phase and run its sender saw: pressed twice, it is done
once.
"""

from typing import Any, Literal

import msgspec

from contest.live.rules import LiveRules
from contest.live.state import Item, Player, Team


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", omit_defaults=True):
    """Base of all commands."""


class OpenLobby(Command, frozen=True, tag="open-lobby"):
    """Freezes title, rules and plan, and lets people in."""

    title: str
    rules: LiveRules
    items: tuple[Item, ...]


class Join(Command, frozen=True, tag="join"):
    """Lets these people in; their rows exist already."""

    players: tuple[Player, ...]


class FormTeams(Command, frozen=True, tag="form-teams"):
    """Replaces the teams; `members` maps team number to participants, the first is the captain. Lobby only."""

    teams: tuple[Team, ...]
    members: dict[int, tuple[int, ...]]


class Advance(Command, frozen=True, tag="advance"):
    """The one next key: whatever comes next. `seen` is "phase/run/item/step" as the sender saw it."""

    seen: str


class Tick(Command, frozen=True, tag="tick"):
    """The clock looks. `host_present` lets the round advance by itself where the rules say so.

    `away`: whom the server knows to have been without a line while the question was open.
    """

    host_present: bool = False
    away: frozenset[int] = frozenset()


class CloseNow(Command, frozen=True, tag="close-now"):
    """The open question closes now; answers on their way still count."""

    run: int


class AddTime(Command, frozen=True, tag="add-time"):
    """Moves the close of the open question."""

    run: int
    ms: int = 10_000


class Pause(Command, frozen=True, tag="pause"):
    """Stops the clock."""


class Resume(Command, frozen=True, tag="resume"):
    """The clock goes on where it stopped."""


class Stay(Command, frozen=True, tag="stay"):
    """The round does not move on by itself from here; the next key leads on. `seen` as in `Advance`."""

    seen: str


class Replay(Command, frozen=True, tag="replay"):
    """Asks the item of this run again; the earlier run no longer counts."""

    run: int
    reason: str


class VoidRun(Command, frozen=True, tag="void"):
    """The question counts for nobody; who fell by it comes back."""

    run: int
    reason: str


class Accept(Command, frozen=True, tag="accept"):
    """One more answer is right (`answer` in the kind's form), or with `everything` every answer given."""

    run: int
    reason: str
    answer: Any = None
    everything: bool = False


class Lock(Command, frozen=True, tag="lock"):
    """Nobody may join while `on`."""

    on: bool


class Blank(Command, frozen=True, tag="blank"):
    """The projector shows nothing while `on`."""

    on: bool


class HideBoard(Command, frozen=True, tag="hide-board"):
    """No ranks on any screen but the jury's and the host's while `on`."""

    on: bool


class Kick(Command, frozen=True, tag="kick"):
    """Takes a participant out; with `ban` the device may not come back."""

    player: int
    reason: str = ""
    ban: bool = False


class Readmit(Command, frozen=True, tag="readmit"):
    """Lets a kicked or banned participant in again."""

    player: int


class Rename(Command, frozen=True, tag="rename"):
    """Another name, or a hidden one."""

    player: int
    name: str


class MarkLoss(Command, frozen=True, tag="mark-loss"):
    """A technical loss in a run: it goes to the jury instead of to elimination."""

    player: int
    run: int
    reason: str


class Rescue(Command, frozen=True, tag="rescue"):
    """Brings back to the floor: these participants, or `count` of those out, by rank or the last to fall first."""

    reason: str
    players: tuple[int, ...] = ()
    count: int = 0
    by: Literal["rank", "latest"] = "rank"


class Eliminate(Command, frozen=True, tag="eliminate"):
    """The jury takes those waiting off the floor after all."""

    players: tuple[int, ...]
    reason: str


class CollectPresses(Command, frozen=True, tag="collect-presses"):
    """The window after the first press is over: the presses of the run decide who answers."""

    run: int


class JudgeBuzz(Command, frozen=True, tag="judge-buzz"):
    """The jury has heard the answer of the participant (of those tied, the one it chose)."""

    run: int
    player: int
    right: bool


class Adjust(Command, frozen=True, tag="adjust"):
    """Gives or takes points."""

    player: int
    points: int
    reason: str


class Undo(Command, frozen=True, tag="undo"):
    """Takes back the last deed that can be taken back. `seen` is `HostView.undo_at`: which deed the sender means."""

    seen: int


class Finish(Command, frozen=True, tag="finish"):
    """Ends the round now: what was revealed counts."""

    reason: str = ""


class Confirm(Command, frozen=True, tag="confirm"):
    """A member of the jury confirms the provisional result; the second one makes it confirmed."""

    user: int
    name: str


class Publish(Command, frozen=True, tag="publish"):
    """Publishes the confirmed result."""

    user: int
    name: str


# What people ask for, over whichever door.
WireCommand = (
    FormTeams
    | Advance
    | CloseNow
    | AddTime
    | Pause
    | Resume
    | Stay
    | Replay
    | VoidRun
    | Accept
    | Lock
    | Blank
    | HideBoard
    | Kick
    | Readmit
    | Rename
    | MarkLoss
    | Rescue
    | Eliminate
    | JudgeBuzz
    | Adjust
    | Undo
    | Finish
    | Confirm
    | Publish
)
# The rest is made by actions and clocks alone: it carries what no client may say.
AnyCommand = OpenLobby | Join | Tick | CollectPresses | WireCommand
