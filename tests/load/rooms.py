"""Many rooms at once on one server process, beside one room with as many phones.

    python -m tests.load.rooms [--rooms 20 --people 200 --questions 2 --apart 0 --database sqlite --server daphne]

Every room has its own host; all hosts press their keys together, so that everything falls into the same second, or one
after the other, `--apart` ms later each. The budget says: with one host at work as one room of the same number. Printed
are the worst room's figures, the CPU of all rooms together, lost answers (0 allowed), and the ratio to the one room.
Exit code 1 when an answer was lost or a phone left out.
"""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.load import servers, yardstick
from tests.load.live_report import Asked, memory
from tests.load.phones import MOST, SECONDS, Show, raise_limit
from tests.load.report import print_line, print_table

TITLES = (
    "",
    "all in s",
    "last phone ms",
    "ack p99 ms",
    "close → last result ms",
    "CPU ms",
    "MB",
    "lost or left out",
)


@dataclass(frozen=True, slots=True)
class Found:
    """One server's figures; of the questions the best, of the rooms the worst."""

    join_s: float
    last: float
    p99: float
    result: float
    cpu_ms: float
    megabytes: float
    bad: int

    def row(self, title: str) -> tuple[str, ...]:
        """A line of the table."""
        figures = (self.join_s, self.last, self.p99, self.result, self.cpu_ms, self.megabytes)
        return (title, *(f"{figure:.1f}" for figure in figures), str(self.bad))


def main() -> int:
    """Both, one after the other."""
    options = read_options()
    raise_limit()
    many = measure(options.rooms, options.people, options)
    one = measure(1, options.rooms * options.people, options)
    ratios = (
        "many / one",
        *(f"{getattr(many, name) / getattr(one, name):.2f}" for name in Found.__slots__[:6]),
        "",
    )
    rows = [
        many.row(f"{options.rooms} × {options.people}"),
        one.row(f"1 × {options.rooms * options.people}"),
        ratios,
    ]
    print_table(TITLES, rows)
    print_line(f"this machine is {yardstick.slowness():.2f} times slower than the study's just now")
    return 1 if many.bad or one.bad else 0


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rooms", type=int, default=20)
    parser.add_argument("--people", type=int, default=200, help="phones a room (default 200)")
    parser.add_argument("--questions", type=int, default=2)
    parser.add_argument(
        "--apart", type=int, default=0, help="ms between two hosts' keys (default 0: together)"
    )
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne")
    options = parser.parse_args()
    if not 0 < options.rooms * options.people <= MOST:
        parser.error(f"at most {MOST} phones")
    options.at_once, options.door = 1000, "api"
    return options


def measure(rooms: int, people: int, options: argparse.Namespace) -> Found:
    """A fresh server with so many rooms."""
    print_line(f"{rooms} × {people} phones, one process of {options.server}, {options.database}")
    with (
        tempfile.TemporaryDirectory(prefix="rooms-") as folder,
        servers.on_core(0),
        servers.serving(f"{options.server}-{options.database}", Path(folder), threads=8) as served,
    ):
        rules = {"title_s": 0, "reading_s": 0, "seconds": SECONDS, "board_every": 0, "capacity": MOST}
        seeds = [
            served.site.stage("tests.load.live_world:seed", questions=options.questions, **rules)
            for _ in range(rooms)
        ]
        with servers.on_core(1):
            shows = [Show(served, seed, people, options) for seed in seeds]
            return asyncio.run(play(shows, options.questions, apart_s=options.apart / 1000))


async def play(shows: list[Show], questions: int, *, apart_s: float) -> Found:
    """All rooms through all questions, in step or so many seconds after one another."""

    async def ask(place: int) -> Asked:
        await asyncio.sleep(place * apart_s)
        return await shows[place].ask()

    join_s = sum([await show.enter() for show in shows])
    cpus = []
    for _ in range(questions):
        before = shows[0].cpu()
        asked = await asyncio.gather(*(ask(place) for place in range(len(shows))))
        for show, found in zip(shows, asked, strict=True):
            show.report.asked.append(found)
        cpus.append(1000 * (shows[0].cpu() - before))
    for show in shows:
        show.count()
        await show.leave()
    figures = [show.report.figures() for show in shows]
    return Found(
        join_s,
        max(each.last_shown_ms for each in figures),
        max(each.ack_p99_ms for each in figures),
        max(each.result_ms for each in figures),
        min(cpus),
        memory(shows[0].served.server)[1],
        sum(show.report.bad for show in shows),
    )


if __name__ == "__main__":
    sys.exit(main())
