"""A phone with its outbox (answer-outbox.ts): an answer is repeated with the same key until the server has spoken."""

import asyncio
import random
import time
from collections.abc import Sequence
from typing import Any

from tests.faults.ledger import Ack, Intent, Ledger, Refusal
from tests.load.room import Document, NotReached, Room, ask

OLD_S, AGAIN_S = 2.5, 1.2
GIVEN_UP = "given-up"  # not the server's: the phone has a newer answer to send, and its box holds one
# Nor is live-paused final; but then the answer may come later than the close that its intent tells.
FOR_LATER = frozenset({"busy", "fault", "throttled", "too-many-requests", "question-not-open"})


class Phone(Room):
    """Answers every question at random, within `share` of its time, and writes down what it did and was told.

    Where the last answer counts it mostly changes its mind once. While it is `deaf` no acknowledgement reaches it,
    neither by itself nor in a snapshot; it goes on asking. One that is `led` answers only when it is told to.
    """

    def __init__(
        self,
        ports: Sequence[int],
        round_id: int,
        seat: Document,
        ledger: Ledger,
        *,
        dice: random.Random,
        share: float = 0.9,
        source: str = "127.0.0.1",
    ) -> None:
        super().__init__(ports, round_id, "player", self._own_token, dice=dice, source=source)
        self.player, self.seat = int(seat["player"]), seat
        self.share, self.ledger = share, ledger
        self.pending: Intent | None = None
        self.deaf = self.led = False
        self.ack_ms: list[float] = []
        self._left = 0.0
        self._first_close: dict[int, int] = {}
        self.given_to = self._thought_of = 0
        self._unsettled: dict[str, Intent] = {}
        self._chores: set[asyncio.Task[None]] = set()

    async def _own_token(self) -> str:
        return str(self.seat["token"])

    async def stop(self) -> None:
        for chore in list(self._chores):
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        if self.link == "replaced":
            for given in self._unsettled.values():
                await self.ledger.write(Refusal(self.player, given.run, given.key, GIVEN_UP))
        await super().stop()

    # --- Playing ----------------------------------------------------------------------------------

    def heard(self, message: Document) -> None:
        clock = self.view.get("clock", {})
        if clock.get("closes_at"):
            self._first_close.setdefault(self.view.get("run", 0), clock["closes_at"])
        if message["type"] == "welcome":
            known = None if self.deaf else self.answer
            if known is not None and self.pending is not None and known["key"] == self.pending.key:
                self._acknowledged(known, "snapshot")
            elif self.pending is not None:
                self._push()
        self._play()

    def _play(self) -> None:
        run = self.view.get("run", 0)
        done = self.led or self._thought_of >= run
        if self.phase != "open" or done or self.view.get("clock", {}).get("paused"):
            return
        self._thought_of = run
        if self.answer is None or self.answer["run"] != run:
            self._spawn(self._think(run, self.view["clock"], self.view["question"]))

    async def _think(self, run: int, clock: Document, question: Document) -> None:
        length = clock["closes_at"] - clock["opens_at"]
        rules = self.view["round"]
        for seq in (1, 2) if rules.get("answer") == "last" else (1,):
            share = self.share * self.dice.random()
            await asyncio.sleep(
                max(0.0, (clock["opens_at"] + 20 + (length - 20) * share) / 1000 - time.time())
            )
            await self.awake.wait()
            await self._while_it_stands(run)
            if self.view.get("run") == run and self.phase == "open" and (seq == 1 or self.pending is None):
                value = True if rules["mode"] == "buzzer" else choose(question, self.dice)
                await self.give(run, value, self.view["clock"], seq=seq)

    async def _while_it_stands(self, run: int) -> None:
        """Nobody can answer in a pause: the buttons are dead."""
        while self.view.get("run") == run and self.view.get("clock", {}).get("paused"):
            self._change.clear()
            await self._change.wait()

    async def give(self, run: int, value: Any, clock: Document, *, seq: int = 1) -> None:
        """Answers; the intent is on disk before anything leaves."""
        key = self.dice.randbytes(12).hex()
        stood = clock["closes_at"] - self._first_close.get(run, clock["closes_at"])
        intent = Intent(self.player, run, key, value, seq, clock["opens_at"], clock["closes_at"], stood)
        self._unsettled[key] = intent
        await self.ledger.write(intent)
        if self.pending is not None:
            self._refused(self.pending, GIVEN_UP)
        self.pending, self.given_to = intent, run
        self._left = time.monotonic()
        self._push()
        self._spawn(self._repeat(intent))

    async def _repeat(self, intent: Intent) -> None:
        await asyncio.sleep(OLD_S)
        while self.pending is intent:
            self._push()
            await asyncio.sleep(AGAIN_S)

    def _push(self) -> None:
        given = self.pending
        if given is None or not self.awake.is_set():
            return
        body = {"run": given.run, "key": given.key, "value": given.value, "seq": given.seq}
        if not self.send({"type": "answer", **body}):
            self._spawn(self._by_post(given, body))

    async def _by_post(self, given: Intent, body: Document) -> None:
        try:
            status, reply = await self.post("answers", body)
        except NotReached:
            return
        if not isinstance(reply, dict) or status == 503 or self.pending is not given:
            return
        if status < 300:
            self._acknowledged(reply, "ack")
        elif status < 500:
            self._refused(given, str(reply.get("code")))

    # --- What the server says -------------------------------------------------------------------------

    def _on_ack(self, message: Document) -> None:
        self._acknowledged(message, "ack")

    def _on_refused(self, message: Document) -> None:
        super()._on_refused(message)
        if self.pending is not None and message.get("key") == self.pending.key:
            self._refused(self.pending, message["code"])

    def _acknowledged(self, told: Document, how: str) -> None:
        if self.deaf:
            return
        ack = Ack(self.player, told["run"], told["key"], told["at"], told["receipt"], told.get("seq", 1), how)
        self._unsettled.pop(ack.key, None)
        self._spawn(self.ledger.write(ack))
        if self.pending is not None and self.pending.key == ack.key:
            self.pending = None
            self.ack_ms.append(1000 * (time.monotonic() - self._left))
            self._changed()

    def _refused(self, given: Intent, code: str) -> None:
        if code in FOR_LATER:
            return
        self._unsettled.pop(given.key, None)
        self._spawn(self.ledger.write(Refusal(self.player, given.run, given.key, code)))
        self.pending = None
        self._changed()

    def _spawn(self, work: Any) -> None:
        chore = asyncio.get_running_loop().create_task(work)
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)


def choose(question: Document, dice: random.Random) -> Any:
    """Some answer of the right shape."""
    match question["kind"]:
        case "single" | "truefalse":
            return dice.choice(question["options"])["key"]
        case "multi":
            return sorted(option["key"] for option in question["options"] if dice.random() < 0.5) or ["a"]
        case "order":
            return dice.sample([entry["key"] for entry in question["entries"]], len(question["entries"]))
        case "match":
            rights = dice.sample([entry["key"] for entry in question["right"]], len(question["right"]))
            return [[left["key"], right] for left, right in zip(question["left"], rights, strict=False)]
    return dice.choice(["35-NQ/TW", "5", "ba"])


async def join(
    ports: Sequence[int], join_token: str, name: str, *, dice: random.Random, source: str = "127.0.0.1"
) -> Document:
    """A place in the lobby, asked for until the server has answered."""
    while True:
        try:
            body = {"token": join_token, "name": name}
            status, seat = await ask(
                dice.choice(ports), "POST", "/api/v1/live/join", body=body, source=source
            )
        except NotReached:
            await asyncio.sleep(0.3)
            continue
        if status in {200, 201}:
            return dict(seat)
        if status != 503:
            raise RuntimeError(f"joining as {name}: HTTP {status} {seat}")
        await asyncio.sleep(0.3)
