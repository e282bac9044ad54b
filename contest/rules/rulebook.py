"""The rules of a round as data: what the organiser sets, what publishing freezes, what settling reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contest.rules import blueprint as blueprints
from contest.rules import ranking, windows
from contest.rules.attempts import AttemptRule
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.blueprint import Blueprint
from contest.rules.prediction import PredictionRule
from contest.rules.prizes import PrizePlan
from contest.rules.ranking import Chain, Shared
from contest.rules.settlement import Terms
from contest.rules.visibility import BoardPolicy, ReviewPolicy

DEFAULT_CHAIN = ("points", "duration", "submitted_at", "attempt_id")
PREDICTION_CHAIN = ("points", "prediction_error", "duration", "submitted_at", "attempt_id")
SHORTEST_LIMIT_S = 30
LONGEST_LIMIT_S = 4 * 3600


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a round's thể lệ says. `limit_s` seconds; `frozen_from` is when a board of policy `frozen` stops."""

    blueprint: Blueprint
    limit_s: int = 600
    attempts: AttemptRule = field(default_factory=AttemptRule)
    weekdays: tuple[windows.DayHours, ...] = ()
    shuffle_questions: bool = True
    shuffle_options: bool = True
    partial_credit: bool = False
    chain: Chain = field(default_factory=lambda: Chain(DEFAULT_CHAIN))
    shared: Shared = Shared.NEVER
    counted: Counted = Counted.BEST
    prediction: PredictionRule | None = None
    prediction_from: PredictionFrom = PredictionFrom.COUNTED
    prizes: PrizePlan = field(default_factory=PrizePlan)
    board: BoardPolicy = BoardPolicy.OWN
    frozen_from: datetime | None = None
    review: ReviewPolicy = ReviewPolicy.AFTER_PUBLICATION
    void_removes: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain JSON; `from_json` reads it back."""
        return {
            "blueprint": blueprints.as_json(self.blueprint),
            "limit_s": self.limit_s,
            "attempts": self.attempts.as_json(),
            "weekdays": windows.hours_as_json(self.weekdays),
            "shuffle_questions": self.shuffle_questions,
            "shuffle_options": self.shuffle_options,
            "partial_credit": self.partial_credit,
            "chain": self.chain.as_json(),
            "shared": self.shared.value,
            "counted": self.counted.value,
            "prediction": self.prediction.as_json() if self.prediction else None,
            "prediction_from": self.prediction_from.value,
            "prizes": self.prizes.as_json(),
            "board": self.board.value,
            "frozen_from": self.frozen_from.isoformat() if self.frozen_from else None,
            "review": self.review.value,
            "void_removes": self.void_removes,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rules":
        """Reads what as_json wrote; what is missing takes its default. ValueError, KeyError or Refusal for nonsense."""
        default = cls(Blueprint(()))
        frozen_from = data.get("frozen_from")
        return cls(
            blueprint=blueprints.from_json(data.get("blueprint", [])),
            limit_s=int(data.get("limit_s", default.limit_s)),
            attempts=AttemptRule.from_json(data["attempts"]) if "attempts" in data else default.attempts,
            weekdays=windows.hours_from_json(data.get("weekdays", [])),
            shuffle_questions=bool(data.get("shuffle_questions", True)),
            shuffle_options=bool(data.get("shuffle_options", True)),
            partial_credit=bool(data.get("partial_credit", False)),
            chain=Chain.from_json(data.get("chain", DEFAULT_CHAIN)),
            shared=Shared(data.get("shared", default.shared)),
            counted=Counted(data.get("counted", default.counted)),
            prediction=PredictionRule.from_json(data["prediction"]) if data.get("prediction") else None,
            prediction_from=PredictionFrom(data.get("prediction_from", default.prediction_from)),
            prizes=PrizePlan.from_json(data.get("prizes", {})),
            board=BoardPolicy(data.get("board", default.board)),
            frozen_from=datetime.fromisoformat(frozen_from) if frozen_from else None,
            review=ReviewPolicy(data.get("review", default.review)),
            void_removes=bool(data.get("void_removes", False)),
        )

    @property
    def terms(self) -> Terms:
        """What settling needs of the rules."""
        return Terms(self.chain, self.counted, self.shared, self.prediction, self.prediction_from)


def problems(rules: Rules) -> list[str]:
    """Codes of what keeps these rules from being announced; empty when nothing does."""
    found = [problem.code for problem in blueprints.problems(rules.blueprint)]
    found += [code for code, _ in ranking.problems(rules.chain, rules.shared)]
    if not SHORTEST_LIMIT_S <= rules.limit_s <= LONGEST_LIMIT_S:
        found.append("limit-out-of-range")
    if rules.attempts.limit < 1:
        found.append("attempts-out-of-range")
    if "prediction_error" in rules.chain.codes and rules.prediction is None:
        found.append("prediction-not-asked")
    return found
