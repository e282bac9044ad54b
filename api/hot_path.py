"""The hot endpoints as the schema tells them: plain Django views that drf-spectacular can't see by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from api import bodies, live_bodies
from api.live.messages import AckMessage, BoardMessage, DoneMessage, WelcomeMessage

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
    "liveToken": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": (
            "`Bearer <token>`: a participant of a live round, a remote, or a ticket of its staff, which needs the "
            "session cookie beside it (but for a projector)."
        ),
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
    query: Mapping[str, str] = field(default_factory=dict)
    polled: bool = False


ATTEMPT = {"public_id": "string"}
ROUND = {"round_id": "integer"}
LIVE = {"live_id": "integer"}
JOINING = ("no-such-pin", "not-found", "throttled", "busy")
BODY = ("wrong-media-type", "too-large", "malformed")
IN_THE_ROOM = ("token-invalid", "not-allowed", "not-a-player", "not-found", "throttled", "busy")
ANSWERING = ("question-closed", "question-not-open", "live-paused", "not-asked", "response-malformed",
             "answer-empty", "already-answered", "answer-overtaken", "buzzer-taken", "buzzer-locked", "no-team",
             "captain-answers")  # fmt: skip

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
    Endpoint(
        path="/api/v1/live/lookup",
        method="get",
        name="find_live_room",
        description="The room that has this PIN now, or this token in its QR code. Wrong PINs are counted.",
        shape=live_bodies.FoundRoom,
        query={"pin": "string", "token": "string"},
        refusals=JOINING,
    ),
    Endpoint(
        path="/api/v1/live/join",
        method="post",
        name="join_live_room",
        description="Takes a place in a live round; the token in the reply is shown nowhere again.",
        body=live_bodies.JoinRoom,
        shape=live_bodies.SeatedPerson,
        status=201,
        refusals=(*JOINING, *BODY, "name-empty", "name-too-long", "unit-missing", "unit-too-long", "not-now",
                  "lobby-locked", "joining-over", "round-full", "banned"),
    ),
    Endpoint(
        path="/api/v1/live/{live_id}/come-back",
        method="post",
        name="come_back_to_live_room",
        description=(
            "The same place on another device, by seat and code: a new token, after which the old one is dead."
        ),
        body=live_bodies.ComeBack,
        shape=live_bodies.SeatedPerson,
        parameters=LIVE,
        refusals=(*BODY, "code-wrong", "banned", "not-found", "throttled", "busy"),
    ),
    Endpoint(
        path="/api/v1/live/remotes/pair",
        method="post",
        name="pair_remote",
        description="Makes a device a remote of a live round. A code works once, for two minutes.",
        body=live_bodies.Pair,
        shape=live_bodies.PairedRemote,
        status=201,
        refusals=(*BODY, "pairing-over", "throttled", "busy"),
    ),
    Endpoint(
        path="/api/v1/live/{live_id}/state",
        method="get",
        name="live_state",
        description=(
            "The snapshot of a role, as the socket /ws/phong/{live_id} tells it in `welcome`. Poll with "
            "If-None-Match where no socket can be had."
        ),
        shape=WelcomeMessage,
        security=("liveToken",),
        parameters=LIVE,
        query={"role": "string", "v": "integer"},
        polled=True,
        refusals=(*IN_THE_ROOM, "malformed"),
    ),
    Endpoint(
        path="/api/v1/live/{live_id}/answers",
        method="post",
        name="give_live_answer",
        description="An answer, acknowledged when it is on disk; a repeated key gets the same acknowledgement.",
        body=live_bodies.GivenAnswer,
        shape=AckMessage,
        security=("liveToken",),
        parameters=LIVE,
        refusals=(*IN_THE_ROOM, *BODY, *ANSWERING),
    ),
    Endpoint(
        path="/api/v1/live/{live_id}/commands",
        method="post",
        name="give_live_command",
        description="A command of host, jury or remote, as over the socket.",
        body=live_bodies.GivenCommand,
        shape=DoneMessage,
        security=("liveToken",),
        parameters=LIVE,
        refusals=(*IN_THE_ROOM, *BODY, "not-now", "live-paused", "reason-missing"),
    ),
    Endpoint(
        path="/api/v1/live/{live_id}/appeals",
        method="post",
        name="file_live_appeal",
        description="An objection to a question that has been revealed; while it is open, its words may be replaced.",
        body=live_bodies.GivenAppeal,
        shape=live_bodies.FiledAppeal,
        status=201,
        security=("liveToken",),
        parameters=LIVE,
        refusals=(*IN_THE_ROOM, *BODY, "no-such-run", "appeal-empty", "text-too-long", "appeal-decided",
                  "result-published"),
    ),
    Endpoint(
        path="/api/v1/live/{live_id}/appeals/own",
        method="get",
        name="own_live_appeals",
        description="The participant's objections, with what the jury decided about each.",
        shape=live_bodies.OwnAppeals,
        security=("liveToken",),
        parameters=LIVE,
        refusals=IN_THE_ROOM,
    ),
)  # fmt: skip


def shapes() -> list[Shape]:
    """Every struct the endpoints name."""
    found = [endpoint.shape for endpoint in ENDPOINTS]
    return [*found, *(endpoint.body for endpoint in ENDPOINTS if endpoint.body is not None)]
