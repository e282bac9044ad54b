"""The organiser's pages of live rounds: a new one, its rules, what is missing, opening the room, its result."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contest import permissions
from contest.actions import live_setup
from contest.live import presets
from contest.live.moves import HOST, JURY
from contest.models import LiveRound, User
from contest.queries import live
from frontend import phrases
from frontend.forms.organise import add_refusal
from frontend.forms.organise_live import LiveRoundForm, NewLiveRoundForm, StaffForm
from frontend.live_phrases import PHASES
from frontend.views.organise import access
from frontend.views.organise.live_words import checks_of, deeds_of, result_of, rules_of
from question_bank.errors import Refusal


def live_for(request: HttpRequest, live_id: int) -> tuple[LiveRound, User]:
    """The round and an organiser of its contest; refuses as `access.contest_for`."""
    row = live.get(live_id)
    return row, permissions.require(request.user, row.contest, at_least=access.ORGANISER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft with a title and the rules of a preset."""
    contest, user = access.contest_for(request, slug, access.ORGANISER)
    form = NewLiveRoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, given = timezone.now(), form.cleaned_data
        try:
            row = live_setup.create_live_round(contest, title=given["title"], actor=user, now=now)
            live_setup.edit_draft(row.pk, actor=user, now=now, rules=presets.get(given["preset"]).rules)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, _("Đã tạo vòng thi trực tiếp ở dạng nháp. Bước tiếp theo: chọn câu hỏi.")
            )
            return redirect("organise-live-plan", live_id=row.pk)
    context = {"contest": contest, "form": form}
    return render(request, "frontend/organise/live_new.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, live_id: int) -> HttpResponse:
    """Title, place and rules while it is a draft; POST action=preset only fills the form in."""
    row, user = live_for(request, live_id)
    if row.phase and request.method != "POST":
        return redirect("organise-live", live_id=row.pk)
    posted = request.method == "POST"
    form = LiveRoundForm.of_round(row, request.POST if posted else None)
    preset = request.POST.get("preset", "")
    known = {found.code for found in presets.PRESETS}
    if posted and request.POST.get("action") == "preset" and preset in known:
        form = form.with_preset(preset)
    elif posted and form.is_valid():
        given = form.cleaned_data
        facts = {name: given[name] for name in ("title", "place", "wifi")}
        try:
            live_setup.edit_draft(row.pk, actor=user, now=timezone.now(), rules=form.rules(), **facts)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lưu thể lệ."))
            return redirect("organise-live", live_id=row.pk)
    context = {"contest": row.contest, "live": row, "form": form, "presets": NewLiveRoundForm().presets}
    return render(request, "frontend/organise/live_form.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, live_id: int) -> HttpResponse:
    """A live round's page; POST `action`: open, staff, unstaff."""
    row, user = live_for(request, live_id)
    acted: dict[str, Any] = {"staff_form": StaffForm(), "problem": ""}
    if request.method == "POST":
        deed = _DEEDS.get(request.POST.get("action", ""))
        if deed is None:
            raise Refusal("malformed")
        done = deed(request, row, user, acted)
        if done is not None:
            return done
        row = live.get(live_id)
    context = _context(row, user) | acted
    status = 200 if request.method != "POST" else 409 if acted["problem"] else 422
    return render(request, "frontend/organise/live.html", context, status=status)


def _open(request: HttpRequest, row: LiveRound, user: User, acted: dict[str, Any]) -> HttpResponse | None:
    try:
        live_setup.open_lobby(row.pk, actor=user, now=timezone.now())
    except Refusal as refusal:
        acted["problem"] = phrases.sentence(refusal)
        return None
    return redirect("live-host", live_id=row.pk)


def _staff(request: HttpRequest, row: LiveRound, user: User, acted: dict[str, Any]) -> HttpResponse | None:
    form = acted["staff_form"] = StaffForm(request.POST)
    if not form.is_valid():
        return None
    try:
        live_setup.add_staff(row.pk, **form.cleaned_data, actor=user, now=timezone.now())
    except Refusal as refusal:
        add_refusal(form, Refusal(refusal.code, **{"field": "username", **refusal.facts}))
        return None
    messages.success(request, _("Đã thêm người vào ban của vòng thi."))
    return redirect("organise-live", live_id=row.pk)


def _unstaff(request: HttpRequest, row: LiveRound, user: User, acted: dict[str, Any]) -> HttpResponse | None:
    given = request.POST.get("staff", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0
    live_setup.remove_staff(row.pk, staff_id=number, actor=user, now=timezone.now())
    messages.success(request, _("Đã rút người khỏi ban của vòng thi."))
    return redirect("organise-live", live_id=row.pk)


_Deed = Callable[[HttpRequest, LiveRound, User, dict[str, Any]], HttpResponse | None]
_DEEDS: dict[str, _Deed] = {"open": _open, "staff": _staff, "unstaff": _unstaff}


def _context(row: LiveRound, user: User) -> dict[str, Any]:
    roles = permissions.live_roles(user, row)
    staff = row.staff.select_related("user").order_by("role", "user__username")
    found: dict[str, Any] = {
        "contest": row.contest,
        "live": row,
        "phase": PHASES.get(row.phase, row.phase),
        "facts": rules_of(row),
        "staff": staff,
        "may_host": HOST in roles,
        "may_judge": JURY in roles,
        "projector_url": reverse("live-projector", args=[row.pk]),
    }
    if not row.phase:
        checks = checks_of(row)
        return found | {"checks": checks, "may_open": not any(check.blocks for check in checks)}
    return found | {"result": result_of(row), "deeds": deeds_of(row)}


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
