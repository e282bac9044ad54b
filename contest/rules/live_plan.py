"""The plan of a live round as the organiser puts it together: lines of JSON, checked before the lobby opens."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from contest.errors import Refusal
from question_bank.rules import kinds

MOST_LINES = 200
RANGES = {"seconds": (5, 300), "reading_s": (0, 60), "points": (1, 1000), "weight": (0, 2)}
POLL_KINDS = frozenset({"single", "multi"})


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line: a `question` of the bank by its version, a `poll` with a body of its own, or a `slide` with text.

    None takes the round's default.
    """

    type: Literal["question", "poll", "slide"]
    version_id: int = 0
    stem: str = ""
    text: str = ""
    kind: str = ""
    body: dict[str, Any] = {}
    seconds: int | None = None
    reading_s: int | None = None
    points: int | None = None
    weight: int = 1
    bell: bool = False


def read(raw: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The lines. Refusals: `plan-malformed` (`line`, from 1), `plan-too-long` (`limit`)."""
    if len(raw) > MOST_LINES:
        raise Refusal("plan-too-long", limit=MOST_LINES)
    found = []
    for number, data in enumerate(raw, start=1):
        try:
            line = msgspec.convert(data, Line)
        except msgspec.ValidationError:
            raise Refusal("plan-malformed", line=number) from None
        if not _is_sound(line):
            raise Refusal("plan-malformed", line=number)
        found.append(line)
    return found


def as_json(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Plain JSON that `read` reads back."""
    found: list[dict[str, Any]] = msgspec.to_builtins(list(lines))
    return found


def _is_sound(line: Line) -> bool:
    for name, (least, most) in RANGES.items():
        value = getattr(line, name)
        if value is not None and not least <= value <= most:
            return False
    if line.type == "question":
        return line.version_id > 0
    if not 1 <= len(line.stem.strip()) <= 500 or len(line.text) > 2000:
        return False
    if line.type == "slide":
        return True
    return line.kind in POLL_KINDS and not any(
        problem.severity == "error" for problem in kinds.get(line.kind).body_problems(line.body)
    )
