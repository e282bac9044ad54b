"""The published result of a live round, for machines."""

from dataclasses import asdict
from typing import Any

import msgspec
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request

from api.views import PageQuery, PublicView, cached, page_of
from contest.errors import Refusal
from contest.models import Contest
from contest.queries import live_results, live_story


class LiveLineOutput(serializers.Serializer[Any]):
    """A line of a live result; names are masked unless the person is registered and agreed to be named.

    `seat` is the number in the room, 0 for a team; `ms` the time of the right answers.
    """

    rank = serializers.IntegerField()
    seat = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.CharField()
    points = serializers.FloatField()
    right = serializers.IntegerField()
    ms = serializers.IntegerField()


class UnitPlaceOutput(serializers.Serializer[Any]):
    """A unit of a live round that ranks units: `points` is the mean of its best people, the others are their sums."""

    rank = serializers.IntegerField()
    name = serializers.CharField()
    people = serializers.IntegerField(help_text="how many of it took part")
    points = serializers.FloatField()
    right = serializers.IntegerField()
    ms = serializers.IntegerField()


PAGE = inline_serializer(
    "LiveResultPage",
    {
        "round": serializers.IntegerField(),
        "title": serializers.CharField(),
        "edition": serializers.IntegerField(),
        "published_at": serializers.DateTimeField(),
        "reviewed": serializers.BooleanField(
            help_text="corrected since; the jury has not published it anew yet"
        ),
        "sheet_hash": serializers.CharField(),
        "results": LiveLineOutput(many=True),
        "units": UnitPlaceOutput(many=True, help_text="all of them, with the first page only"),
        "next": serializers.IntegerField(allow_null=True),
    },
)


class LiveResult(PublicView):
    """The ranking of a live round once it is published."""

    polled = True
    refusals = {"GET": ("malformed", "not-found", "results-not-public", "throttled")}

    @extend_schema(operation_id="live_result", parameters=[PageQuery], responses=PAGE)
    def get(self, request: Request, live_id: int) -> HttpResponse:
        """A page in the order of the ranking; `cursor` counts lines."""
        page = page_of(request)
        found = live_story.released(live_id)
        if found.row.contest.state == Contest.State.DRAFT:
            raise Refusal("not-found")
        lines = live_results.lines(found)
        end = page["cursor"] + page["limit"]
        content = {
            "round": live_id,
            "title": found.row.title,
            "edition": found.edition.edition,
            "published_at": found.edition.published_at,
            "reviewed": found.reviewed,
            "sheet_hash": found.edition.sheet_hash,
            "results": [asdict(line) for line in lines[page["cursor"] : end]],
            "units": [asdict(unit) for unit in live_results.units(found)] if not page["cursor"] else [],
            "next": end if end < len(lines) else None,
        }
        return cached(request, msgspec.json.encode(content))
