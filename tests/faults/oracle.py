"""The ranking as it has to be, reckoned from what the phones wrote down and the key; no code of the product's.

Official mode without lag compensation: ten points for a right answer; points, right answers and the time of the right
ones decide, and equal lines share a rank.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

POINTS = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer that must count. `at`: the server's receive time; the clock is the one its phone was shown, and `stood`
    is no time to think (ms).
    """

    player: int
    run: int
    value: Any
    at: int
    opens_at: int
    closes_at: int
    stood: int = 0


def ranking(
    players: Iterable[int], counted: Iterable[Counted], accepted: Mapping[int, list[Any]]
) -> list[list[int]]:
    """[rank, player, points, right, ms] of everybody, by rank and then by player. `accepted` by run."""
    totals = {player: [0, 0, 0] for player in players}
    for answer in counted:
        if answer.value in accepted[answer.run]:
            line = totals[answer.player]
            line[0] += POINTS
            line[1] += 1
            line[2] += max(0, min(answer.at, answer.closes_at) - answer.opens_at - answer.stood)
    ordered = sorted((-points, -right, ms, player) for player, (points, right, ms) in totals.items())
    lines: list[list[int]] = []
    for place, (points, right, ms, player) in enumerate(ordered, start=1):
        tied = place > 1 and ordered[place - 2][:3] == (points, right, ms)
        lines.append([lines[-1][0] if tied else place, player, -points, -right, ms])
    return lines
