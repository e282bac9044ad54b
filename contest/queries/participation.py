"""Who takes part, by unit, rolled up the tree. For staff only; what would answer an open prediction is withheld."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from contest.errors import Refusal
from contest.models import Attempt, Entrant, Round, Unit
from contest.queries import snapshots
from contest.rules import windows
from contest.rules.attempts import FINISHED
from contest.rules.rulebook import Rules

SECRET = frozenset({windows.Phase.UPCOMING, windows.Phase.OPEN, windows.Phase.PAUSED, windows.Phase.CLOSING})


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with everything below it. `unit` is None for people who named no unit of the tree.

    `registered` people of the contest; `people` with a finished attempt of the round, their `attempts`, and the mean
    points of these in hundredths: None while withheld. `members` as far as anyone knows.
    """

    unit: int | None
    name: str
    members: int | None
    registered: int
    people: int | None
    attempts: int | None
    mean_points_hundredths: int | None


@dataclass(slots=True)
class _Sums:
    registered: int = 0
    people: int = 0
    attempts: int = 0
    points: int = 0


def by_unit(round: Round, *, under: int | None, now: datetime) -> list[Line]:
    """A line for each child of unit `under` (None: of the contest's root), then `under` itself without its children.

    Four queries whatever the size of the tree. Refusal("not-found") for a unit that does not exist.
    """
    top = _top(round, under)
    children = list(Unit.objects.filter(parent=top).order_by("sort_key"))
    sums: dict[str, _Sums] = defaultdict(_Sums)
    prefix = top.path if top else ""
    for path, count in _registered(round, prefix):
        sums[_child(path, prefix)].registered += count
    for path, people, attempts, points in _finished(round, prefix):
        line = sums[_child(path, prefix)]
        line.people += people
        line.attempts += attempts
        line.points += points or 0
    secret = _is_secret(round, now)
    found = [_line(unit, sums.get(unit.path, _Sums()), secret=secret) for unit in children]
    own = sums.get(prefix)
    return [*found, _line(top, own, secret=secret)] if own is not None else found


def _top(round: Round, under: int | None) -> Unit | None:
    if under is None:
        return round.contest.unit_root
    found = Unit.objects.filter(pk=under).first()
    if found is None:
        raise Refusal("not-found")
    return found


def _registered(round: Round, prefix: str) -> Iterable[tuple[str, int]]:
    found = Entrant.objects.filter(contest_id=round.contest_id, unit_path__startswith=prefix)
    return found.values_list("unit_path").annotate(n=Count("id"))


def _finished(round: Round, prefix: str) -> Iterable[tuple[str, int, int, int | None]]:
    found = Attempt.objects.filter(round=round, state__in=FINISHED, unit_path__startswith=prefix)
    return found.values_list("unit_path").annotate(
        people=Count("entrant_id", distinct=True), attempts=Count("id"), points=Sum("score")
    )


def _child(path: str, prefix: str) -> str:
    """The path of the child of `prefix` that holds `path`; `prefix` itself for its own people."""
    rest = path[len(prefix) :]
    return f"{prefix}{rest.split('/', 1)[0]}/" if rest else prefix


def _is_secret(round: Round, now: datetime) -> bool:
    rules: Mapping[str, object] = round.rules
    phase = windows.phase_at(round.state, snapshots.window_of(round), now)
    return Rules.from_json(rules).prediction is not None and phase in SECRET


def _line(unit: Unit | None, sums: _Sums, *, secret: bool) -> Line:
    mean = (200 * sums.points + sums.attempts) // (2 * sums.attempts) if sums.attempts else None
    return Line(
        unit=unit.pk if unit else None,
        name=unit.name if unit else "",
        members=unit.member_count if unit else None,
        registered=sums.registered,
        people=None if secret else sums.people,
        attempts=None if secret else sums.attempts,
        mean_points_hundredths=None if secret else mean,
    )
