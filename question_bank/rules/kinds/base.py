"""What every kind of question can do: check itself, read a response, grade it, shuffle and show it.

A kind only computes: no HTML, no storage. Bodies, keys and responses are plain JSON:
- body (public): what an entrant sees beside the stem, e.g. `{"options": [{"key", "text", "fixed"}]}`;
- key (secret): `{"accepted": [answer, ...]}`, each a full acceptable answer in the form of a response;
- response: what an entrant gave; "" or [] or None is unanswered.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from question_bank.errors import Refusal
from question_bank.rules.problems import Problem, error, warning
from question_bank.rules.shuffle import Stream

Body = Mapping[str, Any]
Key = Mapping[str, Any]
# JSON of one of the shapes above; narrowed by each kind.
Response = Any


@dataclass(frozen=True, slots=True)
class Mark:
    """`earned` of `possible` steps of credit, exact integers with 0 <= earned <= possible, possible >= 1.

    The steps are not points: a round turns them into points by its own rule.
    """

    earned: int
    possible: int

    @property
    def is_full(self) -> bool:
        """Whether the response is right as a whole."""
        return self.earned == self.possible


class Kind(ABC):
    """One kind of question, registered under `code`. `name` is its Vietnamese name and message id."""

    code: ClassVar[str]
    name: ClassVar[str]

    @abstractmethod
    def body_problems(self, body: Body) -> list[Problem]:
        """Return what is wrong with the public part."""

    @abstractmethod
    def answer_problem(self, body: Body, answer: object) -> str | None:
        """Return the code of what is wrong with one accepted answer, or None; the body is well-formed."""

    @abstractmethod
    def read(self, body: Body, raw: object) -> Response:
        """Return the canonical response out of what a client sent: JSON, or a form's str or list of str.

        Reading a canonical response again changes nothing. Raises Refusal("response-malformed", kind=,
        reason=) for anything that cannot be a response to this body.
        """

    @abstractmethod
    def steps(self, accepted: Response, response: Response) -> Mark:
        """Return the partial credit of a canonical response against one accepted answer."""

    @abstractmethod
    def answer_lines(self, body: Body, answer: Response) -> list[str]:
        """Return a given or accepted answer as lines of text to show; empty if unanswered."""

    def problems(self, body: Body, key: Key) -> list[Problem]:
        """Return every reason why body and key are not a well-formed question of this kind."""
        found = self.body_problems(body)
        if any(problem.severity == "error" for problem in found):
            return found
        return found + self.key_problems(body, key)

    def key_problems(self, body: Body, key: Key) -> list[Problem]:
        """Return what is wrong with the key, given a well-formed body."""
        found = unknown_fields("key-unknown-field", key, self.key_fields())
        accepted = key.get("accepted") if not found else None
        if not isinstance(accepted, list) or not accepted:
            return [*found, error("answer-missing")]
        for place, answer in enumerate(accepted, start=1):
            if (code := self.answer_problem(body, answer)) is not None:
                found.append(error(code, answer=place))
            elif answer in accepted[: place - 1]:
                found.append(warning("answer-repeated", answer=place))
        return found

    def key_fields(self) -> frozenset[str]:
        """Return the names a key of this kind may hold."""
        return frozenset({"accepted"})

    def is_answered(self, response: Response) -> bool:
        """Say whether the entrant gave anything at all."""
        return bool(response)

    def grade(self, body: Body, key: Key, response: Response, *, partial: bool = False) -> Mark:
        """Return the credit of a response: the best over all accepted answers.

        Whole credit is 1 of 1 or 0 of 1. With `partial`, kinds of several parts count parts instead
        (see each kind). Never raises: a stored response that does not fit the body earns nothing.
        """
        given, *accepted = self.comparable(key, [self._canonical(body, response), *key["accepted"]])
        marks = [self.steps(answer, given) for answer in accepted]
        best = marks[0]
        for mark in marks[1:]:
            if mark.earned * best.possible > best.earned * mark.possible:
                best = mark
        return best if partial else Mark(int(best.is_full), 1)

    def comparable(self, key: Key, answers: list[Response]) -> list[Response]:  # noqa: ARG002
        """Return canonical answers in the form in which they are compared under this key."""
        return answers

    def _canonical(self, body: Body, response: Response) -> Response:
        try:
            return self.read(body, response)
        except Refusal:
            return self.nothing()

    def nothing(self) -> Response:
        """Return the canonical unanswered response."""
        return []

    def arranged(self, body: Body, stream: Stream) -> Body:
        """Return the body with its parts shuffled by `stream`; fixed parts keep their place."""
        del stream
        return body

    def malformed(self, reason: str, **facts: object) -> Refusal:
        """Return the refusal of a response."""
        return Refusal("response-malformed", kind=self.code, reason=reason, **facts)


def unknown_fields(code: str, value: object, known: Iterable[str]) -> list[Problem]:
    """Return a problem for every field that should not be there: in a body it could leak the key."""
    if not isinstance(value, Mapping):
        return [error(code, field="")]
    return [error(code, field=str(name)) for name in value if name not in frozenset(known)]
