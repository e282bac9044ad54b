"""The ranking chain as data: criteria in the order a contest's rules state, keys, ranks and shared ranks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from contest.errors import Refusal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt as the criteria see it.

    `all_correct` is the attempt's own; `prediction_error` None is worse than any number; `lottery` is the place
    drawn by lot (1 is best), None when no lot was drawn, which is after everyone drawn.
    """

    attempt_id: int
    entrant_id: int
    points: int
    max_points: int
    correct: int
    all_correct: bool
    duration_ms: int
    started_at: datetime
    submitted_at: datetime
    prediction: int | None = None
    prediction_error: int | None = None
    lottery: int | None = None


class Scored(Protocol):
    """What attempts and sums over rounds have in common: points, whole questions right, ms used, the place drawn by lot
    (None: no lot).
    """

    @property
    def points(self) -> int: ...
    @property
    def correct(self) -> int: ...
    @property
    def duration_ms(self) -> int: ...
    @property
    def lottery(self) -> int | None: ...


Ranks = TypeVar("Ranks")
Seen_contra = TypeVar("Seen_contra", contravariant=True)


class Criterion(Protocol[Seen_contra]):
    """One step of a chain: smaller keys rank better. `final` means that no two rows have the same key."""

    code: ClassVar[str]
    final: ClassVar[bool]

    def key(self, row: Seen_contra) -> tuple[int, ...]: ...


REGISTRY: dict[str, Criterion[Row]] = {}


def _register(criterion: type[Criterion[Row]]) -> type[Criterion[Row]]:
    REGISTRY[criterion.code] = criterion()
    return criterion


@_register
class Points:
    """More points."""

    code: ClassVar[str] = "points"
    final: ClassVar[bool] = False

    def key(self, row: Scored) -> tuple[int, ...]:
        return (-row.points,)


@_register
class PointsShare:
    """A larger share of the attempt's maximum, in millionths: for papers that differ in their maximum."""

    code: ClassVar[str] = "points_share"
    final: ClassVar[bool] = False

    def key(self, row: Row) -> tuple[int, ...]:
        return (-(row.points * 1_000_000 // row.max_points) if row.max_points else 0,)


@_register
class AllCorrect:
    """All correct before all others, who are not told apart."""

    code: ClassVar[str] = "all_correct"
    final: ClassVar[bool] = False

    def key(self, row: Row) -> tuple[int, ...]:
        return (0 if row.all_correct else 1,)


@_register
class Correct:
    """More questions wholly right."""

    code: ClassVar[str] = "correct"
    final: ClassVar[bool] = False

    def key(self, row: Scored) -> tuple[int, ...]:
        return (-row.correct,)


@_register
class PredictionError:
    """The nearer prediction; none is last."""

    code: ClassVar[str] = "prediction_error"
    final: ClassVar[bool] = False

    def key(self, row: Row) -> tuple[int, ...]:
        return (1, 0) if row.prediction_error is None else (0, row.prediction_error)


@_register
class Duration:
    """Less time used, to the millisecond."""

    code: ClassVar[str] = "duration"
    final: ClassVar[bool] = False

    def key(self, row: Scored) -> tuple[int, ...]:
        return (row.duration_ms,)


@_register
class DurationSecond:
    """Less time used, in whole seconds."""

    code: ClassVar[str] = "duration_second"
    final: ClassVar[bool] = False

    def key(self, row: Row) -> tuple[int, ...]:
        return (row.duration_ms // 1000,)


@_register
class StartedAt:
    """The earlier entry into the round."""

    code: ClassVar[str] = "started_at"
    final: ClassVar[bool] = False

    def key(self, row: Row) -> tuple[int, ...]:
        return (microseconds(row.started_at),)


@_register
class SubmittedAt:
    """The earlier end of the attempt."""

    code: ClassVar[str] = "submitted_at"
    final: ClassVar[bool] = False

    def key(self, row: Row) -> tuple[int, ...]:
        return (microseconds(row.submitted_at),)


@_register
class SubmittedSecond:
    """The earlier end of the attempt, to the second."""

    code: ClassVar[str] = "submitted_second"
    final: ClassVar[bool] = False

    def key(self, row: Row) -> tuple[int, ...]:
        return (microseconds(row.submitted_at) // 1_000_000,)


@_register
class Lottery:
    """The recorded order of drawn lots (bốc thăm); whoever has no lot is last. Lots differ, so it ends a chain."""

    code: ClassVar[str] = "lottery"
    final: ClassVar[bool] = True

    def key(self, row: Scored) -> tuple[int, ...]:
        return (1, 0) if row.lottery is None else (0, row.lottery)


@_register
class AttemptId:
    """The attempt that was started first; unique, so it ends a chain."""

    code: ClassVar[str] = "attempt_id"
    final: ClassVar[bool] = True

    def key(self, row: Row) -> tuple[int, ...]:
        return (row.attempt_id,)


@dataclass(frozen=True)
class Criteria(Generic[Ranks]):
    """Codes of criteria, the first decides first. Refusal `criterion-unknown` for a code not in the registry.

    `named` is what the rows are called in refusals.
    """

    codes: tuple[str, ...]

    registry: ClassVar[Mapping[str, Criterion[Any]]]
    named: ClassVar[str]

    def __post_init__(self) -> None:
        for code in self.codes:
            if code not in self.registry:
                raise Refusal("criterion-unknown", criterion=code)

    @classmethod
    def from_json(cls, codes: Iterable[str]) -> Self:
        return cls(tuple(codes))

    def as_json(self) -> list[str]:
        return list(self.codes)

    def key(self, row: Ranks) -> tuple[int, ...]:
        """Compares rows: smaller is better, equal means that the chain does not tell them apart."""
        return tuple(part for code in self.codes for part in self.registry[code].key(row))

    def id_of(self, row: Ranks) -> int:
        """What settles the order of rows that share a rank."""
        raise NotImplementedError


class Chain(Criteria[Row]):
    """Ranks attempts."""

    registry = REGISTRY
    named = "attempts"

    def id_of(self, row: Row) -> int:
        return row.attempt_id


class Shared(StrEnum):
    """Whether people the chain cannot tell apart share a rank, and which rank follows two shared firsts."""

    NEVER = "never"
    SKIPPING = "skipping"  # 1, 1, 3
    DENSE = "dense"  # 1, 1, 2


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Ranks]):
    """A row with its rank (from 1) and the key by which it got there."""

    row: Ranks
    rank: int
    key: tuple[int, ...]


def problems(chain: Criteria[Any], shared: Shared = Shared.NEVER) -> list[tuple[str, str]]:
    """What makes a chain unfit to publish, as (code, criterion).

    chain-empty; criterion-repeated; criterion-unreachable (it follows one that is final); no-final-criterion
    (two people could be left equal, and the rules do not let them share a rank).
    """
    if not chain.codes:
        return [("chain-empty", "")]
    found: list[tuple[str, str]] = []
    ended = False
    for place, code in enumerate(chain.codes):
        if code in chain.codes[:place]:
            found.append(("criterion-repeated", code))
        elif ended:
            found.append(("criterion-unreachable", code))
        ended = ended or chain.registry[code].final
    if not ended and shared is Shared.NEVER:
        found.append(("no-final-criterion", chain.codes[-1]))
    return found


def rank(rows: Iterable[Ranks], chain: Criteria[Ranks], shared: Shared = Shared.NEVER) -> list[Ranked[Ranks]]:
    """Rows from the best to the last with ranks from 1; the order of the input does not matter.

    Equal rows stand in the order of their ids and share a rank. Where ranks are not shared, equal rows are a Refusal
    `ranking-undecided` with `attempts` (`entrants` in a contest), a list of lists of ids for which lots must be drawn.
    """
    keyed = sorted(((chain.key(row), chain.id_of(row), row) for row in rows), key=lambda entry: entry[:2])
    groups = [
        (key, [row for _, _, row in group]) for key, group in groupby(keyed, key=lambda entry: entry[0])
    ]
    undecided = [[chain.id_of(row) for row in group] for _, group in groups if len(group) > 1]
    if undecided and shared is Shared.NEVER:
        raise Refusal("ranking-undecided", **{chain.named: undecided})
    ranked: list[Ranked[Ranks]] = []
    for place, (key, group) in enumerate(groups, start=1):
        first = place if shared is Shared.DENSE else len(ranked) + 1
        ranked.extend(Ranked(row, first, key) for row in group)
    return ranked


def ties(rows: Iterable[Ranks], chain: Criteria[Ranks]) -> list[list[int]]:
    """Ids of rows that the chain cannot tell apart, best first: the lots still to be drawn."""
    found: list[list[int]] = []
    for _, group in groupby(rank(rows, chain, Shared.SKIPPING), key=lambda entry: entry.key):
        equal = [chain.id_of(entry.row) for entry in group]
        if len(equal) > 1:
            found.append(equal)
    return found


def microseconds(moment: datetime) -> int:
    """Since 1970, exactly: a moment as part of a key."""
    return (moment - _EPOCH) // timedelta(microseconds=1)
