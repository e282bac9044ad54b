"""Where faulty engines register: the real rules with one function exchanged."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.contest.rules.engine import REAL, Engine

# Name of the fault -> (the part of the engine that is faulty, the engine).
FAULTS: dict[str, tuple[str, Engine]] = {}


def fault(part: str) -> Callable[..., Any]:
    """Registers the decorated function as a faulty `part`."""

    def register(function):
        FAULTS[function.__name__] = (part, replace(REAL, **{part: function}))
        return function

    return register
