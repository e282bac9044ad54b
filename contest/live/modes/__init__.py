"""The modes of a live round, by code."""

from contest.live.modes.base import Mode
from contest.live.modes.official import Official

REGISTRY: dict[str, Mode] = {mode.code: mode for mode in (Official(),)}


def get(code: str) -> Mode:
    """The mode; KeyError for a code that no version of ours has had."""
    return REGISTRY[code]
