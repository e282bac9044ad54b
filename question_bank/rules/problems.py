"""What may be wrong with a question, as data: a stable code, how bad it is, and the facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error stops approval; a warning asks the curator to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `facts` may name parts of the answer key: show it to curators only."""

    code: str
    severity: Severity = Severity.ERROR
    facts: Mapping[str, object] = field(default_factory=dict)


def error(code: str, **facts: object) -> Problem:
    """Return a problem that stops approval."""
    return Problem(code, Severity.ERROR, facts)


def warning(code: str, **facts: object) -> Problem:
    """Return a problem that does not stop approval."""
    return Problem(code, Severity.WARNING, facts)
