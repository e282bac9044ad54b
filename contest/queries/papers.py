"""A paper as one attempt shows it: items and options in the attempt's own order, never a key."""

from typing import Any

from contest.models import Attempt
from contest.queries import snapshots
from contest.rules.paper import arrangement
from contest.rules.rulebook import Rules
from question_bank.rules import kinds
from question_bank.rules.shuffle import Stream


def arranged_items(attempt: Attempt) -> list[dict[str, Any]]:
    """The items of the attempt's paper in display order; the same attempt always gives the same order."""
    paper = snapshots.paper(attempt.paper_id)
    rules: Rules = snapshots.round_snapshot(attempt.round_id).rules
    order = arrangement(len(paper.items), attempt.seed, rules.shuffle_questions)
    by_number = {item["no"]: item for item in paper.items}
    return [_arranged(by_number[number], attempt.seed, shuffle=rules.shuffle_options) for number in order]


def _arranged(item: Any, seed: str, *, shuffle: bool) -> dict[str, Any]:
    shown = dict(item)
    if shuffle:
        stream = Stream(seed).branch(str(item["no"]))
        shown["body"] = dict(kinds.get(item["kind"]).arranged(item["body"], stream))
    return shown
