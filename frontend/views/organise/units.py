"""The tree of a contest's units: seeing and searching it, adding, pasting, renaming, moving, hiding."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from contest import permissions
from contest.actions import units as actions
from contest.models import Contest, Unit, User
from contest.queries import units as queries
from contest.rules import unit_lines
from frontend import phrases
from frontend.forms.organise import PressForm, add_refusal
from frontend.forms.units import VERDICTS, MoveForm, PasteForm, UnitForm
from frontend.views.organise import access
from question_bank.errors import Refusal

LINES_SHOWN = 500
Do = Callable[[Contest, Unit, Any, User, datetime], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a button does to the unit that is shown, and what is said when it is done."""

    do: Do
    done: str | Promise


def _add(contest: Contest, unit: Unit, given: Any, actor: User, now: datetime) -> object:
    return actions.add_to_contest(
        contest, given["name"], parent=unit, member_count=given["member_count"], actor=actor, now=now
    )


def _plant(contest: Contest, unit: Unit, given: Any, actor: User, now: datetime) -> object:
    return actions.plant_lines(contest, unit, given["lines"], actor=actor, now=now)


def _rename(contest: Contest, unit: Unit, given: Any, actor: User, now: datetime) -> object:
    return actions.rename_unit(
        contest, unit, given["name"], member_count=given["member_count"], actor=actor, now=now
    )


def _move(contest: Contest, unit: Unit, given: Any, actor: User, now: datetime) -> object:
    parent = Unit.objects.get(pk=given["parent"])
    return actions.move_unit(contest, unit, parent, actor=actor, reason=given["reason"], now=now)


def _hide(contest: Contest, unit: Unit, given: Any, actor: User, now: datetime) -> object:
    return actions.set_active(contest, unit, active=False, actor=actor, now=now)


def _show(contest: Contest, unit: Unit, given: Any, actor: User, now: datetime) -> object:
    return actions.set_active(contest, unit, active=True, actor=actor, now=now)


DEEDS = {
    "add": Deed(_add, _("Đã thêm đơn vị.")),
    "plant": Deed(_plant, _("Đã thêm danh sách đơn vị.")),
    "rename": Deed(_rename, _("Đã lưu tên đơn vị.")),
    "move": Deed(_move, _("Đã chuyển đơn vị.")),
    "hide": Deed(_hide, _("Đã ngừng dùng đơn vị và các đơn vị cấp dưới.")),
    "show": Deed(_show, _("Đã dùng lại đơn vị và các đơn vị cấp dưới.")),
}
PREVIEW = "preview"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tree(request: HttpRequest, slug: str) -> HttpResponse:
    """One unit of the tree with what lies under it (`unit`, else the root); POST does what its button names."""
    name = request.POST.get("action", "") if request.method == "POST" else ""
    contest, user = access.contest_for(request, slug, access.ORGANISER if name in DEEDS else access.VIEWER)
    if request.method == "POST" and name != PREVIEW and name not in DEEDS:
        raise Refusal("malformed")
    if contest.unit_root is None:
        return _rootless(request, contest, user, name)
    unit = _shown(request, contest.unit_root)
    parents = _parents(request, contest.unit_root)
    context: dict[str, Any] = {}
    form: forms.Form | None = None
    if name:
        form = _form(name, request, parents)
        if form.is_valid():
            try:
                if name == PREVIEW:
                    context = _preview(actions.judge_lines(unit, form.cleaned_data["lines"]))
                else:
                    DEEDS[name].do(contest, unit, form.cleaned_data, user, timezone.now())
                    messages.success(request, str(DEEDS[name].done))
                    return redirect(f"{reverse('organise-units', args=[slug])}?unit={unit.pk}")
            except Refusal as refusal:
                add_refusal(form, refusal)
                context["problem"] = phrases.sentence(refusal)
    context |= _context(request, contest, unit, user, parents)
    if form is not None:
        context[f"{'plant' if name == PREVIEW else name}_form"] = form
    failed = form is not None and bool(form.errors)
    return render(request, "frontend/organise/units.html", context, status=422 if failed else 200)


def _rootless(request: HttpRequest, contest: Contest, user: User, name: str) -> HttpResponse:
    """A contest without a tree: its root is planted first."""
    form = UnitForm(request.POST if name == "add" else None, auto_id="add_%s")
    if name == "add" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_to_contest(
                contest, given["name"], parent=None, member_count=given["member_count"], actor=user, now=timezone.now()
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("organise-units", slug=contest.slug)
    may_run = permissions.may(user, contest, at_least=access.ORGANISER)
    context = {"contest": contest, "unit": None, "add_form": form, "may_run": may_run}
    failed = form.is_bound and bool(form.errors)
    return render(request, "frontend/organise/units.html", context, status=422 if failed else 200)


def _shown(request: HttpRequest, root: Unit) -> Unit:
    wanted = request.GET.get("unit", "")
    found = (
        Unit.objects.filter(path__startswith=root.path, pk=int(wanted)).first() if _is_id(wanted) else root
    )
    if found is None:
        raise Refusal("not-found")
    return found


def _is_id(typed: str) -> bool:
    return typed.isdecimal() and len(typed) < 16


def _parents(request: HttpRequest, root: Unit) -> list[Unit]:
    """Where a unit could be moved: what was searched for, else the root and the units right under it."""
    words = request.POST.get("to") or request.GET.get("to", "")
    return queries.find(root, words) if words else [root, *queries.children(root)]


def _form(name: str, request: HttpRequest, parents: list[Unit]) -> forms.Form:
    if name in {PREVIEW, "plant"}:
        return PasteForm(request.POST, auto_id="plant_%s")
    if name == "move":
        return MoveForm(request.POST, parents=parents)
    if name in {"hide", "show"}:
        return PressForm(request.POST)
    return UnitForm(request.POST, auto_id=f"{name}_%s")


def _preview(lines: list[unit_lines.Line]) -> dict[str, Any]:
    """Every line with its verdict, the wrong ones first when there are more than a page shows."""
    wrong = [line for line in lines if line.verdict not in unit_lines.FINE]
    shown = lines if len(lines) <= LINES_SHOWN else [*wrong, *(line for line in lines if line not in wrong)]
    return {
        "judged": [(line, str(VERDICTS[line.verdict]), line in wrong) for line in shown[:LINES_SHOWN]],
        "lines": len(lines),
        "new": sum(line.verdict is unit_lines.Verdict.NEW for line in lines),
        "wrong": len(wrong),
    }


def _context(
    request: HttpRequest, contest: Contest, unit: Unit, user: User, parents: list[Unit]
) -> dict[str, Any]:
    assert contest.unit_root is not None  # noqa: S101  The caller has looked.
    words = request.GET.get("q", "").strip()
    initial = {"name": unit.name, "member_count": unit.member_count}
    return {
        "contest": contest,
        "unit": unit,
        "above": queries.above(unit, contest.unit_root),
        "children": queries.children(unit),
        "query": words,
        "found": queries.find(contest.unit_root, words) if words else [],
        "is_root": unit.pk == contest.unit_root_id,
        "may_run": permissions.may(user, contest, at_least=access.ORGANISER),
        "add_form": UnitForm(auto_id="add_%s"),
        "plant_form": PasteForm(auto_id="plant_%s"),
        "rename_form": UnitForm(initial=initial, auto_id="rename_%s"),
        "move_form": MoveForm(parents=parents),
        "to": request.POST.get("to") or request.GET.get("to", ""),
    }
