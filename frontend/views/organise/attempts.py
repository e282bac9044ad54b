"""The attempts of a round: finding one, giving it time, opening it again, voiding it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from contest import permissions
from contest.actions import adjustments, voiding
from contest.models import ContestStaff, Round, User
from contest.queries import people
from contest.rules.attempts import AttemptState
from frontend.forms.organise import add_refusal
from frontend.forms.organise_people import AdjustForm, ReopenForm, SearchForm, VoidForm
from frontend.templatetags.vietnamese import time_of_day
from frontend.views.organise import access
from question_bank.errors import Refusal

VOIDED = AttemptState.VOIDED.value
Form = AdjustForm | ReopenForm | VoidForm


@dataclass(frozen=True, slots=True)
class Deed:
    """What a form of an attempt does: who may, how it is headed, and what its button says."""

    form: type[Form]
    role: ContestStaff.Role
    title: str | Promise
    button: str | Promise


DEEDS = {
    "adjust": Deed(AdjustForm, access.ORGANISER, _("Thêm hoặc bớt giờ"), _("Đổi giờ nộp bài")),
    "reopen": Deed(ReopenForm, access.ORGANISER, _("Mở lại bài thi"), _("Mở lại bài thi")),
    "void": Deed(VoidForm, access.CHIEF, _("Hủy lượt thi"), _("Hủy lượt thi này")),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, round_id: int) -> HttpResponse:
    """Looks attempts up; POST gives one time (`adjust`), opens it again (`reopen`) or voids it (`void`).

    A refusal keeps what was typed.
    """
    posted = request.method == "POST"
    asked = DEEDS.get(request.POST.get("action", "")) if posted else None
    least = asked.role if asked else access.ORGANISER
    round, user = access.round_for(request, round_id, least if posted else access.VIEWER)
    search = SearchForm(
        request.GET,
        label=gettext("Tìm lượt thi"),
        hint=gettext("Mã biên nhận, họ tên (có dấu hay không dấu), đơn vị hoặc số điện thoại."),
    )
    acted: dict[str, Any] = {}
    if posted and _act(request, round, user, acted):
        address = reverse("organise-attempts", args=[round.pk])
        return redirect(f"{address}?{urlencode({'q': search.words})}")
    return render(
        request,
        "frontend/organise/attempts.html",
        _context(round, user, search, acted),
        status=422 if acted else 200,
    )


def _act(request: HttpRequest, round: Round, user: User, acted: dict[str, Any]) -> bool:
    """Does what the form asks for; False with the form in `acted` when it could not be done."""
    name, public_id = request.POST.get("action", ""), request.POST.get("attempt", "")
    if name not in DEEDS:
        raise Refusal("malformed")
    form = DEEDS[name].form(request.POST, auto_id=f"{name}_{public_id}_%s")
    acted |= {"action": name, "attempt": public_id, "form": form}
    if not form.is_valid():
        return False
    try:
        said = _do(name, form, round, public_id, user)
    except Refusal as refusal:
        if refusal.code == "not-found":
            raise
        add_refusal(form, refusal)
        return False
    messages.success(request, said)
    return True


def _do(name: str, form: Form, round: Round, public_id: str, user: User) -> str:
    """The deed itself, and what is said when it is done."""
    reason, now = form.cleaned_data["reason"], timezone.now()
    if isinstance(form, VoidForm):
        voiding.void_attempt(round, public_id=public_id, actor=user, reason=reason, now=now)
        return gettext("Đã hủy lượt thi. Bài vẫn được giữ lại nhưng không được tính.")
    act = adjustments.adjust_attempt if name == "adjust" else adjustments.reopen_attempt
    done = act(round, public_id=public_id, seconds=form.seconds, actor=user, reason=reason, now=now)
    return gettext("Bài thi nay nộp muộn nhất lúc %(at)s.") % {"at": time_of_day(done.deadline)}


def _context(round: Round, user: User, search: SearchForm, acted: dict[str, Any]) -> dict[str, Any]:
    role = permissions.role_in(user, round.contest) or access.VIEWER
    lines = people.find_attempts(round, search.words, role=role, now=timezone.now())
    return {
        "round": round,
        "contest": round.contest,
        "search": search,
        "cut": len(lines) == people.MOST_FOUND,
        "found": [(line, _forms(line, acted, role)) for line in lines],
        "acted": acted,
    }


def _forms(line: people.AttemptLine, acted: dict[str, Any], role: ContestStaff.Role) -> list[dict[str, Any]]:
    """The forms this attempt needs and this person may send, with what was typed into the one just sent."""
    public_id = line.attempt.public_id
    fitting = {"adjust": line.is_open, "reopen": line.may_reopen, "void": line.attempt.state != VOIDED}
    sent = acted["action"] if acted.get("attempt") == public_id else ""
    return [
        {
            "action": name,
            "deed": deed,
            "form": acted["form"] if name == sent else deed.form(auto_id=f"{name}_{public_id}_%s"),
            "open": name == sent,
        }
        for name, deed in DEEDS.items()
        if (fitting[name] or name == sent) and permissions.covers(role, deed.role)
    ]
