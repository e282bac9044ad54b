"""Writing a round: its window, blueprint and rules, while it is a draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contest.actions import rounds as actions
from contest.models import Contest, Round, User
from contest.queries import dashboard
from contest.rules.rulebook import Rules
from contest.rules.windows import RoundStatus
from frontend.forms.organise import add_refusal
from frontend.forms.organise_round import RoundForm
from frontend.views.organise import access, words
from question_bank.errors import Refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """The next round of a contest, as a draft."""
    contest, user = access.contest_for(request, slug, access.ORGANISER)
    initial = {"title": _("Vòng %(number)s") % {"number": contest.rounds.count() + 1}}
    form = RoundForm(request.POST or None, topics=dashboard.topics(), initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = _save(form, contest, None, user)
        if saved is not None:
            messages.success(request, _("Đã lưu vòng thi ở dạng nháp."))
            return redirect("organise-round", round_id=saved.pk)
    return _page(request, form, contest, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, round_id: int) -> HttpResponse:
    """Changes a draft; a round that was announced is shown on its own page instead."""
    round, user = access.round_for(request, round_id, access.ORGANISER)
    if request.method != "POST" and round.state != RoundStatus.DRAFT:
        return redirect("organise-round", round_id=round.pk)
    form = RoundForm.of_round(round, topics=dashboard.topics(), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = _save(form, round.contest, round, user)
        if saved is not None:
            messages.success(request, _("Đã lưu thay đổi."))
            return redirect("organise-round", round_id=saved.pk)
    return _page(request, form, round.contest, round)


def missing(rules: Rules) -> list[str]:
    """What the bank lacks for these rules, in sentences."""
    return [words.shortage(found) for found in actions.shortages(rules)]


def _save(form: RoundForm, contest: Contest, round: Round | None, user: User) -> Round | None:
    given, rules = form.cleaned_data, form.rules()
    facts = {name: given[name] for name in ("title", "opens_at", "closes_at", "paper_count")}
    facts |= {"actor": user, "now": timezone.now()}
    try:
        if round is None:
            return actions.create_round(contest, rules=rules, **facts)
        return actions.edit_round(round, rules=rules, **facts)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None


def _page(request: HttpRequest, form: RoundForm, contest: Contest, round: Round | None) -> HttpResponse:
    failed = form.is_bound and bool(form.errors)
    context = {
        "form": form,
        "contest": contest,
        "round": round,
        "missing": missing(Rules.from_json(round.rules)) if round is not None and not form.is_bound else [],
        "now": timezone.now(),
    }
    return render(request, "frontend/organise/round_form.html", context, status=422 if failed else 200)
