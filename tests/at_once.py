"""Threads released together, for races on the database that is configured."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from contest.errors import Refusal

THREADS = 12


def at_once(call: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """What `call(number)` gave in each of the threads released together; refusals come as their codes."""
    gate = Barrier(threads)

    def run(number: int) -> Any:
        try:
            gate.wait()
            return call(number)
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
