"""The prizes of a whole contest: setting them, settling the final standing, publishing it, the Excel file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from contest import permissions
from contest.actions import lots
from contest.actions import overall as actions
from contest.documents.standings_sheet import Sheet, workbook
from contest.models import Attempt, Contest, ContestSettlement, ContestStaff, Entrant, User
from contest.queries import overall
from frontend import contest_prizes, phrases
from frontend.forms.organise import LotsForm, PressForm, ReasonForm, add_refusal
from frontend.forms.overall import OverallForm
from frontend.views.organise import access, words
from frontend.views.organise.export import XLSX
from question_bank.errors import Refusal

RANKS_SHOWN = 50
Do = Callable[[Contest, Any, User, datetime], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a button does: who may, and what is said when it is done."""

    role: ContestStaff.Role
    do: Do
    done: str | Promise


def _plan(contest: Contest, form: Any, actor: User, now: datetime) -> object:
    return actions.set_terms(contest, form.terms(), actor=actor, now=now, reason=form.cleaned_data["reason"])


def _settle(contest: Contest, form: Any, actor: User, now: datetime) -> object:
    """A result that is out is settled anew by the chief alone, for a reason."""
    if overall.has_result(contest):
        permissions.require(actor, contest, at_least=access.CHIEF)
    return actions.settle_contest(
        contest, actor=actor, now=now, reason=form.cleaned_data.get("reason", "")
    )  # fmt: skip


def _lots(contest: Contest, form: Any, actor: User, now: datetime) -> object:
    codes = [line.strip() for line in form.cleaned_data["codes"].splitlines() if line.strip()]
    return lots.record_contest_lots(contest, codes, actor=actor, now=now)


def _publish(contest: Contest, form: Any, actor: User, now: datetime) -> object:
    return actions.publish_contest_result(contest, actor=actor, now=now)


DEEDS = {
    "plan": Deed(access.ORGANISER, _plan, _("Đã lưu cơ cấu giải chung cuộc.")),
    "settle": Deed(access.ORGANISER, _settle, _("Đã chốt kết quả chung cuộc.")),
    "lots": Deed(access.ORGANISER, _lots, _("Đã ghi kết quả bốc thăm. Bây giờ có thể chốt kết quả.")),
    "publish": Deed(access.CHIEF, _publish, _("Đã công bố kết quả chung cuộc.")),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The page. POST does what its button `action` names; a refusal keeps what was typed."""
    name = request.POST.get("action", "") if request.method == "POST" else ""
    deed = DEEDS.get(name)
    contest, user = access.contest_for(request, slug, deed.role if deed else access.VIEWER)
    if request.method == "POST" and deed is None:
        raise Refusal("malformed")
    context: dict[str, Any] = {}
    acted: forms.Form | None = None
    if deed is not None:
        acted = _bound(name, contest, request)
        if acted.is_valid():
            try:
                deed.do(contest, acted, user, timezone.now())
            except Refusal as refusal:
                add_refusal(acted, refusal)
                context = {
                    "problem": phrases.sentence(refusal),
                    "tied": _tied(contest, refusal.facts.get("entrants")),
                }
            else:
                messages.success(request, str(deed.done))
                return redirect("organise-overall", slug=slug)
    context |= _context(contest, user) | ({f"{name}_form": acted} if acted is not None else {})
    return render(request, "frontend/organise/overall.html", context, status=422 if acted else 200)


@login_required
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest edition as an Excel file. Refusal("overall-not-settled")."""
    contest, _user = access.contest_for(request, slug, access.ORGANISER)
    newest = overall.newest(contest)
    if newest is None:
        raise Refusal("overall-not-settled")
    name = f"{contest.slug}-chung-cuoc-lan-{newest.edition}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(workbook([_sheet(newest)]), content_type=XLSX, headers=headers)


def _sheet(settlement: ContestSettlement) -> Sheet:
    headings = (
        gettext("Hạng"), gettext("Họ và tên"), gettext("Năm sinh"), gettext("Đơn vị"), gettext("Số vòng"),
        gettext("Tổng điểm"), gettext("Số câu đúng"), gettext("Số vòng đúng tất cả"), gettext("Thời gian (giây)"),
        gettext("Giải"),
    )  # fmt: skip
    rows = settlement.standings.select_related("entrant").order_by("position")
    return Sheet(
        gettext("Chung cuộc"),
        headings,
        [
            (
                row.rank, row.entrant.name, row.entrant.birth_year, row.unit_name, row.rounds, row.points,
                row.correct, row.rounds_all_correct, row.duration_ms / 1000, words.prize(row.prize),
            )
            for row in rows
        ],
    )  # fmt: skip


def _bound(name: str, contest: Contest, request: HttpRequest) -> forms.Form:
    if name == "plan":
        return OverallForm(request.POST, terms=overall.terms_of(contest))
    if name == "lots":
        return LotsForm(request.POST, auto_id="lots_%s")
    if name == "settle" and overall.has_result(contest):
        return ReasonForm(request.POST, auto_id="settle_%s")
    return PressForm(request.POST)


def _context(contest: Contest, user: User) -> dict[str, Any]:
    terms = overall.terms_of(contest)
    newest = overall.newest(contest)
    released = overall.has_result(contest)
    rows = newest.standings.select_related("entrant").order_by("position") if newest else None
    return {
        "contest": contest,
        "terms": terms,
        "clauses": contest_prizes.clauses(contest),
        "version": overall.version_of(contest),
        "left": overall.unpublished(contest),
        "settlement": newest,
        "released": released,
        "stale": newest is not None and overall.out_of_date(newest),
        "ranked": [(row, words.prize(row.prize)) for row in rows[:RANKS_SHOWN]] if rows is not None else [],
        "winners": [(row, words.prize(row.prize)) for row in rows.exclude(prize="")]
        if rows is not None
        else [],
        "plan_form": OverallForm(terms=terms),
        "settle_form": ReasonForm(auto_id="settle_%s"),
        "lots_form": LotsForm(auto_id="lots_%s"),
        "lots_asked": terms is not None and "lottery" in terms.chain.codes and not released,
        "may_run": permissions.may(user, contest, at_least=access.ORGANISER),
        "may_decide": permissions.may(user, contest, at_least=access.CHIEF),
    }


def _tied(contest: Contest, groups: object) -> list[list[Attempt]]:
    """An attempt of each person whom the chain leaves equal: its receipt names the person in the draw."""
    if not isinstance(groups, list):
        return []
    people = Entrant.objects.filter(contest=contest, pk__in=[one for group in groups for one in group])
    rows = (
        Attempt.objects.filter(entrant__in=people)
        .exclude(receipt="")
        .select_related("entrant")
        .order_by("-id")
    )
    by_person = {row.entrant_id: row for row in rows}
    return [[by_person[one] for one in group if one in by_person] for group in groups]
