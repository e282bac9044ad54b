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
from contest.actions import live_remotes
from contest.errors import Refusal
from contest.models import LiveRound
from contest.queries import live

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
