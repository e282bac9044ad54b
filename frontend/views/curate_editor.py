"""Writing a question beside its preview, editing one's draft, beginning the next version."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contest.models import User
from frontend import phrases
from frontend.forms.curate import QuestionForm
from frontend.views.curate import curator, item_of, told, version_for
from question_bank.actions import questions, review
from question_bank.errors import Refusal
from question_bank.models import QuestionVersion
from question_bank.queries import media, readiness
from question_bank.rules.review import State


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new question; `action` is save or preview. Its code is the next free one of its topic."""
    user = curator(request)
    form = QuestionForm(request.POST or None, topic=request.GET.get("topic", ""), lacking=request.GET.dict())
    if _saving(request) and form.is_valid():
        try:
            made = _create(form, user)
        except Refusal as refusal:
            form.add_error(None, phrases.sentence(refusal))
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("curate-version", version_id=made.pk)
    return _page(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, version_id: int) -> HttpResponse:
    """The author's own draft. Whatever else is refused: an approver who rewrote a draft would approve own words."""
    user = curator(request)
    version = version_for(version_id)
    require_own_draft(version, user)
    topic = str(version.question.topic_id)
    form = QuestionForm(request.POST or None, base=review.content_of(version), topic=topic)
    if _saving(request) and form.is_valid():
        try:
            questions.edit_draft(version, content=form.content(), actor=user, topic=form.topic)
        except Refusal as refusal:
            form.add_error(None, phrases.sentence(refusal))
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("curate-version", version_id=version.pk)
    return _page(request, form, version)


@login_required
@require_POST
def revise(request: HttpRequest, version_id: int) -> HttpResponse:
    """The next version as my draft, beginning with what this one says; goes on to the editor."""
    user = curator(request)
    version = version_for(version_id)
    try:
        made = questions.revise_question(
            version.question,
            content=review.content_of(version),
            author=user,
            now=timezone.now(),
            base=version,
        )
    except Refusal as refusal:
        messages.error(request, phrases.sentence(refusal))
        return redirect("curate-version", version_id=version.pk)
    return redirect("curate-edit", version_id=made.pk)


def require_own_draft(version: QuestionVersion, user: User) -> None:
    """Refusals: "version-immutable", "not-the-author"."""
    if version.state != State.DRAFT:
        raise Refusal("version-immutable", state=version.state)
    if version.author_id not in {user.pk, None}:
        raise Refusal("not-the-author")


def _saving(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("action") != "preview"


@transaction.atomic
def _create(form: QuestionForm, user: User) -> QuestionVersion:
    code = questions.next_code(form.topic)
    return questions.create_question(
        code=code, topic=form.topic, content=form.content(), author=user, now=timezone.now()
    )


def _page(request: HttpRequest, form: QuestionForm, version: QuestionVersion | None) -> HttpResponse:
    """The editor beside the preview of what is typed, or of what is stored before anything was typed."""
    content = form.base
    topic = version.question.topic if version is not None else None
    if form.is_bound and form.is_valid():
        content, topic = form.content(), form.topic
    tab = "new" if version is None else "questions"
    context: dict[str, Any] = {"tab": tab, "form": form, "version": version, "item": None, "problems": []}
    if content is not None and topic is not None:
        context["item"] = item_of(content, media=media.of_version(version.pk) if version is not None else ())
        context["problems"] = told(readiness.problems(content, outline_id=topic.outline_id))
    return render(request, "frontend/curate/editor.html", context, status=422 if form.errors else 200)
