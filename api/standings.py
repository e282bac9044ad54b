"""Published results, one's own place among them, and the look-up of a receipt."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import identity
from api.views import PageQuery, PublicView, cached, page_of
from contest.models import Settlement
from contest.queries import receipts, snapshots, standings


class LineOutput(serializers.Serializer[Any]):
    """A line of a published result; names are masked unless the person agreed to be named."""

    rank = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.CharField()
    points = serializers.IntegerField()
    correct = serializers.IntegerField()
    duration_ms = serializers.IntegerField()
    prediction = serializers.IntegerField(allow_null=True)
    prediction_error = serializers.IntegerField(allow_null=True)
    prize = serializers.CharField()
    own = serializers.BooleanField()


EDITION: dict[str, serializers.Field[Any, Any, Any, Any]] = {
    "edition": serializers.IntegerField(),
    "published_at": serializers.DateTimeField(),
    "sheet_hash": serializers.CharField(),
    "people": serializers.IntegerField(),
    "results": LineOutput(many=True),
}


class Standings(PublicView):
    """The published ranking of a round."""

    polled = True
    refusals = {"GET": ("malformed", "results-not-public", "throttled")}

    @extend_schema(
        operation_id="standings",
        parameters=[PageQuery],
        responses=inline_serializer(
            "StandingsPage", {**EDITION, "next": serializers.IntegerField(allow_null=True)}
        ),
    )
    def get(self, request: Request, round_id: int) -> HttpResponse:
        """A page in the order of the ranking. An edition never changes, so its pages keep their ETag for ever."""
        page = page_of(request)
        edition = standings.released(round_id)
        found, following = standings.after(edition, page["cursor"], limit=page["limit"])
        content = {**_edition(edition), "results": found, "next": following}
        return cached(request, msgspec.json.encode(content))


class OwnStanding(PublicView):
    """The entrant's own line and its neighbours."""

    refusals = {"GET": ("entrant-needed", "token-invalid", "results-not-public", "throttled")}

    @extend_schema(operation_id="own_standing", responses=inline_serializer("OwnStanding", EDITION))
    def get(self, request: Request, round_id: int) -> HttpResponse:
        """Own line with two neighbours on each side; no lines when the entrant was not ranked."""
        contest_id = snapshots.round_snapshot(round_id).contest_id
        entrant_id = identity.entrant(request._request, contest_id)  # noqa: SLF001
        edition = standings.released(round_id)
        content = {**_edition(edition), "results": standings.around(edition, entrant_id)}
        return HttpResponse(
            msgspec.json.encode(content),
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )


class ReceiptOutput(serializers.Serializer[Any]):
    """What a receipt proves: whose, of which round, in what state; never a score. The name is masked."""

    receipt = serializers.CharField()
    contest = serializers.CharField()
    round = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    state = serializers.CharField()
    finished_at = serializers.DateTimeField()
    duration_ms = serializers.IntegerField()


class Receipt(PublicView):
    """An attempt by its receipt code."""

    refusals = {"GET": ("receipt-malformed", "receipt-unknown", "throttled")}
    throttle_scope = "receipt"

    @extend_schema(operation_id="receipt", responses=ReceiptOutput)
    def get(self, request: Request, code: str) -> Response:
        """Reads the code as people type it: any case, with or without dashes, O for 0."""
        found = receipts.look_up(code, now=timezone.now())
        return Response(ReceiptOutput(found).data, headers={"Cache-Control": "no-store"})


def _edition(settlement: Settlement) -> dict[str, Any]:
    return {
        "edition": settlement.edition,
        "published_at": settlement.published_at,
        "sheet_hash": settlement.sheet_hash,
        "people": settlement.numbers.get("people_participating", 0),
    }
