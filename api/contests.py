"""Public reading: contests, rounds, units, published standings."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from contest.errors import Refusal
from contest.queries import contests, standings, units

PAGE = 50


class Problem(serializers.Serializer[Any]):
    """The one shape of an error."""

    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField(child=serializers.CharField())  # type: ignore[assignment]


class PublicThrottle(AnonRateThrottle):
    """600 a minute for one address: a whole hall shares one."""

    rate = "600/min"


class PublicView(APIView):
    """Reading that needs no account."""

    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_classes = [PublicThrottle]


class RoundOutput(serializers.Serializer[Any]):
    """A round in a list; times are ISO 8601."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    phase = serializers.CharField()


class ContestOutput(serializers.Serializer[Any]):
    """A contest with its rounds."""

    slug = serializers.CharField()
    title = serializers.CharField()
    organiser = serializers.CharField()
    rounds = RoundOutput(many=True)


class ContestList(PublicView):
    """Published contests."""

    @extend_schema(responses={200: ContestOutput(many=True), 429: Problem})
    def get(self, request: Request) -> Response:
        """The published contests, newest first, at most 50."""
        found = contests.published(now=timezone.now())[:PAGE]
        return Response(ContestOutput(found, many=True).data)


class ContestDetail(PublicView):
    """One published contest."""

    @extend_schema(responses={200: ContestOutput, 404: Problem, 429: Problem})
    def get(self, request: Request, slug: str) -> Response:
        """The contest with its announced rounds."""
        return Response(ContestOutput(contests.public(slug, now=timezone.now())).data)


class UnitOutput(serializers.Serializer[Any]):
    """A unit; the full name holds its parents."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    full_name = serializers.CharField()


class UnitSearch(PublicView):
    """Accent-free search for units."""

    @extend_schema(
        parameters=[OpenApiParameter("q", str), OpenApiParameter("contest", str)],
        responses={200: UnitOutput(many=True), 429: Problem},
    )
    def get(self, request: Request) -> Response:
        """At most 20 units whose name or parents contain every word, with or without accents."""
        found = units.search(request.query_params.get("q", "")[:100], contest=request.query_params.get("contest"))
        return Response(UnitOutput(found, many=True).data)


class StandingOutput(serializers.Serializer[Any]):
    """A line of a published result."""

    rank = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.CharField()
    points = serializers.IntegerField()
    duration_ms = serializers.IntegerField()
    prediction_error = serializers.IntegerField(allow_null=True)
    prize = serializers.CharField()


class Standings(PublicView):
    """The published ranking of a round."""

    @extend_schema(
        parameters=[OpenApiParameter("page", int)], responses={200: StandingOutput(many=True), 404: Problem}
    )
    def get(self, request: Request, round_id: int) -> Response:
        """Fifty lines a page. 404 `results-not-public` before publication."""
        try:
            page = max(1, int(request.query_params.get("page", "1")))
        except ValueError:
            raise Refusal("malformed", field="page") from None
        return Response(StandingOutput(standings.page(round_id, page=page, size=PAGE), many=True).data)
