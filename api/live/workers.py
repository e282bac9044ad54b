"""Threads for what must not be done on the event loop: the database. Few, long-lived, each with its own connection."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, connections

P = ParamSpec("P")
T = TypeVar("T")
THREADS = 4

_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="live")


async def run(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The work's result, done in a thread; raises what it raises."""
    return await asyncio.get_running_loop().run_in_executor(_pool, lambda: guarded(work, *args, **kwargs))


def guarded(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The work's result. A connection that turned out dead is dropped, so that the next work has a new one.

    Nothing is asked beforehand: that would cost a statement each time.
    """
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError):
        if connection.connection is not None and not connection.is_usable():
            connection.close()
        raise


def restart() -> None:
    """Ends the threads and their connections; the next work gets new ones. For tests."""
    global _pool  # noqa: PLW0603  (one pool a process)
    together = threading.Barrier(THREADS)
    for _ in range(THREADS):
        _pool.submit(_part, together)
    _pool.shutdown()
    _pool = ThreadPoolExecutor(THREADS, thread_name_prefix="live")


def _part(together: threading.Barrier) -> None:
    together.wait()
    connections.close_all()
