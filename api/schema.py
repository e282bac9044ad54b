"""The OpenAPI document: REST framework's views by drf-spectacular, the hot path from its msgspec structs.

Every operation lists the codes it may refuse with, by status, all in the shape of `Error`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api import errors, hot_path, throttles
from contest.errors import Refusal

REFS = "#/components/schemas/{name}"
JSON = "application/json"
Spec = dict[str, Any]
# What any view of REST framework may answer, and any that reads a body.
EVERYWHERE = ("busy", "not-acceptable")
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
WITH_A_BODY = ("malformed", "too-large", "wrong-media-type")
UNCHANGED: Spec = {"description": "What If-None-Match names is still current."}

DESCRIPTION = """
Tìm Hiểu over HTTP. Every refusal has the shape `Error`: a stable `code`, a sentence `detail` in the language of
`Accept-Language` (vi or en), and `fields` naming what is wrong in the request. Moments are ISO 8601 with an offset;
durations are milliseconds unless a name ends in `_s`. Lists take `limit` (at most 100) and `cursor`. Request bodies are
JSON of at most 64 KiB; a field that is not documented is refused.

**Who asks.** An attempt is written with `Authorization: Attempt <token>`, the token that starting or resuming it gave.
An entrant is known by the contest's cookie (unsafe methods then need the CSRF token) or by `Authorization: Entrant
<token>`. Staff sign in on the site and send the session cookie and the CSRF token.

**How often.** Per minute, counted in each server process; a throttled request gets 429 with `Retry-After`.
"""


class StaffSession(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Staff by session cookie, for drf-spectacular."""

    target_class = "api.identity.SessionAuthentication"
    name = "staffSession"

    def get_security_definition(self, auto_schema: AutoSchema) -> Spec:
        """The cookie."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Staff signed in on the site; unsafe methods also need `X-CSRFToken`.",
        }


class Described(AutoSchema):
    """Adds the view's `refusals` to its operation."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Spec | None:
        """The operation with its errors."""
        operation: Spec | None = super().get_operation(*args, **kwargs)
        if operation is not None:
            refusals: Mapping[str, tuple[str, ...]] = getattr(self.view, "refusals", {})
            always = (*EVERYWHERE, *(WITH_A_BODY if self.method in UNSAFE else ()))
            operation["responses"].update(error_responses({*refusals.get(self.method, ()), *always}))
            if getattr(self.view, "polled", False):
                operation["responses"]["304"] = UNCHANGED
        return operation

    def get_tags(self) -> list[str]:
        """The first part of the address after the version."""
        return [self.path.removeprefix("/api/v1/").split("/")[0]]


def error_responses(codes: Iterable[str]) -> Spec:
    """Status → response, naming the codes."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        by_status[int(errors.status_of(Refusal(code)))].append(code)
    schema = {"$ref": REFS.format(name="Error")}
    return {
        str(status): {
            "description": ", ".join(f"`{code}`" for code in sorted(by_status[status])),
            "content": {JSON: {"schema": schema}},
        }
        for status in sorted(by_status)
    }


def complete(result: Spec, generator: object, request: object, public: bool) -> Spec:
    """drf-spectacular's last hook: adds the hot path, the shape of errors, who asks and the limits."""
    _, parts = msgspec.json.schema_components([errors.Error, *hot_path.shapes()], ref_template=REFS)
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(parts)
    components["securitySchemes"] = hot_path.SECURITY | components.get("securitySchemes", {})
    for endpoint in hot_path.ENDPOINTS:
        result["paths"].setdefault(endpoint.path, {})[endpoint.method] = _operation(endpoint)
    result["paths"] = dict(sorted(result["paths"].items()))
    components["schemas"] = dict(sorted(components["schemas"].items()))
    result["info"]["description"] = DESCRIPTION.strip() + "\n\n" + limits_table()
    return result


def limits_table() -> str:
    """The throttles as a table of Markdown."""
    rows = [f"| {name} | {limit.account:,} | {limit.address:,} |" for name, limit in throttles.LIMITS.items()]
    return "\n".join(["| scope | an account or attempt | an address |", "|---|---|---|", *rows])


def _operation(endpoint: hot_path.Endpoint) -> Spec:
    operation: Spec = {
        "operationId": endpoint.name,
        "description": endpoint.description,
        "tags": [endpoint.path.removeprefix("/api/v1/").split("/")[0]],
        "parameters": [
            *(_parameter(name, kind, place="path") for name, kind in endpoint.parameters.items()),
            *(_parameter(name, kind, place="query") for name, kind in endpoint.query.items()),
        ],
        "security": [{name: []} for name in endpoint.security] or [{}],
        "responses": {
            str(endpoint.status): {
                "description": endpoint.shape.__doc__ or "",
                "content": {JSON: {"schema": {"$ref": REFS.format(name=endpoint.shape.__name__)}}},
            },
            **({"304": UNCHANGED} if endpoint.polled else {}),
            **error_responses(endpoint.refusals),
        },
    }
    if endpoint.body is not None:
        schema = {"$ref": REFS.format(name=endpoint.body.__name__)}
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return operation


def _parameter(name: str, kind: str, *, place: str) -> Spec:
    return {"in": place, "name": name, "required": place == "path", "schema": {"type": kind}}


class SchemaView(SpectacularAPIView):
    """The schema itself; public, for it holds no data."""

    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_classes = [throttles.ScopedThrottle]


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own origin, without inline script or style; `?script=` gives the script that starts it."""

    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_classes = [throttles.ScopedThrottle]
    url_name = "api-schema"
    template_name = "api/docs.html"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The page, or its script."""
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        return response
