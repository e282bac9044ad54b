"""A live round in words for its organiser: what is still missing, the result, the deeds of its journal and audit."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contest.errors import Refusal
from contest.live import modes, ranking
from contest.live.rules import LiveRules
from contest.models import ContestStaff, LiveRound, LiveStaff
from contest.models.audit import AuditEntry
from contest.queries import live, live_bank
from contest.rules import live_plan
from frontend.forms.organise_live import chain_in_words
from frontend.live_phrases import MODES

SIGNATURES = 2
DEEDS_SHOWN, LINES_SHOWN = 100, 10
DEEDS: dict[str, str | Promise] = {
    "live.create": lazy("tạo vòng thi"),
    "live.edit": lazy("sửa bản nháp"),
    "live.staff": lazy("thay đổi ban giám khảo, người điều khiển"),
    "live.open-lobby": lazy("mở phòng"),
    "live.rehearse": lazy("mở phòng diễn tập"),
    "live.replay": lazy("hỏi lại một câu"),
    "live.void": lazy("hủy một câu"),
    "live.accept": lazy("chấp nhận thêm đáp án"),
    "live.adjust": lazy("cộng, trừ điểm"),
    "live.finish": lazy("kết thúc sớm"),
    "live.appeal": lazy("giải quyết khiếu nại"),
    "live.confirm": lazy("xác nhận kết quả"),
    "live.publish": lazy("công bố kết quả"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to see to. `blocks`: the room cannot be opened before; `where`: name of the page that mends it."""

    words: str
    done: bool
    blocks: bool = False
    where: str = ""


def checks_of(row: LiveRound) -> list[Check]:
    """What a draft needs before its room opens."""
    lines = _lines(row)
    asked = live_bank.asked(lines)
    questions = [line for line in lines if line.type == "question"]
    gone = [line for line in questions if line.version_id not in asked or not asked[line.version_id].usable]
    judges = _judges(row)
    return [
        Check(
            _("Kịch bản có %(count)s câu hỏi") % {"count": len(questions)}
            if questions
            else _("Kịch bản chưa có câu hỏi nào"),
            bool(questions),
            blocks=not questions,
            where="organise-live-plan",
        ),
        Check(
            _("%(count)s câu hỏi không còn được duyệt") % {"count": len(gone)}
            if gone
            else _("Mọi câu hỏi đều được duyệt"),
            not gone,
            blocks=bool(gone),
            where="organise-live-plan",
        ),
        _bell_check(row, questions),
        Check(
            _("Có %(count)s người xác nhận được kết quả; cần ít nhất %(needed)s")
            % {"count": judges, "needed": SIGNATURES},
            judges >= SIGNATURES,
        ),
        Check(
            _("Địa điểm: %(place)s") % {"place": row.place or "–"},
            bool(row.place),
            where="organise-live-edit",
        ),
        Check(
            _("Wi-Fi hiện trên màn chiếu: %(wifi)s") % {"wifi": row.wifi or "–"},
            bool(row.wifi),
            where="organise-live-edit",
        ),
    ]


def rules_of(row: LiveRound) -> list[tuple[str, str]]:
    """The rules that people ask about first."""
    rules = msgspec.convert(row.rules, LiveRules)
    answer = _("câu trả lời đầu tiên") if rules.answer == "first" else _("câu trả lời cuối cùng")
    found = [
        (_("Thể thức"), str(MODES.get(rules.mode, rules.mode))),
        (
            _("Mỗi câu"),
            _("%(seconds)s giây, %(points)s điểm") % {"seconds": rules.seconds, "points": rules.points},
        ),
        (_("Được tính"), answer),
        (_("Xếp hạng"), chain_in_words(modes.get(rules.mode).chain(rules))),
    ]
    if rules.units_best_of:
        best = _("trung bình %(count)s người giỏi nhất") % {"count": rules.units_best_of}
        found.append((_("Xếp hạng đơn vị"), best))
    return found


def result_of(row: LiveRound) -> dict[str, Any]:
    """The board as it stands, how far the result is, and who has signed."""
    state = live.load(row.pk).state
    scale = modes.get(state.rules.mode).scale
    return {
        "phase": state.phase.value,
        "verdict": state.verdict,
        "lines": [
            (line, localize(line.total.points / scale if scale > 1 else line.total.points))
            for line in ranking.board(state).lines[:LINES_SHOWN]
        ],
        "people": sum(1 for player in state.players.values() if player.status == "in"),
        "questions": len(state.counting_runs()),
        "signatures": [(by.name, _moment(by.at)) for by in state.signatures],
        "published": (state.publication.name, _moment(state.publication.at)) if state.publication else None,
        "missing": max(0, SIGNATURES - len(state.signatures)) if state.verdict == "provisional" else 0,
    }


def deeds_of(row: LiveRound) -> list[tuple[AuditEntry, str]]:
    """The newest entries of the contest's audit about this round, each with its deed in words."""
    found = AuditEntry.objects.filter(contest=row.contest, target=f"live:{row.pk}").select_related("actor")
    return [(entry, str(DEEDS.get(entry.deed, entry.deed))) for entry in found.order_by("-id")[:DEEDS_SHOWN]]


def _lines(row: LiveRound) -> list[live_plan.Line]:
    try:
        return live_plan.read(row.plan)
    except Refusal:
        return []


def _bell_check(row: LiveRound, questions: list[live_plan.Line]) -> Check:
    if row.rules.get("mode") != "bell":
        return Check(_("Thể lệ: %(mode)s") % {"mode": MODES.get(row.rules.get("mode", "official"), "")}, True)
    marked = any(line.bell for line in questions)
    return Check(
        _("Đã đánh dấu câu rung chuông") if marked else _("Chưa đánh dấu câu rung chuông"),
        marked,
        where="organise-live-plan",
    )


def _judges(row: LiveRound) -> int:
    """How many different people may sign: chiefs of the contest, and the round's own jury."""
    chiefs = ContestStaff.objects.filter(contest=row.contest, role=ContestStaff.Role.CHIEF)
    own = LiveStaff.objects.filter(round=row, role=LiveStaff.Role.JURY)
    return len({*chiefs.values_list("user_id", flat=True), *own.values_list("user_id", flat=True)})


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
