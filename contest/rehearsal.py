"""Lets a simulated crowd play beside the server: in a thread of the embedded server, or in a command of its own."""

import logging
import random
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from contest.actions import live_crowd
from contest.actions.live_crowd import Crowd
from contest.errors import Refusal
from contest.live.state import Phase

logger = logging.getLogger(__name__)
BEAT_S = 0.2
LONGEST = timedelta(hours=6)
STEP = timedelta(seconds=4)


def play(crowd: Crowd, stop: threading.Event, *, lead: bool = False) -> None:
    """Beats until the round has ended or is gone, `stop` is set or six hours are over.

    With `lead` it also presses the host's next key, four seconds after the step before.
    """
    ends = timezone.now() + LONGEST
    pacer = Pacer(crowd.round_id) if lead else None
    while timezone.now() < ends and not stop.wait(BEAT_S):
        now = timezone.now()
        try:
            if crowd.beat(now).phase is Phase.ENDED:
                return
            if pacer is not None:
                pacer.beat(now)
        except Refusal as refusal:
            if refusal.code == "not-found":
                return
            logger.warning("rehearsal %s: %s", crowd.round_id, refusal.code)


class Pacer:
    """A host who presses the next key some seconds after each step."""

    def __init__(self, round_id: int) -> None:
        self.round_id = round_id
        self._dice = random.Random(round_id)  # noqa: S311
        self._seen = -1
        self._since: datetime | None = None

    def beat(self, now: datetime) -> None:
        """Presses when it is time."""
        if self._since is None or now - self._since >= STEP:
            version = live_crowd.lead(self.round_id, now=now, dice=self._dice).version
            if version != self._seen:
                self._seen, self._since = version, now


def start(crowd: Crowd) -> bool:
    """Starts a thread for the crowd; False (and nothing done) where clocks don't run in the server: use the command."""
    if not settings.EMBEDDED_CLOCK:
        return False
    threading.Thread(target=_play, args=(crowd,), name=f"rehearsal-{crowd.round_id}", daemon=True).start()
    return True


def _play(crowd: Crowd) -> None:
    try:
        close_old_connections()
        play(crowd, threading.Event())
    except Exception:
        logger.exception("rehearsal %s failed", crowd.round_id)
    finally:
        connections.close_all()
