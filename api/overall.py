"""The final standing of a contest: what anyone may read, and the deeds of its staff."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.organise import COMMON, Reason
from api.views import PageQuery, PublicView, StaffView, cached, page_of
from contest import permissions
from contest.actions import overall as actions
from contest.errors import Refusal
from contest.models import Contest, ContestStaff
from contest.queries import contests, overall

Role = ContestStaff.Role


class FinalLine(serializers.Serializer[Any]):
    """A line of a final standing: sums over `rounds` rounds; names are masked unless the person agreed to be named."""

    rank = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.CharField()
    rounds = serializers.IntegerField()
    points = serializers.IntegerField()
    correct = serializers.IntegerField()
    rounds_all_correct = serializers.IntegerField()
    duration_ms = serializers.IntegerField()
    prize = serializers.CharField()


class FinalStandings(PublicView):
    """The published final standing of a contest."""

    polled = True
    refusals = {"GET": ("malformed", "not-found", "results-not-public", "throttled")}

    @extend_schema(
        operation_id="final_standings",
        parameters=[PageQuery],
        responses=inline_serializer(
            "FinalStandingsPage",
            {
                "edition": serializers.IntegerField(),
                "published_at": serializers.DateTimeField(),
                "sheet_hash": serializers.CharField(),
                "out_of_date": serializers.BooleanField(),
                "people": serializers.IntegerField(),
                "results": FinalLine(many=True),
                "next": serializers.IntegerField(allow_null=True),
            },
        ),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        """A page in the order of the ranking. `out_of_date`: a round has changed since; a new edition is to come."""
        page = page_of(request)
        edition = overall.released(contests.public(slug, now=timezone.now()).contest)
        found, following = overall.after(edition, page["cursor"], limit=page["limit"])
        content = {
            "edition": edition.edition,
            "published_at": edition.published_at,
            "sheet_hash": edition.sheet_hash,
            "out_of_date": overall.out_of_date(edition),
            "people": edition.numbers["people"],
            "results": found,
            "next": following,
        }
        return cached(request, msgspec.json.encode(content))


class FinalEdition(serializers.Serializer[Any]):
    """An edition of the final standing. `sheet_hash`: SHA-256 of the canonical sheet."""

    edition = serializers.IntegerField()
    settled_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    sheet_hash = serializers.CharField()
    numbers = serializers.JSONField()


class ContestDeed(StaffView):
    """Base: the contest, for those who may do the deed."""

    least: Role = Role.ORGANISER

    def contest(self, slug: str) -> Contest:
        """The contest. Refusals: `not-found` (also for strangers), `not-allowed` for a role too low."""
        found = Contest.objects.filter(slug=slug).first()
        if found is None:
            raise Refusal("not-found")
        permissions.require(self.actor, found, at_least=self.least)
        return found


class SettleContest(ContestDeed):
    """Compute the final standing."""

    refusals = {
        "POST": (*COMMON, "overall-unplanned", "rounds-unpublished", "ranking-undecided", "reason-missing")
    }

    @extend_schema(operation_id="settle_contest", request=Reason, responses=FinalEdition)
    def post(self, request: Request, slug: str) -> Response:
        """Stores the next edition; of a published standing that is an amendment: it needs a reason and a chief."""
        found = self.contest(slug)
        body = Reason(data=request.data)
        body.is_valid(raise_exception=True)
        if overall.has_result(found):
            permissions.require(self.actor, found, at_least=Role.CHIEF)
        reason = str(body.validated_data["reason"])
        edition = actions.settle_contest(found, actor=self.actor, now=timezone.now(), reason=reason)
        return Response(FinalEdition(edition).data)


class PublishContest(ContestDeed):
    """Make the settled final standing public."""

    least = Role.CHIEF
    refusals = {"POST": (*COMMON, "overall-published", "overall-not-settled", "overall-out-of-date")}

    @extend_schema(operation_id="publish_contest_result", request=None, responses=FinalEdition)
    def post(self, request: Request, slug: str) -> Response:
        """Only a chief of the contest may."""
        edition = actions.publish_contest_result(self.contest(slug), actor=self.actor, now=timezone.now())
        return Response(FinalEdition(edition).data)
