"""True or false: the stem is a statement to judge."""

# A kind without parts takes a body only because the others do.
# ruff: noqa: ARG002

from typing import ClassVar

from question_bank.rules.kinds.base import Body, Kind, Mark, Response, unknown_fields
from question_bank.rules.problems import Problem

# The form's and JSON's ways to say it.
_READINGS: dict[object, str] = {"true": "true", "false": "false", "": ""}
_LINES = {"true": "Đúng", "false": "Sai"}


class TrueFalse(Kind):
    """Body `{}`; response "true" or "false" (JSON booleans are read too)."""

    code: ClassVar[str] = "truefalse"
    name: ClassVar[str] = "Đúng/sai"

    def body_problems(self, body: Body) -> list[Problem]:
        return unknown_fields("body-unknown-field", body, ())

    def answer_problem(self, body: Body, answer: object) -> str | None:
        return None if isinstance(answer, str) and answer in _LINES else "answer-malformed"

    def read(self, body: Body, raw: object) -> Response:
        """Return "true", "false", or "" for none."""
        if isinstance(raw, bool):
            return "true" if raw else "false"
        value = raw[0] if isinstance(raw, list) and len(raw) == 1 else raw
        if value is None or value == []:
            return ""
        if not isinstance(value, str) or value not in _READINGS:
            raise self.malformed("shape")
        return _READINGS[value]

    def steps(self, accepted: Response, response: Response) -> Mark:
        return Mark(int(response == accepted), 1)

    def answer_lines(self, body: Body, answer: Response) -> list[str]:
        """Return `Đúng` or `Sai`, which are also the message ids of their translations."""
        return [_LINES[answer]] if isinstance(answer, str) and answer in _LINES else []

    def nothing(self) -> Response:
        return ""
