"""The live room's socket, ws/phong/<id>: one lean ASGI function for all roles. It knows no rule.

The first frame says who is there; then frames are handled one after the other. PROTOCOL.md tells the rest.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils import translation

from api.errors import body_of
from api.live import codec, deeds, greeting, visitors
from api.live.closing import Close
from api.live.consumers import Credits, Receive, Send
from api.live.desk import ack_of
from api.live.hall import Hall
from api.live.link import Link
from api.live.messages import (
    AnswerMessage,
    CommandMessage,
    DoneMessage,
    EchoMessage,
    PingMessage,
    PongMessage,
    RoomClientMessage,
    RoomRefusedMessage,
    RoomResyncMessage,
    encode,
)
from api.live.place import now_ms
from api.live.rooms import Room
from api.live.visitors import Visitor
from api.live.workers import run
from contest.actions import live_answers
from contest.actions.live_answers import Outcome, Submission
from contest.errors import Refusal
from contest.queries import live

logger = logging.getLogger(__name__)
HELLO_S = 10.0
CHECK_S = 25.0
# After any other refusal the very answer may be on disk, its acknowledgement lost: a press, when somebody has the turn.
NOT_LOOKED_FOR = frozenset({"not-a-player", "busy"})
CLOSES = {
    "not-found": Close.NOT_FOUND,
    "token-invalid": Close.NOT_IDENTIFIED,
    "not-allowed": Close.FORBIDDEN,
    "not-a-player": Close.FORBIDDEN,
}


class RoomSocket:
    """The ASGI application; `hall` gives the rooms of the running event loop."""

    def __init__(self, hall: Callable[[], Hall]) -> None:
        self._hall = hall

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        round_id = int(scope["url_route"]["kwargs"]["round_id"])
        await receive()
        await send({"type": "websocket.accept"})
        try:
            hello = await asyncio.wait_for(greeting.hello_of(receive), HELLO_S)
        except TimeoutError:
            await greeting.close(send, Close.TOO_SLOW)
            return
        if hello is None:
            return
        if isinstance(hello, Close):
            await greeting.close(send, hello)
            return
        hall = self._hall()
        takeovers = hall.takeovers
        try:
            room = hall.find(round_id)  # none is opened for somebody who has not been identified
            asked = room is None or bool(room.state.runs)
            visitor = await run(
                visitors.identify, round_id, hello, session=greeting.session_of(scope), asked=asked
            )
            link = Link(
                send,
                visitor.role,
                player=visitor.player,
                user=visitor.user.pk if visitor.user else 0,
                token_hash=live.digest(visitor.token),
            )
            link.answer = visitors.own_answer(visitor)
            room = await hall.enter(link, round_id)
            if link.player and hall.takeovers != takeovers:  # perhaps its own, before the room had it
                await hall.check_seat(round_id, link.player)
        except Refusal as refusal:
            await greeting.close(send, CLOSES.get(refusal.code, Close.TRY_LATER))
            return
        except Exception:
            logger.warning("nobody can enter round %s now", round_id, exc_info=True)
            await greeting.close(send, Close.TRY_LATER)
            return
        for run_no, lag_ms in visitor.used:
            room.desk.use(visitor.player, run_no, lag_ms)
        await Session(hall, room, link, visitor, greeting.language_of(scope)).listen(receive)


class Session:
    """A greeted socket from its welcome to its end."""

    def __init__(self, hall: Hall, room: Room, link: Link, visitor: Visitor, language: str) -> None:
        self._hall, self._room, self._link, self._visitor = hall, room, link, visitor
        self._language = language
        self._tasks: set[asyncio.Task[None]] = set()

    async def listen(self, receive: Receive) -> None:
        """Handles frames until the socket is closed."""
        purse = Credits()
        if self._link.doubted is not None:
            self._start(self._watch(self._link.doubted))
        try:
            while (event := await receive())["type"] != "websocket.disconnect" and not self._link.closed:
                if not purse.spend():
                    self._link.close(Close.TOO_MANY)
                    return
                await self._take(event.get("text") or event.get("bytes") or b"")
        finally:
            self._link.closed = True
            self._hall.leave(self._room, self._link)
            for task in self._tasks:
                task.cancel()

    async def _take(self, frame: str | bytes) -> None:
        if self._link.heard():
            self._link.ticked = False
            self._room.welcome(self._link)
        try:
            message = codec.decode_room(frame)
        except Refusal as refusal:
            if refusal.code == "too-large":
                self._link.close(Close.TOO_LARGE)
            else:
                self._refuse(refusal)
            return
        if isinstance(message, CommandMessage):
            await self._command(message)
        else:
            self._handle(message)

    def _handle(self, message: RoomClientMessage) -> None:
        match message:
            case PingMessage():
                self._link.push(encode(PongMessage(message.t, now_ms(), self._link.next_pong())))
            case EchoMessage():
                self._link.echoed(message.n)
            case AnswerMessage():
                self._answer(message)
            case RoomResyncMessage():
                self._room.welcome(self._link)
            case _:
                self._refuse(Refusal("malformed"))

    # --- answers --------------------------------------------------------------------------------------

    def _answer(self, message: AnswerMessage) -> None:
        link, room = self._link, self._room
        if not link.player:
            self._refuse(Refusal("not-a-player"), key=message.key)
            return
        known = room.desk.known(link.player, message)
        if known is not None:
            link.push(encode(known))
            return
        try:
            submission = room.desk.accept(
                room.state,
                link.player,
                message,
                at=now_ms(),
                rtt_ms=link.rtt_ms,
                token_hash=link.token_hash,
            )
            self._hall.commits.submit(
                room.round_id,
                submission,
                lambda outcome: self._settle(submission, outcome),
                asyncio.get_running_loop(),
            )
        except Refusal as refusal:
            if refusal.code in NOT_LOOKED_FOR:
                self._refuse(refusal, key=message.key)
            else:
                self._start(self._look_again(message, refusal))

    def _settle(self, submission: Submission, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self._refuse(outcome, key=submission.key)
            if outcome.code == "token-invalid":  # the place has gone to another device
                self._link.close(Close.REPLACED)
            return
        self._room.desk.settled(outcome, lag_ms=submission.answer.lag_ms, now=now_ms())
        self._link.push(encode(ack_of(outcome)))

    async def _look_again(self, message: AnswerMessage, refusal: Refusal) -> None:
        """Refused, unless this is a retry of what is on disk."""
        try:
            found = await run(
                live_answers.recorded,
                self._room.round_id,
                player=self._link.player,
                run=message.run,
                key=message.key,
            )
        except (OperationalError, InterfaceError):
            self._refuse(Refusal("busy"), key=message.key)
            return
        if found is None:
            self._refuse(refusal, key=message.key)
        else:
            self._link.push(encode(ack_of(found)))

    # --- commands -------------------------------------------------------------------------------------

    async def _command(self, message: CommandMessage) -> None:
        try:
            state = await run(deeds.command, self._visitor, message.command)
        except Refusal as refusal:
            dead = refusal.code == "token-invalid"
            self._refuse(Refusal("not-allowed") if dead else refusal, id=message.id)
            if dead:  # a remote that was revoked need not wait for the next check
                self._link.close(Close.FORBIDDEN)
        except (OperationalError, InterfaceError):
            self._refuse(Refusal("busy"), id=message.id)
        except Exception:
            logger.exception("a command of round %s failed", self._room.round_id)
            self._refuse(Refusal("fault"), id=message.id)
        else:
            self._room.take(state)
            self._room.flush_role(self._link.role)
            self._link.push(encode(DoneMessage(message.id, state.version)))

    async def _watch(self, doubted: asyncio.Event) -> None:
        """Asks again and again whether staff is still staff, at once when there is reason to doubt it."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(doubted.wait(), CHECK_S)
            doubted.clear()
            try:
                await run(visitors.confirm, self._visitor)
            except Refusal:
                self._link.close(Close.FORBIDDEN)
                return
            except Exception:
                logger.warning("a session could not be checked", exc_info=True)

    def _refuse(self, refusal: Refusal, *, key: str = "", id: str = "") -> None:  # noqa: A002  (the field's name)
        with translation.override(self._language):
            text = body_of(refusal).detail
        self._link.push(encode(RoomRefusedMessage(refusal.code, text, key, id)))

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
