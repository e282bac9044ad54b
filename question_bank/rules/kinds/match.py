"""Matching: every entry on the left goes with one on the right."""

from collections.abc import Mapping
from typing import ClassVar

from question_bank.rules.kinds.base import Body, Key, Kind, Mark, Response, unknown_fields
from question_bank.rules.kinds.entries import entries_of, entry_problems, keys_of, shuffled_entries, texts_of
from question_bank.rules.problems import Problem, error
from question_bank.rules.shuffle import Stream


class Match(Kind):
    """Body `{"left": [...], "right": [...]}`, 2 to 8 each; response pairs `[["l1", "r2"], ...]` in left order.

    Several on the left may go with one on the right, and the right may hold distractors. A left entry
    without a partner is left out. Partial credit: one step for each right pair.
    """

    code: ClassVar[str] = "match"
    name: ClassVar[str] = "Ghép đôi"

    def body_problems(self, body: Body) -> list[Problem]:
        found = [
            *unknown_fields("body-unknown-field", body, {"left", "right"}),
            *entry_problems(body, "left", least=2, most=8),
            *entry_problems(body, "right", least=2, most=8),
        ]
        if not found and set(keys_of(body, "left")) & set(keys_of(body, "right")):
            found.append(error("match-keys-shared"))
        return found

    def answer_problem(self, body: Body, answer: object) -> str | None:
        pairs = _pairs(answer)
        if pairs is None:
            return "answer-malformed"
        if not set(keys_of(body, "right")).issuperset(right for _, right in pairs):
            return "answer-unknown-option"
        return (
            None
            if sorted(left for left, _ in pairs) == sorted(keys_of(body, "left"))
            else "answer-incomplete"
        )

    def key_problems(self, body: Body, key: Key) -> list[Problem]:
        """Also refuse a body that gives the answer away: entrants see its order and its keys."""
        found = super().key_problems(body, key)
        left, right = keys_of(body, "left"), keys_of(body, "right")
        open_pairings = (
            set(zip(left, right, strict=False)),
            set(zip(sorted(left), sorted(right), strict=False)),
        )
        if not found and any(set(_pairs(answer) or []) in open_pairings for answer in key["accepted"]):
            found.append(error("match-gives-answer-away"))
        return found

    def read(self, body: Body, raw: object) -> Response:
        """Return the pairs in left order. Reads pairs, `l1:r2` as forms send them, and a JSON object."""
        pairs = _pairs(raw)
        if pairs is None:
            raise self.malformed("shape")
        partners = {left: right for left, right in pairs if right}
        if len(partners) != sum(1 for _, right in pairs if right):
            raise self.malformed("repeated")
        if not set(keys_of(body, "left")).issuperset(partners):
            raise self.malformed("unknown-item")
        if not set(keys_of(body, "right")).issuperset(partners.values()):
            raise self.malformed("unknown-option")
        return [[left, partners[left]] for left in keys_of(body, "left") if left in partners]

    def steps(self, accepted: Response, response: Response) -> Mark:
        wanted = dict(accepted)
        right = sum(wanted.get(left) == partner for left, partner in response)
        return Mark(right, len(wanted))

    def answer_lines(self, body: Body, answer: Response) -> list[str]:
        """Return one line a pair: `left → right`."""
        left, right = texts_of(body, "left"), texts_of(body, "right")
        pairs = _pairs(answer) or []
        return [f"{left[one]} → {right[other]}" for one, other in pairs if one in left and other in right]

    def arranged(self, body: Body, stream: Stream) -> Body:
        """Return the body with the right side shuffled; the left side is what the stem speaks of."""
        return {**body, "right": shuffled_entries(entries_of(body, "right"), stream)}


def _pairs(raw: object) -> list[tuple[str, str]] | None:
    """Return (left, right) pairs out of any of the readable shapes, or None."""
    if raw is None or raw == "":
        return []
    if isinstance(raw, Mapping):
        raw = [list(pair) for pair in raw.items()]
    if isinstance(raw, str):
        raw = [raw]
    if not isinstance(raw, list):
        return None
    pairs = [value.split(":") if isinstance(value, str) and value else value for value in raw if value != ""]
    if not all(_is_pair(pair) for pair in pairs):
        return None
    return [(left, right) for left, right in pairs]


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(key, str) for key in pair)
