"""Official mode, the default: correctness ranks, time only breaks ties."""

from typing import ClassVar

from contest.live.modes.base import Mode


class Official(Mode):
    """The item's points for a right answer, none for any other; nothing depends on speed but the declared chain."""

    code: ClassVar[str] = "official"
    name: ClassVar[str] = "Chính thức"
