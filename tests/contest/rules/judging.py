"""What must hold whatever the contest, as judges of an Engine.

A judge takes an engine and gives a Hypothesis test without arguments. PROPERTIES holds them all once
tests.contest.rules.properties is imported, each with the parts of the engine that it looks at.
"""

from collections.abc import Callable

from contest.errors import Refusal
from tests.contest.rules.engine import Engine

Judge = Callable[[Engine], Callable[[], None]]
PROPERTIES: dict[str, tuple[frozenset[str], Judge]] = {}


def refused(call: Callable[..., object], *args: object) -> str:
    """The code of the refusal that the call ends in; '' when it ends well."""
    try:
        call(*args)
    except Refusal as refusal:
        return refusal.code
    return ""


def judge(*parts: str) -> Callable[[Judge], Judge]:
    def register(make: Judge) -> Judge:
        PROPERTIES[make.__name__] = (frozenset(parts), make)
        return make

    return register
