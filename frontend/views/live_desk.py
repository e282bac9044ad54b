"""What the pages of host, jury and remote share: who may open them, and answers for their scripts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from contest import permissions
from contest.models import LiveRound, User
from contest.queries import live
from frontend import phrases
from frontend.views.errors import STATUS
from question_bank.errors import Refusal

Answer = Callable[..., JsonResponse]


def round_for(request: HttpRequest, live_id: int, role: str) -> tuple[LiveRound, User]:
    """The round and the user. Refusal("not-found") for strangers, "not-allowed" for another role."""
    row = live.get(live_id)
    return row, permissions.require_live(request.user, row, role)


def for_scripts(view: Answer) -> Callable[..., HttpResponse]:
    """A view that answers in JSON, refusals too: {"code", "detail"}."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **facts: Any) -> HttpResponse:
        try:
            return view(request, *args, **facts)
        except Refusal as refusal:
            told = {"code": refusal.code, "detail": phrases.sentence(refusal)}
            return JsonResponse(told, status=STATUS.get(refusal.code, 409))

    return answered
