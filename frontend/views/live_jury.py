"""The jury's page of a live round, and what its script asks for. Deeds go over the room's socket."""

from typing import Any

import msgspec
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contest import permissions
from contest.actions import live_appeals
from contest.live.moves import HOST, JURY
from contest.queries import live, live_jury
from frontend import live_desk_words
from frontend.views import live_desk
from question_bank.errors import Refusal


@login_required
@require_safe
def page(request: HttpRequest, live_id: int) -> HttpResponse:
    """The jury's page; before the lobby is open there is nothing to judge."""
    row, user = live_desk.round_for(request, live_id, JURY)
    roles = permissions.live_roles(user, row)
    if not row.phase:
        if HOST in roles:
            return redirect("organise-live", live_id=row.pk)
        raise Refusal("not-now", phase="draft")
    context = {
        "live": row,
        "contest": row.contest,
        "words": live_desk_words.jury(),
        "items": live_jury.numbered(live.load(row.pk).state.items),
        "may_host": HOST in roles,
        "me": str(user),
    }
    return render(request, "frontend/live/jury.html", context)


@login_required
@require_safe
@live_desk.for_scripts
def run(request: HttpRequest, live_id: int, run_no: int) -> JsonResponse:
    """What was answered to a run that is over (`contest.queries.live_jury.run_sheet`)."""
    row, _user = live_desk.round_for(request, live_id, JURY)
    return JsonResponse(live_jury.run_sheet(row.pk, run_no))


@login_required
@require_POST
@live_desk.for_scripts
def preview(request: HttpRequest, live_id: int) -> JsonResponse:
    """The effect of {"command": …} before it is done: lines that change, people back on the floor."""
    row, _user = live_desk.round_for(request, live_id, JURY)
    deed = live_jury.read_weighed(msgspec.json.encode(_body(request).get("command")))
    found = live_jury.effect(row.pk, deed, now=timezone.now())
    return JsonResponse(msgspec.to_builtins(found))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@live_desk.for_scripts
def appeals(request: HttpRequest, live_id: int) -> JsonResponse:
    """{"appeals": […]}; POST {"appeal", "decision", "remark"} decides one of them."""
    row, user = live_desk.round_for(request, live_id, JURY)
    if request.method == "POST":
        given = _body(request)
        number, words = given.get("appeal"), [given.get(name) for name in ("decision", "remark")]
        if not isinstance(number, int) or not all(isinstance(word, str) for word in words):
            raise Refusal("malformed")
        decision, remark = (str(word) for word in words)
        live_appeals.decide_appeal(
            row.pk, appeal_id=number, decision=decision, remark=remark, actor=user, now=timezone.now()
        )
    return JsonResponse({"appeals": live_jury.appeals(row.pk)})


@login_required
@require_safe
@live_desk.for_scripts
def receipts(request: HttpRequest, live_id: int) -> JsonResponse:
    """{"receipts": […]} for the code, seat number or name in `q`."""
    row, _user = live_desk.round_for(request, live_id, JURY)
    return JsonResponse({"receipts": live_jury.receipts(row.pk, request.GET.get("q", "")[:100])})


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. Refusal("malformed")."""
    try:
        found = msgspec.json.decode(request.body)
    except (ValueError, RecursionError):
        raise Refusal("malformed") from None
    if not isinstance(found, dict):
        raise Refusal("malformed")
    return found
