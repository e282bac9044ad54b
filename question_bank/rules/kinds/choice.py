"""Single and multiple choice: options with stable keys, some of them fixed in place."""

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
from question_bank.rules.problems import Problem, warning
from question_bank.rules.shuffle import Stream


class _Choice(Kind):
    """What single and multiple choice share: body `{"options": [{"key", "text", "fixed"}]}`, 2 to 8 of them."""

    def body_problems(self, body: Body) -> list[Problem]:
        return [
            *unknown_fields("body-unknown-field", body, {"options"}),
            *entry_problems(body, "options", least=2, most=8),
        ]

    def arranged(self, body: Body, stream: Stream) -> Body:
        return {**body, "options": shuffled_entries(entries_of(body, "options"), stream)}

    def _chosen(self, body: Body, raw: object) -> list[str]:
        """Return the chosen keys in the order given, each once, or refuse."""
        values = strings_of(raw)
        if values is None:
            raise self.malformed("shape")
        chosen = list(dict.fromkeys(value for value in values if value))
        if not set(keys_of(body, "options")).issuperset(chosen):
            raise self.malformed("unknown-option")
        return chosen


class Single(_Choice):
    """One option is right. Response: its key. Each accepted answer is one acceptable option."""

    code: ClassVar[str] = "single"
    name: ClassVar[str] = "Một lựa chọn"

    def answer_problem(self, body: Body, answer: object) -> str | None:
        known = isinstance(answer, str) and answer in keys_of(body, "options")
        return None if known else "answer-unknown-option"

    def read(self, body: Body, raw: object) -> Response:
        """Return an option's key, or "" for none."""
        chosen = self._chosen(body, raw)
        if len(chosen) > 1:
            raise self.malformed("several")
        return chosen[0] if chosen else ""

    def steps(self, accepted: Response, response: Response) -> Mark:
        return Mark(int(response == accepted), 1)

    def answer_lines(self, body: Body, answer: Response) -> list[str]:
        texts = texts_of(body, "options")
        return [texts[answer]] if isinstance(answer, str) and answer in texts else []

    def nothing(self) -> Response:
        return ""


class Multi(_Choice):
    """Several options are right. Response: the list of their keys, in body order.

    All or nothing, or with partial credit: right choices minus wrong choices, not below 0, of the
    number of right options.
    """

    code: ClassVar[str] = "multi"
    name: ClassVar[str] = "Nhiều lựa chọn"

    def answer_problem(self, body: Body, answer: object) -> str | None:
        if not isinstance(answer, list) or not answer:
            return "answer-malformed"
        if not set(keys_of(body, "options")).issuperset(map(str, answer)):
            return "answer-unknown-option"
        return None if len(set(answer)) == len(answer) else "answer-malformed"

    def key_problems(self, body: Body, key: Key) -> list[Problem]:
        found = super().key_problems(body, key)
        if found:
            return found
        first, count = key["accepted"][0], len(keys_of(body, "options"))
        if len(first) == 1:
            return [warning("multi-one-right")]
        return [warning("multi-all-right")] if len(first) == count else []

    def read(self, body: Body, raw: object) -> Response:
        """Return the chosen keys in body order, each once."""
        chosen = set(self._chosen(body, raw))
        return [key for key in keys_of(body, "options") if key in chosen]

    def steps(self, accepted: Response, response: Response) -> Mark:
        right, chosen = set(accepted), set(response)
        return Mark(max(0, len(chosen & right) - len(chosen - right)), len(right))

    def answer_lines(self, body: Body, answer: Response) -> list[str]:
        chosen = set(strings_of(answer) or [])
        return [text for key, text in texts_of(body, "options").items() if key in chosen]
