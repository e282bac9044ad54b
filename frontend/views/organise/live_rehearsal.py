"""Rehearsing a live round with simulated people, and clearing what a rehearsal left."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest import rehearsal
from contest.actions import live_rehearsal
from contest.actions.live_crowd import Crowd
from frontend import phrases
from frontend.views.organise.live_access import HOST, contest_of, live_round_for
from question_bank.errors import Refusal


@login_required
@require_POST
def begin(request: HttpRequest, live_id: int) -> HttpResponse:
    """Opens a rehearsal with `people` simulated participants, and leads to its page."""
    _row, user = live_round_for(request, live_id, HOST)
    typed = request.POST.get("people", "")
    people = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    try:
        row = live_rehearsal.rehearse(live_id, people=people, actor=user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, phrases.sentence(refusal))
        return redirect("organise-live-result", live_id=live_id)
    if rehearsal.start(Crowd(row.pk, people, seed=secrets.randbelow(2**31))):
        messages.success(request, _("Đã mở phòng diễn tập; những người mô phỏng đang vào phòng."))
    else:
        command = f"manage.py rehearse_live {row.pk} --people {people}"
        messages.info(
            request, _("Đã mở phòng diễn tập. Hãy chạy trên máy chủ: %(command)s") % {"command": command}
        )
    return redirect("organise-live-result", live_id=row.pk)


@login_required
@require_POST
def clear(request: HttpRequest, live_id: int) -> HttpResponse:
    """Takes the rehearsal away with all its data, and leads back to the contest (home, for who has no role in it)."""
    row, user = live_round_for(request, live_id, HOST)
    live_rehearsal.clear(live_id, actor=user, now=timezone.now())
    messages.success(request, _("Đã xóa dữ liệu diễn tập."))
    contest = contest_of(row, user)
    return redirect("organise-contest", slug=contest.slug) if contest else redirect("home")
