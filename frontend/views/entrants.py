"""Registering for a contest, and coming back on another device."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contest.actions import entrants
from contest.models import Contest, Unit, User
from contest.queries import contests, units
from frontend import patience, phrases, visitors
from frontend.forms.entrants import CONSENTS, REQUIRED, ComeBackForm, RegistrationForm
from question_bank.errors import Refusal
from question_bank.rules.text import whole_number

TRIES = 10
TRIES_WINDOW_S = 600


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """One screen; what was typed is kept whatever goes wrong."""
    contest = contests.public(slug, now=timezone.now()).contest
    form = RegistrationForm(request.POST or None)
    errors: dict[str, str] = {}
    if request.method == "POST" and request.POST.get("action") != "find-unit" and form.is_valid():
        try:
            user = request.user if isinstance(request.user, User) else None
            entrant = entrants.register(contest, _read(form, request, contest), now=timezone.now(), user=user)
        except Refusal as refusal:
            field = str(refusal.facts.get("field", "phone" if refusal.code == "phone-malformed" else ""))
            message = phrases.sentence(refusal)
            if field in form.fields:
                form.add_error(field, message)
            else:
                errors[field or "form"] = message
        else:
            response = render(
                request, "frontend/public/registered.html", {"contest": contest, "entrant": entrant}
            )
            return visitors.remember(response, entrant)
    return render(request, "frontend/public/register.html", _context(request, contest, form, errors))


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Recognises an entrant by phone and code; ten tries in ten minutes for one phone."""
    contest = contests.public(slug, now=timezone.now()).contest
    form = ComeBackForm(request.POST or None)
    context = {"contest": contest, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            _count_try(contest, form.cleaned_data["phone"])
            entrant = entrants.recognise(
                contest, phone=form.cleaned_data["phone"], code=form.cleaned_data["code"]
            )
        except Refusal as refusal:
            form.add_error(None, phrases.sentence(refusal))
            if refusal.code == "throttled":
                response = render(request, "frontend/public/come_back.html", context, status=429)
                return patience.asked(response, refusal)
        else:
            return visitors.remember(redirect("contest", slug=slug), entrant)
    return render(request, "frontend/public/come_back.html", context)


def _count_try(contest: Contest, phone: str) -> None:
    patience.spend(f"come-back:{contest.pk}:{entrants.person_key(phone)}", TRIES, TRIES_WINDOW_S)


def _read(form: RegistrationForm, request: HttpRequest, contest: Contest) -> entrants.Registration:
    data = form.cleaned_data
    chosen = whole_number(request.POST.get("unit", ""))
    unit = Unit.objects.filter(pk=chosen, active=True).first() if chosen is not None else None
    return entrants.Registration(
        name=data["name"],
        birth_year=data["birth_year"],
        birth_date=_birth_date(data),
        phone=data["phone"],
        unit=unit,
        other_unit=request.POST.get("unit_other", "") if unit is None else "",
        consents={code: str(text) for code, text in CONSENTS.items() if request.POST.get(code)},
    )


def _birth_date(data: dict[str, Any]) -> date | None:
    if not (data.get("birth_day") and data.get("birth_month")):
        return None
    try:
        return date(data["birth_year"], data["birth_month"], data["birth_day"])
    except ValueError:
        raise Refusal("birth-date-impossible", field="birth_day") from None


def _context(
    request: HttpRequest, contest: Contest, form: RegistrationForm, errors: dict[str, str]
) -> dict[str, Any]:
    query = request.POST.get("unit_query", "")
    chosen = whole_number(request.POST.get("unit", ""))
    found = units.search(query, contest=contest.slug)
    if chosen is not None and not any(unit.pk == chosen for unit in found):
        found = [*Unit.objects.filter(pk=chosen), *found]
    consents = [
        {
            "name": code,
            "text": text,
            "required": code == REQUIRED,
            "checked": bool(request.POST.get(code)),
            "error": errors.get("consents", "") if code == REQUIRED else "",
        }
        for code, text in CONSENTS.items()
    ]
    return {
        "contest": contest,
        "form": form,
        "errors": errors,
        "consents": consents,
        "units": [
            {"id": unit.pk, "name": unit.name, "parent": unit.full_name[len(unit.name) :].lstrip(", ")}
            for unit in found
        ],
        "chosen": chosen,
        "query": query,
        "source": f"/api/v1/units?contest={contest.slug}",
        "other": request.POST.get("unit_other", ""),
        "unit_error": errors.get("unit", ""),
        "title": _("Đăng ký dự thi"),
    }
