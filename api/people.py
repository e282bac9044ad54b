"""Staff and single people: finding an attempt, extra time, opening again, voiding; who is excluded from a contest."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.organise import COMMON, Reason, Role, RoundDeed
from api.views import Input, StaffView
from contest import permissions
from contest.actions import adjustments, exclusions, voiding
from contest.errors import Refusal
from contest.models import Contest, Exclusion
from contest.queries import people

READING = ("sign-in-needed", "not-found", "malformed", "throttled")
ADJUSTING = ("reason-missing", "adjustment-out-of-range", "attempt-finished", "attempt-voided")


class AttemptQuery(serializers.Serializer[Any]):
    """`q`: a receipt code, or words of a name or unit (accents or none), or a phone; two characters at least."""

    q = serializers.CharField(max_length=120)


class StaffAttempt(serializers.Serializer[Any]):
    """An attempt as staff sees it. `points` is null where the round shows no scores now; the phone is masked for
    viewers.
    """

    public_id = serializers.CharField(source="attempt.public_id")
    entrant = serializers.IntegerField(source="entrant.pk")
    name = serializers.CharField(source="entrant.name")
    unit = serializers.CharField(source="attempt.unit_name")
    phone = serializers.CharField()
    number = serializers.IntegerField(source="attempt.number")
    state = serializers.CharField(source="attempt.state")
    started_at = serializers.DateTimeField(source="attempt.started_at")
    deadline = serializers.DateTimeField(source="attempt.deadline")
    finished_at = serializers.DateTimeField(source="attempt.finished_at", allow_null=True)
    receipt = serializers.CharField(source="attempt.receipt", allow_null=True)
    points = serializers.IntegerField(allow_null=True)


class Seconds(Input):
    """Seconds and why, for the audit."""

    seconds = serializers.IntegerField(
        min_value=-adjustments.MOST_SECONDS, max_value=adjustments.MOST_SECONDS
    )
    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class AdjustedOutput(serializers.Serializer[Any]):
    """What was written down, and the deadline before and now."""

    public_id = serializers.CharField(source="attempt.public_id")
    seconds = serializers.IntegerField()
    before = serializers.DateTimeField()
    deadline = serializers.DateTimeField()


class VoidedOutput(serializers.Serializer[Any]):
    """The attempt and its state, `voided`."""

    public_id = serializers.CharField()
    state = serializers.CharField()


class AttemptSearch(RoundDeed):
    """Attempts of a round."""

    least = Role.VIEWER
    refusals = {"GET": READING}

    @extend_schema(
        operation_id="find_attempts",
        parameters=[AttemptQuery],
        responses=inline_serializer("StaffAttempts", {"results": StaffAttempt(many=True)}),
    )
    def get(self, request: Request, round_id: int) -> Response:
        """At most 20, open ones first; how many there are beyond is not told."""
        found = self.round(round_id)
        query = AttemptQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        role = permissions.role_in(self.actor, found.contest) or Role.VIEWER
        lines = people.find_attempts(found, query.validated_data["q"], role=role, now=timezone.now())
        return Response(
            {"results": StaffAttempt(lines, many=True).data}, headers={"Cache-Control": "no-store"}
        )


class Adjust(RoundDeed):
    """Extra time for one open attempt."""

    refusals = {"POST": (*COMMON, *ADJUSTING, "adjustment-no-effect")}

    @extend_schema(operation_id="adjust_attempt", request=Seconds, responses=AdjustedOutput)
    def post(self, request: Request, round_id: int, public_id: str) -> Response:
        """Adds seconds, or takes them away below 0; never past the close, never to less than 60 s from now."""
        found, body = self.round(round_id), Seconds(data=request.data)
        body.is_valid(raise_exception=True)
        done = adjustments.adjust_attempt(
            found, public_id=public_id, actor=self.actor, now=timezone.now(), **body.validated_data
        )
        return Response(AdjustedOutput(done).data)


class Reopen(RoundDeed):
    """An attempt that the clock has ended, opened again."""

    refusals = {
        "POST": (
            *COMMON, *ADJUSTING, "attempt-open", "attempt-not-latest", "answers-were-shown",
            "round-upcoming", "round-paused", "round-closed",
        )
    }  # fmt: skip

    @extend_schema(operation_id="reopen_attempt", request=Seconds, responses=AdjustedOutput)
    def post(self, request: Request, round_id: int, public_id: str) -> Response:
        """For so many seconds from now; answers stay, and the time it was shut counts into its duration."""
        found, body = self.round(round_id), Seconds(data=request.data)
        body.is_valid(raise_exception=True)
        done = adjustments.reopen_attempt(
            found, public_id=public_id, actor=self.actor, now=timezone.now(), **body.validated_data
        )
        return Response(AdjustedOutput(done).data)


class Void(RoundDeed):
    """One attempt that is to count nowhere."""

    least = Role.CHIEF
    refusals = {"POST": (*COMMON, "not-allowed", "reason-missing", "attempt-voided")}

    @extend_schema(operation_id="void_attempt", request=Reason, responses=VoidedOutput)
    def post(self, request: Request, round_id: int, public_id: str) -> Response:
        """Kept as it is and counted nowhere; a round that is settled already is settled anew."""
        found, reason = self.round(round_id), self.reason(request)
        done = voiding.void_attempt(
            found, public_id=public_id, actor=self.actor, reason=reason, now=timezone.now()
        )
        return Response(VoidedOutput(done).data)


class ExclusionOutput(serializers.Serializer[Any]):
    """Somebody who may not take part. The phone is not kept; `entrant` is null for who has not registered."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    reason = serializers.CharField()
    entrant = serializers.IntegerField(allow_null=True)


class ExclusionInput(Input):
    """Whom and why; the person reads the reason."""

    phone = serializers.CharField(max_length=24)
    name = serializers.CharField(max_length=exclusions.LABEL_LIMIT)
    reason = serializers.CharField(max_length=exclusions.REASON_LIMIT, allow_blank=True, default="")


class LiftInput(Input):
    """Why, for the audit."""

    reason = serializers.CharField(max_length=exclusions.REASON_LIMIT, allow_blank=True, default="")


class ContestDeed(StaffView):
    """Base: the contest, for those who may."""

    def contest(self, slug: str, least: Role) -> Contest:
        """The contest. Refusals: `not-found` (also for strangers), `not-allowed` for a role too low."""
        found = Contest.objects.filter(slug=slug).first()
        if found is None:
            raise Refusal("not-found")
        permissions.require(self.actor, found, at_least=least)
        return found

    def require_for(self, contest: Contest, person_key: str) -> None:
        """Refusal("not-allowed") for an organiser where a published result would change."""
        changes = people.has_published_result(contest, person_key)
        permissions.require(self.actor, contest, at_least=Role.CHIEF if changes else Role.ORGANISER)


class Exclusions(ContestDeed):
    """Who may not take part."""

    refusals = {
        "GET": READING,
        "POST": (
            *COMMON, "reason-missing", "reason-too-long", "name-missing", "name-too-long", "phone-malformed",
            "already-excluded", "ranking-undecided",
        ),
    }  # fmt: skip

    @extend_schema(
        operation_id="exclusions",
        responses=inline_serializer("Exclusions", {"results": ExclusionOutput(many=True)}),
    )
    def get(self, request: Request, slug: str) -> Response:
        """All of them, by label."""
        rows = people.exclusions(self.contest(slug, Role.VIEWER))
        lines = [_line(row, entrant.pk if entrant else None) for row, entrant in rows]
        return Response({"results": lines}, headers={"Cache-Control": "no-store"})

    @extend_schema(operation_id="exclude_person", request=ExclusionInput, responses={201: ExclusionOutput})
    def post(self, request: Request, slug: str) -> Response:
        """Settled results are settled anew; where one is published only a chief may."""
        contest, body = self.contest(slug, Role.ORGANISER), ExclusionInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        key = exclusions.key_of(given["phone"])
        self.require_for(contest, key)
        made = exclusions.exclude_person(contest, **given, actor=self.actor, now=timezone.now())
        entrant = contest.entrants.filter(person_key=key).values_list("pk", flat=True).first()
        return Response(_line(made, entrant), status=201)


class LiftExclusion(ContestDeed):
    """Letting somebody in again."""

    refusals = {"POST": (*COMMON, "reason-missing", "reason-too-long", "ranking-undecided")}

    @extend_schema(operation_id="lift_exclusion", request=LiftInput, responses={204: None})
    def post(self, request: Request, slug: str, exclusion_id: int) -> Response:
        """Settled results are settled anew; where one is published only a chief may."""
        contest, body = self.contest(slug, Role.ORGANISER), LiftInput(data=request.data)
        body.is_valid(raise_exception=True)
        rows = Exclusion.objects.select_related("contest")
        found = rows.filter(contest=contest, pk=exclusion_id).first()
        if found is None:
            raise Refusal("not-found")
        self.require_for(contest, found.person_key)
        exclusions.lift_exclusion(found, **body.validated_data, actor=self.actor, now=timezone.now())
        return Response(status=204)


def _line(row: Exclusion, entrant: int | None) -> dict[str, Any]:
    return {"id": row.pk, "name": row.label, "reason": row.reason, "entrant": entrant}
