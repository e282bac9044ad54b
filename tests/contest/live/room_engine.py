"""A room with everything around the machine, in memory: a journal, rows, two servers with caches, clients' keys.

The real one is `contest.actions.live` over two tables; this one is small enough to be broken in many ways.
"""

from dataclasses import dataclass

from contest.errors import Refusal
from contest.live import answers, events, lag, machine
from contest.live.facts import Facts
from contest.live.state import Answer, State


@dataclass(frozen=True)
class Ack:
    """What a phone is told about its answer: nothing about right or wrong."""

    player: int
    run: int
    key: str
    at: int
    receipt: str


@dataclass(frozen=True)
class Sent:
    """A frame on its way from a phone; `said` is what the model knows it by.

    `claims_ms` is what the phone says it took, and nobody's business.
    """

    player: int
    run: int
    value: object
    key: str
    seq: int
    connection: int
    said: object = ""
    claims_ms: int = 0


class StaleError(Exception):
    """Compare-and-set found another version."""


class Engine:
    """Two servers over one store. `rtt` by participant is what the server has measured of the link."""

    def __init__(self, secrets, rtt):
        self.secrets, self.rtt = secrets, rtt
        self.journal = []
        self.rows = {}
        self.acks = {}
        self.caches = [State(), State()]

    # --- Moving -----------------------------------------------------------------------------------

    def state(self, server=0):
        """The state as a server knows it once it has looked."""
        cached = self.caches[server]
        fresh = [events.decode(text) for text in self.journal[cached.version :]]
        self.caches[server] = machine.apply(cached, fresh)
        return self.caches[server]

    def command(self, server, deed, now):
        """The events' types. A server that was behind finds out by the version and decides again."""
        try:
            return self._command(self.caches[server], server, deed, now)
        except StaleError:
            return self._command(self.state(server), server, deed, now)

    def _command(self, state, server, deed, now):
        if state.version != len(self.journal):
            raise StaleError
        decided = machine.decide(state, deed, self.facts(now))
        self.append(state.version, [events.encode(event) for event in decided])
        self.state(server)
        return [type(event) for event in decided]

    def append(self, version, texts):
        """Versions are unique: who comes second is told so."""
        if version != len(self.journal):
            raise StaleError
        self.journal += texts

    def facts(self, now):
        return Facts(now, self.secrets, self.answers)

    def answers(self, run):
        return [row for (_, asked, *_), row in self.rows.items() if asked == run]

    # --- Answering --------------------------------------------------------------------------------

    def answer(self, server, sent, at):
        """An acknowledgement, the same for every retry, or a Refusal."""
        place = self.place(sent)
        known = self.acks.get(place)
        if known is not None and known.key == sent.key:
            return known
        found = self.accept(self.state(server), sent, at, self.lag_of(sent))
        if known is not None:
            self.require_newer(place, found)
        ack = Ack(sent.player, sent.run, sent.key, at, f"R{len(self.acks)}-{sent.key}")
        self.rows[place], self.acks[place] = found, ack
        return ack

    def place(self, sent):
        """What there is one row of."""
        return (sent.player, sent.run)

    def require_newer(self, place, found: Answer):
        if self.state().rules.answer == "first":
            raise Refusal("already-answered")
        if found.seq <= self.rows[place].seq:
            raise Refusal("answer-overtaken")

    def accept(self, state, sent, at, lag_ms):
        return answers.accept(
            state, player=sent.player, run=sent.run, value=sent.value, at=at, lag_ms=lag_ms, seq=sent.seq
        )

    def lag_of(self, sent):
        """The compensation, out of a quota that the rows tell."""
        used = [
            row.lag_ms
            for (player, run, *_), row in sorted(self.rows.items())
            if player == sent.player and run < sent.run
        ]
        return lag.compensation(self.rtt.get(sent.player), lag.quota_after(used))

    def close(self):
        """The end of an example."""

    # --- Failing ----------------------------------------------------------------------------------

    def restart(self, server):
        """The process is killed: nothing it had in memory is left."""
        self.caches[server] = State()
