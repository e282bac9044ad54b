"""All faults at full size, one after the other; the exit code is 1 when a promise was broken.

make faults [ARGS="F1 F6 --people 100 --quick"]
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path

from tests.faults.scenarios import QUICK, SCENARIOS, Size, wrong_server
from tests.load.phones import raise_limit
from tests.load.report import print_line

WRONGS = ("ack-before-commit", "another-time")


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"{', '.join(SCENARIOS)} or wrong")
    parser.add_argument("--people", type=int, help="phones (default 300)")
    parser.add_argument(
        "--database", choices=["sqlite", "postgres"], help="where the fault leaves the choice"
    )
    parser.add_argument("--quick", action="store_true", help="as small as in the suite")
    options = parser.parse_args()
    unknown = set(options.faults) - {*SCENARIOS, "wrong"}
    if unknown:
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    size = QUICK if options.quick else Size()
    for name in ("people", "database"):
        if getattr(options, name):
            size = replace(size, **{name: getattr(options, name)})
    raise_limit()
    wanted = options.faults or [*SCENARIOS, "wrong"]
    bad = 0
    for name in wanted:
        for title, held in runs(name, size):
            bad += not held
            print_line(f"{title}: {'holds' if held else 'BROKEN'}")
    return 1 if bad else 0


def runs(name: str, size: Size) -> list[tuple[str, bool]]:
    """One fault, or the servers that are wrong on purpose."""
    if name != "wrong":
        folder = Path(tempfile.mkdtemp(prefix="faults-"))
        return [(name, not tell(name, SCENARIOS[name](size, folder, None)))]
    found = []
    for wrong in WRONGS:
        folder = Path(tempfile.mkdtemp(prefix="faults-"))
        problems = tell(f"wrong on purpose: {wrong}", wrong_server(size, folder, None, wrong=wrong))
        found.append((f"{wrong} is found out", bool(problems)))
    return found


def tell(name: str, work: Awaitable[list[str]]) -> list[str]:
    """Runs it and prints what was broken."""
    print_line(f"\n== {name}")
    began = time.monotonic()

    async def run() -> list[str]:
        return await work

    try:
        problems = asyncio.run(run())
    except Exception as fault:
        problems = [f"{type(fault).__name__}: {fault}"]
    for problem in problems:
        print_line(f"  {problem}")
    print_line(f"  {time.monotonic() - began:.0f} s")
    return problems


if __name__ == "__main__":
    sys.exit(main())
