"""Rounds, and what follows an attempt, as steps of a line (parts/timeline.html)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from contest.queries.contests import RoundView
from contest.rules.windows import Phase
from frontend.templatetags import vietnamese

NOW = {Phase.OPEN, Phase.PAUSED, Phase.CLOSING, Phase.SETTLED}


def of_contest(rounds: Iterable[RoundView], *, now: datetime) -> list[dict[str, Any]]:
    """A step a round, in time: {label, state, when, until, note, round}; today is a step while no round is going on."""
    steps: list[dict[str, Any]] = [
        {
            "label": round.title,
            "state": _state(round.phase),
            "when": round.opens_at,
            "until": round.closes_at,
            "note": _note(round.phase),
            "round": round,
        }
        for round in rounds
    ]
    states = [step["state"] for step in steps]
    if steps and "now" not in states:
        place = states.index("next") if "next" in states else len(steps)
        steps.insert(place, {"label": _("Hôm nay"), "state": "now", "note": vietnamese.day(now)})
    return steps


def of_attempt(
    *, finished_at: datetime, closes_at: datetime, phase: Phase, released_at: datetime | None
) -> list[dict[str, Any]]:
    """From handing in to the published result, with today's mark."""
    order = (Phase.OPEN, Phase.CLOSING, Phase.SETTLED, Phase.PUBLISHED)
    reached = {Phase.PAUSED: Phase.OPEN, Phase.AMENDED: Phase.PUBLISHED}.get(phase, phase)
    here = order.index(reached) if reached in order else 0
    steps = (
        (_("Đã nộp bài"), finished_at, ""),
        (_("Vòng thi đóng"), closes_at, _("chờ mọi người nộp bài")),
        (_("Ban tổ chức chốt kết quả"), None, _("chấm lại mọi bài và xếp hạng")),
        (_("Công bố kết quả"), released_at, _("hạng, giải và đáp án hiện tại trang này")),
    )
    return [
        {
            "label": label,
            "state": "done" if place <= here else "now" if place == here + 1 else "next",
            "when": when,
            "note": note if place > here else "",
        }
        for place, (label, when, note) in enumerate(steps)
    ]


def _state(phase: Phase) -> str:
    if phase in NOW:
        return "now"
    return "next" if phase in {Phase.UPCOMING, Phase.DRAFT} else "done"


def _note(phase: Phase) -> str:
    return {
        Phase.UPCOMING: _("sắp mở"),
        Phase.OPEN: _("đang mở"),
        Phase.PAUSED: _("ngoài giờ thi"),
        Phase.CLOSING: _("đã đóng, chờ tổng kết"),
        Phase.SETTLED: _("đã tổng kết, chờ công bố"),
        Phase.PUBLISHED: _("đã công bố kết quả"),
        Phase.AMENDED: _("kết quả đã điều chỉnh"),
    }.get(phase, "")
