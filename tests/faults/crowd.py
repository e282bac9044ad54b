"""Phones in a process of their own, which can be stopped: they take nothing in, and their lines stay up.

python -m tests.faults.crowd PORT ROUND JOIN_TOKEN PEOPLE LEDGER
"""

import asyncio
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.faults.ledger import Ledger
from tests.faults.phone import Phone, join
from tests.faults.processes import Process
from tests.journeys import site


class Crowd(Process):
    """The process."""

    def __init__(self, port: int, world: dict[str, Any], people: int, folder: Path) -> None:
        self.ledger = folder / "crowd.jsonl"
        arguments = [str(port), str(world["round"]), world["join_token"], str(people), str(self.ledger)]
        command = [sys.executable, "-m", "tests.faults.crowd", *arguments]
        super().__init__(command, log=folder / "crowd.log", cwd=site.ROOT)

    def end(self) -> None:
        """A frozen process is not asked twice."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                return


async def play(port: int, round_id: int, join_token: str, people: int, path: Path) -> None:
    """Joins so many phones and lets them play until the process ends."""
    book = Ledger(path)

    async def enter(number: int) -> None:
        dice = random.Random(1000 + number)
        seat = await join([port], join_token, f"Đám đông {number}", dice=dice, source="127.0.0.3")
        Phone([port], round_id, seat, book, dice=dice, source="127.0.0.3").start()

    await asyncio.gather(*(enter(number) for number in range(people)))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(play(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), Path(sys.argv[5])))
