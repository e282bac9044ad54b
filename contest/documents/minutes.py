"""The minutes (biên bản) of a live round: what stands in them, and the PDF.

Whoever knows the round fills these; all moments are aware datetimes, all durations milliseconds or seconds as named.
Every text is shown as it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["provisional", "confirmed", "published"]


@dataclass(frozen=True, slots=True)
class Participant:
    """One who joined; a team is a participant of its own. `remark`: removed, technical loss, late, …"""

    seat: int | None
    name: str
    joined_at: datetime | None
    unit: str = ""
    team: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided about a question afterwards, and why."""

    kind: Literal["voided", "remarked", "replaced"]
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was played. `options` and `answers` (the right ones) are lines with their letters.

    `key_version` is the version of the key that the result stands on; `answered` and `right` count participants.
    """

    number: int
    stem: str
    answers: tuple[str, ...]
    key_version: int
    points: float
    seconds: float
    opened_at: datetime | None
    closed_at: datetime | None
    answered: int
    right: int
    topic: str = ""
    options: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """An override by a person or an outage of the technology, in the order of their happening."""

    at: datetime
    kind: Literal["override", "outage"]
    who: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the result, in its order. Equal `rank`s are shared; None is unranked (removed, left the floor)."""

    rank: int | None
    name: str
    right: int
    points: float
    time_ms: int
    unit: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A ranked unit of so many `people`: the mean points of its best ones, their right answers and ms."""

    rank: int
    name: str
    people: int
    points: float
    right: int
    ms: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the result's way: who took it and when. `second` is the second person of the confirmation."""

    kind: Literal["provisional", "confirmed", "second", "published", "corrected"]
    who: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that the minutes of one live round tell. `organiser` may have several lines, the highest body first.

    `rules` are the rules in words, a line each (ranking chain, points, which answer counts, lag compensation).
    `written_at` dates the paper; `receipts` counts the acknowledged answers; `sha256` is of the canonical result sheet.
    `signers` are the names below the signature lines, empty where a hand writes them: secretary, jury, organiser.
    """

    contest: str
    organiser: str
    round: str
    place: str
    mode: str
    game: bool
    status: Status
    written_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    rules: tuple[str, ...]
    participants: tuple[Participant, ...]
    questions: tuple[Question, ...]
    incidents: tuple[Incident, ...]
    places: tuple[Place, ...]
    steps: tuple[Step, ...]
    sha256: str
    receipts: int
    team_places: tuple[Place, ...] = ()
    unit_places: tuple[UnitPlace, ...] = ()
    signers: tuple[str, str, str] = ("", "", "")
