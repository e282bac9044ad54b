"""The running board over HTTP: what the socket falls back to."""

import hashlib

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from api.attempts import answering
from api.live import messages
from contest.errors import Refusal
from contest.queries import board as boards
from contest.queries import snapshots, tokens


@require_http_methods(["GET"])
def board(request: HttpRequest, round_id: int) -> HttpResponse:
    """GET: the same board message as the socket's, with an ETag over what it shows."""
    return _board(request, round_id)


@answering
def _refusing(request: HttpRequest, round_id: int) -> HttpResponse:
    now = timezone.now()
    shown = boards.board(round_id, now=now)
    if shown.phase == "draft":
        raise Refusal("not-found")
    content = msgspec.json.encode(shown)
    etag = '"' + hashlib.sha256(content).hexdigest()[:24] + '"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        message = messages.board_message(shown, epoch="poll", version=0, at=now)
        response = HttpResponse(messages.encode(message), content_type="application/json")
    response["ETag"] = etag
    return response


def _board(request: HttpRequest, round_id: int) -> HttpResponse:
    response = _refusing(request, round_id)
    if response.status_code in {200, 304}:
        response["Cache-Control"] = "no-cache"
    return response


@answering
@require_http_methods(["GET"])
def mine(request: HttpRequest, round_id: int) -> HttpResponse:
    """GET with the entrant's cookie: the own provisional rank, null while the round shows none."""
    snapshot = snapshots.round_snapshot(round_id)
    entrant_id = tokens.read_entrant(request.COOKIES.get(f"entrant_{snapshot.contest_id}", ""))
    if entrant_id is None:
        raise Refusal("entrant-needed")
    rank = boards.own_rank(round_id, entrant_id, now=timezone.now())
    return HttpResponse(msgspec.json.encode({"rank": rank}), content_type="application/json")
