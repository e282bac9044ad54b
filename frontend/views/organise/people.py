"""The entrants of a contest: finding them, one person's page, likely duplicates, who is excluded."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contest import permissions
from contest.actions import entrants, exclusions
from contest.models import Contest, Entrant, Exclusion, Unit, User
from contest.queries import people, units
from frontend.forms.organise import ReasonForm, add_refusal
from frontend.forms.organise_people import CorrectionOfEntrantForm, ExclusionForm, SearchForm
from frontend.views.organise import access
from question_bank.errors import Refusal
from question_bank.rules.text import whole_number

PAGE = 50
DUPLICATES_SHOWN = 100


@login_required
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Entrants by name, searched by name, unit or phone; with `?trung=1` those who may be entered twice."""
    contest, user = access.contest_for(request, slug, access.VIEWER)
    role = permissions.role_in(user, contest) or access.VIEWER
    search = SearchForm(
        request.GET,
        label=_("Tìm thí sinh"),
        hint=_("Họ tên (có dấu hay không dấu), đơn vị hoặc số điện thoại."),
    )
    twice = bool(request.GET.get("trung"))
    context: dict[str, Any] = {"contest": contest, "search": search, "twice": twice}
    if twice:
        groups = people.likely_duplicates(contest)
        context |= {
            "groups": [_with_phones(group, role) for group in groups[:DUPLICATES_SHOWN]],
            "count": len(groups),
            "cut": len(groups) > DUPLICATES_SHOWN,
        }
    else:
        page = Paginator(people.find(contest, search.words, role=role), PAGE).get_page(
            request.GET.get("page")
        )
        context |= {"page": page, "rows": _with_phones(list(page), role)}
    return render(request, "frontend/organise/entrants.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, slug: str, entrant_id: int) -> HttpResponse:
    """One entrant with all attempts; POST corrects the name or unit, excludes or readmits."""
    posted = request.method == "POST"
    contest, user = access.contest_for(request, slug, access.ORGANISER if posted else access.VIEWER)
    entrant = Entrant.objects.select_related("unit", "contest").filter(contest=contest, pk=entrant_id).first()
    if entrant is None:
        raise Refusal("not-found")
    acted: dict[str, Any] = {}
    if posted and request.POST.get("action") != "find-unit":
        done = _act(request, entrant, user, acted)
        if done:
            messages.success(request, done)
            return redirect("organise-entrant", slug=slug, entrant_id=entrant.pk)
        entrant.refresh_from_db()
    return render(
        request,
        "frontend/organise/entrant.html",
        _context(request, entrant, user, acted),
        status=422 if acted else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def excluded(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is excluded; POST adds a person by phone, or lifts an exclusion."""
    posted = request.method == "POST"
    contest, user = access.contest_for(request, slug, access.ORGANISER if posted else access.VIEWER)
    name = request.POST.get("action", "")
    form = ExclusionForm(request.POST if name == "exclude" else None, auto_id="exclude_%s")
    lifted = ReasonForm(request.POST if name == "lift" else None, auto_id=f"lift_{_number(request)}_%s")
    if posted and name not in {"exclude", "lift"}:
        raise Refusal("malformed")
    done = ""
    if form.is_valid():
        done = _add(form, contest, user, timezone.now())
    elif lifted.is_valid():
        done = _lift(lifted, contest, user, request)
    if done:
        messages.success(request, done)
        return redirect("organise-exclusions", slug=slug)
    may_run = permissions.may(user, contest, at_least=access.ORGANISER)
    context = {
        "contest": contest,
        "form": form,
        "lines": [
            (row, entrant, _lift_form(row, lifted, request) if may_run else None)
            for row, entrant in people.exclusions(contest)
        ],
        "may_run": may_run,
    }
    return render(request, "frontend/organise/exclusions.html", context, status=422 if posted else 200)


def require_for_exclusion(user: User, contest: Contest, person_key: str) -> None:
    """Refusal("not-allowed") for an organiser where a published result would change: that is the chief's."""
    changes = people.has_published_result(contest, person_key)
    permissions.require(user, contest, at_least=access.CHIEF if changes else access.ORGANISER)


def _act(request: HttpRequest, entrant: Entrant, user: User, acted: dict[str, Any]) -> str:
    """Does what the form asks for and says so; "" with the form in `acted` when it could not be done."""
    name = request.POST.get("action", "")
    if name not in {"correct", "exclude", "readmit"}:
        raise Refusal("malformed")
    kind = CorrectionOfEntrantForm if name == "correct" else ReasonForm
    form = kind(request.POST, auto_id=f"{name}_%s")
    acted |= {"action": name, "form": form}
    if not form.is_valid():
        return ""
    reason, now = form.cleaned_data["reason"], timezone.now()
    try:
        if name == "correct":
            unit = _unit(request, entrant)
            entrants.correct_entrant(
                entrant,
                name=form.cleaned_data["name"],
                unit=unit,
                other_unit="" if unit else request.POST.get("unit_other", ""),
                actor=user,
                reason=reason,
                now=now,
            )
            return _("Đã sửa thông tin thí sinh.")
        require_for_exclusion(user, entrant.contest, entrant.person_key)
        if name == "exclude":
            exclusions.exclude_entrant(entrant, reason=reason, actor=user, now=now)
            return _("Đã loại trừ thí sinh; kết quả đã chốt (nếu có) được xếp lại.")
        exclusions.readmit_entrant(entrant, reason=reason, actor=user, now=now)
        return _("Thí sinh được dự thi trở lại; kết quả đã chốt (nếu có) được xếp lại.")
    except Refusal as refusal:
        acted["unit_error"] = refusal.facts.get("field") == "unit"
        add_refusal(form, refusal)
        return ""


def _unit(request: HttpRequest, entrant: Entrant) -> Unit | None:
    """The unit chosen in the picker; what was not touched stays."""
    chosen = whole_number(request.POST.get("unit", ""))
    if chosen is not None:
        return Unit.objects.filter(pk=chosen, active=True).first()
    return None if request.POST.get("unit_other", "").strip() else entrant.unit


def _context(request: HttpRequest, entrant: Entrant, user: User, acted: dict[str, Any]) -> dict[str, Any]:
    contest = entrant.contest
    role = permissions.role_in(user, contest) or access.VIEWER
    initial = {"name": entrant.name}
    found: dict[str, Any] = {
        "contest": contest,
        "entrant": entrant,
        "phone": people.phone_for(entrant, role),
        "lines": people.attempts_of(entrant, role=role, now=timezone.now()),
        "may_run": permissions.may(user, contest, at_least=access.ORGANISER),
        "correct_form": CorrectionOfEntrantForm(initial=initial, auto_id="correct_%s"),
        "exclude_form": ReasonForm(auto_id="exclude_%s"),
        "readmit_form": ReasonForm(auto_id="readmit_%s"),
        "acted": acted.get("action", ""),
        **_picker(request, entrant, acted),
    }
    if request.POST.get("action") == "find-unit":
        typed = {name: request.POST.get(name, "") for name in ("name", "reason")}
        found["correct_form"] = CorrectionOfEntrantForm(initial=typed, auto_id="correct_%s")
        found["acted"] = "correct"
    if acted:
        found[f"{acted['action']}_form"] = acted["form"]
    return found


def _picker(request: HttpRequest, entrant: Entrant, acted: dict[str, Any]) -> dict[str, Any]:
    query, chosen = request.POST.get("unit_query", ""), whole_number(request.POST.get("unit", ""))
    listed = units.search(query, contest=entrant.contest.slug) if query else []
    if chosen is not None and not any(unit.pk == chosen for unit in listed):
        listed = [*Unit.objects.filter(pk=chosen), *listed]
    return {
        "units": [
            {"id": unit.pk, "name": unit.name, "parent": unit.full_name[len(unit.name) :].lstrip(", ")}
            for unit in listed
        ],
        "chosen": chosen,
        "query": query,
        "source": f"/api/v1/units?contest={entrant.contest.slug}",
        "other": request.POST.get("unit_other", "" if entrant.unit else entrant.unit_name),
        "unit_error": _("Xin chọn đơn vị, hoặc ghi tên đơn vị nếu không có trong danh sách.")
        if acted.get("unit_error")
        else "",
    }


def _add(form: ExclusionForm, contest: Contest, user: User, now: datetime) -> str:
    given = form.cleaned_data
    try:
        require_for_exclusion(user, contest, exclusions.key_of(given["phone"]))
        exclusions.exclude_person(
            contest,
            phone=given["phone"],
            name=given["name"],
            reason=given["reason"],
            actor=user,
            now=now,
        )
    except Refusal as refusal:
        field = {"phone-malformed": "phone"}.get(refusal.code)
        add_refusal(form, Refusal(refusal.code, **{"field": field, **refusal.facts}))
        return ""
    return _("Đã thêm vào danh sách loại trừ.")


def _lift(form: forms.Form, contest: Contest, user: User, request: HttpRequest) -> str:
    row = Exclusion.objects.select_related("contest").filter(contest=contest, pk=_number(request)).first()
    if row is None:
        raise Refusal("not-found")
    try:
        require_for_exclusion(user, contest, row.person_key)
        exclusions.lift_exclusion(row, reason=form.cleaned_data["reason"], actor=user, now=timezone.now())
    except Refusal as refusal:
        add_refusal(form, refusal)
        return ""
    return _("Đã bỏ loại trừ.")


def _lift_form(row: Exclusion, lifted: ReasonForm, request: HttpRequest) -> ReasonForm:
    return (
        lifted if lifted.is_bound and row.pk == _number(request) else ReasonForm(auto_id=f"lift_{row.pk}_%s")
    )


def _number(request: HttpRequest) -> int:
    given = request.POST.get("exclusion", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0


def _with_phones(rows: list[Entrant], role: Any) -> list[tuple[Entrant, str]]:
    return [(entrant, people.phone_for(entrant, role)) for entrant in rows]
