"""The attempts of a round: finding one, giving it time, opening it again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contest import permissions
from contest.actions import adjustments
from contest.models import Round, User
from contest.queries import people
from frontend.forms.organise import add_refusal
from frontend.forms.organise_people import AdjustForm, ReopenForm, SearchForm
from frontend.templatetags.vietnamese import time_of_day
from frontend.views.organise import access
from question_bank.errors import Refusal

FORMS: dict[str, type[AdjustForm] | type[ReopenForm]] = {"adjust": AdjustForm, "reopen": ReopenForm}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, round_id: int) -> HttpResponse:
    """Looks attempts up; POST gives one time (`adjust`) or opens it again (`reopen`).

    A refusal keeps what was typed.
    """
    posted = request.method == "POST"
    round, user = access.round_for(request, round_id, access.ORGANISER if posted else access.VIEWER)
    search = SearchForm(
        request.GET,
        label=_("Tìm lượt thi"),
        hint=_("Mã biên nhận, họ tên (có dấu hay không dấu), đơn vị hoặc số điện thoại."),
    )
    acted: dict[str, Any] = {}
    if posted:
        done = _act(request, round, user, acted)
        if done is not None:
            address = reverse("organise-attempts", args=[round.pk])
            return redirect(f"{address}?{urlencode({'q': search.words})}")
    return render(
        request,
        "frontend/organise/attempts.html",
        _context(round, user, search, acted),
        status=422 if acted else 200,
    )


def _act(
    request: HttpRequest, round: Round, user: User, acted: dict[str, Any]
) -> adjustments.Adjusted | None:
    """What the form asks for; None with the form in `acted` when it could not be done."""
    name, public_id = request.POST.get("action", ""), request.POST.get("attempt", "")
    if name not in FORMS:
        raise Refusal("malformed")
    form = FORMS[name](request.POST, auto_id=f"{name}_{public_id}_%s")
    acted |= {"action": name, "attempt": public_id, "form": form}
    if not form.is_valid():
        return None
    act = adjustments.adjust_attempt if name == "adjust" else adjustments.reopen_attempt
    try:
        done = act(
            round,
            public_id=public_id,
            seconds=form.seconds,
            actor=user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.code == "not-found":
            raise
        add_refusal(form, refusal)
        return None
    messages.success(request, _("Bài thi nay nộp muộn nhất lúc %(at)s.") % {"at": time_of_day(done.deadline)})
    return done


def _context(round: Round, user: User, search: SearchForm, acted: dict[str, Any]) -> dict[str, Any]:
    role = permissions.role_in(user, round.contest) or access.VIEWER
    lines = people.find_attempts(round, search.words, role=role, now=timezone.now())
    may_run = permissions.may(user, round.contest, at_least=access.ORGANISER)
    return {
        "round": round,
        "contest": round.contest,
        "search": search,
        "cut": len(lines) == people.MOST_FOUND,
        "found": [(line, _form(line, acted) if may_run else None) for line in lines],
        "acted": acted,
    }


def _form(line: people.AttemptLine, acted: dict[str, Any]) -> dict[str, Any] | None:
    """The form this attempt needs, with what was typed into it; None where nothing can be done."""
    public_id = line.attempt.public_id
    name = "adjust" if line.is_open else "reopen" if line.may_reopen else ""
    if acted.get("attempt") == public_id:
        return {"action": acted["action"], "form": acted["form"], "open": True}
    if not name:
        return None
    return {"action": name, "form": FORMS[name](auto_id=f"{name}_{public_id}_%s"), "open": False}
