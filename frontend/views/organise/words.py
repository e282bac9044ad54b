"""Phases, shortages and prizes in words for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contest.models import Round, Settlement
from contest.queries.contests import RoundView
from contest.rules.blueprint import Cell, Shortage
from contest.rules.prizes import Tier
from contest.rules.windows import Phase
from frontend.forms.organise_round import LEVEL_NAMES, TIERS
from question_bank.rules import kinds

STEPS: tuple[tuple[Phase, str | Promise], ...] = (
    (Phase.DRAFT, _("Soạn")),
    (Phase.UPCOMING, _("Công bố lịch")),
    (Phase.OPEN, _("Mở thi")),
    (Phase.CLOSING, _("Khóa sổ")),
    (Phase.SETTLED, _("Chốt kết quả")),
    (Phase.PUBLISHED, _("Công bố kết quả")),
)
WAITS: dict[Phase, str | Promise] = {
    Phase.DRAFT: _("chờ công bố"),
    Phase.UPCOMING: _("chờ đến giờ mở"),
    Phase.OPEN: _("đang nhận bài"),
    Phase.PAUSED: _("ngoài giờ thi"),
    Phase.CLOSING: _("chờ chốt kết quả"),
    Phase.SETTLED: _("chờ công bố"),
    Phase.AMENDED: _("đã điều chỉnh"),
}
OVER = frozenset({Phase.PUBLISHED, Phase.AMENDED})
SAME_STEP = {Phase.PAUSED: Phase.OPEN, Phase.AMENDED: Phase.PUBLISHED}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a time line: `state` is done, now or next."""

    label: str
    state: str
    when: datetime | None = None
    note: str = ""


def steps_of(
    round: Round, phase: Phase, *, newest: Settlement | None = None, lacking: bool = False
) -> list[Step]:
    """The life of a round with today's mark, and at the mark what it waits for; `lacking`: the bank has too little."""
    order = [step for step, _label in STEPS]
    here = order.index(SAME_STEP.get(phase, phase))
    times = {
        Phase.UPCOMING: round.announced_at,
        Phase.OPEN: round.opens_at,
        Phase.CLOSING: round.closes_at,
        Phase.SETTLED: newest.settled_at if newest else None,
        Phase.PUBLISHED: newest.published_at if newest else None,
    }
    note = gettext("thiếu câu hỏi") if lacking else str(WAITS.get(phase, ""))
    return [
        Step(
            str(label),
            "done" if place < here or phase in OVER else "now" if place == here else "next",
            times.get(step),
            note if place == here else "",
        )
        for place, (step, label) in enumerate(STEPS)
    ]


def steps_of_contest(rounds: Iterable[RoundView]) -> list[Step]:
    """The rounds of a contest as a line."""
    over = {Phase.SETTLED, Phase.PUBLISHED, Phase.AMENDED}
    begun = {Phase.OPEN, Phase.PAUSED, Phase.CLOSING}
    return [
        Step(
            view.title,
            "done" if view.phase in over else "now" if view.phase in begun else "next",
            view.opens_at,
        )
        for view in rounds
    ]


def shortage(found: Shortage) -> str:
    """What the bank lacks for one row of the blueprint, as a sentence."""
    facts = {
        "row": found.index + 1,
        "what": cell(found.cell),
        "missing": found.missing,
        "fitting": found.fitting,
    }
    if found.fitting >= found.cell.count:
        return (
            gettext(
                "Dòng %(row)s (%(what)s): thiếu %(missing)s câu, vì các dòng trên đã dùng chung nguồn câu."
            )
            % facts
        )
    return (
        gettext("Dòng %(row)s (%(what)s): thiếu %(missing)s câu; ngân hàng có %(fitting)s câu đã duyệt.")
        % facts
    )


def cell(found: Cell) -> str:
    """A row of a blueprint in words."""
    parts = [found.topic or gettext("toàn bộ đề cương")]
    if found.level:
        parts.append(str(LEVEL_NAMES.get(found.level, found.level)))
    if found.kind:
        parts.append(gettext(kinds.get(found.kind).name))
    return ", ".join(parts)


def prize(code: str) -> str:
    """The name of a prize; "" for none."""
    return str(TIERS[Tier(code)]) if code else ""
