"""A live round played again from its journal, step by step: what the hall's screen showed at each version."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contest.live import ranking
from contest.live.audiences import projector_view
from contest.live.story import Step
from contest.live.telling import tell
from contest.queries import live_replay, live_story
from frontend import live_journal, live_phrases
from frontend.views.organise.live_access import contest_of, live_round_for


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the time line."""

    version: int
    at: datetime
    what: str
    reason: str
    who: str
    role: str
    late_s: float
    is_override: bool


@login_required
@require_safe
def page(request: HttpRequest, live_id: int) -> HttpResponse:
    """The journal around version `v` (the last one when it says none) and the projector's view at it."""
    row, user = live_round_for(request, live_id)
    asked = request.GET.get("v", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 9 else row.version
    found = live_replay.replay(live_id, version)
    names = live_story.actors(live_id)
    context: dict[str, Any] = {"live": row, "contest": contest_of(row, user), "last": found.last}
    if found.chosen is not None:
        here = found.chosen.entry.version
        context |= {
            "here": here,
            "line": _line(found.chosen, names),
            "lines": [_line(step, names) for step in found.around],
            "chapters": [_line(step, names) for step in found.chapters],
            "before": here - 1 if here > 1 else None,
            "after": here + 1 if here < found.last else None,
            **_screen(found.chosen),
        }
    return render(request, "frontend/organise/live/replay.html", context)


def _screen(step: Step) -> dict[str, Any]:
    """What the projector showed after the step."""
    state = step.after
    view = projector_view(state, ranking.board(state))
    question = view.question
    right = set(view.solution.right) if view.solution else set()
    counts = view.solution.counts if view.solution else {}
    entries = [*question.options, *question.entries, *question.left, *question.right] if question else []
    return {
        "view": view,
        "board": [(row.rank, row.name, row.points / view.round.scale) for row in view.board],
        "decimals": 2 if view.round.scale > 1 else 0,
        "phase": live_phrases.PHASES.get(view.phase, view.phase),
        "mode": live_phrases.MODES.get(view.round.mode, view.round.mode),
        "paused": view.clock.paused,
        "options": [
            (chr(ord("A") + place), entry.text, entry.key in right, counts.get(entry.key))
            for place, entry in enumerate(entries)
        ],
    }


def _line(step: Step, names: dict[int, str]) -> Line:
    entry, told = step.entry, tell(step)
    role = str(live_journal.ROLES.get(entry.role, entry.role))
    return Line(
        version=entry.version,
        at=datetime.fromtimestamp(entry.at / 1000, UTC),
        what=live_journal.sentence(told),
        reason=live_journal.reason(told.reason),
        who=names.get(entry.actor or 0, ""),
        role=role,
        late_s=step.late_ms / 1000,
        is_override=told.is_override,
    )
