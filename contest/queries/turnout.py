"""How a round is attended, for looking at: a unit with the units right below it, attempts by day and by hour.

While counts are withheld (see dashboard.counts_are_shown) days and hours are None and units tell only who registered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate, TruncHour

from contest.models import Attempt, Round, Unit
from contest.queries import dashboard
from contest.rules import statistics, units
from contest.rules.attempts import AttemptState
from contest.rules.windows import VIETNAM

NOBODY = (0, 0)


@dataclass(frozen=True, slots=True)
class Share:
    """A unit with everything below it. `members` is None when nobody knows it; `deeper`: there are units below.

    An empty path stands for people who named a unit that is not in the tree. `points` is over `finished` attempts.
    """

    path: str
    name: str
    members: int | None
    deeper: bool
    registered: int = 0
    people: int = 0
    attempts: int = 0
    finished: int = 0
    points: int = 0

    @property
    def mean(self) -> float | None:
        """Mean points of a finished attempt."""
        return self.points / self.finished if self.finished else None

    @property
    def percent(self) -> float | None:
        """People who took part out of a hundred members; None while the number of members is not known."""
        permille = units.share_permille(self.people, self.members)
        return None if permille is None else permille / 10


@dataclass(frozen=True, slots=True)
class Turnout:
    """One unit (None above the roots), the units above it from the root down, and those right below it."""

    unit: Share | None
    trail: tuple[Share, ...]
    below: tuple[Share, ...]

    @property
    def most(self) -> int:
        """The longest bar: people who took part, or who registered while nobody did (or that is withheld)."""
        return max((share.people for share in self.below), default=0) or max(
            (share.registered for share in self.below), default=0
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """`days`: (day, people, attempts) begun since the round opened; `hours`: (hour, attempts begun) of today."""

    days: tuple[tuple[date, int, int], ...]
    hours: tuple[tuple[int, int], ...]


def below(round: Round, path: str, *, now: datetime) -> Turnout:
    """The turnout of the unit at `path`, "" for the top: a single root is opened by itself.

    A path that is no unit's is taken for the top. Units without anybody are listed too: they are whom to call.
    """
    sums = dashboard.totals(round, now=now)
    top = Unit.objects.filter(path=path).first() if path else None
    if top is None:
        roots = _children(None)
        if len(roots) != 1 or "" in sums:
            strangers = [_share(None, sums)] if "" in sums else []
            return Turnout(None, (), (*(_share(row, sums) for row in roots), *strangers))
        top = roots[0]
    above = Unit.objects.filter(path__in=units.line(top.path)).order_by("depth")
    trail = tuple(_share(row, sums, deeper=True) for row in above)
    return Turnout(trail[-1], trail[:-1], tuple(_share(row, sums) for row in _children(top)))


def flow(round: Round, *, now: datetime) -> Flow | None:
    """Attempts begun by day and by hour, voided ones left out; two queries. None while counts are withheld."""
    if not dashboard.counts_are_shown(round.pk, now=now):
        return None
    begun = Attempt.objects.filter(round=round).exclude(state=AttemptState.VOIDED)
    return Flow(_days(_begun_by_day(begun), round, now), _hours(begun, now))


def _begun_by_day(begun: QuerySet[Attempt]) -> Mapping[date, tuple[int, int]]:
    """(people, attempts) by the day in Vietnam on which they began."""
    rows = begun.annotate(day=TruncDate("started_at", tzinfo=VIETNAM)).values_list("day")
    found = rows.annotate(people=Count("entrant_id", distinct=True), attempts=Count("id")).order_by()
    return {day: (people, attempts) for day, people, attempts in found}


def _days(
    found: Mapping[date, tuple[int, int]], round: Round, now: datetime
) -> tuple[tuple[date, int, int], ...]:
    first = min([round.opens_at.astimezone(VIETNAM).date(), *found])
    last = max([min(now, round.closes_at).astimezone(VIETNAM).date(), *found])
    return tuple((day, *numbers) for day, numbers in statistics.every_day(found, first, last, nothing=NOBODY))


def _hours(begun: QuerySet[Attempt], now: datetime) -> tuple[tuple[int, int], ...]:
    here = now.astimezone(VIETNAM)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    today = begun.filter(started_at__gte=midnight, started_at__lt=midnight + timedelta(days=1))
    rows = today.annotate(hour=TruncHour("started_at", tzinfo=VIETNAM)).values_list("hour")
    found = {hour.hour: count for hour, count in rows.annotate(n=Count("id")).order_by()}
    return tuple((hour, found.get(hour, 0)) for hour in range(here.hour + 1))


def _children(parent: Unit | None) -> list[Unit]:
    rows = Unit.objects.filter(parent=parent, active=True)
    return list(rows.annotate(deeper=Exists(Unit.objects.filter(parent=OuterRef("pk")))).order_by("sort_key"))


def _share(row: Unit | None, sums: Mapping[str, list[int]], *, deeper: bool | None = None) -> Share:
    if row is None:
        return Share("", "", None, False, *sums[""])
    has_below = bool(getattr(row, "deeper", False)) if deeper is None else deeper
    return Share(row.path, row.name, row.member_count, has_below, *sums.get(row.path, ()))
