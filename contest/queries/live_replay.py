"""A live round at one version of its journal, with the lines around it and the chapters to jump to."""

from dataclasses import dataclass, field

from contest.live import events as e
from contest.live.story import Step
from contest.queries import live_story

AROUND = 8
_CHAPTERS = (e.LobbyOpened, e.RunAnnounced, e.SlideShown, e.Ended, e.Published)


@dataclass(slots=True)
class Replay:
    """`chosen`: the step that led to the version asked for. `around` has it and its neighbours, in order."""

    last: int = 0
    chosen: Step | None = None
    around: list[Step] = field(default_factory=list)
    chapters: list[Step] = field(default_factory=list)


def replay(round_id: int, version: int) -> Replay:
    """The journal gone through; a version beyond its end is the last one, below its begin the first."""
    found = Replay()
    window: list[Step] = []
    for step in live_story.story(round_id):
        number = step.entry.version
        found.last = number
        if isinstance(step.entry.event, _CHAPTERS):
            found.chapters.append(step)
        if number <= max(1, version):
            found.chosen = step
            window = [*window[-AROUND:], step]
        elif number <= version + AROUND:
            window.append(step)
    found.around = window
    return found
