"""Running a round: each deed is one action; who may do it, the contest's permissions say."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.views import Input, StaffView
from contest import permissions
from contest.actions import rounds, settlement
from contest.errors import Refusal
from contest.models import ContestStaff, Round
from contest.queries import dashboard

Role = ContestStaff.Role
COUNTS = ("people", "attempts", "finished", "points")
COMMON = ("sign-in-needed", "csrf-failed", "not-allowed", "not-found", "malformed", "throttled")


class RoundState(serializers.Serializer[Any]):
    """The round after the deed."""

    id = serializers.IntegerField()
    state = serializers.CharField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


class SettlementOutput(serializers.Serializer[Any]):
    """An edition of the result. `sheet_hash`: SHA-256 of the canonical sheet, to compare with the printed one."""

    round = serializers.IntegerField(source="round_id")
    edition = serializers.IntegerField()
    settled_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    sheet_hash = serializers.CharField()
    numbers = serializers.JSONField()


class Reason(Input):
    """Why, for the audit."""

    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class RoundDeed(StaffView):
    """Base: the round, for those who may do the deed."""

    least: Role = Role.ORGANISER

    def round(self, round_id: int) -> Round:
        """The round. Refusals: `not-found` (also for strangers), `not-allowed` for a role too low."""
        found = Round.objects.select_related("contest").filter(pk=round_id).first()
        if found is None:
            raise Refusal("not-found")
        permissions.require(self.actor, found.contest, at_least=self.least)
        return found

    def reason(self, request: Request) -> str:
        """The reason in the body. ValidationError for fields we do not know."""
        body = Reason(data=request.data)
        body.is_valid(raise_exception=True)
        return str(body.validated_data["reason"])


class Announce(RoundDeed):
    """Publish a draft round."""

    refusals = {
        "POST": (
            *COMMON,
            "round-announced",
            "contest-draft",
            "round-over",
            "rules-problems",
            "pool-too-small",
        )
    }

    @extend_schema(operation_id="announce_round", request=None, responses=RoundState)
    def post(self, request: Request, round_id: int) -> Response:
        """Checks the supply, draws the papers and freezes the rules."""
        found = rounds.announce_round(self.round(round_id), actor=self.actor, now=timezone.now())
        return Response(RoundState(found).data)


class Close(RoundDeed):
    """End an open round early."""

    refusals = {"POST": (*COMMON, "reason-missing", "round-not-open")}

    @extend_schema(operation_id="close_round", request=Reason, responses=RoundState)
    def post(self, request: Request, round_id: int) -> Response:
        """The close becomes now; whoever is at work keeps a minute."""
        found, reason = self.round(round_id), self.reason(request)
        found = rounds.close_round(found, actor=self.actor, reason=reason, now=timezone.now())
        return Response(RoundState(found).data)


class Settle(RoundDeed):
    """Compute the result of a closed round."""

    refusals = {
        "POST": (*COMMON, "round-not-closed", "round-not-swept", "ranking-undecided", "reason-missing")
    }

    @extend_schema(operation_id="settle_round", request=Reason, responses=SettlementOutput)
    def post(self, request: Request, round_id: int) -> Response:
        """Stores the next edition; of a published round that is an amendment, which needs a reason and a chief."""
        found, reason = self.round(round_id), self.reason(request)
        if found.state in {"published", "amended"}:
            permissions.require(self.actor, found.contest, at_least=Role.CHIEF)
        edition = settlement.settle_round(found, actor=self.actor, now=timezone.now(), reason=reason)
        return Response(SettlementOutput(edition).data)


class Publish(RoundDeed):
    """Make the settled result public."""

    least = Role.CHIEF
    refusals = {"POST": (*COMMON, "round-published", "round-not-settled", "prizes-out-of-date")}

    @extend_schema(operation_id="publish_round", request=None, responses=SettlementOutput)
    def post(self, request: Request, round_id: int) -> Response:
        """Only a chief of the contest may."""
        edition = settlement.publish_round(self.round(round_id), actor=self.actor, now=timezone.now())
        return Response(SettlementOutput(edition).data)


class UnderQuery(serializers.Serializer[Any]):
    """`under`: id of the unit whose children are listed; without it the top of the contest's tree."""

    under = serializers.IntegerField(min_value=1, required=False, default=None, allow_null=True)


class UnitLineOutput(serializers.Serializer[Any]):
    """A unit with all below it. `path` holds the ids of units from the root down, "" for people without a unit.

    `points` is the sum over `finished` attempts. Null is withheld: the numbers would answer an open prediction, or the
    points would tell results that the round's board does not show yet.
    """

    path = serializers.CharField()
    name = serializers.CharField()
    depth = serializers.IntegerField()
    registered = serializers.IntegerField()
    people = serializers.IntegerField(allow_null=True)
    attempts = serializers.IntegerField(allow_null=True)
    finished = serializers.IntegerField(allow_null=True)
    points = serializers.IntegerField(allow_null=True)


class UnitStatistics(RoundDeed):
    """Participation by unit."""

    least = Role.VIEWER
    refusals = {"GET": ("sign-in-needed", "not-found", "malformed", "throttled")}

    @extend_schema(
        operation_id="unit_statistics",
        parameters=[UnderQuery],
        responses=inline_serializer("UnitStatistics", {"results": UnitLineOutput(many=True)}),
    )
    def get(self, request: Request, round_id: int) -> Response:
        """The unit `under` and each of its children, with everything below them; without it the top of the tree."""
        query = UnderQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        found, now = self.round(round_id), timezone.now()
        lines = [asdict(line) for line in dashboard.participation(found, now=now)]
        if not dashboard.counts_are_shown(found.pk, now=now):
            lines = [line | dict.fromkeys(COUNTS) for line in lines]
        elif not dashboard.scores_are_shown(found.pk, now=now):
            lines = [line | {"points": None} for line in lines]
        under = query.validated_data["under"]
        kept = [line for line in lines if _is_near(line["path"], under)]
        return Response(
            {"results": UnitLineOutput(kept, many=True).data}, headers={"Cache-Control": "no-store"}
        )


def _is_near(path: str, under: int | None) -> bool:
    """Whether the path is the unit itself or a child of it; of no unit, whether it is at the top."""
    ids = [int(part) for part in path.split("/") if part]
    return under in ids[-2:] if under is not None else len(ids) <= 1
