"""The question bank for curators; the only place of this door where a key is shown."""

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.views import PageQuery, StaffView, page_of
from contest.errors import Refusal
from question_bank import permissions
from question_bank.queries import browse


class QuestionQuery(PageQuery):
    """`topic` covers its subtree; `q` are words, accents or none."""

    topic = serializers.CharField(max_length=40, default="", allow_blank=True)
    state = serializers.CharField(max_length=10, default="", allow_blank=True)
    kind = serializers.CharField(max_length=10, default="", allow_blank=True)
    level = serializers.CharField(max_length=3, default="", allow_blank=True)
    q = serializers.CharField(max_length=100, default="", allow_blank=True)


class CitationOutput(serializers.Serializer[Any]):
    """Where the outline says so."""

    topic = serializers.CharField(source="topic_key")
    quote = serializers.CharField()


class QuestionOutput(serializers.Serializer[Any]):
    """The newest version of a question, key and all."""

    version = serializers.IntegerField(source="pk")
    code = serializers.CharField(source="question.code")
    topic = serializers.CharField(source="question.topic.key")
    number = serializers.IntegerField()
    state = serializers.CharField()
    kind = serializers.CharField()
    level = serializers.CharField()
    stem = serializers.CharField()
    body = serializers.JSONField()
    key = serializers.JSONField()
    explanation = serializers.CharField()
    citations = CitationOutput(many=True)


class QuestionList(StaffView):
    """Questions for those who may see keys."""

    refusals = {"GET": ("sign-in-needed", "not-found", "malformed", "throttled")}

    @extend_schema(
        operation_id="questions",
        parameters=[QuestionQuery],
        responses=inline_serializer(
            "QuestionPage",
            {"results": QuestionOutput(many=True), "next": serializers.IntegerField(allow_null=True)},
        ),
    )
    def get(self, request: Request) -> Response:
        """In the order of their making. Whoever may not see keys learns not even that there is a list."""
        if not permissions.may_see_keys(self.actor):
            raise Refusal("not-found")
        page = page_of(request, QuestionQuery)
        limit = page["limit"]
        wanted = browse.Filter(page["topic"], page["state"], page["kind"], page["level"], page["q"])
        found = browse.newest_versions(wanted, after=page["cursor"], limit=limit + 1)
        following = found[limit - 1].pk if len(found) > limit else None
        body = {"results": QuestionOutput(found[:limit], many=True).data, "next": following}
        return Response(body, headers={"Cache-Control": "no-store"})
