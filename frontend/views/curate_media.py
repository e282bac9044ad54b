"""The picture and the sound of one's own draft: put in, replaced, described, taken out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contest.models import User
from frontend import phrases
from frontend.forms.curate_media import MediaForm
from frontend.views.curate import curator, item_of, version_for
from frontend.views.curate_editor import require_own_draft
from question_bank.actions import media
from question_bank.errors import Refusal
from question_bank.models import QuestionVersion
from question_bank.queries import media as media_queries
from question_bank.rules.media import MediaKind, media_kind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, version_id: int) -> HttpResponse:
    """The page; POST carries `kind` and `action`: save (`file`, or `alt` alone for the file there is) or remove."""
    user = curator(request)
    version = version_for(version_id)
    require_own_draft(version, user)
    sent = None
    if request.method == "POST":
        sent = MediaForm(media_kind(request.POST.get("kind", "")), request.POST, request.FILES)
        if _carried_out(request, sent, version, user):
            return redirect("curate-media", version_id=version.pk)
    return _page(request, version, sent)


def _carried_out(request: HttpRequest, form: MediaForm, version: QuestionVersion, user: User) -> bool:
    """Whether it was done; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        if request.POST.get("action") == "remove":
            media.detach(version, kind=form.kind, actor=user)
            messages.success(request, _("Đã gỡ tệp khỏi câu hỏi."))
            return True
        _save(form, version, user)
    except Refusal as refusal:
        field = "alt" if refusal.facts.get("field") == "alt" else "file"
        form.add_error(field, phrases.sentence(refusal))
        return False
    messages.success(request, _("Đã lưu. Hãy xem lại câu hỏi như thí sinh thấy."))
    return True


def _save(form: MediaForm, version: QuestionVersion, user: User) -> None:
    alt, content = form.cleaned_data["alt"], form.content()
    if content is None:
        media.describe(version, kind=form.kind, alt=alt, actor=user)
    else:
        media.attach(version, kind=form.kind, data=content, alt=alt, actor=user)


def _page(request: HttpRequest, version: QuestionVersion, sent: MediaForm | None) -> HttpResponse:
    refs = media_queries.of_version(version.pk)
    there = {ref.kind: ref for ref in refs}
    forms = [
        sent
        if sent is not None and sent.kind is kind
        else MediaForm(kind, alt=there[kind].alt if kind in there else "")
        for kind in MediaKind
    ]
    context = {
        "tab": "questions",
        "version": version,
        "item": item_of(version, media=refs),
        "parts": [{"form": form, "ref": there.get(form.kind)} for form in forms],
    }
    status = 422 if sent is not None else 200
    return render(request, "frontend/curate/media.html", context, status=status)
