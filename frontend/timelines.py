"""Rounds as steps of a line (parts/timeline.html)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from contest.queries.contests import RoundView
from contest.rules.windows import Phase

NOW = {Phase.OPEN, Phase.PAUSED, Phase.CLOSING, Phase.SETTLED}


def of_contest(rounds: Iterable[RoundView]) -> list[dict[str, Any]]:
    """A step a round: {label, state, when, note}."""
    return [
        {
            "label": round.title,
            "state": _state(round.phase),
            "when": round.opens_at,
            "note": _note(round.phase),
        }
        for round in rounds
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
