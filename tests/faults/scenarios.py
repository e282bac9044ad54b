"""The faults: each is injected into a running round, and returns the promises that were broken.

`Size` is small in the suite and large with `make faults`. Numbers are those of the study's list (reliability.md).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults import ledger
from tests.faults.arena import AGREE_S, Arena, Plan, arena
from tests.faults.crowd import Crowd
from tests.faults.phone import GIVEN_UP, Phone
from tests.load.live_report import memory
from tests.load.report import print_line

IN_OPEN = {"10": 0.1, "50": 0.5, "90": 0.9, "closing": 1.0}  # share of the question's time that has passed
ACK_MS = 150  # what a busy machine may add to the 95th percentile of acknowledgements
HUNG_UP_S = 60  # a ping each 20 s, and 30 s to answer it
PAUSED = "live-paused"  # an answer on its way when the pause began
LATE = "question-closed"  # the one refusal a phone may meet when the server was away at the close
QUICK_RULES = {"title_s": 0, "reading_s": 0, "seconds": 5, "board_every": 0, "compensate": False}
FULL_RULES = {"title_s": 2, "reading_s": 4, "seconds": 8, "board_every": 2, "compensate": False}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is. Seconds of waiting are those of the fault itself."""

    people: int = 300
    phases: tuple[str, ...] = (
        "lobby",
        "slide",
        "title",
        "reading",
        "10",
        "50",
        "90",
        "closing",
        "paused",
        "closed",
        "reveal",
        "board",
        "podium",
    )
    rules: dict[str, Any] = field(default_factory=lambda: dict(FULL_RULES))
    share: float = 0.9
    database: str = "postgres"
    hang_s: float = 20
    away_s: float = 60
    sleep_s: float = 30
    consumers: int = 200
    consumers_s: float = 60
    moves: int = 200
    database_kills: int = 5
    agree_s: float = AGREE_S

    def plan(self, questions: int, rules: dict[str, Any], **more: Any) -> Plan:
        """What is built for a fault of this size."""
        usual = {"database": self.database, "share": self.share, "agree_s": self.agree_s}
        return Plan(self.people, questions, rules, **{**usual, **more})


QUICK = Size(
    people=60,
    phases=("slide", "50", "closing", "paused"),
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
    # In the suite other tests have the machine, too: that all agree is certain, how soon is measured in full size.
    agree_s=40,
)
Scenario = Callable[[Size, Path, Path | None], Awaitable[list[str]]]


async def server_killed(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F1: SIGKILL in every phase; a supervisor restarts. Nobody reloads, nothing is lost, the ranking stays."""
    questions = len(size.phases) + 2
    plan = size.plan(questions, size.rules, slide=True)
    async with arena(plan, folder, template=template) as hall:
        hall.refusals |= {LATE, PAUSED}
        server = hall.servers[0]
        for phase in size.phases:
            await _reach(hall, phase)
            before, clock = hall.board(), hall.host.view.get("clock")
            await hall.kill(server)
            await hall.agree()
            if phase not in IN_OPEN and hall.board() != before:
                return [f"P3 the board after a kill in {phase} is another"]
            if phase == "paused":
                if hall.host.view.get("clock") != clock:
                    return [f"P3 the clock stood at {clock}, and now at {hall.host.view.get('clock')}"]
                await hall.host.command(do="resume")
                await hall.until_answered(30)
        await hall.finish()
        before = hall.board()
        await hall.kill(server)
        await hall.agree()
        found = [] if hall.board() == before else ["P3 the board after a kill at the end is another"]
        return found + await hall.verdict()


async def _reach(hall: Arena, phase: str) -> None:
    """Plays on to the moment of the kill."""
    if phase == "paused":
        await hall.open_question()
        await hall.until_share(0.3)
        await hall.host.command(do="pause")
        await hall.host.until(lambda: hall.host.view["clock"].get("paused"), 10, "a pause")
        return
    if phase in IN_OPEN:
        await hall.open_question()
        await hall.until_share(IN_OPEN[phase])
    while phase not in IN_OPEN and hall.host.phase != phase:
        if phase == "podium":
            await hall.close()
        await hall.step()


async def buzzer_killed(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F1 at the buzzer: SIGKILL while somebody answers aloud, whose press is on disk and was never acknowledged.

    It is sent again while the jury still listens, and gets the word it would have got; then the jury's word counts.
    """
    # Nobody else is as quick as the one who presses at the start of so long a question.
    rules = {**_host_led(size.rules), "seconds": 30, "mode": "buzzer", "buzzer": {"answer_s": 30}}
    plan = size.plan(2, rules)
    async with arena(plan, folder, template=template) as hall:
        hall.refusals |= {LATE, "buzzer-taken"}
        first = hall.phones[0]
        first.led = True
        run = await hall.open_question()
        await first.until(lambda: first.view.get("run") == run and first.phase == "open", 10, "the options")
        await hall.until_share(0)
        first.deaf = True
        await first.give(run, True, first.view["clock"])
        await hall.host.reach("judging")
        await hall.kill(hall.servers[0])
        first.deaf = False
        await hall.agree()
        await hall.until_answered(10, [first])
        told = [entry for entry in ledger.read([hall.ledger.path]) if entry.player == first.player]
        found = [] if any(isinstance(entry, ledger.Ack) for entry in told) else [f"F1 no word: {told}"]
        if hall.host.phase != "judging" or first.player not in hall.host.view["buzz"]["ids"]:
            found.append(f"F1 after the kill the jury listens to {hall.host.view.get('buzz')}")
        await hall.host.command(do="judge-buzz", run=run, player=first.player, right=True)
        await hall.reveal()
        before = hall.board()
        await hall.kill(hall.servers[0])
        await hall.agree()
        if hall.board() != before or [line[:3] for line in before if line[2]] != [[1, first.player, 10]]:
            found.append(f"P3 the board is {hall.board()[:3]}, it was {before[:3]}")
        return found + await hall.verdict()


async def last_answer_killed(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F1 where the last answer counts: SIGKILL while people change their minds."""
    # Time enough for a busy machine to let so many change their minds before the question is over.
    rules = {**_host_led(size.rules), "answer": "last", "seconds": 2 * size.rules["seconds"]}
    plan = size.plan(2, rules)
    async with arena(plan, folder, template=template) as hall:
        hall.refusals.add(LATE)
        for _ in range(2):
            run = await hall.open_question()
            await hall.eventually(
                lambda run=run: len(_changed(hall, run)) > size.people / 6,
                30,
                lambda run=run: f"only {len(_changed(hall, run))} changed their minds",
            )
            await hall.kill(hall.servers[0])
            await hall.agree()
            await hall.reveal()
        return await hall.verdict()


def _changed(hall: Arena, run: int) -> set[int]:
    """Who has changed their mind about a run."""
    entries = ledger.read([hall.ledger.path])
    return {entry.player for entry in entries if entry.run == run and getattr(entry, "seq", 1) > 1}


async def redis_lost(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F3–F5 with two servers: Redis killed and back at once, then later; emptied; hung. Answers need no Redis.

    However long Redis is away, question follows question.
    """
    plan = size.plan(5 + int(size.away_s / 5), _host_led(size.rules), processes=2, redis=True)
    async with arena(plan, folder, template=template) as hall:
        valkey = hall.valkey
        assert valkey is not None

        async def kill(away_s: float) -> None:
            until = time.monotonic() + away_s
            valkey.kill()
            while time.monotonic() < until:
                await hall.until_answered(30)
                await hall.close()
                left = until - time.monotonic()
                if left > 0:
                    await hall.open_question()
                    await asyncio.sleep(min(left, 1.0))
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
            if hall.host.phase == "open":
                await hall.until_answered(30)
            await hall.close()
            await hall.agree()
        return await hall.verdict()


def _host_led(rules: dict[str, Any]) -> dict[str, Any]:
    return {**rules, "title_s": 0, "reading_s": 0, "board_every": 0}


async def database_killed(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F6: SIGKILL of PostgreSQL's postmaster during a question; it comes back. The strictest case of P1."""
    rules = _host_led(size.rules)
    plan = size.plan(size.database_kills + 1, rules, database="postgres")
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
    plan = size.plan(4, _host_led(size.rules))
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
    await second.until(lambda: second.is_open, 30, "F13 a place on the second phone")
    await hall.until_answered(30, [second])
    return second


async def consumers_stopped(size: Size, folder: Path, template: Path | None) -> list[str]:
    """F18: a crowd of phones hangs (SIGSTOP) while the round moves on; memory is bounded, nobody else sees it: answers
    are acknowledged as fast as before. Within a minute the server has hung up on all of them.
    """
    plan = size.plan(6, _host_led(size.rules))
    async with arena(plan, folder, template=template) as hall:
        hall.refusals.add(LATE)  # of the crowd, for which nobody waits
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
            usual = await _ack_p95(hall)
            before = memory(hall.servers[0].pid)[0]
            crowd.freeze()
            frozen = time.monotonic()
            hung = await _ack_p95(hall)
            for _ in range(
                2
            ):  # what the crowd costs, every question costs; what else the machine did, hardly the next
                if hung > 2 * usual + ACK_MS:
                    hung = min(hung, await _ack_p95(hall))
            until = frozen + size.consumers_s
            moves, hung_up = 0, 0.0
            while moves < size.moves or time.monotonic() < until:
                await hall.host.command(do="lock", on=moves % 2 == 0)
                moves += 1
                if not hung_up and hall.host.tick.get("connected") == size.people:
                    hung_up = time.monotonic() - frozen
                await asyncio.sleep(0.5 if moves > 30 else 0)  # a socket has forty messages, and two a second
            if moves % 2:
                await hall.host.command(do="lock", on=False)
            await hall.open_question()
            await hall.until_answered(30)
            await hall.close()
            await hall.agree()
            grown = memory(hall.servers[0].pid)[0] - before
            print_line(
                f"  acknowledged (p95) in {usual:.0f} ms, beside the crowd in {hung:.0f} ms, "
                f"which was hung up on after {hung_up:.0f} s; {grown:+.0f} MB"
            )
            found = [f"F18 the server grew by {grown:.0f} MB"] if grown > 100 else []
            if hung > 2 * usual + ACK_MS:
                found.append(
                    f"F18 p95 of acknowledgements: {usual:.0f} ms before, {hung:.0f} ms beside the crowd"
                )
            if size.consumers_s >= HUNG_UP_S and not 0 < hung_up <= HUNG_UP_S:
                found.append(f"F18 hung up on the crowd after {hung_up:.0f} s")
        finally:
            crowd.end()
        return found + await hall.verdict()


async def _ack_p95(hall: Arena) -> float:
    """A question asked, answered and closed; the 95th percentile of its acknowledgements in ms."""
    for phone in hall.phones:
        phone.ack_ms.clear()
    await hall.open_question()
    await hall.until_answered(30)
    await hall.close()
    times = sorted(ms for phone in hall.phones for ms in phone.ack_ms)
    return times[int(0.95 * (len(times) - 1))]


async def wrong_server(size: Size, folder: Path, template: Path | None, *, wrong: str) -> list[str]:
    """A server that breaks a promise on purpose is killed in a question; what comes back has to accuse it."""
    plan = size.plan(
        2,
        _host_led(size.rules),
        database="sqlite",
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
    "F1-buzzer": buzzer_killed,
    "F1-last": last_answer_killed,
    "F3-F5": redis_lost,
    "F6": database_killed,
    "F13": phones_asleep,
    "F18": consumers_stopped,
}
