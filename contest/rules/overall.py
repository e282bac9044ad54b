"""The final standing of a contest: sums over its rounds, ranked by a chain that is data, and its prizes. Pure.

A person is a line in each round in which the person was ranked; the counted attempt of the round gives the numbers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from contest.rules import prizes, ranking
from contest.rules.prizes import Award, PrizePlan, Tie
from contest.rules.ranking import Criteria, Criterion, Ranked, Shared
from contest.rules.sheet import moment_text

FORMAT = 1
DEFAULT_CHAIN = ("points", "rounds_all_correct", "duration", "last_finish", "entrant_id")


@dataclass(frozen=True, slots=True)
class Part:
    """One person's line in the published edition of one round; `predicts`: the round asked for a prediction."""

    round_id: int
    entrant_id: int
    points: int
    correct: int
    all_correct: bool
    duration_ms: int
    finished_at: datetime
    predicts: bool = False
    prediction_error: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A person's sums over the `rounds` rounds taken part in.

    `prediction_error` adds up what the rounds counted, each in its own unit; `predictions_missing` counts the rounds of
    the contest with a prediction in which the person has none. `lottery` is the place drawn by lot, None for no lot.
    """

    entrant_id: int
    rounds: int
    points: int
    correct: int
    rounds_all_correct: int
    prediction_error: int
    predictions_missing: int
    duration_ms: int
    last_finish: datetime
    lottery: int | None = None


# What counts alike in a round and over all of them is the same criterion.
_AS_IN_A_ROUND: tuple[Criterion[Total], ...] = (
    ranking.Points(),
    ranking.Correct(),
    ranking.Duration(),
    ranking.Lottery(),
)
REGISTRY: dict[str, Criterion[Total]] = {criterion.code: criterion for criterion in _AS_IN_A_ROUND}


def _register(criterion: type[Criterion[Total]]) -> type[Criterion[Total]]:
    REGISTRY[criterion.code] = criterion()
    return criterion


@_register
class RoundsAllCorrect:
    """All correct in more rounds."""

    code: ClassVar[str] = "rounds_all_correct"
    final: ClassVar[bool] = False

    def key(self, row: Total) -> tuple[int, ...]:
        return (-row.rounds_all_correct,)


@_register
class Rounds:
    """More rounds taken part in."""

    code: ClassVar[str] = "rounds"
    final: ClassVar[bool] = False

    def key(self, row: Total) -> tuple[int, ...]:
        return (-row.rounds,)


@_register
class PredictionError:
    """Fewer predictions left out, then the smaller sum of errors."""

    code: ClassVar[str] = "prediction_error"
    final: ClassVar[bool] = False

    def key(self, row: Total) -> tuple[int, ...]:
        return (row.predictions_missing, row.prediction_error)


@_register
class LastFinish:
    """The earlier end of the last counted attempt."""

    code: ClassVar[str] = "last_finish"
    final: ClassVar[bool] = False

    def key(self, row: Total) -> tuple[int, ...]:
        return (ranking.microseconds(row.last_finish),)


@_register
class EntrantId:
    """Whoever registered first; unique, so it ends a chain."""

    code: ClassVar[str] = "entrant_id"
    final: ClassVar[bool] = True

    def key(self, row: Total) -> tuple[int, ...]:
        return (row.entrant_id,)


class Chain(Criteria[Total]):
    """Ranks people."""

    registry = REGISTRY
    named = "entrants"

    def id_of(self, row: Total) -> int:
        return row.entrant_id


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contest's rules say of its final standing. `least_rounds`: whoever took part in fewer is not ranked.

    `prizes.one_a_person`: who holds a prize of a round is passed over.
    """

    chain: Chain = field(default_factory=lambda: Chain(DEFAULT_CHAIN))
    shared: Shared = Shared.NEVER
    least_rounds: int = 1
    prizes: PrizePlan = field(default_factory=PrizePlan)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON; `from_json` reads it back."""
        return {
            "chain": self.chain.as_json(),
            "shared": self.shared.value,
            "least_rounds": self.least_rounds,
            "prizes": self.prizes.as_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Terms":
        """Reads what as_json wrote; what is missing takes its default. ValueError, KeyError or Refusal for nonsense."""
        return cls(
            Chain.from_json(data.get("chain", DEFAULT_CHAIN)),
            Shared(data.get("shared", Shared.NEVER)),
            int(data.get("least_rounds", 1)),
            PrizePlan.from_json(data.get("prizes", {})),
        )


def problems(terms: Terms) -> list[str]:
    """Codes of what keeps these rules from being used; empty when nothing does."""
    found = [code for code, _ in ranking.problems(terms.chain, terms.shared)]
    if not terms.prizes.counts:
        found.append("no-prizes")
    if terms.least_rounds < 1:
        found.append("least-rounds-out-of-range")
    return found


@dataclass(frozen=True, slots=True)
class Final:
    """The final standing: people from the best to the last, prizes, and prizes that a shared rank stretches."""

    ranked: tuple[Ranked[Total], ...]
    awards: tuple[Award, ...]
    ties: tuple[Tie, ...]


def settle(
    parts: Iterable[Part],
    terms: Terms,
    *,
    lots: Mapping[int, int] | None = None,
    won_before: Collection[int] = (),
) -> Final:
    """The standing of these lines; their order does not matter. `lots` by entrant id.

    Refusal `ranking-undecided` (see ranking.rank).
    """
    totals = [
        total for total in summed(parts, lots=lots or {}) if total.rounds >= terms.least_rounds
    ]  # fmt: skip
    ranked = ranking.rank(totals, terms.chain, terms.shared)
    pairs = [(entry.rank, entry.row.entrant_id) for entry in ranked]
    awards, ties = prizes.award(pairs, terms.prizes, won_before=won_before)
    return Final(tuple(ranked), tuple(awards), tuple(ties))


def summed(parts: Iterable[Part], *, lots: Mapping[int, int]) -> list[Total]:
    """Everybody's sums, by entrant id. ValueError for two lines of one person in one round."""
    people: dict[int, list[Part]] = defaultdict(list)
    predicting: set[int] = set()
    for part in parts:
        if any(part.round_id == other.round_id for other in people[part.entrant_id]):
            raise ValueError(f"entrant {part.entrant_id} stands twice in round {part.round_id}")
        people[part.entrant_id].append(part)
        if part.predicts:
            predicting.add(part.round_id)
    return [_total(entrant, people[entrant], predicting, lots.get(entrant)) for entrant in sorted(people)]


def sheet(final: Final, terms: Terms) -> dict[str, Any]:
    """The standing as plain data for `contest.rules.sheet.canonical_bytes`."""
    return {
        "format": FORMAT,
        "terms": terms.as_json(),
        "rows": [_row_data(entry) for entry in final.ranked],
        "prizes": {str(award.entrant_id): award.tier.value for award in final.awards},
    }


def _total(entrant_id: int, parts: list[Part], predicting: set[int], lottery: int | None) -> Total:
    errors = [part.prediction_error for part in parts if part.prediction_error is not None]
    return Total(
        entrant_id=entrant_id,
        rounds=len(parts),
        points=sum(part.points for part in parts),
        correct=sum(part.correct for part in parts),
        rounds_all_correct=sum(part.all_correct for part in parts),
        prediction_error=sum(errors),
        predictions_missing=len(predicting) - len(errors),
        duration_ms=sum(part.duration_ms for part in parts),
        last_finish=max(part.finished_at for part in parts),
        lottery=lottery,
    )


def _row_data(entry: Ranked[Total]) -> dict[str, Any]:
    total = entry.row
    return {
        "rank": entry.rank,
        "entrant": total.entrant_id,
        "rounds": total.rounds,
        "points": total.points,
        "correct": total.correct,
        "rounds_all_correct": total.rounds_all_correct,
        "prediction_error": total.prediction_error,
        "predictions_missing": total.predictions_missing,
        "duration_ms": total.duration_ms,
        "last_finish": moment_text(total.last_finish),
        "lottery": total.lottery,
    }
