"""Fill-in: a short text compared with the accepted ones by the fold of Vietnamese answers."""

# A kind without parts takes a body only because the others do.
# ruff: noqa: ARG002

from typing import ClassVar

from question_bank.rules.kinds.base import Body, Key, Kind, Mark, Response, unknown_fields
from question_bank.rules.problems import Problem, error
from question_bank.rules.text import answer_fold, clean_line

LIMIT = 200
ACCENTS = ("required", "optional")


class Fill(Kind):
    """Body `{}`; response a line of at most 200 code points.

    The key also holds "accents": "required" (default; bán is not bàn) or "optional".
    """

    code: ClassVar[str] = "fill"
    name: ClassVar[str] = "Điền khuyết"

    def body_problems(self, body: Body) -> list[Problem]:
        return unknown_fields("body-unknown-field", body, ())

    def answer_problem(self, body: Body, answer: object) -> str | None:
        if not isinstance(answer, str) or len(answer) > LIMIT or clean_line(answer) != answer:
            return "answer-malformed"
        return None if answer_fold(answer, accents=False) else "answer-empty"

    def key_problems(self, body: Body, key: Key) -> list[Problem]:
        found = super().key_problems(body, key)
        if any(problem.code == "key-unknown-field" for problem in found):
            return found
        return found if key.get("accents", "required") in ACCENTS else [*found, error("accents-unknown")]

    def key_fields(self) -> frozenset[str]:
        return frozenset({"accepted", "accents"})

    def read(self, body: Body, raw: object) -> Response:
        """Return the typed text as one clean line, "" for none."""
        value = raw[0] if isinstance(raw, list) and len(raw) == 1 else raw
        if value is None or value == []:
            return ""
        if not isinstance(value, str):
            raise self.malformed("shape")
        line = clean_line(value)
        if len(line) > LIMIT:
            raise self.malformed("too-long", limit=LIMIT)
        return line

    def steps(self, accepted: Response, response: Response) -> Mark:
        return Mark(int(response != "" and response == accepted), 1)

    def comparable(self, key: Key, answers: list[Response]) -> list[Response]:
        accents = key.get("accents", "required") == "required"
        return [answer_fold(answer, accents=accents) for answer in answers]

    def answer_lines(self, body: Body, answer: Response) -> list[str]:
        return [answer] if isinstance(answer, str) and answer else []

    def nothing(self) -> Response:
        return ""
