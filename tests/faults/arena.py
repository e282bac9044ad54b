"""A hall on real processes: servers with their supervisor, database, Redis, an operator and phones with their ledger.

What a fault does stands in `scenarios`; here is what every fault needs: the start, a question played, agreement of all
screens after it, and the verdict.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults import checker, ledger
from tests.faults.phone import Phone, join
from tests.faults.processes import Postgres, Server, Valkey
from tests.journeys import site
from tests.load.operator import Operator
from tests.load.room import Refused
from tests.load.servers import variables

AGREE_S = 10.0  # P7: from the heal to all screens alike
BYTECODE = Path(tempfile.gettempdir()) / f"timhieu-bytecode-{os.getuid()}"
NAME = "Hoàng Thị Chim Hoàng Yến"  # must not be found in a log


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built. `application` is what the servers serve; `rules` those of the round.

    The phones answer within `share` of a question's time. `agree_s` is what all screens have to be alike again.
    """

    people: int
    questions: int
    rules: dict[str, Any]
    database: str = "sqlite"
    processes: int = 1
    redis: bool = False
    share: float = 0.9
    agree_s: float = AGREE_S
    slide: bool = False
    application: str = "contest.project.asgi:application"
    environment: tuple[tuple[str, str], ...] = ()


class Arena:
    """Made by `arena`."""

    def __init__(self, plan: Plan, folder: Path, seed: int) -> None:
        self.plan, self.folder = plan, folder
        self.dice = random.Random(seed)
        self.servers: list[Server] = []
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.world: dict[str, Any] = {}
        self.phones: list[Phone] = []
        self.ledger: ledger.Ledger
        self.host: Operator
        self.outages: list[tuple[int, int]] = []
        self.excused: set[int] = set()
        self.refusals: set[str] = set()
        self.strangers: list[Path] = []
        self.environment: dict[str, str] = {}

    # --- The stage --------------------------------------------------------------------------------

    def build(self, stack: ExitStack, template: Path | None) -> None:
        """Database, services, the round, and servers that answer."""
        plan = self.plan
        given = {**variables(self.folder, 8), **dict(plan.environment)}
        given |= {"PROCESSES": str(plan.processes), "LOG_LEVEL": "WARNING"}
        if plan.redis:
            self.valkey = Valkey()
            stack.callback(self.valkey.end)
            self.valkey.start()
            given["REDIS_URL"] = self.valkey.url
        given["DATABASE_URL"] = self._database(stack, template)
        # Restarts are quick with compiled modules, wherever the suite itself must not write any.
        given |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(BYTECODE)}
        self.environment = {**os.environ, **given}
        (self.folder / "static").mkdir(exist_ok=True)
        if plan.database == "postgres" or template is None:
            site.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], self.environment)
        made = site.Site("", self.environment, self.folder / "none.log")
        self.world = made.stage(
            "tests.load.live_world:seed", questions=plan.questions, slide=plan.slide, **plan.rules
        )
        for _ in range(plan.processes):
            server = Server(plan.application, folder=self.folder, env=self.environment)
            self.servers.append(server)
            stack.callback(server.end)
            server.supervise()
        for server in self.servers:
            server.wait_until_ready()

    def _database(self, stack: ExitStack, template: Path | None) -> str:
        if self.plan.database == "postgres":
            self.postgres = Postgres()
            stack.callback(self.postgres.end)
            self.postgres.start()
            return self.postgres.url
        path = self.folder / "timhieu.sqlite3"
        if template is not None:
            path.write_bytes(template.read_bytes())
        return f"sqlite:///{path}"

    async def gather(self) -> None:
        """The operator comes, and everybody joins."""
        ports = [server.port for server in self.servers]
        self.ledger = ledger.Ledger(self.folder / "ledger.jsonl")
        self.host = Operator(ports, self.round_id, self.world["session"], dice=self._die())
        self.host.start()
        await self.host.until(lambda: self.host.is_open, 30, "a greeting")
        await asyncio.gather(*(self._enter(number) for number in range(self.plan.people)))
        await self.agree()

    async def _enter(self, number: int) -> None:
        ports = [server.port for server in self.servers]
        dice = self._die()
        seat = await join(ports, self.world["join_token"], f"{NAME} {number}", dice=dice)
        phone = Phone(ports, self.round_id, seat, self.ledger, dice=dice, share=self.plan.share)
        self.phones.append(phone)
        phone.start()

    def _die(self) -> random.Random:
        return random.Random(self.dice.random())

    async def dismiss(self) -> None:
        """Everybody goes home."""
        await asyncio.gather(self.host.stop(), *(phone.stop() for phone in self.phones))
        await self.ledger.close()

    @property
    def round_id(self) -> int:
        return int(self.world["round"])

    # --- Playing ----------------------------------------------------------------------------------

    async def step(self) -> None:
        """To the next place of the round: the host's key where it waits for one, the clock otherwise."""
        host, seen = self.host, self.host.view["next_step"]
        waits = host.phase in {"lobby", "closed", "reveal", "board", "slide", "podium"}
        if waits or (host.phase == "reading" and not self.plan.rules["reading_s"]):
            await host.advance()
        else:
            await host.until(lambda: host.view["next_step"] != seen, 60, f"anything but {seen}")

    async def open_question(self) -> int:
        """On to the next question's options; the run."""
        before = self.host.view.get("run", 0)
        while self.host.phase != "open" or self.host.view["run"] == before:
            await self.step()
        return int(self.host.view["run"])

    async def until_share(self, share: float) -> None:
        """Until so much of the open question's time has passed."""
        clock = self.host.view["clock"]
        moment = clock["opens_at"] + share * (clock["closes_at"] - clock["opens_at"])
        await asyncio.sleep(max(0.0, moment / 1000 - time.time()))

    async def until_answered(self, seconds: float, phones: list[Phone] | None = None) -> None:
        """Until everybody has given an answer to the run and has the server's word."""
        asked = self.phones if phones is None else phones
        run = self.host.view["run"]

        def waiting() -> list[int]:
            return [phone.player for phone in asked if phone.pending or phone.given_to < run]

        await self.eventually(lambda: not waiting(), seconds, lambda: f"no word to {waiting()[:5]}")

    async def reveal(self) -> None:
        """On to the answer."""
        while self.host.phase != "reveal":
            await self.step()

    async def close(self) -> None:
        """The host closes the question, if its time is not over, and shows the answer."""
        if self.host.phase == "open":
            with suppress(Refused):  # it has just closed by itself
                await self.host.command(do="close-now", run=self.host.view["run"])
        await self.reveal()

    async def finish(self) -> None:
        """To the end of the round, without asking what is left."""
        while self.host.phase != "ended":
            left = self.host.view.get("item", 0) < self.plan.questions + self.plan.slide
            if left and self.host.phase in {"lobby", "reveal", "board"}:
                await self.host.command(do="finish", reason="the test is over")
                await self.host.reach("ended")
            else:
                await self.step()

    # --- Faults -----------------------------------------------------------------------------------

    async def kill(self, server: Server) -> None:
        """SIGKILL; returns when the supervisor has it back."""
        killed = int(time.time() * 1000)
        server.kill()
        await asyncio.to_thread(server.wait_until_ready)
        self.outages.append((killed, server.ready_at))

    async def kill_database(self) -> None:
        """SIGKILL of the postmaster; returns when it answers again."""
        assert self.postgres is not None
        killed = int(time.time() * 1000)
        self.postgres.kill()
        await asyncio.to_thread(self.postgres.start)
        self.outages.append((killed, int(time.time() * 1000)))

    # --- Judging ----------------------------------------------------------------------------------

    async def eventually(self, holds: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
        """Waits until it holds; AssertionError with what does not."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{what()}: not within {seconds:g} s")
            await asyncio.sleep(0.02)

    async def agree(self, *, but: frozenset[int] = frozenset()) -> None:
        """P7: every screen that is not stopped shows what a fresh snapshot says, without a reload."""
        seconds = self.plan.agree_s
        watched = [phone for phone in self.phones if phone.player not in but]
        await self.eventually(
            lambda: self.host.is_open and all(phone.is_open for phone in watched),
            seconds,
            lambda: (
                f"P7 links: {[phone.link for phone in watched if not phone.is_open][:5]} {self.host.link}"
            ),
        )
        end = time.monotonic() + seconds
        while True:
            status, fresh = await watched[0].get("state?role=player&v=0")
            assert status == 200, f"P7 the state cannot be read: {status} {fresh}"
            odd = [phone for phone in watched if phone.view != fresh["player"]]
            if not odd and self.host.view["next_step"].startswith(f"{fresh['player']['phase']}/"):
                return
            if time.monotonic() > end:
                wrong = {phone.version: phone.phase for phone in odd}
                raise AssertionError(
                    f"P7 {len(odd)} of {len(watched)} screens differ: they show {wrong}, "
                    f"it is {fresh['version']} {fresh['player']['phase']}; host {self.host.phase}"
                )
            await asyncio.sleep(0.1)

    async def own_parts(self) -> list[str]:
        """P7 for what each phone has of its own."""
        found = []
        for phone in self.phones:
            if phone.player in self.excused or phone.link == "replaced":
                continue
            status, fresh = await phone.get("state?role=player&v=0")
            if status != 200 or fresh["me"] != phone.me:
                found.append(f"P7 a phone shows {phone.me} of itself, it is {(fresh or {}).get('me')}")
        return found[:2]

    def board(self) -> list[list[int]]:
        """The host's board: [rank, player, points] of everybody, and right answers and ms where a line tells them."""
        lines = {line["id"]: line for line in self.host.view.get("board", [])}
        found = []
        for number, person in self.host.view["people"].items():
            line = lines.get(int(number))
            more = [line.get("right", 0), line.get("ms", 0)] if line else []
            found.append([person.get("rank", 0), int(number), person.get("points", 0), *more])
        return sorted(found)

    async def verdict(self) -> list[str]:
        """Plays to the end and returns all broken promises."""
        await self.finish()
        await self.agree(but=frozenset(self.excused))
        found = await self.own_parts()
        await self.ledger.close()
        entries = ledger.read([self.ledger.path, *self.strangers])
        stored = await asyncio.to_thread(checker.read, self.environment["DATABASE_URL"], self.round_id)
        rules = self.host.view["round"]
        last = rules.get("answer") == "last"
        case = checker.Case(entries, stored, excused=frozenset(self.excused), last=last)
        items = {int(no): run["item"] for no, run in self.host.view["runs"].items()}
        found += case.problems(
            board=self.board() if rules["mode"] == "official" else None,
            players=[int(player) for player in self.host.view["people"]],
            accepted={run: self.world["keys"][str(item)]["accepted"] for run, item in items.items()},
            refusals=frozenset(self.refusals),
            outages=self.outages,
        )
        return found + self.fell_over()

    def fell_over(self) -> list[str]:
        """P8: replies, close codes and logs."""
        found = []
        for screen in (self.host, *self.phones):
            found += [f"P8 {screen.role}: {what}" for what, times in screen.oddities.items() if times]
        for server in self.servers:
            text = server.log.read_text(errors="replace")
            found += [f"P8 {sign} in the log" for sign in ("Internal Server Error", NAME) if sign in text]
        return sorted(set(found))


@asynccontextmanager
async def arena(
    plan: Plan, folder: Path, *, template: Path | None = None, seed: int = 1
) -> AsyncIterator[Arena]:
    """A hall that has gathered in the lobby; all that was started is ended."""
    made = Arena(plan, folder, seed)
    with ExitStack() as stack:
        await asyncio.to_thread(made.build, stack, template)
        try:
            await made.gather()
            yield made
        finally:
            await made.dismiss()
