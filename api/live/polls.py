"""Who asks over HTTP in a process that serves no sockets of their room."""

import threading
import time

from api.live.presence import POLLED_S

TELL_S = 4.0


class Polls:
    """The participants' last polls, by round. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rounds: dict[int, dict[int, tuple[float, float]]] = {}

    def note(self, round_id: int, player: int) -> bool:
        """A poll. True when other processes are to be told of it."""
        now = time.monotonic()
        with self._lock:
            if round_id not in self._rounds:
                self._forget(now)
            known = self._rounds.setdefault(round_id, {})
            _, told_at = known.get(player, (0.0, 0.0))
            tell = now - told_at >= TELL_S
            known[player] = now, now if tell else told_at
            return tell

    def lately(self, round_id: int) -> frozenset[int]:
        """Who has asked within the last seconds."""
        limit = time.monotonic() - POLLED_S
        with self._lock:
            return frozenset(one for one, (at, _) in self._rounds.get(round_id, {}).items() if at > limit)

    def _forget(self, now: float) -> None:
        """Leaves out the rounds in which nobody asks any more."""
        limit = now - POLLED_S
        self._rounds = {
            round_id: known
            for round_id, known in self._rounds.items()
            if any(at > limit for at, _ in known.values())
        }
