"""May this answer count, and how long did it take? One rule for socket, HTTP and the tests."""

from contest.errors import Refusal
from contest.live import modes
from contest.live.state import Answer, Run, State


def accept(
    state: State, *, player: int, run: int, value: object, at: int, lag_ms: int = 0, seq: int = 0
) -> Answer:
    """The answer to be kept, canonical. `at`: server's receive time (ms); `lag_ms`: what `lag.compensation` grants.

    Refusals: `not-a-player` (unknown, kicked, banned), `question-closed` (no such run), and those of the mode's
    `require_open` and `read`.
    """
    person = state.players.get(player)
    if person is None or person.status != "in":
        raise Refusal("not-a-player")
    asked = state.runs.get(run)
    if asked is None:
        raise Refusal("question-closed")
    mode = modes.get(state.rules.mode)
    mode.require_open(state, asked, person, at=at, lag_ms=lag_ms)
    found = mode.read(state.items[asked.item - 1], value)
    return Answer(player, run, found, at, time_used(asked, at, lag_ms), lag_ms, seq)


def time_used(run: Run, at: int, lag_ms: int = 0) -> int:
    """Milliseconds between the options' appearance and the answer, without pauses and within the question's time."""
    used = at - run.opens_at - run.stood_ms(at) - lag_ms
    return max(0, min(used, run.closes_at - run.opens_at - run.stood_ms()))
