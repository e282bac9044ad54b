"""Staff of a live round: tickets for its sockets, remotes, appeals and receipts."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.live import tickets
from api.views import Input, StaffView
from contest import permissions
from contest.actions import live_appeals, live_remotes
from contest.errors import Refusal
from contest.models import LiveRound
from contest.queries import live, live_jury

COMMON = ("sign-in-needed", "csrf-failed", "not-allowed", "not-found", "malformed", "throttled")
NO_STORE = {"Cache-Control": "no-store"}


class LiveDeed(StaffView):
    """Base: the live round, for those who have one of the roles."""

    def row(self, live_id: int, *roles: str) -> LiveRound:
        """The round. Refusals: `not-found` (also for strangers), `not-allowed` for other roles."""
        found = live.get(live_id)
        mine = permissions.live_roles(self.actor, found)
        if not mine:
            raise Refusal("not-found")
        if not mine & set(roles):
            raise Refusal("not-allowed")
        return found


class TicketInput(Input):
    """As what the socket will greet."""

    role = serializers.ChoiceField(choices=tickets.ROLES)


class Tickets(LiveDeed):
    """Tickets for the socket."""

    refusals = {"POST": COMMON}

    @extend_schema(
        operation_id="live_ticket",
        request=TicketInput,
        responses={201: inline_serializer("LiveTicket", {"ticket": serializers.CharField()})},
    )
    def post(self, request: Request, live_id: int) -> Response:
        """What to show in `hello` within a minute. Host and jury may open the projector too."""
        body = TicketInput(data=request.data)
        found = self.row(live_id, "host", "jury")
        body.is_valid(raise_exception=True)
        role = body.validated_data["role"]
        if role != "projector":
            self.row(live_id, role)
        made = tickets.write(tickets.Ticket(found.pk, role, self.actor.pk))
        return Response({"ticket": made}, status=201, headers=NO_STORE)


class Remotes(LiveDeed):
    """Remotes: a phone that may press the next key."""

    refusals = {"POST": COMMON, "DELETE": COMMON}

    @extend_schema(
        operation_id="offer_remote",
        request=None,
        responses={
            201: inline_serializer(
                "RemoteCode", {"code": serializers.CharField(), "seconds": serializers.IntegerField()}
            )
        },
    )
    def post(self, request: Request, live_id: int) -> Response:
        """A code for the QR: it pairs one phone, within `seconds`."""
        found = self.row(live_id, "host")
        code = live_remotes.offer_remote(found.pk, actor=self.actor, now=timezone.now())
        made: dict[str, Any] = {"code": code, "seconds": live_remotes.CODE_MS // 1000}
        return Response(made, status=201, headers=NO_STORE)

    @extend_schema(operation_id="revoke_remotes", request=None, responses={204: None})
    def delete(self, request: Request, live_id: int) -> Response:
        """Ends every remote of the round."""
        live_remotes.revoke_remotes(self.row(live_id, "host").pk, now=timezone.now())
        return Response(status=204)


class AppealLine(serializers.Serializer[Any]):
    """An objection as the jury sees it; `decision` (granted, rejected) is empty while it is open. `at` in ms."""

    id = serializers.IntegerField()
    run = serializers.IntegerField()
    seat = serializers.IntegerField()
    name = serializers.CharField()
    text = serializers.CharField()
    at = serializers.IntegerField()
    decision = serializers.CharField(allow_blank=True)
    remark = serializers.CharField(allow_blank=True)


class DecisionInput(Input):
    """What the jury decides, and why."""

    decision = serializers.CharField(max_length=10)
    remark = serializers.CharField(max_length=2000, allow_blank=True, default="")


class AppealList(LiveDeed):
    """Objections of participants."""

    refusals = {"GET": ("sign-in-needed", "not-allowed", "not-found", "throttled")}

    @extend_schema(
        operation_id="live_appeals",
        responses=inline_serializer("LiveAppeals", {"results": AppealLine(many=True)}),
    )
    def get(self, request: Request, live_id: int) -> Response:
        """All of them, the oldest first; for the jury."""
        lines = live_jury.appeals(self.row(live_id, "jury").pk)
        return Response({"results": AppealLine(lines, many=True).data}, headers=NO_STORE)


class AppealDecision(LiveDeed):
    """The jury's word on an objection."""

    refusals = {"POST": (*COMMON, "decision-unknown", "reason-missing", "text-too-long", "appeal-decided")}

    @extend_schema(operation_id="decide_live_appeal", request=DecisionInput, responses={204: None})
    def post(self, request: Request, live_id: int, appeal_id: int) -> Response:
        """Grants or rejects it; what follows from a granted one (accept, void) is a command of its own."""
        body = DecisionInput(data=request.data)
        found = self.row(live_id, "jury")
        body.is_valid(raise_exception=True)
        live_appeals.decide_appeal(
            found.pk, appeal_id=appeal_id, actor=self.actor, now=timezone.now(), **body.validated_data
        )
        return Response(status=204)


class ReceiptQuery(serializers.Serializer[Any]):
    """`q`: the beginning of a receipt, a seat number, or words of a name (accents or none)."""

    q = serializers.CharField(max_length=100)


class ReceiptLine(serializers.Serializer[Any]):
    """An answer on disk: what was given (`lines`), when it was received (`at`, ms since 1970), the time it took."""

    run = serializers.IntegerField()
    seat = serializers.IntegerField()
    name = serializers.CharField()
    receipt = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())
    at = serializers.IntegerField()
    ms = serializers.IntegerField()


class Receipts(LiveDeed):
    """Answers by their receipts."""

    refusals = {"GET": ("sign-in-needed", "not-allowed", "not-found", "malformed", "throttled")}

    @extend_schema(
        operation_id="live_receipts",
        parameters=[ReceiptQuery],
        responses=inline_serializer("LiveReceipts", {"results": ReceiptLine(many=True)}),
    )
    def get(self, request: Request, live_id: int) -> Response:
        """At most 50, the newest first; for the jury."""
        found = self.row(live_id, "jury")
        query = ReceiptQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        lines = live_jury.receipts(found.pk, query.validated_data["q"])
        return Response({"results": ReceiptLine(lines, many=True).data}, headers=NO_STORE)
