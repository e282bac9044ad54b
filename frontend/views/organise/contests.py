"""My contests, a new contest, and a contest's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contest import permissions
from contest.actions import contests as actions
from contest.models import Contest, User
from contest.queries import contests as queries
from contest.queries import dashboard, live_bank
from frontend import phrases
from frontend.forms.organise import ContestForm, add_refusal
from frontend.live_phrases import PHASES
from frontend.views.organise import access, poster, words
from question_bank.errors import Refusal

RESERVED = frozenset({"moi", "vong", "truc-tiep"})


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The contests I run. Whoever runs none and may create none is told that there is nothing here."""
    user = request.user
    lines = dashboard.run_by(user, now=timezone.now()) if isinstance(user, User) else []
    may_create = access.may_create(user)
    if not lines and not may_create:
        raise Refusal("not-found")
    return render(request, "frontend/organise/contests.html", {"lines": lines, "may_create": may_create})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new contest as a draft; its creator becomes chief."""
    user = access.require_creator(request)
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _create(form, user)
        if made is not None:
            messages.success(request, _("Đã tạo cuộc thi ở dạng nháp. Bước tiếp theo: thêm vòng thi."))
            return redirect("organise-contest", slug=made.slug)
    return render(request, "frontend/organise/contest_form.html", {"form": form}, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """A contest with its rounds, what can be done and what is missing; POST publishes it (chief)."""
    publishing = request.method == "POST"
    contest, user = access.contest_for(request, slug, access.CHIEF if publishing else access.VIEWER)
    now = timezone.now()
    problem = ""
    if publishing:
        try:
            actions.publish_contest(contest, actor=user, now=now)
        except Refusal as refusal:
            problem = phrases.sentence(refusal)
        else:
            messages.success(request, _("Đã công bố cuộc thi. Mọi người có thể đăng ký."))
            return redirect("organise-contest", slug=slug)
    rounds = [
        queries.view_round(row, now) for row in contest.rounds.select_related("contest").order_by("number")
    ]
    context = {
        "contest": contest,
        "rounds": rounds,
        "lives": [(row, PHASES.get(row.phase, row.phase)) for row in live_bank.of_contest(contest.pk)],
        "steps": words.steps_of_contest(rounds),
        "entrants": contest.entrants.count(),
        "address": poster.address(request, contest),
        "problem": problem,
        "is_draft": contest.state == Contest.State.DRAFT,
        "may_run": permissions.may(user, contest, at_least=access.ORGANISER),
        "may_publish": permissions.may(user, contest, at_least=access.CHIEF),
    }
    return render(request, "frontend/organise/contest.html", context, status=409 if problem else 200)


def _create(form: ContestForm, user: User) -> Contest | None:
    given = form.cleaned_data
    if given["slug"] in RESERVED:
        add_refusal(form, Refusal("slug-taken", field="slug", slug=given["slug"]))
        return None
    age = given["minimum_age"]
    try:
        return actions.create_contest(
            slug=given["slug"],
            title=given["title"],
            organiser=given["organiser"],
            introduction=given["introduction"],
            contact=given["contact"],
            rules={"minimum_age": age} if age else {},
            creator=user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None


def _status(form: ContestForm) -> int:
    return 422 if form.is_bound and form.errors else 200
