"""The room machine: random rounds, with restarts, stale servers, resent and reordered frames, pauses and corrections.

L1 to L15 are the invariants of live rounds; each is named where it is checked.
"""

from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events, machine, moves
from contest.live.state import Phase, Player, Team
from tests.contest.live.hall import START
from tests.contest.live.room_engine import Engine, Sent
from tests.contest.live.room_laws import Laws
from tests.contest.live.room_learning import Learning
from tests.contest.live.room_model import Model
from tests.contest.live.room_world import (
    ITEMS,
    PEOPLE,
    REFUSED,
    RTT,
    RULES,
    TEAMS,
    again,
    canonical,
    secret_of,
    spelt,
    told,
    typed,
)

people = st.sampled_from(PEOPLE)
servers = st.sampled_from([0, 1])
values = st.sampled_from(["a", "a", "b", "c"])


class RoomMachine(Laws, Learning, RuleBasedStateMachine):
    """Five participants, two servers."""

    modes = tuple(RULES)

    def __init__(self, engine=Engine):
        super().__init__()
        self.engine = engine({item.no: secret_of(item) for item in ITEMS if item.type == "question"}, RTT)
        self.model = Model()
        self.now = START
        self.sent = []
        self.connections = Counter()
        self.acks = {}
        self.clients = {}
        self.fall = None

    def teardown(self):
        self.engine.close()

    @initialize(pick=st.integers(0, 10))
    def lobby(self, pick):
        self.mode = self.modes[pick % len(self.modes)]
        self.rules = RULES[self.mode]
        self.do(c.OpenLobby("Thử", self.rules, ITEMS))
        self.do(c.Join(tuple(Player(id_, id_, f"Người {id_}") for id_ in PEOPLE)))
        if self.rules.mode == "teams":
            self.do(c.FormTeams((Team(1, "Một"), Team(2, "Hai")), TEAMS))

    @property
    def state(self):
        return self.engine.state(0)

    # --- Time and moving --------------------------------------------------------------------------

    @rule(ms=st.sampled_from([1, 40, 300, 900, 2_000, 7_000, 30_000]))
    def time_passes(self, ms):
        self.now += ms

    @precondition(lambda self: self.state.phase is Phase.OPEN and not self.state.paused_at)
    @rule(edge=st.sampled_from([-1, 0, 1, 100, 250, 251]), closing=st.booleans())
    def time_passes_to_the_edge(self, edge, closing):
        run = self.state.current
        self.now = max(self.now, (run.closes_at if closing else run.opens_at) + edge)

    @rule(
        server=servers,
        late=st.sampled_from([0, 0, 1, 5_000, 90_000]),
        early=st.booleans(),
        host_present=st.booleans(),
        away=st.sampled_from([(), (1, 4), (2, 3, 5)]),
    )
    def clock(self, server, late, early, host_present, away):
        due_at = self.state.due_at
        if due_at and not self.state.paused_at:
            self.now = max(self.now, due_at - 1 if early else due_at + late)
        self.do(c.Tick(host_present, frozenset(away)), server)

    @precondition(lambda self: self.state.phase not in {Phase.OPEN, Phase.JUDGING, Phase.ENDED})
    @rule(server=servers)
    def next_key(self, server):
        self.do(c.Advance(machine.stamp(self.state)), server)

    @precondition(lambda self: self.state.phase not in {Phase.OPEN, Phase.JUDGING, Phase.ENDED})
    @rule(server=servers)
    def next_key_twice(self, server):
        seen = machine.stamp(self.state)
        self.do(c.Advance(seen), server)
        after = self.state.version
        self.do(c.Advance(seen), 1 - server)
        if machine.stamp(self.state) != seen:
            assert self.state.version == after, "L9: a key pressed twice moves once"

    @rule(
        given=st.lists(st.tuples(people, values, st.integers(0, 19)), min_size=2, max_size=6),
        deed=st.sampled_from(["", "", "void", "loss", "twice", "replay", "undo", "late"]),
        reveal=st.sampled_from([True, True, False]),
    )
    def a_question(self, given, deed, reveal):
        """What most of a round is: open, answers, close, reveal."""
        if not self._open():
            return
        opens_at = self.state.current.opens_at
        for player, value, second in sorted(given, key=lambda one: one[2]):
            self.now = max(self.now, opens_at + second * 1000)
            self.answer(player, "bc"[player % 2] if deed in {"late", "undo"} else value, 0, 0)
            if deed == "twice":
                self._twice(player)
        self.now = max(self.now, self.state.due_at)
        self.do(c.Tick(away=frozenset({2, 4})))
        if deed == "void":
            self.void(0)
        for player in (1, 2, 3) if deed == "loss" else ():
            self.technical_loss(player, 0)
        if reveal and self.state.phase is Phase.CLOSED:
            self.do(c.Advance(machine.stamp(self.state)))
        if deed == "replay":
            self.replay(0)
        if deed == "undo":
            self.accept(0, ("b",))
            self.the_laws_hold()
            self.undo()
        if deed == "late":
            self._accept_late()

    def _accept_late(self):
        """The jury accepts an answer to a question after the next one has been played."""
        run = self.state.run
        if self._open():
            self.now = max(self.now, self.state.due_at)
            self.do(c.Tick())
        self.do(c.Accept(run, "Cũng đúng", canonical(self._item_of(run), "b")))

    @rule()
    def a_question_opens(self):
        """In a bell round those come in again who were removed before it, so that it may have passed them over."""
        if self._open() and self.mode == "bell-leave":
            for player in sorted(self.model.out):
                self.do(c.Readmit(player))

    def _open(self):
        """On to the next open question, whatever lies between."""
        self.do(c.Resume())
        for _ in range(12):
            if self.state.phase in {Phase.OPEN, Phase.ENDED}:
                break
            if self.state.phase is Phase.JUDGING:
                self.judge(0, self.state.version % 3 > 0)
            elif self.state.phase in {Phase.TITLE, Phase.READING}:
                self.now = max(self.now, self.state.due_at)
                self.do(c.Tick())
            else:
                self.do(c.Advance(machine.stamp(self.state)))
        is_open = self.state.phase is Phase.OPEN
        if is_open:
            self.now = max(self.now, self.state.current.opens_at)
        return is_open

    @precondition(lambda self: self.state.phase in moves.TIMED)
    @rule(server=servers)
    def pause(self, server):
        self.do(c.Pause(), server)

    @precondition(lambda self: self.state.paused_at)
    @rule(server=servers)
    def resume(self, server):
        self.do(c.Resume(), server)

    @precondition(
        lambda self: self.state.phase in moves.TIMED and self.state.due_at and not self.state.paused_at
    )
    @rule()
    def the_clock_looks_while_it_stands(self):
        self.do(c.Pause())
        self.now = max(self.now, self.state.due_at + 1)
        self.do(c.Tick(host_present=True), 1)
        self.do(c.Resume())

    @precondition(lambda self: self.rules.auto_advance_s and self.state.phase in moves.MOVES[c.Stay])
    @rule(server=servers, stale=st.booleans())
    def stay(self, server, stale):
        """The round waits for the key, however long a host is there; a press that saw another step does nothing."""
        before = self.state
        seen = machine.stamp(before)
        found = self.do(c.Stay("lobby/0/0/0" if stale else seen), server)
        assert found == ([events.Stayed] if before.due_at and not stale else []), "told to stay, and stayed"
        if found:
            self.now += 90_000
            self.do(c.Tick(host_present=True), 1 - server)
            assert machine.stamp(self.state) == seen, "a round that was told to stay waits for the key"

    @precondition(lambda self: self.state.phase is Phase.OPEN)
    @rule(ms=st.sampled_from([500, 1000, 10_000]))
    def add_time(self, ms):
        self.do(c.AddTime(self.state.run, ms))

    @precondition(lambda self: self.state.phase is Phase.OPEN)
    @rule()
    def close_now(self):
        self.do(c.CloseNow(self.state.run))

    @precondition(lambda self: self.state.phase in moves.MOVES[c.Replay])
    @rule(back=st.sampled_from([0, 0, 0, 1]))
    def replay(self, back):
        self.do(c.Replay(self.state.run - back, "Mất điện"))

    @precondition(lambda self: self.state.item >= len(ITEMS) - 1)
    @rule()
    def finish(self):
        self.do(c.Finish())

    # --- People -----------------------------------------------------------------------------------

    @rule(player=people, ban=st.booleans())
    def kick(self, player, ban):
        self.do(c.Kick(player, ban=ban))

    @precondition(lambda self: self.mode == "captain" and self.state.phase is Phase.OPEN)
    @rule(first=values, second=values, back=st.booleans())
    def another_speaks_for_the_team(self, first, second, back):
        """The captain answers and is removed; the next one answers, and the captain may come back."""
        self.answer(1, first, 0, 0)
        self.do(c.Kick(1))
        self.now += 1000
        self.answer(2, second, 0, 0)
        if back:
            self.do(c.Readmit(1))

    @precondition(lambda self: self.model.out)
    @rule(player=people)
    def readmit(self, player):
        self.do(c.Readmit(player))

    @rule(on=st.booleans(), player=st.integers(6, 7))
    def lock_and_join(self, on, player):
        self.do(c.Lock(on))
        self.do(c.Join((Player(player, player, f"Người {player}"),)))

    @rule(player=people)
    def reconnect(self, player):
        self.connections[player] += 1

    @precondition(lambda self: self.state.run)
    @rule(player=people, run=st.integers(0, 1))
    def technical_loss(self, player, run):
        self.do(c.MarkLoss(player, self.state.run - run, "Mất mạng"))

    # --- Answers ----------------------------------------------------------------------------------

    @precondition(lambda self: self.state.phase in {Phase.READING, Phase.OPEN, Phase.CLOSED})
    @rule(
        player=st.one_of(people, st.just(6)), value=values, delay=st.sampled_from([0, 0, 40]), server=servers
    )
    def answer(self, player, value, delay, server):
        self._send(player, value, self.state.run, delay, server)

    @precondition(lambda self: self._recorded())
    @rule(data=st.data(), value=values, reconnected=st.booleans(), overtaken=st.booleans())
    def answer_once_more(self, data, value, reconnected, overtaken):
        """Somebody who has been acknowledged tries with another answer, perhaps on another socket."""
        player = data.draw(st.sampled_from(self._recorded()))
        if reconnected:
            self.reconnect(player)
        self._send(player, value, self.state.run, 0, 0)
        if overtaken:
            self._earlier_again(player)

    def _twice(self, player):
        """Another answer on another socket, and the first frame once more behind it."""
        self.reconnect(player)
        self._send(player, "c", self.state.run, 0, 0)
        self._earlier_again(player)

    def _earlier_again(self, player):
        earlier = [sent for sent in self.sent if (sent.player, sent.run) == (player, self.state.run)]
        self._receive(earlier[0], self.now, 1)

    def _recorded(self):
        """Who has been acknowledged in the question that is open."""
        if self.state.phase is not Phase.OPEN:
            return []
        return sorted(player for player, run in self.model.acked if run == self.state.run)

    @precondition(lambda self: self.state.phase is Phase.OPEN and not self.state.paused_at)
    @rule(player=people, value=values, resumed=st.booleans())
    def answer_while_it_stands(self, player, value, resumed):
        """Received in the pause; handled in it, or just after it."""
        self.do(c.Pause())
        self.now += 1000
        if resumed:
            self.do(c.Resume())
        self._send(player, value, self.state.run, 40 if resumed else 0, 0)
        self.do(c.Resume())

    @precondition(lambda self: self._recorded())
    @rule()
    def killed_while_it_is_open(self):
        self.restart(0)
        self.restart(1)

    @precondition(lambda self: self.state.phase is Phase.OPEN)
    @rule(player=people, value=values, run=st.sampled_from([-1, 1]))
    def answer_another_run(self, player, value, run):
        self._send(player, value, self.state.run + run, 0, 0)

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), server=servers)
    def frame_comes_again(self, data, server):
        """A retry, an overtaken frame, a frame of an old socket: the same key once more."""
        sent = data.draw(st.sampled_from(self.sent[-6:]))
        self._receive(again(sent, self.connections.get(sent.player, 0)), self.now, server)

    def _send(self, player, value, run, delay, server):
        if self.rules.mode == "buzzer" and self.state.run and ITEMS[self.state.item - 1].type == "question":
            value = True
        item = self._item_of(run)
        said = spelt(item, player, value)
        sent = Sent(
            player,
            run,
            typed(item, said),
            f"k{len(self.sent)}",
            len(self.sent),
            self.connections.get(player, 0),
            said,
        )
        self.sent.append(sent)
        self.model.sent.add((player, run, said))
        self._receive(sent, self.now - delay, server)

    def _item_of(self, run):
        """The item of a run; of one that nobody knows the one on the screens."""
        known = self.state.runs.get(run)
        return ITEMS[(known.item if known else self.state.item) - 1]

    def _receive(self, sent, at, server):
        before = len(self.engine.journal)
        place = (sent.player, sent.run)
        known = self.acks.get((*place, sent.key))
        lag_ms = self.engine.lag_of(sent)
        # What was sent for a run before anybody knew its question may have another question's form.
        fits = sent.value == typed(self._item_of(sent.run), sent.said)
        may = fits and self._may(sent, at, lag_ms) and self._is_newer(sent)
        ack = self._answered(server, sent, at)
        if isinstance(ack, Refusal):
            assert ack.code in REFUSED, ack.code
            assert not may, f"an answer in time was refused: {ack.code}"
            assert len(self.engine.journal) == before
            return
        if known is not None and place in self.model.acked and self.model.acked[place][2] == sent.key:
            assert ack == known, "L4: a retry gets the same acknowledgement"
            return
        assert may, "L3, L10: acknowledged outside the open question of the time, or to somebody out"
        assert told(ack) == {"player", "run", "key", "at", "receipt"}, "an acknowledgement says nothing else"
        self.acks[(*place, sent.key)] = ack
        self.model.acked[place] = (
            sent.said,
            self._ms(sent.run, at, lag_ms),
            sent.key,
            sent.seq,
            at,
            lag_ms,
        )

    # --- Jury -------------------------------------------------------------------------------------

    def _answered(self, server, sent, at):
        try:
            return self.engine.answer(server, sent, at)
        except Refusal as refusal:
            return refusal

    @precondition(lambda self: self.state.phase in moves.CORRECTED and self.state.run)
    @rule(run=st.integers(0, 2))
    def void(self, run):
        self.do(c.VoidRun(self.state.run - run, "Sai đề"))

    @precondition(lambda self: self.state.phase in moves.CORRECTED and self.state.run)
    @rule(run=st.integers(0, 2), accepted=st.sampled_from([("b",), ("c",), ("b", "c"), ("everything",)]))
    def accept(self, run, accepted):
        for value in accepted:
            everything = value == "everything"
            number = self.state.run - run
            answer = None if everything else canonical(self._item_of(number), value)
            self.do(c.Accept(number, "Cũng đúng", answer, everything))

    @precondition(lambda self: self.state.run)
    @rule(player=people, points=st.sampled_from([-5, 7]))
    def adjust(self, player, points):
        self.do(c.Adjust(player, points, "Thưởng"))

    @precondition(lambda self: self.state.floor.out)
    @rule(who=st.one_of(people, st.none()), count=st.integers(1, 2), by=st.sampled_from(["rank", "latest"]))
    def rescue(self, who, count, by):
        self.do(c.Rescue("Cứu trợ", (who,) if who else (), 0 if who else count, by))

    @precondition(lambda self: self.state.floor.waiting)
    @rule(player=people)
    def eliminate(self, player):
        self.do(c.Eliminate((player,), "Không có bằng chứng"))

    @precondition(lambda self: self.state.phase is Phase.JUDGING)
    @rule(place=st.integers(0, 1), right=st.booleans())
    def judge(self, place, right):
        first = self.state.buzz.first or (1,)
        self.do(c.JudgeBuzz(self.state.run, first[place % len(first)], right))

    @precondition(lambda self: self.rules.mode == "buzzer" and not self.state.paused_at)
    @rule(
        presses=st.lists(st.tuples(people, st.sampled_from([0, 100, 650, 800, 900])), min_size=2, max_size=4),
        right=st.booleans(),
    )
    def presses_close_together(self, presses, right):
        if self._open():
            begun = self.now
            for player, after in sorted(presses, key=lambda one: one[1]):
                self.now = begun + after
                self.answer(player, "a", 0, 0)
            self.now += 1000
            self.do(c.CollectPresses(self.state.run))
            self.do(c.JudgeBuzz(self.state.run, (self.state.buzz.first or (1,))[0], right))

    @precondition(
        lambda self: self.rules.mode == "buzzer" and self.state.phase in {Phase.READING, Phase.OPEN}
    )
    @rule(server=servers)
    def collect(self, server):
        self.now += 500
        self.do(c.CollectPresses(self.state.run), server)

    @precondition(lambda self: self.state.undo)
    @rule()
    def undo(self):
        if not self.state.undo:
            return
        before = self.state
        command = c.Undo(before.undo_at)
        if self.do(command):
            self._learn_back(before, self.state)
            self._check_corrected(command, before, self.state)

    @precondition(lambda self: self.state.phase is Phase.ENDED)
    @rule(user=st.integers(1, 3))
    def confirm(self, user):
        self.do(c.Confirm(user, f"Giám khảo {user}"))

    @precondition(lambda self: self.state.phase is Phase.ENDED)
    @rule()
    def publish(self):
        self.do(c.Publish(1, "Giám khảo 1"))

    @rule(hide=st.booleans())
    def hide(self, hide):
        self.do(c.HideBoard(hide))

    @rule(server=servers)
    def restart(self, server):
        before = self.state
        self.engine.restart(server)
        assert self.engine.state(server) == before, "L8: a restart changes nothing"

    @invariant()
    def the_laws_hold(self):
        self.check_laws()

    # --- Doing and learning -----------------------------------------------------------------------

    def do(self, deed, server=0):
        before, rows = self.state, dict(self.engine.rows)
        journal = list(self.engine.journal)
        try:
            found = self.engine.command(server, deed, self.now)
        except Refusal:
            assert (self.engine.journal, self.engine.rows) == (journal, rows), (
                "a refused command changes nothing"
            )
            return []
        after = self.state
        assert after.version == before.version + len(found), "L6: versions count up by one"
        assert len(self.engine.journal) == after.version
        if found:
            self._check_step(deed, before, after, found)
            self._learn(deed, before, after, found)
            if not isinstance(deed, c.Undo):
                self._check_corrected(deed, before, after)
        return found


def play(engine, mode, steps):
    """One certain round: the machine's rules in this order. AssertionError for the first law that is broken."""
    room = type("Room", (RoomMachine,), {"modes": (mode,)})(engine)
    try:
        room.lobby(pick=0)
        for name, facts in steps:
            getattr(room, name)(**facts)
            room.check_laws()
    finally:
        room.teardown()


def run_machine(engine=Engine, modes=tuple(RULES), **changes):
    """Runs the machine; raises what the first failing example raised."""
    kind = type("Room", (RoomMachine,), {"modes": tuple(modes)})
    modest = {"max_examples": 40, "stateful_step_count": 40, "deadline": None, "derandomize": True}
    run_state_machine_as_test(
        lambda: kind(engine),
        settings=settings(
            **{**modest, **changes}, database=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
