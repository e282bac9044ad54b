"""The prediction question (dự đoán): what is predicted, how an entry is read, the truth and the error.

Predictions are stored as integers: counts as they are, percentages scaled by 10 ** decimals.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from contest.errors import Refusal

MOST_PEOPLE = 999_999_999
DEFAULT_DECIMALS = 5
MOST_DECIMALS = 6

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_PERCENT = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?%?")


class Kind(StrEnum):
    """What is predicted; `formula` says it exactly."""

    PEOPLE_ALL_CORRECT = "people_all_correct"
    PEOPLE_PARTICIPATING = "people_participating"
    ATTEMPTS = "attempts"
    PERCENT_ALL_CORRECT = "percent_all_correct"


class ErrorRule(StrEnum):
    """`absolute`: the distance. `not_above`: a prediction above the truth counts as none."""

    ABSOLUTE = "absolute"
    NOT_ABOVE = "not_above"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The frozen numbers of a round, of people and attempts that count (not voided, not barred)."""

    people_participating: int
    attempts: int
    people_all_correct: int


@dataclass(frozen=True, slots=True)
class PredictionRule:
    """`decimals` matters for a percentage only: 5 reads and stores 87,65432 as 8765432."""

    kind: Kind
    error: ErrorRule = ErrorRule.ABSOLUTE
    decimals: int = DEFAULT_DECIMALS

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "error": self.error.value, "decimals": self.decimals}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PredictionRule":
        return cls(Kind(data["kind"]), ErrorRule(data["error"]), int(data["decimals"]))


def parse(text: str, kind: Kind, decimals: int = DEFAULT_DECIMALS) -> int:
    """What a person typed, as the stored integer.

    Counts: digits, or groups of three parted by one of point, comma or space ("1.234" is 1234). Percentages:
    comma or point before the decimals, an optional % sign. Refusals: `prediction-missing` for a blank,
    `prediction-malformed`, `prediction-out-of-range`, `prediction-too-precise` (with `decimals`).
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    if not typed:
        raise Refusal("prediction-missing")
    if kind is Kind.PERCENT_ALL_CORRECT:
        return _percent(typed.replace(" ", ""), decimals)
    return _count(typed)


def written(value: int, kind: Kind, decimals: int = DEFAULT_DECIMALS) -> str:
    """The stored integer in Vietnamese notation, so that parse gives it back: "1.234", "87,65432"."""
    if kind is not Kind.PERCENT_ALL_CORRECT:
        return f"{value:,}".replace(",", ".")
    whole, fraction = divmod(value, 10**decimals)
    shown = f"{fraction:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{whole},{shown}" if shown else str(whole)


def truth(kind: Kind, numbers: Numbers, decimals: int = DEFAULT_DECIMALS) -> int:
    """The true value in the same scale; a percentage is rounded half up, and 0 when nobody took part."""
    if kind is Kind.PERCENT_ALL_CORRECT:
        whole = numbers.people_participating
        part = 100 * 10**decimals * numbers.people_all_correct
        return (2 * part + whole) // (2 * whole) if whole else 0
    return {
        Kind.PEOPLE_ALL_CORRECT: numbers.people_all_correct,
        Kind.PEOPLE_PARTICIPATING: numbers.people_participating,
        Kind.ATTEMPTS: numbers.attempts,
    }[kind]


def error(prediction: int | None, truth: int, rule: ErrorRule = ErrorRule.ABSOLUTE) -> int | None:
    """How far off, in the scale of the truth; None is worse than any number: no prediction, or one above the
    truth where the rules say not above.
    """
    if prediction is None or (rule is ErrorRule.NOT_ABOVE and prediction > truth):
        return None
    return abs(prediction - truth)


def formula(rule: PredictionRule) -> str:
    """The exact definition, stored and printed with the result; the same for every reader and language."""
    true = {
        Kind.PEOPLE_ALL_CORRECT: "people_all_correct",
        Kind.PEOPLE_PARTICIPATING: "people_participating",
        Kind.ATTEMPTS: "attempts",
        Kind.PERCENT_ALL_CORRECT: "100 * people_all_correct / people_participating",
    }[rule.kind]
    if rule.kind is Kind.PERCENT_ALL_CORRECT:
        true = f"round_half_up({true}, {rule.decimals})"
    off = "|prediction - truth|"
    if rule.error is ErrorRule.NOT_ABOVE:
        off = "truth - prediction, none if prediction > truth"
    return f"truth = {true}; error = {off}"


def _count(typed: str) -> int:
    if not (_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)):
        raise Refusal("prediction-malformed")
    digits = re.sub(r"[., ]", "", typed).lstrip("0") or "0"
    if len(digits) > len(str(MOST_PEOPLE)):
        raise Refusal("prediction-out-of-range", most=MOST_PEOPLE)
    return int(digits)


def _percent(typed: str, decimals: int) -> int:
    match = _PERCENT.fullmatch(typed)
    if match is None:
        raise Refusal("prediction-malformed")
    whole, fraction = match[1].lstrip("0"), (match[2] or "").rstrip("0")
    if len(fraction) > decimals:
        raise Refusal("prediction-too-precise", decimals=decimals)
    if len(whole) > 3 or int((whole or "0") + fraction.ljust(decimals, "0")) > 100 * 10**decimals:
        raise Refusal("prediction-out-of-range", most=100)
    return int((whole or "0") + fraction.ljust(decimals, "0"))
