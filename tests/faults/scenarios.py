"""The faults: each is injected into a running round, and returns the promises that were broken.

`Size` is small in the suite and large with `make faults`. Numbers are those of the study's list (reliability.md).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.arena import Arena, Plan, arena
from tests.faults.crowd import Crowd
from tests.faults.phone import GIVEN_UP, Phone
from tests.load.live_report import memory

IN_OPEN = {"10": 0.1, "50": 0.5, "90": 0.9, "closing": 1.0}  # share of the question's time that has passed
LATE = "question-closed"  # the one refusal a phone may meet when the server was away at the close
QUICK_RULES = {"title_s": 0, "reading_s": 0, "seconds": 5, "board_every": 0, "compensate": False}
FULL_RULES = {"title_s": 2, "reading_s": 4, "seconds": 8, "board_every": 2, "compensate": False}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is. Seconds of waiting are those of the fault itself."""

    people: int = 300
    phases: tuple[str, ...] = (
        "lobby",
        "title",
        "reading",
        "10",
        "50",
        "90",
        "closing",
        "closed",
        "reveal",
        "board",
    )
    rules: dict[str, Any] = field(default_factory=lambda: dict(FULL_RULES))
    share: float = 0.9
    database: str = "postgres"
    hang_s: float = 20
    away_s: float = 5
    sleep_s: float = 30
    consumers: int = 200
    consumers_s: float = 60
    moves: int = 200
    database_kills: int = 5


QUICK = Size(
    people=60,
    phases=("lobby", "50", "closing"),
    rules=dict(QUICK_RULES),
    share=0.6,
    database="sqlite",
    hang_s=2,
    away_s=0.5,
    sleep_s=3,
    consumers=40,
    consumers_s=2,
    moves=20,
    database_kills=1,
)
Scenario = Callable[[Size, Path, Path | None], Awaitable[list[str]]]


async def server_killed(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F1: SIGKILL in every phase; a supervisor restarts. Nobody reloads, nothing is lost, the ranking stays."""
    questions = len(size.phases) + 2
    plan = Plan(size.people, questions, size.rules, database=size.database, share=size.share)
    async with arena(plan, folder, template=template) as hall:
        hall.refusals.add(LATE)
        server = hall.servers[0]
        for phase in size.phases:
            await _reach(hall, phase)
            before = hall.board()
            await hall.kill(server)
            await hall.agree()
            if phase not in IN_OPEN and hall.board() != before:
                return [f"P3 the board after a kill in {phase} is another"]
        await hall.finish()
        before = hall.board()
        await hall.kill(server)
        await hall.agree()
        found = [] if hall.board() == before else ["P3 the board after a kill at the end is another"]
        return found + await hall.verdict()


async def _reach(hall: Arena, phase: str) -> None:
    """Plays on to the moment of the kill."""
    if phase in IN_OPEN:
        await hall.open_question()
        await hall.until_share(IN_OPEN[phase])
    while phase not in IN_OPEN and hall.host.phase != phase:
        await hall.step()


async def redis_lost(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F3–F5 with two servers: Redis killed and back at once, then later; emptied; hung. Answers need no Redis."""
    plan = Plan(
        size.people,
        4,
        _host_led(size.rules),
        database=size.database,
        processes=2,
        redis=True,
        share=size.share,
    )
    async with arena(plan, folder, template=template) as hall:
        valkey = hall.valkey
        assert valkey is not None

        async def kill(away_s: float) -> None:
            valkey.kill()
            await asyncio.sleep(away_s)
            valkey.start()

        async def hang() -> None:
            """Everybody has the server's word, and the host has shown the answer, while Redis still hangs."""
            until = time.monotonic() + size.hang_s
            valkey.freeze()
            try:
                await hall.until_answered(10)
                await hall.close()
                await asyncio.sleep(max(0.0, until - time.monotonic()))
            finally:
                valkey.thaw()

        faults: list[Callable[[], Awaitable[Any]]] = [
            lambda: kill(0),
            lambda: kill(size.away_s),
            lambda: asyncio.to_thread(valkey.flush),
            hang,
        ]
        for fault in faults:
            await hall.open_question()
            await hall.until_share(0.2)
            await fault()
            await hall.until_answered(30)
            await hall.close()
            await hall.agree()
        return await hall.verdict()


def _host_led(rules: dict[str, Any]) -> dict[str, Any]:
    return {**rules, "title_s": 0, "reading_s": 0, "board_every": 0}


async def database_killed(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F6: SIGKILL of PostgreSQL's postmaster during a question; it comes back. The strictest case of P1."""
    rules = _host_led(size.rules)
    plan = Plan(size.people, size.database_kills + 1, rules, database="postgres", share=size.share)
    async with arena(plan, folder) as hall:
        hall.refusals.add(LATE)
        for _ in range(size.database_kills):
            await hall.open_question()
            await hall.until_share(0.3)
            await hall.kill_database()
            await hall.agree()
            await hall.reveal()
        await hall.open_question()
        await hall.until_answered(30)
        return await hall.verdict()


async def phones_asleep(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F13: screens go dark in a question and come back later; a second phone takes a sleeper's place at once."""
    plan = Plan(size.people, 4, _host_led(size.rules), database=size.database, share=size.share)
    async with arena(plan, folder, template=template) as hall:
        hall.refusals |= {LATE, GIVEN_UP, "already-answered"}  # by the second phone
        sleepers = hall.phones[:: max(2, len(hall.phones) // 20)]
        await hall.open_question()
        await hall.until_share(0.3)
        for phone in sleepers:
            phone.sleep()
        began = time.monotonic()
        await hall.reveal()
        await hall.open_question()
        second = await _second_phone(hall, sleepers[0])
        await hall.until_answered(30, [phone for phone in hall.phones if phone not in sleepers])
        await asyncio.sleep(max(0.0, size.sleep_s - (time.monotonic() - began)))
        for phone in sleepers:
            phone.wake()
        await hall.eventually(
            lambda: sleepers[0].link == "replaced", 30, lambda: "F13 the old phone was not told"
        )
        hall.phones.remove(sleepers[0])
        hall.phones.append(second)
        await sleepers[0].stop()
        await hall.agree()
        await hall.reveal()
        await hall.open_question()
        await hall.until_answered(30)
        return await hall.verdict()


async def _second_phone(hall: Arena, first: Phone) -> Phone:
    """The same participant on another phone, while the first still hangs on a dead line."""
    second = Phone(first.ports, hall.round_id, first.seat, hall.ledger, dice=first.dice, source="127.0.0.9")
    second.start()
    await second.until(lambda: second.is_open, 5, "F13 a place on the second phone")
    await hall.until_answered(30, [second])
    return second


async def consumers_stopped(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F18: a crowd of phones hangs (SIGSTOP) while the round moves on; memory is bounded, nobody else sees it."""
    plan = Plan(size.people, 3, _host_led(size.rules), database=size.database, share=size.share)
    async with arena(plan, folder, template=template) as hall:
        crowd = Crowd(hall.servers[0].port, hall.world, size.consumers, folder)
        crowd.start()
        try:
            await hall.host.until(
                lambda: hall.host.view["joined"] == size.people + size.consumers, 60, "the crowd"
            )
            await hall.agree()
            hall.strangers.append(crowd.ledger)
            hall.excused |= {int(player) for player in hall.host.view["people"]}
            hall.excused -= {phone.player for phone in hall.phones}
            before = memory(hall.servers[0].pid)[0]
            crowd.freeze()
            until = time.monotonic() + size.consumers_s
            moves = 0
            while moves < size.moves or time.monotonic() < until:
                await hall.host.command(do="lock", on=moves % 2 == 0)
                moves += 1
                await asyncio.sleep(0.5 if moves > 30 else 0)  # a socket has forty messages, and two a second
            if moves % 2:
                await hall.host.command(do="lock", on=False)
            await hall.open_question()
            await hall.until_answered(30)
            await hall.close()
            await hall.agree()
            grown = memory(hall.servers[0].pid)[0] - before
            found = [f"F18 the server grew by {grown:.0f} MB"] if grown > 100 else []
        finally:
            crowd.end()
        return found + await hall.verdict()


async def wrong_server(size: Size, folder: Path, template: Path | None, *, wrong: str) -> list[str]:
    """A server that breaks a promise on purpose is killed in a question; what comes back has to accuse it."""
    plan = Plan(
        size.people,
        2,
        _host_led(size.rules),
        share=size.share,
        application="tests.faults.wrong_server:application",
        environment=(("WRONG", wrong),),
    )
    async with arena(plan, folder, template=template) as hall:
        hall.refusals.add(LATE)
        await hall.open_question()
        await hall.until_share(size.share * 0.7)
        await hall.kill(hall.servers[0])
        await hall.agree()
        await hall.reveal()
        return await hall.verdict()


SCENARIOS: dict[str, Scenario] = {
    "F1": server_killed,
    "F3-F5": redis_lost,
    "F6": database_killed,
    "F13": phones_asleep,
    "F18": consumers_stopped,
}
