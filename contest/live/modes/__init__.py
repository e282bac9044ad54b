"""The modes of a live round, by code."""

from contest.live.modes.base import Mode
from contest.live.modes.bell import Bell
from contest.live.modes.buzzer import Buzzer
from contest.live.modes.game import Game
from contest.live.modes.official import Official
from contest.live.modes.teams import Teams

REGISTRY: dict[str, Mode] = {mode.code: mode for mode in (Official(), Game(), Teams(), Bell(), Buzzer())}


def get(code: str) -> Mode:
    """The mode; KeyError for a code that no version of ours has had."""
    return REGISTRY[code]
