"""The registry of question kinds: six small classes, found by code."""

from question_bank.errors import Refusal
from question_bank.rules.kinds.base import Body, Key, Kind, Mark, Response
from question_bank.rules.kinds.choice import Multi, Single
from question_bank.rules.kinds.fill import Fill
from question_bank.rules.kinds.match import Match
from question_bank.rules.kinds.order import Order
from question_bank.rules.kinds.truefalse import TrueFalse
from question_bank.rules.problems import Problem

__all__ = ["Body", "Key", "Kind", "Mark", "Problem", "Response", "all_kinds", "get"]

_KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (Single(), Multi(), TrueFalse(), Fill(), Order(), Match())
}


def all_kinds() -> list[Kind]:
    """Return every kind in the order in which people meet them."""
    return list(_KINDS.values())


def get(code: str) -> Kind:
    """Return the kind registered under `code`, or raise Refusal("kind-unknown", kind=code)."""
    try:
        return _KINDS[code]
    except KeyError:
        raise Refusal("kind-unknown", kind=code) from None
