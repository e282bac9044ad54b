"""The settled result as an Excel file for the organiser."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contest.documents.standings_sheet import Sheet, Value, workbook
from contest.models import Round, Settlement, Standing
from contest.queries import dashboard, standings
from contest.rules import prediction
from contest.rules.rulebook import Rules
from frontend.views.organise import access, words
from question_bank.errors import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def result(request: HttpRequest, round_id: int) -> HttpResponse:
    """The newest edition: a sheet of the ranking and one of the units. Refusal("round-not-settled")."""
    round, _user = access.round_for(request, round_id, access.ORGANISER)
    newest = standings.newest(round)
    if newest is None:
        raise Refusal("round-not-settled")
    body = workbook([_ranking(round, newest), _units(round)])
    name = f"{round.contest.slug}-vong-{round.number}-lan-{newest.edition}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=XLSX, headers=headers)


def _ranking(round: Round, settlement: Settlement) -> Sheet:
    rules = Rules.from_json(round.rules)
    headings = (
        _("Hạng"), _("Họ và tên"), _("Năm sinh"), _("Đơn vị"), _("Điểm"), _("Số câu đúng"), _("Thời gian (giây)"),
        _("Nộp lúc"), _("Dự đoán"), _("Sai lệch"), _("Giải"), _("Mã biên nhận"),
    )  # fmt: skip
    rows = settlement.standings.select_related("entrant", "attempt").order_by("position")
    return Sheet(_("Xếp hạng"), headings, [_line(row, rules) for row in rows])


def _line(row: Standing, rules: Rules) -> tuple[Value, ...]:
    finished = timezone.localtime(row.finished_at).strftime("%d/%m/%Y %H:%M:%S")
    return (
        row.rank, row.entrant.name, row.entrant.birth_year, row.unit_name, row.points, row.correct,
        row.duration_ms / 1000, finished, _written(row.prediction, rules), _written(row.prediction_error, rules),
        words.prize(row.prize), row.attempt.receipt,
    )  # fmt: skip


def _written(value: int | None, rules: Rules) -> str | None:
    rule = rules.prediction
    return None if value is None or rule is None else prediction.written(value, rule.kind, rule.decimals)


def _units(round: Round) -> Sheet:
    headings = (
        _("Đơn vị"), _("Cấp"), _("Người đăng ký"), _("Người dự thi"), _("Lượt thi"), _("Điểm trung bình"),
    )  # fmt: skip
    lines = dashboard.participation(round, now=timezone.now())
    rows = [
        (line.name or _("Đơn vị khác"), line.depth + 1, line.registered, line.people, line.attempts,
         round_to_cents(line.mean))
        for line in lines
    ]  # fmt: skip
    return Sheet(_("Đơn vị"), headings, rows)


def round_to_cents(value: float | None) -> float | None:
    """Two decimals, as people read a mean."""
    return None if value is None else float(f"{value:.2f}")
