"""The question bank for curators; the only place of this door where a key is shown."""

from typing import Any

from django.db.models import prefetch_related_objects
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
    """A version of a question, key and all: the newest, or every one in the state asked for."""

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
        """In the order of their codes; `cursor` counts pages. Whoever may not see keys learns of no list."""
        if not permissions.may_see_keys(self.actor):
            raise Refusal("not-found")
        page = page_of(request, QuestionQuery)
        wanted = browse.Filter(
            topic=page["topic"], state=page["state"], kind=page["kind"], level=page["level"], words=page["q"]
        )
        found = browse.browse(wanted, page=page["cursor"] + 1, size=page["limit"])
        rows = list(found)
        prefetch_related_objects(rows, "citations")
        following = found.number if found.has_next() else None
        body = {"results": QuestionOutput(rows, many=True).data, "next": following}
        return Response(body, headers={"Cache-Control": "no-store"})
