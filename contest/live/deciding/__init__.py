"""Each command's decision: its events, or a refusal. An empty list means that there is nothing to do."""

from contest.live.deciding import buzzer, corrections, floor, lobby, pace, people, verdict
from contest.live.deciding.registry import DECIDE

__all__ = ["DECIDE", "buzzer", "corrections", "floor", "lobby", "pace", "people", "verdict"]
