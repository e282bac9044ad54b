"""What goes in and out of the hot endpoints: closed, typed, and the source of their OpenAPI schemas.

Moments are ISO 8601 with an offset, durations milliseconds.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec

MOST_REVISION = 2**53 - 1
Response = str | list[str | list[str]] | None
Revision = Annotated[int, msgspec.Meta(ge=1, le=MOST_REVISION)]


class In(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request's body; a field we do not know is refused."""


class Start(In, frozen=True):
    """`start_key`: made by the client; the same key always means the same attempt, so a start may be repeated."""

    start_key: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{8,64}\Z")]


class Work(In, frozen=True):
    """The answers changed since the last acknowledged revision (a submit carries all), by item number.

    "", [] and null take an answer back. `prediction` as typed ("1.234"); null leaves the stored one.
    """

    revision: Revision
    answers: dict[str, Response]
    prediction: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class Media(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture or sound beside the stem: `url` a path of this server, `size` in bytes, sides in pixels.

    `alt` says the same in words. What an address holds never changes.
    """

    kind: str
    url: str
    alt: str
    size: int
    width: int | None = None
    height: int | None = None


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item of the paper as this attempt shows it; never a key. `media` is there only where there are any."""

    no: int
    version: int
    kind: str
    points: int
    topic: str
    stem: str
    body: dict[str, Any]
    media: list[Media] = []


class AttemptState(msgspec.Struct, frozen=True):
    """The attempt as stored. `writable`: the token shown may save (it is the newest, and there is time left)."""

    public_id: str
    round: int
    state: str
    revision: int
    started_at: datetime
    saved_at: datetime | None
    remaining_ms: int
    answers: dict[str, Any]
    prediction: str | None
    writable: bool


class OpenedAttempt(msgspec.Struct, frozen=True):
    """The attempt with its newest token and its paper in the order of this attempt."""

    public_id: str
    round: int
    state: str
    revision: int
    started_at: datetime
    saved_at: datetime | None
    remaining_ms: int
    answers: dict[str, Any]
    prediction: str | None
    token: str
    items: list[Item]


class Opened(msgspec.Struct, frozen=True):
    """What starting and resuming answer."""

    attempt: OpenedAttempt


class Saved(msgspec.Struct, frozen=True):
    """The server's word: what is stored up to `revision` survives."""

    revision: int
    saved_at: datetime
    remaining_ms: int
    state: str


class Submitted(msgspec.Struct, frozen=True):
    """The receipt, the same however often it is asked for; never a score."""

    receipt: str
    state: str
    finished_at: datetime
    duration_ms: int
    result_url: str


class OwnPlace(msgspec.Struct, frozen=True):
    """The entrant's best result so far; null is what the round does not show now, or what does not exist yet."""

    rank: int | None
    points: int | None
    duration_ms: int | None


class Neighbour(msgspec.Struct, frozen=True):
    """A line of the published result near one's own (`own`)."""

    rank: int
    name: str
    unit: str
    points: int
    correct: int
    duration_ms: int
    prediction: int | None
    prediction_error: int | None
    prize: str
    own: bool


class Place(msgspec.Struct, frozen=True):
    """The published rank among `of` people. `counted`: this attempt is the one that was ranked."""

    rank: int
    of: int
    prize: str
    counted: bool
    rows: list[Neighbour]


class Truth(msgspec.Struct, frozen=True):
    """The true value of the prediction and one's own error, in Vietnamese notation."""

    answer: str
    error: str


class Option(msgspec.Struct, frozen=True):
    """An option of a choice as reviewed."""

    text: str
    given: bool
    right: bool


class Source(msgspec.Struct, frozen=True):
    """Where the outline says so."""

    topic: str
    title: str
    quote: str


class Review(msgspec.Struct, frozen=True):
    """A question as given and as right; verdict: right, wrong, partial, blank or void.

    `note` says what a published correction did: accept (another answer is right too), accept_all, void_full (full
    points for everybody), void_removed (counts for nobody), or "".
    """

    position: int
    stem: str
    media: list[Media]
    kind: str
    verdict: str
    points: int
    max_points: int
    options: list[Option]
    given: list[str]
    right: list[str]
    explanation: str
    citations: list[Source]
    note: str


class OwnResult(msgspec.Struct, frozen=True):
    """A finished attempt as far as the round shows it now: null or [] is what it does not show (yet).

    `phase` and `released` are the round's; `prediction` is "" when none was stated.
    """

    phase: str
    released: bool
    receipt: str
    state: str
    score: int | None
    max_points: int
    correct: int | None
    total: int
    duration_ms: int
    finished_at: datetime | None
    prediction: str
    standing: Place | None
    truth: Truth | None
    reviews: list[Review]


def own_result(page: Mapping[str, Any]) -> OwnResult:
    """The result out of what the page of the same query shows; anything else in there stays behind."""
    kept = {
        **page["attempt"],
        **{name: page[name] for name in ("phase", "released", "standing", "truth", "reviews")},
    }
    return msgspec.convert(kept, OwnResult, from_attributes=True)
