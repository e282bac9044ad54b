"""The hot endpoints as the schema tells them: plain Django views that drf-spectacular can't see by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from api import bodies
from api.live.messages import BoardMessage

Shape = type[msgspec.Struct]

SECURITY: Mapping[str, Mapping[str, str]] = {
    "attemptToken": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Attempt <token>`: the token of one opening of one attempt.",
    },
    "entrantToken": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Entrant <token>`: an entrant of one contest.",
    },
    "entrantCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "entrant_<contest id>",
        "description": "Set by registering; unsafe methods also need `X-CSRFToken`.",
    },
}
ENTRANT = ("entrantToken", "entrantCookie")
WHO = ("token-invalid", "entrant-needed", "throttled", "busy")
WRITE = ("wrong-media-type", "too-large", "malformed", "token-invalid", "throttled", "busy")
WORK = ("unknown-question", "response-malformed", "too-many-answers", "prediction-missing", "prediction-malformed",
        "prediction-out-of-range", "prediction-too-precise")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation. `shape` is what it answers with `status`; `refusals` the codes it may refuse with."""

    path: str
    method: str
    name: str
    description: str
    shape: Shape
    refusals: tuple[str, ...]
    status: int = 200
    body: Shape | None = None
    security: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    polled: bool = False


ATTEMPT = {"public_id": "string"}
ROUND = {"round_id": "integer"}

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/api/v1/rounds/{round_id}/attempts",
        method="post",
        name="start_attempt",
        description="Starts an attempt, or gives the one that is open or was made by this key.",
        body=bodies.Start,
        shape=bodies.Opened,
        status=201,
        security=ENTRANT,
        parameters=ROUND,
        refusals=(*WRITE, "entrant-needed", "csrf-failed", "entrant-barred", "not-found", "round-upcoming",
                  "round-paused", "round-closed", "no-attempts-left"),
    ),
    Endpoint(
        path="/api/v1/attempts/{public_id}/resume",
        method="post",
        name="resume_attempt",
        description="Takes the attempt over on this device: a new token, after which earlier ones may only read.",
        shape=bodies.Opened,
        security=ENTRANT,
        parameters=ATTEMPT,
        refusals=(*WHO, "csrf-failed", "not-found"),
    ),
    Endpoint(
        path="/api/v1/attempts/{public_id}",
        method="get",
        name="attempt",
        description="The attempt as stored, without taking it over.",
        shape=bodies.AttemptState,
        security=("attemptToken", *ENTRANT),
        parameters=ATTEMPT,
        refusals=(*WHO, "not-found"),
    ),
    Endpoint(
        path="/api/v1/attempts/{public_id}/answers",
        method="put",
        name="save_answers",
        description=(
            "Stores the answers changed since the last acknowledged revision. A repeated or overtaken save is "
            "acknowledged and changes nothing. A prediction that can't be read is refused after the answers have "
            "been stored."
        ),
        body=bodies.Work,
        shape=bodies.Saved,
        security=("attemptToken",),
        parameters=ATTEMPT,
        refusals=(*WRITE, *WORK, "not-found", "opened-elsewhere", "attempt-late", "attempt-finished",
                  "attempt-voided"),
    ),
    Endpoint(
        path="/api/v1/attempts/{public_id}/submit",
        method="post",
        name="submit_attempt",
        description=(
            "Finishes the attempt with these last answers; repeating it gives the same receipt. After the deadline "
            "the attempt is finished with what had been stored."
        ),
        body=bodies.Work,
        shape=bodies.Submitted,
        security=("attemptToken",),
        parameters=ATTEMPT,
        refusals=(*WRITE, *WORK, "not-found", "opened-elsewhere", "attempt-voided"),
    ),
    Endpoint(
        path="/api/v1/attempts/{public_id}/result",
        method="get",
        name="result",
        description="The finished attempt as far as the round shows it now.",
        shape=bodies.OwnResult,
        security=("attemptToken", *ENTRANT),
        parameters=ATTEMPT,
        refusals=(*WHO, "not-found", "attempt-unfinished"),
    ),
    Endpoint(
        path="/api/v1/rounds/{round_id}/board",
        method="get",
        name="board",
        description="The running board, as the socket /ws/vong/{round_id}/bang tells it. Poll with If-None-Match.",
        shape=BoardMessage,
        parameters=ROUND,
        polled=True,
        refusals=("not-found", "throttled", "busy"),
    ),
    Endpoint(
        path="/api/v1/rounds/{round_id}/board/mine",
        method="get",
        name="own_place",
        description="The entrant's own provisional place.",
        shape=bodies.OwnPlace,
        security=ENTRANT,
        parameters=ROUND,
        refusals=(*WHO, "not-found"),
    ),
)  # fmt: skip


def shapes() -> list[Shape]:
    """Every struct the endpoints name."""
    found = [endpoint.shape for endpoint in ENDPOINTS]
    return [*found, *(endpoint.body for endpoint in ENDPOINTS if endpoint.body is not None)]
