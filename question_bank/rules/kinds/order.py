"""Ordering: items to be put into the right sequence."""

from typing import ClassVar

from question_bank.rules.kinds.base import Body, Key, Kind, Mark, Response, unknown_fields
from question_bank.rules.kinds.entries import (
    entries_of,
    entry_problems,
    keys_of,
    shuffled_entries,
    strings_of,
    texts_of,
)
from question_bank.rules.problems import Problem, error
from question_bank.rules.shuffle import Stream
from question_bank.rules.text import whole_number


class Order(Kind):
    """Body `{"items": [{"key", "text"}]}`, 3 to 8; response the item keys in order.

    A place not yet decided is "" (`["c", "", "a"]`), so that unfinished work can be saved. Partial
    credit: one step for each item at its right place.
    """

    code: ClassVar[str] = "order"
    name: ClassVar[str] = "Sắp xếp"

    def body_problems(self, body: Body) -> list[Problem]:
        return [
            *unknown_fields("body-unknown-field", body, {"items"}),
            *entry_problems(body, "items", least=3, most=8),
        ]

    def answer_problem(self, body: Body, answer: object) -> str | None:
        if not isinstance(answer, list) or not all(isinstance(key, str) for key in answer):
            return "answer-malformed"
        return None if sorted(answer) == sorted(keys_of(body, "items")) else "answer-incomplete"

    def key_problems(self, body: Body, key: Key) -> list[Problem]:
        """Also refuse a body that gives the answer away: entrants see its order and its keys."""
        found = super().key_problems(body, key)
        keys = keys_of(body, "items")
        if not found and any(answer in (keys, sorted(keys)) for answer in key["accepted"]):
            found.append(error("order-gives-answer-away"))
        return found

    def read(self, body: Body, raw: object) -> Response:
        """Return as many places as there are items, or [] if none is filled.

        Reads a list of keys by place (missing places at the end are open), and `a,b,c` or `a:2` as
        forms send them: a key with the place it was given, from 1.
        """
        values = strings_of(raw)
        if values is None:
            raise self.malformed("shape")
        if len(values) == 1 and "," in values[0]:
            values = values[0].split(",")
        keys = keys_of(body, "items")
        places = self._by_place(values, len(keys)) if any(":" in value for value in values) else values
        places = [value.strip() for value in places]
        chosen = [value for value in places if value]
        if len(places) > len(keys) or not set(keys).issuperset(chosen):
            raise self.malformed("unknown-item")
        if len(set(chosen)) != len(chosen):
            raise self.malformed("repeated")
        return places + [""] * (len(keys) - len(places)) if chosen else []

    def _by_place(self, values: list[str], count: int) -> list[str]:
        places = [""] * count
        for value in values:
            key, _, place = value.partition(":")
            if not place:
                continue
            number = whole_number(place) or 0
            if not 1 <= number <= count:
                raise self.malformed("unknown-place")
            if places[number - 1]:
                raise self.malformed("repeated")
            places[number - 1] = key
        return places

    def steps(self, accepted: Response, response: Response) -> Mark:
        right = sum(given == wanted for given, wanted in zip(response, accepted, strict=False))
        return Mark(right, len(accepted))

    def answer_lines(self, body: Body, answer: Response) -> list[str]:
        """Return the items' texts in order; an open place shows as …"""
        texts = texts_of(body, "items")
        return [texts.get(key, "…") for key in answer] if isinstance(answer, list) else []

    def arranged(self, body: Body, stream: Stream) -> Body:
        return {**body, "items": shuffled_entries(entries_of(body, "items"), stream)}
