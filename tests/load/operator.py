"""The operator of a live round: a screen with the one next key; a ticket from the real address for each greeting."""

import asyncio
import random
import secrets
import time
from collections.abc import Sequence
from typing import Any

from tests.load.room import NotReached, Refused, Room, ask


class Operator(Room):
    """Host (or jury, projector) by the session of a signed-in account."""

    def __init__(
        self, ports: Sequence[int], round_id: int, session: str, *, dice: random.Random, role: str = "host"
    ) -> None:
        super().__init__(ports, round_id, role, self._ticket, dice=dice, cookie=f"sessionid={session}")

    async def _ticket(self) -> str:
        token = secrets.token_hex(16)
        port = self.dice.choice(self.ports)
        headers = {
            "Cookie": f"{self.cookie}; csrftoken={token}",
            "X-CSRFToken": token,
            "Origin": "http://127.0.0.1",
        }
        status, found = await ask(
            port,
            "POST",
            f"/api/v1/live/{self.round_id}/tickets",
            headers=headers,
            body={"role": self.role},
        )
        if status not in {200, 201} or not isinstance(found, dict):
            if status >= 500 and status != 503:
                self.oddities[f"HTTP {status} tickets"] += 1
            raise NotReached(f"no ticket: HTTP {status} {found}")
        return str(found["ticket"])

    async def press(self, **deed: Any) -> float:
        """One command, once; when it left (perf_counter)."""
        left = time.perf_counter()
        await self.command(**deed)
        return left

    async def advance(self, *, seconds: float = 30) -> float:
        """The next key, pressed until the round stands elsewhere; when it was pressed first (perf_counter).

        `seen` makes the key harmless when an earlier press was done and its `done` got lost.
        """
        seen = self.view["next_step"]
        first = time.perf_counter()
        end = time.monotonic() + seconds
        while self.view["next_step"] == seen:
            if time.monotonic() > end:
                raise TimeoutError(f"the next key did nothing within {seconds:g} s at {seen}")
            try:
                await self.command(do="advance", seen=seen)
                await self.until(lambda: self.view["next_step"] != seen, 2, f"anything but {seen}")
            except (NotReached, TimeoutError):
                await asyncio.sleep(0.1)
            except Refused as refusal:
                if str(refusal) not in {"not-now", "busy"}:
                    raise
                await asyncio.sleep(0.1)
        return first

    async def reach(self, *phases: str, seconds: float = 30) -> None:
        """Waits until the round is in one of the phases."""
        await self.until(lambda: self.phase in phases, seconds, f"phase {' or '.join(phases)}")
