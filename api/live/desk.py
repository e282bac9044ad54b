"""Where answers of a room are judged before they are written: in memory, against the state of now.

What is kept here is a copy that saves work: who has what on disk (a retry gets the same acknowledgement), and how much
lag compensation each has used. The rows decide; after a restart it is read from them.
"""

from collections import deque
from collections.abc import Iterable

from api.live.messages import AckMessage, AnswerMessage
from contest.actions.live_answers import Recorded, Submission
from contest.live import answers, lag
from contest.live.state import Answer, State

MINUTE_MS = 60_000


class Desk:
    """The answers of one room in this process. All methods run on the event loop; moments are ms since 1970."""

    def __init__(self, given: Iterable[Answer] = ()) -> None:
        self._acks: dict[int, AckMessage] = {}
        self._run = 0
        self._used: dict[int, dict[int, int]] = {}
        self._delays: deque[tuple[int, int]] = deque(maxlen=5000)
        self.answered: set[int] = set()
        self.commit_at = 0
        for answer in given:
            self.use(answer.player, answer.run, answer.lag_ms)

    def turn(self, run: int) -> None:
        """Another run is asked: what concerned the last one is forgotten."""
        if run != self._run:
            self._run = run
            self._acks.clear()
            self.answered = set()

    def use(self, player: int, run: int, lag_ms: int) -> None:
        """Notes the compensation an answer had."""
        self._used.setdefault(player, {})[run] = lag_ms

    def known(self, player: int, message: AnswerMessage) -> AckMessage | None:
        """The acknowledgement this very answer has had already."""
        ack = self._acks.get(player)
        return ack if ack is not None and (ack.run, ack.key) == (message.run, message.key) else None

    def accept(
        self,
        state: State,
        player: int,
        message: AnswerMessage,
        *,
        at: int,
        rtt_ms: float | None,
        token_hash: str = "",
    ) -> Submission:
        """The answer to be written. Refusals: those of `contest.live.answers.accept`."""
        lag_ms = self._lag(state, player, message.run, rtt_ms)
        answer = answers.accept(
            state,
            player=player,
            run=message.run,
            value=message.value,
            at=at,
            lag_ms=lag_ms,
            seq=message.seq,
        )
        return Submission(message.key, answer, token_hash)

    def settled(self, found: Recorded, *, lag_ms: int, now: int) -> None:
        """An answer that was judged here is on disk and about to be acknowledged."""
        self._delays.append((now, now - found.at))
        self.use(found.player, found.run, lag_ms)

    def recorded(self, found: Recorded, *, now: int) -> None:
        """An answer is on disk, whoever judged it."""
        self.commit_at = now
        if found.run == self._run:
            self.answered.add(found.player)
            before = self._acks.get(found.player)
            if before is None or before.seq <= found.seq:
                self._acks[found.player] = ack_of(found)

    def p95(self, now: int) -> int:
        """The 95th percentile from answer to acknowledgement over the last minute, ms; 0 without any."""
        found = sorted(ms for at, ms in self._delays if at > now - MINUTE_MS)
        return found[int(len(found) * 0.95)] if found else 0

    def _lag(self, state: State, player: int, run: int, rtt_ms: float | None) -> int:
        if not state.rules.compensate or rtt_ms is None:
            return 0
        used = self._used.get(player, {})
        quota = lag.quota_after([used.get(before, 0) for before in range(1, run)])
        return lag.compensation(round(rtt_ms), quota)


def ack_of(found: Recorded) -> AckMessage:
    """What tells a client that its answer is on disk; the same size for right and wrong."""
    return AckMessage(found.run, found.key, found.at, found.receipt, found.seq)
