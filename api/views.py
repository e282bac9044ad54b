"""What every REST framework view of this door shares: who asks, how often, how much, and which errors it may answer."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from rest_framework import serializers
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api import throttles
from api.door import door, polled, require_small, tag_of
from api.identity import SessionAuthentication
from api.schema import Described
from contest.errors import Refusal
from contest.models import User

PAGE, MOST = 20, 100


class ApiView(APIView):
    """Base of all. `refusals` maps a method to the codes it may answer with; they are printed in the schema, and so is
    the 304 of a `polled` view.
    """

    refusals: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    polled: ClassVar[bool] = False
    throttle_classes: list[type[BaseThrottle]] = [throttles.ScopedThrottle]
    throttle_scope = "public"
    schema = Described()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses a large body before anything reads it."""
        require_small(request._request)  # noqa: SLF001
        super().initial(request, *args, **kwargs)


class PublicView(ApiView):
    """Reading that needs no account; a session that is sent along is not looked at."""

    permission_classes: list[type[BasePermission]] = [AllowAny]
    authentication_classes = []


class StaffView(ApiView):
    """Work of signed-in staff; what they may do, the actions and queries are asked."""

    permission_classes: list[type[BasePermission]] = [IsAuthenticated]
    authentication_classes = [SessionAuthentication]
    throttle_scope = "staff"

    @property
    def actor(self) -> User:
        """The signed-in person."""
        user = self.request.user
        if not isinstance(user, User):
            raise Refusal("sign-in-needed")
        return user


class Input(serializers.Serializer[Any]):
    """A request's fields; one we do not know is refused."""

    def to_internal_value(self, data: Any) -> Any:
        """Adds `unknown field` to what is wrong."""
        if isinstance(data, Mapping):
            unknown = {str(name): ["unknown field"] for name in data if name not in self.fields}
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class PageQuery(serializers.Serializer[Any]):
    """`limit` lines (at most 100) from `cursor` on, as the page before named it in `next`."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=PAGE)
    cursor = serializers.IntegerField(min_value=0, default=0)


def page_of(request: Request, shape: type[PageQuery] = PageQuery) -> dict[str, Any]:
    """The page asked for. ValidationError (`malformed`) names what is wrong."""
    query = shape(data=request.query_params)
    query.is_valid(raise_exception=True)
    found: dict[str, Any] = query.validated_data
    return found


def cached(
    request: Request, content: bytes, *, tag: str | None = None, cache: str = "no-cache"
) -> HttpResponse:
    """JSON with its ETag, or 304."""
    return polled(request._request, content, tag=tag or tag_of(content), cache=cache)  # noqa: SLF001


@door("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """An address under /api/ that is none of ours."""
    raise Refusal("not-found")
