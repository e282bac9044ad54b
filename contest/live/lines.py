"""Options and answers as lines for paper, choices with their letters as the screens show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from contest.live.facts import Secret
from contest.live.state import Item, Run
from question_bank.rules import kinds
from question_bank.rules.kinds.entries import entries_of, strings_of

BETWEEN = " – "
_CHOICES = frozenset({"single", "multi"})
_PARTS = ("items", "left", "right")


def option_lines(item: Item) -> list[str]:
    """Choices with their letters; the entries of other kinds; nothing for typed answers and true or false."""
    if item.kind in _CHOICES:
        return [f"{_letter(place)}. {entry['text']}" for place, entry in enumerate(_options(item))]
    return [entry["text"] for part in _PARTS for entry in entries_of(item.body, part)]


def answer_line(item: Item, value: object) -> str:
    """An answer on one line, choices with their letters; empty for no answer."""
    if item.kind not in _CHOICES:
        return BETWEEN.join(kinds.get(item.kind).answer_lines(item.body, value))
    chosen = set(strings_of(value) or [])
    return BETWEEN.join(
        f"{_letter(place)}. {entry['text']}"
        for place, entry in enumerate(_options(item))
        if entry["key"] in chosen
    )


def right_lines(item: Item, secret: Secret | None, run: Run) -> list[str]:
    """Every answer that is right by the key, then those the jury accepted in this run."""
    by_key = secret.key["accepted"] if secret else []
    found = [answer_line(item, value) for value in (*by_key, *run.accepted)]
    return list(dict.fromkeys(found))


def _options(item: Item) -> Sequence[Mapping[str, Any]]:
    return entries_of(item.body, "options")


def _letter(place: int) -> str:
    return chr(ord("A") + place)
