"""What a decision needs and the state does not hold: the moment, the secret keys, the rows of answers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from contest.live.state import Answer, Solution


class Secret(msgspec.Struct, frozen=True):
    """The key of an item in the bank's form, and what the reveal shows."""

    key: Mapping[str, Any]
    solution: Solution


def _none(run: int) -> Sequence[Answer]:
    del run
    return ()


class Facts(msgspec.Struct, frozen=True):
    """`now`: ms since 1970. `secrets` by item number. `answers(run)`: the rows of a run, read when they are needed."""

    now: int
    secrets: Mapping[int, Secret] = {}
    answers: Callable[[int], Sequence[Answer]] = _none
