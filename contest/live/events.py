"""What happened in a live round. The journal is the list of these; a state is what they add up to."""

from collections.abc import Mapping
from typing import Any

import msgspec

from contest.live.rules import LiveRules
from contest.live.state import Adjustment, Buzz, Item, Mark, Phase, Player, Signature, Solution, Team


class Event(msgspec.Struct, frozen=True, tag_field="event", omit_defaults=True):
    """Base of all events. `at` moments are part of an event where they matter; the journal adds its own."""


class LobbyOpened(Event, frozen=True, tag="lobby-opened"):
    title: str
    rules: LiveRules
    items: tuple[Item, ...]


class PlayersJoined(Event, frozen=True, tag="players-joined"):
    players: tuple[Player, ...]


class TeamsFormed(Event, frozen=True, tag="teams-formed"):
    teams: tuple[Team, ...]
    members: Mapping[int, tuple[int, ...]]


class RunAnnounced(Event, frozen=True, tag="run-announced"):
    run: int
    item: int
    due_at: int
    scope: tuple[int, ...] = ()


class QuestionShown(Event, frozen=True, tag="question-shown"):
    run: int
    due_at: int


class OptionsOpened(Event, frozen=True, tag="options-opened"):
    """`scope` is set where the run asks the floor alone, and more stand on it by now than when it was announced."""

    run: int
    opens_at: int
    closes_at: int
    due_at: int
    scope: tuple[int, ...] = ()


class ClosingMoved(Event, frozen=True, tag="closing-moved"):
    run: int
    closes_at: int
    due_at: int


class RunClosed(Event, frozen=True, tag="run-closed"):
    """Closed at `at`, with everybody's marks; nobody sees them before `Revealed`."""

    run: int
    at: int
    marks: Mapping[int, Mark]
    counts: Mapping[str, int]
    answered: int
    due_at: int = 0


class Revealed(Event, frozen=True, tag="revealed"):
    run: int
    solution: Solution
    due_at: int = 0


class Remarked(Event, frozen=True, tag="remarked"):
    """The run was marked again after a correction: all that is accepted besides the key.

    `back` return to the floor; `fell` leave it and `held` wait for the jury, who had stayed because nobody was right.
    `waits`: who would return, but was not asked by this later run, which was for the floor alone, and waits for the
    jury by it.
    """

    run: int
    reason: str
    marks: Mapping[int, Mark]
    accepted: tuple[Any, ...] = ()
    everything: bool = False
    solution: Solution | None = None
    back: tuple[int, ...] = ()
    fell: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    waits: Mapping[int, int] = {}


class RunVoided(Event, frozen=True, tag="run-voided"):
    """An empty reason takes the voiding back. `back` return to the floor, `waits` as in `Remarked`."""

    run: int
    reason: str
    back: tuple[int, ...] = ()
    waits: Mapping[int, int] = {}


class RunReplaced(Event, frozen=True, tag="run-replaced"):
    run: int
    reason: str
    back: tuple[int, ...] = ()


class BoardShown(Event, frozen=True, tag="board-shown"):
    due_at: int = 0


class SlideShown(Event, frozen=True, tag="slide-shown"):
    item: int
    due_at: int = 0


class PodiumStepped(Event, frozen=True, tag="podium-stepped"):
    step: int


class Ended(Event, frozen=True, tag="ended"):
    at: int
    reason: str = ""


class Paused(Event, frozen=True, tag="paused"):
    at: int


class Resumed(Event, frozen=True, tag="resumed"):
    at: int


class Stayed(Event, frozen=True, tag="stayed"):
    """The round waits for the next key instead of moving on by itself."""


class Locked(Event, frozen=True, tag="locked"):
    on: bool


class Blanked(Event, frozen=True, tag="blanked"):
    on: bool


class BoardHidden(Event, frozen=True, tag="board-hidden"):
    on: bool


class PlayerKicked(Event, frozen=True, tag="player-kicked"):
    player: int
    ban: bool = False
    reason: str = ""


class PlayerReadmitted(Event, frozen=True, tag="player-readmitted"):
    player: int


class PlayerRenamed(Event, frozen=True, tag="player-renamed"):
    player: int
    name: str


class LossMarked(Event, frozen=True, tag="loss-marked"):
    """A technical loss; `held`: who had fallen by this run already waits for the jury instead. `off` takes it back."""

    player: int
    run: int
    reason: str
    off: bool = False
    held: bool = False


class LineLost(Event, frozen=True, tag="line-lost"):
    """At the close of the run: on the floor, without an answer, and the server knew their line to be down. It is a
    technical loss, as if the jury had marked it."""

    run: int
    players: tuple[int, ...]


class LeftFloor(Event, frozen=True, tag="left-floor"):
    """These left the floor by this run, together; who waited for the jury by the run that made them wait.

    Run 0: they joined too late to stand on it.
    """

    run: int
    players: tuple[int, ...]
    reason: str = ""


class StayedOnFloor(Event, frozen=True, tag="stayed-on-floor"):
    """Nobody on the floor was right: by the rules all of these stay."""

    run: int
    players: tuple[int, ...]


class HeldForJury(Event, frozen=True, tag="held-for-jury"):
    run: int
    players: tuple[int, ...]


class BackOnFloor(Event, frozen=True, tag="back-on-floor"):
    """`rescued` tells a rescue from a correction."""

    players: tuple[int, ...]
    reason: str
    rescued: bool = False


class BuzzWon(Event, frozen=True, tag="buzz-won"):
    """Who pressed first; several are a declared tie for the jury. `until`: when the time to answer is over.

    The question's clock stands from `at` on. `due_at` is 0 unless silence is a wrong answer by the rules.
    """

    run: int
    players: tuple[int, ...]
    at: int
    until: int
    due_at: int = 0


class BuzzJudged(Event, frozen=True, tag="buzz-judged"):
    """Right ends the question; wrong locks out and opens it again until `closes_at`.

    Without `opens_at` it goes on being read: the press was early.
    """

    run: int
    player: int
    right: bool
    at: int
    opens_at: int = 0
    closes_at: int = 0
    due_at: int = 0


class BuzzReturned(Event, frozen=True, tag="buzz-returned"):
    """A judgement is taken back: the jury judges again, the run is as it was before."""

    run: int
    buzz: Buzz
    judged: Mapping[int, bool]
    opens_at: int = 0
    closes_at: int = 0
    stops: tuple[tuple[int, int], ...] = ()


class PointsAdjusted(Event, frozen=True, tag="points-adjusted"):
    adjustment: Adjustment
    off: bool = False


class Confirmed(Event, frozen=True, tag="confirmed"):
    by: Signature
    whole: bool


class Published(Event, frozen=True, tag="published"):
    by: Signature


class VerdictReopened(Event, frozen=True, tag="verdict-reopened"):
    """A correction after a confirmation: the result is provisional again."""

    reason: str


class Undone(Event, frozen=True, tag="undone"):
    """The last deed, `what`, is taken back by these events (as JSON objects)."""

    what: str
    events: tuple[Mapping[str, Any], ...]


AnyEvent = (
    LobbyOpened
    | PlayersJoined
    | TeamsFormed
    | RunAnnounced
    | QuestionShown
    | OptionsOpened
    | ClosingMoved
    | RunClosed
    | Revealed
    | Remarked
    | RunVoided
    | RunReplaced
    | BoardShown
    | SlideShown
    | PodiumStepped
    | Ended
    | Paused
    | Resumed
    | Stayed
    | Locked
    | Blanked
    | BoardHidden
    | PlayerKicked
    | PlayerReadmitted
    | PlayerRenamed
    | LossMarked
    | LineLost
    | LeftFloor
    | StayedOnFloor
    | HeldForJury
    | BackOnFloor
    | BuzzWon
    | BuzzJudged
    | BuzzReturned
    | PointsAdjusted
    | Confirmed
    | Published
    | VerdictReopened
    | Undone
)

_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)
PHASES_OF: Mapping[type[Event], Phase] = {
    RunAnnounced: Phase.TITLE,
    QuestionShown: Phase.READING,
    OptionsOpened: Phase.OPEN,
    RunClosed: Phase.CLOSED,
    Revealed: Phase.REVEAL,
    BoardShown: Phase.BOARD,
    SlideShown: Phase.SLIDE,
    PodiumStepped: Phase.PODIUM,
    Ended: Phase.ENDED,
    BuzzWon: Phase.JUDGING,
    BuzzReturned: Phase.JUDGING,
}


def encode(event: AnyEvent) -> str:
    """The event as the JSON text the journal keeps."""
    return msgspec.json.encode(event).decode()


def decode(text: str | bytes) -> AnyEvent:
    """The event of a journal's text; msgspec.ValidationError for anything else."""
    return _decoder.decode(text)
