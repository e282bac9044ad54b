"""A live round's journal as its documents and its replay read it: lines with states, and who did what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from contest.errors import Refusal
from contest.live import events
from contest.live.story import Entry, Step, Told, steps
from contest.models import LiveEdition, LiveEvent, LiveRound, User
from contest.queries import live


@dataclass(frozen=True, slots=True)
class Words:
    """What the door says in its language: the mode, the rules a line each, and how to say what happened.

    `remark(code, facts)`: a remark about a participant or a question; `role(code)`: who acted where no account did;
    `reason(text)`: a reason, the machine's own in words.
    """

    mode: str
    rules: tuple[str, ...]
    tell: Callable[[Told], str]
    remark: Callable[[str, Mapping[str, object]], str]
    role: Callable[[str], str]
    reason: Callable[[str], str]


def entries(round_id: int) -> Iterator[Entry]:
    """The journal, line by line."""
    rows = LiveEvent.objects.filter(round_id=round_id).order_by("version")
    fields = ("version", "deed", "body", "at", "role", "actor_id")
    for version, deed, body, at, role, actor in rows.values_list(*fields).iterator(chunk_size=500):
        yield Entry(version, deed, events.decode(body), at, role, actor)


def story(round_id: int) -> Iterator[Step]:
    """Every line with the state before and after it."""
    return steps(entries(round_id))


def actors(round_id: int) -> dict[int, str]:
    """Names of the accounts that acted in a round."""
    ids = LiveEvent.objects.filter(round_id=round_id, actor__isnull=False).values("actor_id")
    return {user.pk: user.full_name or user.username for user in User.objects.filter(pk__in=ids)}


def newest_edition(row: LiveRound) -> LiveEdition:
    """The result that holds now. Refusals: `not-settled`; `rehearsal-only`, for a rehearsal has no result."""
    if row.rehearsal:
        raise Refusal("rehearsal-only")
    found = row.editions.order_by("-edition").first()
    if found is None:
        raise Refusal("not-settled")
    return found


@dataclass(frozen=True, slots=True)
class Released:
    """A published result. `reviewed`: something was corrected since, and the jury has not published it anew yet."""

    row: LiveRound
    edition: LiveEdition
    editions: list[LiveEdition]
    reviewed: bool


def released(round_id: int) -> Released:
    """The newest published edition, of all that are published. Refusal("results-not-public")."""
    row = live.get(round_id)
    found = list(row.editions.filter(published_at__isnull=False).order_by("-edition"))
    if row.rehearsal or not found:
        raise Refusal("results-not-public")
    state = live.load(round_id).state
    return Released(row, found[0], found, state.verdict != "published")


def moment(ms: int) -> datetime | None:
    """Milliseconds since 1970 as an aware moment; None for 0."""
    return datetime.fromtimestamp(ms / 1000, UTC) if ms else None
