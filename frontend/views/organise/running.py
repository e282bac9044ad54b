"""A round's page: where it stands, what comes in, the result, and every deed that moves it on."""

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
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from contest import permissions
from contest.actions import lots, settlement
from contest.actions import rounds as actions
from contest.models import ContestStaff, Round, User
from contest.queries import contests, dashboard, standings
from contest.queries.contests import RoundView
from contest.rules import statistics
from contest.rules.rulebook import Rules
from contest.rules.windows import Phase, RoundStatus
from frontend import charts, phrases
from frontend.forms.organise import (
    CorrectionForm,
    LotsForm,
    PressForm,
    ReasonForm,
    RescheduleForm,
    add_refusal,
)
from frontend.forms.organise_round import chain_in_words
from frontend.views.organise import access, corrections, numbers, words
from frontend.views.organise.rounds import missing
from question_bank.errors import Refusal

RANKS_SHOWN = 50
Do = Callable[[Round, dict[str, Any], User, datetime], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a button does: who may, and what is said when it is done."""

    form: type[forms.Form]
    role: ContestStaff.Role
    do: Do
    done: str | Promise


def _announce(round: Round, given: dict[str, Any], actor: User, now: datetime) -> object:
    return actions.announce_round(round, actor=actor, now=now)


def _reschedule(round: Round, given: dict[str, Any], actor: User, now: datetime) -> object:
    """A form knows minutes: an opening that was not touched keeps its seconds."""
    untouched = given["opens_at"] == round.opens_at.replace(second=0, microsecond=0)
    opens_at = round.opens_at if untouched else given["opens_at"]
    return actions.reschedule_round(
        round, opens_at=opens_at, closes_at=given["closes_at"], actor=actor, reason=given["reason"], now=now
    )


def _close(round: Round, given: dict[str, Any], actor: User, now: datetime) -> object:
    return actions.close_round(round, actor=actor, reason=given["reason"], now=now)


def _settle(round: Round, given: dict[str, Any], actor: User, now: datetime) -> object:
    """A result that is out already is only settled anew through a correction, by the chief."""
    if round.state in {RoundStatus.PUBLISHED, RoundStatus.AMENDED}:
        raise Refusal("round-published")
    return settlement.settle_round(round, actor=actor, now=now)


def _lots(round: Round, given: dict[str, Any], actor: User, now: datetime) -> object:
    codes = [line.strip() for line in given["codes"].splitlines() if line.strip()]
    return lots.record_lots(round, codes, actor=actor, now=now)


def _publish(round: Round, given: dict[str, Any], actor: User, now: datetime) -> object:
    return settlement.publish_round(round, actor=actor, now=now)


def _correct(round: Round, given: dict[str, Any], actor: User, now: datetime) -> None:
    corrections.apply(round, given, actor=actor, now=now)


DEEDS = {
    "announce": Deed(PressForm, access.ORGANISER, _announce, _("Đã công bố vòng thi và rút đề.")),
    "reschedule": Deed(RescheduleForm, access.ORGANISER, _reschedule, _("Đã đổi lịch vòng thi.")),
    "close": Deed(ReasonForm, access.ORGANISER, _close, _("Đã đóng vòng thi. Bài đang làm còn 60 giây.")),
    "settle": Deed(
        PressForm, access.ORGANISER, _settle, _("Đã chốt kết quả. Hãy kiểm tra trước khi công bố.")
    ),
    "lots": Deed(
        LotsForm, access.ORGANISER, _lots, _("Đã ghi kết quả bốc thăm. Bây giờ có thể chốt kết quả.")
    ),
    "publish": Deed(PressForm, access.CHIEF, _publish, _("Đã công bố kết quả.")),
    "correct": Deed(CorrectionForm, access.CHIEF, _correct, _("Đã điều chỉnh đáp án.")),
}
PREVIEW = "preview"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, round_id: int) -> HttpResponse:
    """The round's page. POST does what its button `action` names; a refusal keeps what was typed."""
    name = request.POST.get("action", "") if request.method == "POST" else ""
    deed = DEEDS.get("correct" if name == PREVIEW else name)
    if request.method == "POST" and deed is None:
        access.round_for(request, round_id, access.VIEWER)
        raise Refusal("malformed")
    round, user = access.round_for(request, round_id, deed.role if deed else access.VIEWER)
    now = timezone.now()
    context: dict[str, Any] = {}
    if deed is not None:
        form = _bound(deed, round, request)
        context = {"acted": form, "acted_name": "correct" if name == PREVIEW else name}
        if form.is_valid():
            try:
                if name == PREVIEW and isinstance(form, CorrectionForm):
                    context["preview"] = corrections.preview(round, form.cleaned_data, actor=user, now=now)
                else:
                    deed.do(round, form.cleaned_data, user, now)
                    messages.success(request, str(deed.done))
                    return redirect("organise-round", round_id=round.pk)
            except Refusal as refusal:
                add_refusal(form, refusal)
                context["problem"] = phrases.sentence(refusal)
                context["tied"] = dashboard.tied(refusal.facts.get("attempts"))
                round.refresh_from_db()
    failed = "acted" in context and bool(context["acted"].errors)
    phase = contests.view_round(round, now).phase
    context |= numbers.context(round, phase, request.GET.get("don-vi", ""), now)
    context |= _context(round, user, now, context)
    return render(request, "frontend/organise/round.html", context, status=422 if failed else 200)


def _bound(deed: Deed, round: Round, request: HttpRequest) -> forms.Form:
    if deed.form is CorrectionForm:
        return CorrectionForm(request.POST, asked=dashboard.asked(round))
    return deed.form(request.POST, auto_id=f"{request.POST['action']}_%s")


def _context(round: Round, user: User, now: datetime, acted: dict[str, Any]) -> dict[str, Any]:
    view = contests.view_round(round, now)
    contest = round.contest
    lacking = missing(view.rules) if view.phase is Phase.DRAFT else []
    result = _result(round)
    return {
        "round": round,
        "contest": contest,
        "view": view,
        "steps": words.steps_of(round, view.phase, newest=result["settlement"], lacking=bool(lacking)),
        "lots_form": acted["acted"] if acted.get("acted_name") == "lots" else LotsForm(auto_id="lots_%s"),
        "lots_asked": "lottery" in view.rules.chain.codes and view.phase is Phase.CLOSING,
        "missing": lacking,
        "chain": chain_in_words(view.rules.chain.codes),
        "moves": view.phase in numbers.MOVING,
        "may_run": permissions.may(user, contest, at_least=access.ORGANISER),
        "may_decide": permissions.may(user, contest, at_least=access.CHIEF),
        **_forms(round, view, acted),
        **result,
    }


def _forms(round: Round, view: RoundView, acted: dict[str, Any]) -> dict[str, Any]:
    """The page's forms; the one just sent stands with what was typed."""
    over = view.phase in {Phase.CLOSING, Phase.SETTLED, Phase.PUBLISHED, Phase.AMENDED}
    asked = dashboard.asked(round) if over else []
    window = {"opens_at": round.opens_at, "closes_at": round.closes_at}
    found: dict[str, Any] = {
        "reschedule_form": RescheduleForm(initial=window, auto_id="reschedule_%s"),
        "close_form": ReasonForm(auto_id="close_%s"),
        "correct_form": CorrectionForm(asked=asked),
        "asked": asked,
    }
    if "acted" in acted:
        found[f"{acted['acted_name']}_form"] = acted["acted"]
    return found


def _result(round: Round) -> dict[str, Any]:
    newest = standings.newest(round)
    if newest is None:
        return {"settlement": None}
    most = Rules.from_json(round.rules).blueprint.max_points
    spread = statistics.spread(dict(dashboard.distribution(newest)), most)
    rows = newest.standings.select_related("entrant").order_by("position")
    return {
        "settlement": newest,
        "by_score": charts.by_score(spread),
        "ranked": [(row, words.prize(row.prize)) for row in rows[:RANKS_SHOWN]],
        "winners": [(row, words.prize(row.prize)) for row in rows.exclude(prize="")],
        "corrections": round.corrections.select_related("actor").order_by("id"),
    }
