"""Load test of a live round: a hall of phones over real sockets against one real server process on the loopback.

    make load-live [ARGS="--sizes 100,300,1000,2000 --database postgres --until-breaks"]

Each size gets a fresh database and server. Everybody joins by the real address (with `--door page` by the pages, styles
and scripts that a browser asks for) and opens a socket; a host at a socket
of its own asks the questions; everybody answers at random within three seconds. Printed are: the time to join, a
question from the host's key to the first and the last phone, answer to acknowledgement, close to the last personal
result, CPU (server and PostgreSQL, from /proc), memory, bytes, and lost answers, which must be 0: every acknowledged
answer is looked for in the database. Server and database are kept to one core, the phones to another; how busy the
phones' core was is printed, for a client at its limit measures itself.

On a machine that others use as well, `chrt -r 1 make load-live` goes before them (as root); how long the server stood
in line for its core is printed either way.

Of the questions the best one is held against the budgets (`live_budgets`), as measured and at the study's speed
(`yardstick`). The exit code is 1 when an answer was lost or a phone was left out. Compare figures of one machine on one
day only.
"""

import argparse
import asyncio
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tests.load import live_budgets, servers, yardstick
from tests.load.hall import Hall, Question
from tests.load.live_report import Asked, Report, at, memory, print_report, waited
from tests.load.operator import Operator
from tests.load.report import print_line, print_table
from tests.load.room import Refused, ask

SECONDS = 5  # of a question; the least a round allows
LATE_S = 20.0  # what has not come by then is lost
BREAKS_MS = 2_000.0
MOST = 10_000  # people a round may have


def main() -> int:
    """Runs the sizes one after the other."""
    options = read_options()
    raise_limit()
    halls, bad = [], 0
    for people in sizes(options):
        with tempfile.TemporaryDirectory(prefix="phones-") as folder:
            report = measure(people, Path(folder), options)
        bad += report.bad
        halls.append(report.figures())
        if options.until_breaks and (report.bad or halls[-1].last_shown_ms > BREAKS_MS):
            print_line(f"\nIt breaks at {people} phones.")
            break
    print_table(live_budgets.TITLES, [line.row(1.0) for line in live_budgets.growth(halls)])
    return 1 if bad else 0


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="100,300,1000,2000", help="phones (default 100,300,1000,2000)")
    parser.add_argument("--questions", type=int, default=3, help="questions a size (default 3)")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne")
    parser.add_argument("--at-once", type=int, default=1000, help="phones that join at a time (default 1000)")
    parser.add_argument(
        "--door",
        choices=["api", "page"],
        default="api",
        help="one request and the socket, or all a browser asks for on its first visit",
    )
    parser.add_argument("--until-breaks", action="store_true", help="go on, half as many more each time")
    parser.add_argument("--profile", type=Path, help="sample the server's stacks; the report is written here")
    parser.add_argument("--no-pin", dest="pin", action="store_false", help="do not keep processes to cores")
    options = parser.parse_args()
    if options.server == "uvicorn" and find_spec("uvicorn") is None:
        parser.error("uvicorn is not installed (uv pip install 'uvicorn>=0.35' 'websockets>=15')")
    options.sizes = [int(size) for size in options.sizes.split(",")]
    if not all(0 < size <= MOST for size in options.sizes) or not 0 < options.questions <= 50:
        parser.error(f"--sizes go up to {MOST}, --questions up to 50")
    options.pin = options.pin and len(os.sched_getaffinity(0)) > 1
    return options


def sizes(options: argparse.Namespace) -> list[int]:
    """The halls to be measured, small to large."""
    found = sorted(options.sizes)
    while options.until_breaks and found[-1] < MOST:
        found.append(min(MOST, found[-1] * 3 // 2))
    return found


def raise_limit() -> None:
    """Files, thus sockets, as many as the system allows; the servers inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def measure(people: int, folder: Path, options: argparse.Namespace) -> Report:
    """One hall from an empty database to its figures."""
    mode = f"{options.server}-{options.database}"
    print_line(f"\n== {people} phones, one process of {options.server}, {options.database}")
    with servers.on_core(0 if options.pin else None):
        running = servers.serving(mode, folder, threads=8, profile=options.profile)
        served = running.__enter__()
        slowness = yardstick.slowness()
    try:
        rules = {"title_s": 0, "reading_s": 0, "seconds": SECONDS, "board_every": 0, "capacity": MOST}
        world = served.site.stage("tests.load.live_world:seed", questions=options.questions, **rules)
        with servers.on_core(1 if options.pin else None):
            report = asyncio.run(Show(served, world, people, options).play())
        print_report(report, slowness, database=options.database)
    except BaseException:
        print_line(f"{time.strftime('%H:%M:%S')} {served.site.log.read_text(errors='replace')[-3000:]}")
        raise
    finally:
        running.__exit__(None, None, None)
    return report


class Show:
    """One round from the lobby to its last question."""

    def __init__(
        self, served: servers.Served, world: dict[str, Any], people: int, options: argparse.Namespace
    ) -> None:
        self.served, self.world, self.options = served, world, options
        self.report = Report(people)
        self.hall = Hall(served.port, world["round"], world["join_token"], people=people, door=options.door)
        self.host = Operator([served.port], world["round"], world["session"], dice=random.Random(7))

    async def play(self) -> Report:
        """Joins, asks, counts."""
        report = self.report
        report.empty_memory = memory(self.served.server)[0]
        await self.enter()
        for _ in range(self.options.questions):
            report.asked.append(await self.ask())
        report.memory = memory(self.served.server)
        self.count()
        await self.leave()
        return report

    async def enter(self) -> float:
        """Lets host and phones in; seconds until all phones were in the lobby."""
        report = self.report
        self.host.start()
        await self.host.until(lambda: self.host.is_open, 30, "a greeting")
        # What is imported with the first request.
        await ask(self.served.port, "POST", "/api/v1/live/join", body={})
        before = self.cpu()
        report.join_s = await self.hall.join(at_once=self.options.at_once)
        report.joined = len(self.hall.phones)
        await self.host.until(lambda: self.host.view.get("joined") == report.joined, 30, "everybody seen")
        report.join_cpu = self.cpu() - before
        await asyncio.sleep(2)  # the first pings are over
        return report.join_s

    async def leave(self) -> None:
        """Everybody hangs up."""
        self.hall.leave()
        await self.host.stop()

    def cpu(self) -> float:
        """CPU seconds so far of server and database."""
        return sum(self.served.cpu())

    async def ask(self) -> Asked:
        """One question, from its title to everybody's result."""
        host, hall, joined = self.host, self.hall, self.report.joined
        bytes_before, cpu_before = hall.received, self.cpu()
        await host.advance()
        await host.reach("reading")
        run = host.view["run"]
        mine, cpu, wall = time.process_time(), self.cpu(), time.perf_counter()
        waiting = waited(self.served.server)
        pressed = await host.advance()
        await hall.until(lambda: run in hall.questions and len(hall.questions[run].shown) >= joined, LATE_S)
        question = hall.questions[run]
        waiting = waited(self.served.server) - waiting
        fan_out_cpu = self.cpu() - cpu
        cpu = self.cpu()
        await hall.until(lambda: len(question.acked) >= joined, SECONDS + LATE_S)
        answers_cpu = self.cpu() - cpu
        client = (time.process_time() - mine) / (time.perf_counter() - wall)
        server_ack = host.tick.get("ack_ms", 0)
        due = time.time() + 0.25
        with suppress(Refused):  # its own time was over before everybody had an acknowledgement
            await host.command(do="close-now", run=run)
        await host.reach("closed")
        marked = time.time() - min(due, host.view.get("clock", {}).get("closes_at", due * 1000) / 1000 + 0.25)
        revealed = await host.advance()
        await hall.until(lambda: len(question.results) >= joined, LATE_S)
        took = sorted(question.acked[key] - question.sent[key][1] for key in question.acked)
        self.report.given += len(question.sent)
        self.report.acked += len(question.acked)
        self.left_out(question)
        return Asked(
            first=1000 * (min(question.shown) - pressed),
            last=1000 * (max(question.shown) - pressed),
            waited=waiting,
            p50=at(took, 0.5),
            p99=at(took, 0.99),
            marked=1000 * marked,
            result=1000 * (max(question.results, default=float("inf")) - revealed),
            fan_out_cpu=fan_out_cpu,
            answers_cpu=answers_cpu,
            cpu=self.cpu() - cpu_before,
            bytes_each=(hall.received - bytes_before) / max(1, joined),
            client=client,
            server_ack=server_ack,
        )

    def left_out(self, question: Question) -> None:
        """Counts phones that did not get the question or their result."""
        joined = self.report.joined
        for name, times in (("shown", question.shown), ("results", question.results)):
            if len(times) != joined:
                self.hall.oddities[f"{name} to {len(times)} of {joined} phones"] += 1

    def count(self) -> None:
        """Looks for every acknowledged answer in the database."""
        found = stored(self.served.site.environment["DATABASE_URL"], self.world["round"])
        acked = {key for question in self.hall.questions.values() for key in question.acked}
        self.report.lost = len(acked - found)
        self.report.oddities = dict(self.hall.oddities + self.host.oddities)


def stored(url: str, round_id: int) -> set[str]:
    """The keys of the answers on disk."""
    sql = f"SELECT key FROM contest_liveanswer WHERE round_id = {int(round_id)}"  # noqa: S608
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as lite:
            return {row[0] for row in lite.execute(sql)}
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute(sql)}  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
