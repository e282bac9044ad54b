"""Finding one's unit while typing."""

import threading
import time
from typing import Any

import msgspec
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request

from api.views import PublicView, cached
from contest.models import Unit
from contest.queries import units
from question_bank.rules import text

KEPT_S = 60.0
MOST_KEPT = 5_000


class UnitQuery(serializers.Serializer[Any]):
    """Words of the unit's name or of its parents', with or without accents; `contest` (a slug) narrows the tree."""

    q = serializers.CharField(max_length=100, default="", allow_blank=True)
    contest = serializers.CharField(max_length=60, default="", allow_blank=True)


class UnitOutput(serializers.Serializer[Any]):
    """A unit; `parent` is the full name of what it belongs to, "" at the top."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    parent = serializers.CharField()  # type: ignore[assignment]  # the name that pages and client expect


class UnitSearch(PublicView):
    """Accent-free search for units."""

    polled = True
    refusals = {"GET": ("malformed", "throttled")}
    _found: dict[tuple[str, str], tuple[float, bytes]] = {}
    _lock = threading.Lock()

    @extend_schema(
        operation_id="units",
        parameters=[UnitQuery],
        responses=inline_serializer("UnitList", {"results": UnitOutput(many=True)}),
    )
    def get(self, request: Request) -> HttpResponse:
        """At most 20 units that contain every word; a minute old at most, for units seldom change."""
        query = UnitQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        key = (query.validated_data["contest"], " ".join(text.fold(query.validated_data["q"]).split()))
        return cached(request, self._search(key), cache="public, max-age=60")

    def _search(self, key: tuple[str, str]) -> bytes:
        kept = self._found.get(key)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        contest, words = key
        found = [shown(unit) for unit in units.search(words, contest=contest or None)]
        content = msgspec.json.encode({"results": found})
        with self._lock:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[key] = (time.monotonic() + KEPT_S, content)
        return content

    @classmethod
    def forget(cls) -> None:
        """Drops what this process keeps (tests)."""
        cls._found.clear()


def shown(unit: Unit) -> dict[str, Any]:
    """The unit as an answer shows it."""
    return {"id": unit.pk, "name": unit.name, "parent": unit.parent.full_name if unit.parent else ""}
