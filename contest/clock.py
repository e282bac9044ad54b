"""The ticking loop: closes attempts whose time is up and rounds whose window has passed.

In the embedded server it is a daemon thread; in production `manage.py run_clock` runs it beside the servers. Any number
of clocks may run at once: every transition is one conditional UPDATE.
"""

import logging
import threading
from datetime import timedelta

from django.db import close_old_connections, connections
from django.utils import timezone

from contest.actions import attempts, live, rounds

logger = logging.getLogger(__name__)
PERIOD_S = 5.0
_started = threading.Event()


def tick() -> tuple[int, int, int]:
    """One beat: (attempts closed, rounds moved to closing, live rounds moved). Safe to repeat and beside others.

    Live rounds are led by the timers of whoever serves their sockets; this is for when nobody does.
    """
    now = timezone.now()
    closed = attempts.expire_attempts(now=now)
    moved = rounds.begin_closing(now=now)
    return closed, moved, live.tick_due(now=timezone.now())


def run_forever(stop: threading.Event, *, period: timedelta = timedelta(seconds=PERIOD_S)) -> None:
    """Beats every `period` until `stop` is set; a failed beat is logged and the next one tries again."""
    while not stop.wait(period.total_seconds()):
        try:
            close_old_connections()
            tick()
        except Exception:
            logger.exception("clock: a beat failed")
            connections.close_all()


def start_embedded_clock() -> None:
    """Starts the thread once per process."""
    if _started.is_set():
        return
    _started.set()
    threading.Thread(target=run_forever, args=(threading.Event(),), name="clock", daemon=True).start()
