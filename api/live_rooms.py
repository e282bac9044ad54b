"""Live rounds over HTTP: joining, and the fallback of the socket for networks that let none through.

Plain views: a hall that polls is as many requests as phones. Who asks shows a participant's token, a ticket or a
remote's token as `Authorization: Bearer`; no cookie identifies anybody here but a host's session, which must agree with
the ticket, and in joining the device's, so that who was banned on the pages stays out.
"""

import threading
from concurrent.futures import Future
from datetime import datetime

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api import identity, live_bodies, throttles
from api.door import door, polled, read, reply
from api.live import deeds, lobby, tickets, visitors
from api.live.desk import ack_of
from api.live.messages import DoneMessage, HelloMessage, OwnAnswer, Role
from api.live.streams import ROLES, Boards, Moment, Stream, me_of
from api.live.visitors import Visitor
from contest.actions import live as moving
from contest.actions import live_answers, live_appeals, live_join, live_remotes
from contest.actions.live_answers import Outcome, Recorded, Submission
from contest.actions.live_join import Seated, Wish
from contest.errors import Refusal
from contest.live import answers
from contest.models import LiveAppeal, LiveRound
from contest.queries import live

COMMIT_SECONDS = 8.0
MOST_STREAMS = 200
_join = msgspec.json.Decoder(live_bodies.JoinRoom)
_come_back = msgspec.json.Decoder(live_bodies.ComeBack)
_pair = msgspec.json.Decoder(live_bodies.Pair)
_answer = msgspec.json.Decoder(live_bodies.GivenAnswer)
_command = msgspec.json.Decoder(live_bodies.GivenCommand)
_appeal = msgspec.json.Decoder(live_bodies.GivenAppeal)
_streams: dict[tuple[int, Role], tuple[Stream, Moment]] = {}
_lock = threading.Lock()


# --- joining ------------------------------------------------------------------------------------------


@door("GET")
def lookup(request: HttpRequest) -> HttpResponse:
    """The room that has this `pin` now, or this `token` in its QR code."""
    throttles.spend(request, "live-join")
    return reply(_found(_row(request, request.GET.get("pin", ""), request.GET.get("token", ""))))


@door("POST", repeatable=False)
def join(request: HttpRequest) -> HttpResponse:
    """Takes a place: 201 with the token. A whole hall may come at once, from one address."""
    throttles.spend(request, "live-join")
    body = read(request, _join)
    row = _row(request, body.pin, body.token)
    wish = Wish(body.name, body.unit, _device(request, body.device))
    seated = live_join.join(row.pk, wish, now=timezone.now())
    return reply(_seated(seated), status=201)


@door("POST")
def come_back(request: HttpRequest, live_id: int) -> HttpResponse:
    """The place on another device: a new token; the old one is dead, and its socket closed."""
    body = read(request, _come_back)
    throttles.require_few_misses(request, "live-code", f"{live_id}:{body.seat}")
    try:
        seated = live_join.come_back(
            live_id, seat=body.seat, code=body.code, device=_device(request, body.device)
        )
    except Refusal as refusal:
        if refusal.code == "code-wrong":
            throttles.miss(request, "live-code", f"{live_id}:{body.seat}")
        raise
    return reply(_seated(seated))


@door("POST", repeatable=False)
def pair(request: HttpRequest) -> HttpResponse:
    """Makes this device a remote. The code works once, and for two minutes."""
    throttles.spend(request, "live-join")
    row, token = live_remotes.pair_remote(read(request, _pair).code, now=timezone.now())
    return reply(live_bodies.PairedRemote(row.pk, token), status=201)


def _device(request: HttpRequest, named: str) -> str:
    """What the round keeps of the device. The pages' cookie, out of reach of scripts, goes before the body."""
    found = request.COOKIES.get(live_join.DEVICE_COOKIE, "") or named
    return live.digest(found) if found else ""


def _row(request: HttpRequest, pin: str, token: str) -> LiveRound:
    """The room. Wrong PINs are counted; the 128 bits of a QR code need no counting."""
    if token:
        return live.by_join_token(token)
    throttles.require_few_misses(request, "live-pin")
    try:
        return live.by_pin("".join(pin.split()))
    except Refusal:
        throttles.miss(request, "live-pin")
        raise


def _found(row: LiveRound) -> live_bodies.FoundRoom:
    state = live.load(row.pk).state
    rules = state.rules
    return live_bodies.FoundRoom(
        row.pk, row.contest.title, row.title, row.phase, rules.ask_unit, state.locked, rules.late_join
    )


def _seated(found: Seated) -> live_bodies.SeatedPerson:
    return live_bodies.SeatedPerson(
        found.round_id, found.player, found.seat, found.name, found.token, found.code
    )


# --- instead of the socket ----------------------------------------------------------------------------


@door("GET")
def state(request: HttpRequest, live_id: int) -> HttpResponse:
    """The snapshot of `role`, as the socket's `welcome`. Poll with If-None-Match; `v` is the version shown."""
    role = _role(request)
    visitor = _identified(request, live_id, role)
    now = timezone.now()
    lobby.look(live_id, now=now)
    stream, moment = _stream(live_id, role)
    me = None
    if visitor.player:
        require_in(moment, visitor.player)
        lobby.polled(live_id, visitor.player)
        me = me_of(moment, visitor.player)
    own = _own(visitor, moment)
    tag = f"{role}-{visitor.player}-{stream.version}-{own.key if own else ''}"
    content = stream.welcome(moving.milliseconds(now), me=me, answer=own)
    return polled(request, content.encode(), tag=tag, cache="private, no-cache")


@door("POST")
def give_answer(request: HttpRequest, live_id: int) -> HttpResponse:
    """An answer, acknowledged when it is on disk; the same key always gets the same acknowledgement."""
    now = timezone.now()
    visitor = _identified(request, live_id, "player")
    body = read(request, _answer)
    return reply(ack_of(_recorded(visitor, body, now)))


@door("POST", repeatable=False)
def give_command(request: HttpRequest, live_id: int) -> HttpResponse:
    """A command of host, jury or remote, as over the socket."""
    token = _bearer(request)
    visitor = _identified(request, live_id, tickets.role_of(token) or "remote")
    body = read(request, _command)
    found = deeds.command(visitor, body.command)
    return reply(DoneMessage(body.id, found.version))


@door("POST")
def appeal(request: HttpRequest, live_id: int) -> HttpResponse:
    """An objection to a question, for the jury; while it is open a second one replaces the words."""
    visitor = _identified(request, live_id, "player")
    body = read(request, _appeal)
    made = live_appeals.file_appeal(
        live_id, player=visitor.player, run=body.run, text=body.text, now=timezone.now()
    )
    return reply(_filed(made), status=201)


@door("GET")
def own_appeals(request: HttpRequest, live_id: int) -> HttpResponse:
    """The participant's own objections with the jury's word on each, the oldest first."""
    visitor = _identified(request, live_id, "player")
    found = live.appeals_of(live_id, visitor.player)
    return reply(live_bodies.OwnAppeals(tuple(_filed(one) for one in found)))


def _filed(found: LiveAppeal) -> live_bodies.FiledAppeal:
    return live_bodies.FiledAppeal(found.pk, found.run, found.text, found.at, found.decision, found.remark)


def require_in(moment: Moment, player: int) -> None:
    """Passes for who is in. Refusal("not-a-player") for who was put out, or is not in yet."""
    person = moment.state.players.get(player)
    if person is None or person.status != "in":
        raise Refusal("not-a-player")


def _recorded(visitor: Visitor, body: live_bodies.GivenAnswer, now: datetime) -> Recorded:
    live_id, player = visitor.round_id, visitor.player
    try:
        accepted = answers.accept(
            live.load(live_id).state,
            player=player,
            run=body.run,
            value=body.value,
            at=moving.milliseconds(now),
            seq=body.seq,
        )
    except Refusal as refusal:
        known = live_answers.recorded(live_id, player=player, run=body.run, key=body.key)
        if known is None or refusal.code == "not-a-player":
            raise
        return known
    settled: Future[Outcome] = Future()
    lobby.commits.submit(
        live_id, Submission(body.key, accepted, live.digest(visitor.token)), settled.set_result
    )
    try:
        outcome = settled.result(COMMIT_SECONDS)
    except TimeoutError:
        raise Refusal("busy") from None
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def _own(visitor: Visitor, moment: Moment) -> OwnAnswer | None:
    own = visitors.own_answer(visitor)
    return own if own is not None and own.run == moment.state.run else None


def _stream(live_id: int, role: Role) -> tuple[Stream, Moment]:
    """The frames of the role at the version of now; kept, for a hall polls the same."""
    loaded = live.load(live_id)
    with _lock:
        kept = _streams.get((live_id, role))
        if kept is not None and kept[1].state is loaded.state:
            return kept
        moment = Moment(loaded.state, kept[1].boards if kept else Boards(), loaded.secrets)
        if len(_streams) >= MOST_STREAMS:
            _streams.clear()
        found = _streams[live_id, role] = Stream(role, moment), moment
        return found


def _identified(request: HttpRequest, live_id: int, role: Role) -> Visitor:
    hello = HelloMessage(role, _bearer(request))
    throttles.spend(request, "live", hello.token[:60])
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return visitors.identify(live_id, hello, session=session)


def _bearer(request: HttpRequest) -> str:
    token = identity.bearer(request)
    if not token:
        raise Refusal("token-invalid")
    return token


def _role(request: HttpRequest) -> Role:
    found = request.GET.get("role", "player")
    for role in ROLES:
        if role == found:
            return role
    raise Refusal("malformed", fields={"role": "unknown role"})
