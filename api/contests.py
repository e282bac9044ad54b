"""Contests and rounds as anyone may read them."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.views import PageQuery, PublicView, cached, page_of
from contest.models import Round
from contest.queries import contests
from contest.queries.contests import RoundView


class RoundOutput(serializers.Serializer[Any]):
    """A round in a list. `phase`: upcoming, open, paused, closing, settled, published or amended, at this moment."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    phase = serializers.CharField()


class ContestOutput(serializers.Serializer[Any]):
    """A contest with its announced rounds."""

    slug = serializers.CharField()
    title = serializers.CharField()
    organiser = serializers.CharField()
    rounds = RoundOutput(many=True)


class ContestList(PublicView):
    """Published contests."""

    refusals = {"GET": ("malformed", "throttled")}

    @extend_schema(
        operation_id="contests",
        parameters=[PageQuery],
        responses=inline_serializer(
            "ContestPage",
            {"results": ContestOutput(many=True), "next": serializers.IntegerField(allow_null=True)},
        ),
    )
    def get(self, request: Request) -> Response:
        """The newest first. `next` is the cursor of the following page, null at the end."""
        page = page_of(request)
        first, limit = page["cursor"], page["limit"]
        found = contests.published(now=timezone.now(), first=first, limit=limit + 1)
        following = first + limit if len(found) > limit else None
        return Response({"results": ContestOutput(found[:limit], many=True).data, "next": following})


class ContestDetail(PublicView):
    """One published contest."""

    refusals = {"GET": ("not-found", "throttled")}

    @extend_schema(operation_id="contest", responses=ContestOutput)
    def get(self, request: Request, slug: str) -> Response:
        """The contest with its announced rounds."""
        return Response(ContestOutput(contests.public(slug, now=timezone.now())).data)


class AttemptRuleOutput(serializers.Serializer[Any]):
    """How many attempts a person has, per `round` or per `week`."""

    limit = serializers.IntegerField()
    per = serializers.CharField(source="per.value")


class RoundDetailOutput(RoundOutput):
    """A round with what an entrant must know before starting; `limit_s` seconds, `prediction` null or what is asked."""

    contest = serializers.CharField(source="contest.slug")
    limit_s = serializers.IntegerField(source="rules.limit_s")
    attempts = AttemptRuleOutput(source="rules.attempts")
    questions = serializers.IntegerField(source="rules.blueprint.count")
    max_points = serializers.IntegerField(source="rules.blueprint.max_points")
    prediction = serializers.SerializerMethodField()
    board = serializers.CharField(source="rules.board.value")
    review = serializers.CharField(source="rules.review.value")

    def get_prediction(self, round: RoundView) -> str | None:
        """The kind of the prediction."""
        return round.rules.prediction.kind.value if round.rules.prediction else None


class RoundDetail(PublicView):
    """One announced round; polled by whoever waits for it to open."""

    polled = True
    refusals = {"GET": ("not-found", "throttled")}

    @extend_schema(operation_id="round", responses=RoundDetailOutput)
    def get(self, request: Request, round_id: int) -> HttpResponse:
        """The round with an ETag: it changes with its phase and its calendar."""
        found = contests.announced_round(round_id, now=timezone.now())
        return cached(request, msgspec.json.encode(RoundDetailOutput(found).data))


class RoundRules(PublicView):
    """The rules (thể lệ) of a round as data."""

    polled = True
    refusals = {"GET": ("not-found", "throttled")}

    @extend_schema(
        operation_id="round_rules",
        responses=inline_serializer(
            "RoundRules", {"version": serializers.IntegerField(), "rules": serializers.JSONField()}
        ),
    )
    def get(self, request: Request, round_id: int) -> HttpResponse:
        """The rules as announced, with the version that every change after that raises."""
        found = contests.announced_round(round_id, now=timezone.now())
        version = Round.objects.values_list("rules_version", flat=True).get(pk=found.id)
        return cached(request, msgspec.json.encode({"version": version, "rules": found.rules.as_json()}))
