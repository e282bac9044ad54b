"""A paper as one attempt shows it: items and options in the attempt's own order, never a key."""

import threading
from dataclasses import dataclass
from typing import Any

from contest.errors import Refusal
from contest.models import Attempt
from contest.queries import snapshots
from contest.rules.paper import arrangement
from contest.rules.rulebook import Rules
from question_bank.rules import kinds
from question_bank.rules.shuffle import Stream

MOST_PINS = 100_000


@dataclass(frozen=True, slots=True)
class Pin:
    """What never changes about an attempt."""

    round_id: int
    paper_id: int


_pins: dict[str, Pin] = {}
_lock = threading.Lock()


def pin(public_id: str) -> Pin:
    """The attempt's round and paper, remembered by the process: a save then needs one statement.

    Refusal("not-found") for no such attempt.
    """
    found = _pins.get(public_id)
    if found is not None:
        return found
    row = Attempt.objects.filter(public_id=public_id).values_list("round_id", "paper_id").first()
    if row is None:
        raise Refusal("not-found")
    return _remember(public_id, Pin(*row))


def remember(attempt: Attempt) -> None:
    """Spares the first save its look-up."""
    _remember(attempt.public_id, Pin(attempt.round_id, attempt.paper_id))


def _remember(public_id: str, found: Pin) -> Pin:
    with _lock:
        if len(_pins) >= MOST_PINS:
            del _pins[next(iter(_pins))]
        _pins[public_id] = found
    return found


def arranged_items(attempt: Attempt) -> list[dict[str, Any]]:
    """The items of the attempt's paper in display order; the same attempt always gives the same order."""
    paper = snapshots.paper(attempt.paper_id)
    rules: Rules = snapshots.round_snapshot(attempt.round_id).rules
    order = arrangement(len(paper.items), attempt.seed, rules.shuffle_questions)
    return [
        _arranged(paper.by_number[str(number)], attempt.seed, shuffle=rules.shuffle_options)
        for number in order
    ]


def _arranged(item: Any, seed: str, *, shuffle: bool) -> dict[str, Any]:
    shown = dict(item)
    if shuffle:
        stream = Stream(seed).branch(str(item["no"]))
        shown["body"] = dict(kinds.get(item["kind"]).arranged(item["body"], stream))
    return shown
