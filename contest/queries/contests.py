"""Contests and rounds as visitors see them."""

from dataclasses import dataclass
from datetime import datetime

from contest.errors import Refusal
from contest.models import Contest, Round
from contest.queries import snapshots
from contest.rules import windows
from contest.rules.rulebook import Rules
from contest.rules.windows import Phase, RoundStatus


@dataclass(frozen=True, slots=True)
class RoundView:
    """An announced round at a moment."""

    id: int
    number: int
    title: str
    opens_at: datetime
    closes_at: datetime
    phase: Phase
    rules: Rules
    contest: Contest

    @property
    def is_open(self) -> bool:
        """Attempts may start now."""
        return self.phase is Phase.OPEN

    @property
    def is_released(self) -> bool:
        """The result is public."""
        return self.phase in {Phase.PUBLISHED, Phase.AMENDED}


@dataclass(frozen=True, slots=True)
class ContestView:
    """A contest with its announced rounds."""

    contest: Contest
    rounds: tuple[RoundView, ...]

    @property
    def slug(self) -> str:
        """The contest's address."""
        return self.contest.slug

    @property
    def title(self) -> str:
        """The contest's name."""
        return self.contest.title

    @property
    def organiser(self) -> str:
        """Who organises."""
        return self.contest.organiser

    @property
    def current(self) -> RoundView | None:
        """The open round, else the paused one, else the next to come."""
        for phase in (Phase.OPEN, Phase.PAUSED, Phase.UPCOMING):
            for round in self.rounds:
                if round.phase is phase:
                    return round
        return None


def view_round(round: Round, now: datetime) -> RoundView:
    """The round at `now`; its contest must have been fetched with it."""
    return RoundView(
        id=round.pk,
        number=round.number,
        title=round.title,
        opens_at=round.opens_at,
        closes_at=round.closes_at,
        phase=windows.phase_at(round.state, snapshots.window_of(round), now),
        rules=Rules.from_json(round.rules),
        contest=round.contest,
    )


def published(*, now: datetime, first: int = 0, limit: int | None = None) -> list[ContestView]:
    """Every contest that is not a draft (or `limit` of them after the `first`), newest first, in two queries."""
    found = Contest.objects.exclude(state=Contest.State.DRAFT).order_by("-created_at", "-id")
    rows = list(found[first : None if limit is None else first + limit])
    by_contest: dict[int, list[RoundView]] = {}
    announced = (
        Round.objects.exclude(state=RoundStatus.DRAFT).filter(contest__in=rows).select_related("contest")
    )
    for round in announced.order_by("number"):
        by_contest.setdefault(round.contest_id, []).append(view_round(round, now))
    return [ContestView(row, tuple(by_contest.get(row.pk, []))) for row in rows]


def public(slug: str, *, now: datetime) -> ContestView:
    """The contest with this address. Refusal("not-found") for none or a draft."""
    row = Contest.objects.exclude(state=Contest.State.DRAFT).filter(slug=slug).first()
    if row is None:
        raise Refusal("not-found")
    rounds = row.rounds.exclude(state=RoundStatus.DRAFT).select_related("contest").order_by("number")
    return ContestView(row, tuple(view_round(round, now) for round in rounds))


def announced_round(round_id: int, *, now: datetime) -> RoundView:
    """An announced round of a published contest. Refusal("not-found")."""
    rows = Round.objects.exclude(state=RoundStatus.DRAFT).exclude(contest__state=Contest.State.DRAFT)
    row = rows.select_related("contest").filter(pk=round_id).first()
    if row is None:
        raise Refusal("not-found")
    return view_round(row, now)
