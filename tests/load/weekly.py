"""Load test of a weekly round: whole attempts over real HTTP against a real server on the loopback.

    make load [ARGS="--modes wsgi-postgres --seconds 15 --rank 1000000 --settle 100000"]

Each mode gets a fresh database, a round of twenty questions, entrants, and one server process. A unit of work is one
attempt: start, saves (five of four answers, then in a second pass twenty of one), submit, result, board, own rank. CPU
time counts the server's and PostgreSQL's processes, from /proc; the clients' is printed apart. Server and database are
kept to one core and the clients to another (`--no-pin` lets them roam).

It ends by itself: after `--seconds` a pass, or when the entrants run out. The exit code is 1 when any reply was late,
failed or missing. Compare figures of one machine on one day only; the budgets are in `budgets.py`, and `yardstick.py`
tells how fast the machine is just now.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.load import budgets, client, servers, unit, yardstick
from tests.load.report import print_line, print_table

WARM_UP = 12
COUNTED = 6
BARE_PEOPLE = 1_500
MOST_PEOPLE = 5_000  # a minute of starts from one address is 6,000 (api.throttles)
MOST_CROWD = 1_000_000


def main() -> int:
    """Runs the modes one after the other."""
    options = read_options()
    faults = 0
    for mode in options.modes:
        if not servers.available(mode):
            print_line(f"{mode}: left out, granian is not installed (it is the optional extra `wsgi`)")
            continue
        with tempfile.TemporaryDirectory(prefix="load-") as folder:
            faults += measure(mode, Path(folder), options)
    return 1 if faults else 0


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--modes", nargs="+", choices=list(servers.MODES), default=["embedded", "wsgi-postgres"]
    )
    parser.add_argument("--seconds", type=float, default=5, help="length of a pass; at most 60 (default 5)")
    parser.add_argument("--people", type=int, default=2_500, help="entrants a pass may use up (default 2500)")
    parser.add_argument("--clients", type=int, default=4, help="connections at once (default 4)")
    parser.add_argument(
        "--threads", type=int, default=8, help="threads of the server (default 8, as HTTP_THREADS)"
    )
    parser.add_argument(
        "--rank", type=int, default=0, metavar="N", help="put N more people on the board first"
    )
    parser.add_argument(
        "--settle", type=int, default=0, metavar="M", help="also settle a round of M attempts"
    )
    parser.add_argument("--profile", type=Path, help="sample the server's stacks; the report is written here")
    parser.add_argument("--no-pin", dest="pin", action="store_false", help="do not keep processes to cores")
    options = parser.parse_args()
    for name, most in (("seconds", 60), ("people", MOST_PEOPLE), ("clients", 64), ("threads", 64)):
        if not 0 < getattr(options, name) <= most:
            parser.error(f"--{name} must be above 0 and at most {most}")
    if not (0 <= options.rank <= MOST_CROWD and 0 <= options.settle <= MOST_CROWD):
        parser.error(f"--rank and --settle go up to {MOST_CROWD}")
    options.pin = options.pin and len(os.sched_getaffinity(0)) > 1
    return options


def measure(mode: str, folder: Path, options: argparse.Namespace) -> int:
    """One mode from an empty database to its figures; how many replies were not good."""
    print_line(f"\n== {mode}: {servers.MODES[mode]}")
    core = 0 if options.pin else None
    with servers.on_core(core):
        running = servers.serving(mode, folder, threads=options.threads, profile=options.profile)
        served = running.__enter__()
    try:
        return exercise(mode, served, options)
    finally:
        running.__exit__(None, None, None)


def exercise(mode: str, served: servers.Served, options: argparse.Namespace) -> int:
    """Seeds the site that is being served, drives it and prints."""
    stage = served.site.stage
    world = stage("tests.load.world:seed", people=2 * options.people + 2 * BARE_PEOPLE + COUNTED + WARM_UP)
    round_id, crowd = world["round"], iter(world["entrants"])
    if options.rank:
        made = stage("tests.load.world:fill_board", round_id=round_id, people=options.rank)
        print_line(f"{options.rank:,} people put on the board in {made['seconds']:.1f} s")
    run_pass(served, round_id, take(crowd, WARM_UP), 4, options)
    queries = stage("tests.load.statements:count", round_id=round_id, entrants=list(take(crowd, COUNTED)))
    faults, gates = 0, []
    for name, step in unit.SHAPES.items():
        tally, cpu = run_pass(served, round_id, take(crowd, options.people), step, options)
        faults += sum(tally.faults.values())
        print_pass(name, tally, cpu, queries)
        each = 1000 * (cpu["server"] + cpu["database"]) / max(1, tally.attempts)
        with servers.on_core(0 if options.pin else None):
            slowness = yardstick.slowness()
        gates += budgets.unit_gates(mode, name, each, slowness)
        gates += bare_gate(mode, served, round_id, name, each, list(take(crowd, BARE_PEOPLE)))
    if options.rank:
        gates += rank_gate(stage("tests.load.world:look_up_ranks", round_id=round_id))
    if options.settle:
        gates += settle_gate(stage("tests.load.world:settle", people=options.settle))
    print_table(("against the budget", "measured", "gate", ""), [gate.row() for gate in gates])
    return faults


def take(crowd: Iterator[str], most: int) -> Iterator[str]:
    """The next entrants, at most so many, none of them twice."""
    return iter([entrant for _, entrant in zip(range(most), crowd, strict=False)])


def run_pass(
    served: servers.Served, round_id: int, entrants: Iterator[str], step: int, options: argparse.Namespace
) -> tuple[client.Tally, dict[str, float]]:
    """Drives attempts; CPU seconds meanwhile of server, database and clients."""
    with servers.on_core(1 if options.pin else None):
        before, mine = served.cpu(), time.process_time()
        tally = asyncio.run(
            client.drive(
                port=served.port,
                round_id=round_id,
                entrants=entrants,
                step=step,
                clients=options.clients,
                seconds=options.seconds,
            )
        )
        mine, after = time.process_time() - mine, served.cpu()
    return tally, {"server": after[0] - before[0], "database": after[1] - before[1], "clients": mine}


def print_pass(name: str, tally: client.Tally, cpu: dict[str, float], queries: dict[str, Any]) -> None:
    """The figures of one pass."""
    done = max(1, tally.attempts)
    parts = ", ".join(f"{part} {1000 * used / done:.2f}" for part, used in cpu.items())
    both = 1000 * (cpu["server"] + cpu["database"]) / done
    print_line(
        f"\n{name}: {tally.attempts} attempts in {tally.seconds:.1f} s = {tally.attempts / tally.seconds:.0f}/s, "
        f"{tally.requests / tally.seconds:.0f} requests/s; late, failed or missing: {sum(tally.faults.values())}"
    )
    print_line(
        f"CPU ms an attempt: {both:.2f} without clients ({parts}) = {1000 / both:.0f} attempts/s a core"
    )
    for fault, times in tally.faults.most_common(5):
        print_line(f"  {times} x {fault}")
    rows = []
    for kind, took in tally.took.items():
        took.sort()
        asked = queries[kind]
        control = f"+{asked['control']}" if asked["control"] else ""
        rows.append(
            (
                kind,
                f"{len(took)}",
                f"{at(took, 0.5):.1f}",
                f"{at(took, 0.99):.1f}",
                f"{asked['queries']}{control}",
            )
        )
    print_table(("endpoint", "requests", "p50 ms", "p99 ms", "SQL (+ begin/commit)"), rows)


def at(ordered: list[float], share: float) -> float:
    """A quantile in ms of ordered seconds."""
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def bare_gate(
    mode: str, served: servers.Served, round_id: int, name: str, each: float, entrants: list[str]
) -> list[budgets.Gate]:
    """The same statements without the product, on a connection of the driver: what share of our CPU they are."""
    before = served.cpu()
    step = unit.SHAPES[name]
    done = served.site.stage(
        "tests.load.statements:bare", round_id=round_id, entrants=entrants, step=step, seconds=2
    )
    database = served.cpu()[1] - before[1]
    alone = 1000 * (done["cpu"] + database) / done["attempts"]
    print_line(
        f"bare driver, {name}: {done['statements']} statements an attempt, {alone:.2f} CPU ms "
        f"(database {1000 * database / done['attempts']:.2f}), {done['attempts'] / done['seconds']:.0f} attempts/s"
    )
    return budgets.bare_gates(mode, name, alone / each)


def rank_gate(found: dict[str, Any]) -> list[budgets.Gate]:
    """Own rank, in the product's own process without HTTP."""
    took = found["ms"]
    print_line(
        f"own rank among {found['board']:,}: p50 {took[len(took) // 2]:.2f} ms, worst {took[-1]:.2f} ms"
    )
    return [budgets.Gate(f"own rank among {found['board']:,}, p50 ms", took[len(took) // 2], 1.0)]


def settle_gate(found: dict[str, Any]) -> list[budgets.Gate]:
    """Settlement of a whole round."""
    print_line(
        f"settled {found['attempts']:,} attempts, {found['ranked']:,} ranked: {found['seconds']:.1f} s"
    )
    gate = 20.0 * found["attempts"] / 100_000
    return [budgets.Gate(f"settlement of {found['attempts']:,} attempts, s", found["seconds"], gate)]


if __name__ == "__main__":
    sys.exit(main())
