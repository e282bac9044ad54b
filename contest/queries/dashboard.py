"""What the people who run a contest see: their contests, what comes in, scores, participation by unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from contest.models import Attempt, Contest, Entrant, Paper, Round, Settlement, Unit, User
from contest.queries import board, contests
from contest.queries.contests import RoundView
from contest.rules import units
from contest.rules.attempts import FINISHED, AttemptState
from contest.rules.windows import Phase
from question_bank.models import Topic

DECIDED = frozenset({Phase.SETTLED, Phase.PUBLISHED, Phase.AMENDED})
TOPIC_KINDS = (Topic.Kind.SECTION, Topic.Kind.GROUP, Topic.Kind.ITEM)


@dataclass(frozen=True, slots=True)
class ContestLine:
    """A contest somebody runs. `current` is the round that is open, else the next, else the last."""

    contest: Contest
    entrants: int
    current: RoundView | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Attempts of a round so far; voided ones are left out of `finished` and `working`."""

    people: int
    started: int
    working: int
    finished: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with everything below it. `points` is the sum over `finished` attempts; depth 0 is a root.

    An empty path stands for people who named a unit that is not in the tree.
    """

    path: str
    name: str
    depth: int
    registered: int
    people: int
    attempts: int
    finished: int
    points: int

    @property
    def mean(self) -> float | None:
        """Mean points of a finished attempt."""
        return self.points / self.finished if self.finished else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a paper of the round shows it."""

    version: int
    kind: str
    stem: str
    body: Mapping[str, Any]

    @property
    def entries(self) -> list[Mapping[str, Any]]:
        """Every option, item or side of a pair, each with its key and text."""
        return [entry for name in ("options", "items", "left", "right") for entry in self.body.get(name, [])]


def run_by(user: User, *, now: datetime) -> list[ContestLine]:
    """The contests the user has a role in (all for a superuser), newest first, in three queries."""
    rows = Contest.objects.order_by("-created_at")
    if not user.is_superuser:
        rows = rows.filter(staff__user=user)
    found = list(rows)
    entrants = dict(
        Entrant.objects.filter(contest__in=found).values_list("contest").annotate(n=Count("id")).order_by()
    )
    rounds: dict[int, list[RoundView]] = {}
    for round in Round.objects.filter(contest__in=found).select_related("contest").order_by("number"):
        rounds.setdefault(round.contest_id, []).append(contests.view_round(round, now))
    return [ContestLine(row, entrants.get(row.pk, 0), _current(rounds.get(row.pk, []))) for row in found]


def counts_are_shown(round_id: int, *, now: datetime) -> bool:
    """Whether staff may see how many take part: never while the number would answer an open prediction."""
    snapshot, phase, shown = board.visible(round_id, now)
    return shown.counters or phase in DECIDED or snapshot.rules.prediction is None


def scores_are_shown(round_id: int, *, now: datetime) -> bool:
    """Whether sums of points may be seen: of a decided round, or while the board shows everybody's points anyway."""
    _, phase, shown = board.visible(round_id, now)
    return shown.board or phase in DECIDED


def arrivals(round_id: int, *, now: datetime) -> Arrivals | None:
    """Attempts so far in one query; None while they are withheld."""
    if not counts_are_shown(round_id, now=now):
        return None
    return Arrivals(
        **Attempt.objects.filter(round_id=round_id).aggregate(
            people=Count("entrant_id", distinct=True),
            started=Count("id"),
            working=Count("id", filter=Q(state=AttemptState.IN_PROGRESS)),
            finished=Count("id", filter=Q(state__in=FINISHED)),
        )
    )


def distribution(settlement: Settlement) -> list[tuple[int, int]]:
    """(points, people) of a settled ranking, fewest points first; scores nobody has are left out."""
    rows = settlement.standings.order_by("points").values_list("points").annotate(n=Count("id"))
    return [(points, people) for points, people in rows]


def participation(round: Round, *, now: datetime) -> list[UnitLine]:
    """Every unit with people, and the units above it: a parent counts its own people and all below.

    In the order of the tree. Attempts are 0 while counts are withheld; voided ones never count.
    """
    return _in_tree_order(totals(round, now=now))


def totals(round: Round, *, now: datetime) -> dict[str, list[int]]:
    """By unit path, rolled up the tree: registered, people, attempts, finished attempts, points; three queries.

    All but the first are 0 while counts are withheld. Who made attempts in two units (a unit was put right meanwhile)
    is counted in the last.
    """
    own: dict[str, list[int]] = {}
    registered = Entrant.objects.filter(contest=round.contest_id).values_list("unit_path")
    for path, count in registered.annotate(n=Count("id")).order_by():
        own.setdefault(path, [0] * 5)[0] = count
    if counts_are_shown(round.pk, now=now):
        attempts = Attempt.objects.filter(round=round).exclude(state=AttemptState.VOIDED)
        moved = attempts.values("entrant_id").annotate(n=Count("unit_path", distinct=True)).filter(n__gt=1)
        movers = list(moved.order_by().values_list("entrant_id", flat=True))
        grouped = (
            attempts.exclude(entrant_id__in=movers)
            .values_list("unit_path")
            .annotate(
                people=Count("entrant_id", distinct=True),
                attempts=Count("id"),
                finished=Count("id", filter=Q(state__in=FINISHED)),
                points=Sum("score", filter=Q(state__in=FINISHED)),
            )
        )
        for path, *numbers in grouped.order_by():
            own.setdefault(path, [0] * 5)[1:] = [number or 0 for number in numbers]
        for path, numbers in _of_movers(attempts.filter(entrant_id__in=movers), movers).items():
            held = own.setdefault(path, [0] * 5)
            held[1:] = [one + other for one, other in zip(held[1:], numbers, strict=True)]
    return units.rolled_up(own)


def _of_movers(attempts: QuerySet[Attempt], movers: list[int]) -> dict[str, list[int]]:
    """People, attempts, finished attempts and points by path, each person wholly in the unit of the last attempt."""
    if not movers:
        return {}
    rows = attempts.order_by("started_at", "id").values_list("entrant_id", "unit_path", "state", "score")
    return units.counted_once(
        (entrant_id, path, (1, int(state in FINISHED), (score or 0) if state in FINISHED else 0))
        for entrant_id, path, state, score in rows
    )


def topics() -> list[tuple[str, str]]:
    """(key, title) of the sections, groups and items in use, in the order of the outline."""
    rows = Topic.objects.filter(retired=False, kind__in=TOPIC_KINDS).order_by("outline_id", "order")
    return list(dict(rows.values_list("key", "title")).items())


def asked(round: Round) -> list[Asked]:
    """Every question on a paper of the round once, in the order of papers and items."""
    found: dict[int, Asked] = {}
    for items in Paper.objects.filter(round=round).order_by("number").values_list("items", flat=True):
        for item in items:
            found.setdefault(
                item["version"], Asked(item["version"], item["kind"], item["stem"], item["body"])
            )
    return list(found.values())


def _current(rounds: list[RoundView]) -> RoundView | None:
    for phase in (Phase.OPEN, Phase.PAUSED, Phase.CLOSING, Phase.SETTLED, Phase.UPCOMING, Phase.DRAFT):
        for round in rounds:
            if round.phase is phase:
                return round
    return rounds[-1] if rounds else None


def _in_tree_order(totals: Mapping[str, list[int]]) -> list[UnitLine]:
    units = _units(totals)

    def place(path: str) -> list[tuple[str, int]]:
        return [(units[one].sort_key if one in units else "", one) for one in _ids(path)]

    return [
        UnitLine(path, _name(path, units), max(0, len(_ids(path)) - 1), *totals[path])
        for path in sorted(totals, key=lambda path: (path == "", place(path)))
    ]


def _units(paths: Iterable[str]) -> dict[int, Unit]:
    return Unit.objects.in_bulk({one for path in paths for one in _ids(path)})


def _name(path: str, units: Mapping[int, Unit]) -> str:
    ids = _ids(path)
    return units[ids[-1]].name if ids and ids[-1] in units else ""


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def tied(groups: object) -> list[list[Attempt]]:
    """The attempts of a `ranking-undecided` refusal, group by group, for the draw of lots; [] for anything else."""
    if not isinstance(groups, list):
        return []
    wanted = [attempt_id for group in groups for attempt_id in group]
    found = Attempt.objects.select_related("entrant").in_bulk(wanted)
    return [[found[attempt_id] for attempt_id in group if attempt_id in found] for group in groups]
