"""A hall in memory: a state, the rows of answers, a clock; what tests of the machine play with."""

import msgspec

from contest.errors import Refusal
from contest.live import answers, audiences, commands, events, machine, ranking
from contest.live.facts import Facts, Secret
from contest.live.rules import LiveRules
from contest.live.state import Item, Phase, Player, Solution, State, Team

START = 1_000_000
OPTIONS = {"options": [{"key": key, "text": f"Phương án {key}"} for key in "abcd"]}
KEY = Secret({"accepted": ["a"]}, Solution(("Phương án a",), ("a",), "Vì thế.", "Mục 1"))


def questions(count, **changes):
    """So many questions with the right answer a."""
    return tuple(
        Item(no, "question", f"Câu hỏi {no}?", kind="single", body=OPTIONS, **changes)
        for no in range(1, count + 1)
    )


class Hall:
    """Plays a round; `do` gives the events back. Every event goes through JSON, as the journal does."""

    def __init__(self, *, rules=None, items=None, players=5, secrets=None, teams=None, **changes):
        self.now = START
        self.state = State()
        self.rows = {}
        self.journal = []
        self.seq = 0
        items = items or questions(3)
        self.secrets = secrets or {item.no: KEY for item in items if item.type == "question"}
        self.do(commands.OpenLobby("Thử", rules or LiveRules(**changes), items))
        if players:
            self.join(*range(1, players + 1))
        if teams:
            self.form(teams)

    def facts(self):
        return Facts(
            self.now, self.secrets, lambda run: [row for row in self.rows.values() if row.run == run]
        )

    def do(self, command):
        decided = machine.decide(self.state, command, self.facts())
        self.journal += [events.encode(event) for event in decided]
        self.state = machine.apply(self.state, decided)
        return [type(event) for event in decided]

    def undo(self):
        return self.do(commands.Undo(self.state.undo_at))

    def refused(self, command):
        """The code of the refusal; "" where there is none."""
        try:
            machine.decide(self.state, command, self.facts())
        except Refusal as refusal:
            return refusal.code
        return ""

    def join(self, *ids):
        return self.do(commands.Join(tuple(Player(id_, id_, f"Người {id_}") for id_ in ids)))

    def form(self, teams):
        made = tuple(team(number) for number in teams)
        return self.do(commands.FormTeams(made, {number: tuple(ids) for number, ids in teams.items()}))

    def next(self):
        return self.do(self.key())

    def key(self):
        """The one next key."""
        return commands.Advance(machine.stamp(self.state))

    def tick(self, **facts):
        self.now = max(self.now, self.state.due_at)
        return self.do(commands.Tick(**facts))

    def open(self):
        """On to the next open question, past whatever lies between."""
        while self.state.phase is not Phase.OPEN:
            if self.state.due_at and self.state.phase in {Phase.TITLE, Phase.READING}:
                self.tick()
            else:
                self.next()
        return self.run

    @property
    def run(self):
        return self.state.current

    def answer(self, player, value="a", ms=1000, *, lag_ms=0, run=None):
        """An answer `ms` after the options appeared."""
        self.seq += 1
        found = answers.accept(
            self.state,
            player=player,
            run=run or self.state.run,
            value=value,
            at=self.run.opens_at + ms,
            lag_ms=lag_ms,
            seq=self.seq,
        )
        self.keep(found)
        return found

    def keep(self, answer):
        """First or last counts, as the table does it."""
        place = (answer.run, answer.player)
        if place not in self.rows or self.state.rules.answer == "last":
            self.rows[place] = answer

    def ask(self, **given):
        """Opens, takes the answers (p1="a", or p1=("a", ms)), closes and reveals."""
        self.open()
        for name, value in given.items():
            self.answer(int(name[1:]), *(value if isinstance(value, tuple) else (value,)))
        self.close()
        return self.next()

    def close(self):
        self.tick()
        assert self.state.phase is Phase.CLOSED

    def end(self):
        while self.state.phase is not Phase.ENDED:
            self.next()

    # --- What is seen -----------------------------------------------------------------------------

    @property
    def board(self):
        return ranking.board(self.state)

    def ranks(self):
        return {line.id: line.rank for line in self.board.lines}

    def points(self):
        return {line.id: line.total.points for line in self.board.lines}

    def me(self, player):
        return audiences.me_view(self.state, self.board, self.state.players[player])

    def rebuilt(self):
        """The state out of the journal alone."""
        return machine.apply(State(), [events.decode(text) for text in self.journal])


def team(number):
    """A team by number."""
    return Team(number, f"Đội {number}")


def documents(hall):
    """Every audience's view as plain JSON, by role (a participant's own part by number)."""
    state, board = hall.state, hall.board
    made = {
        "player": audiences.player_view(state, board),
        "projector": audiences.projector_view(state, board),
    }
    made |= {
        role: audiences.host_view(state, board, hall.secrets, role=role)
        for role in ("host", "jury", "remote")
    }
    made |= {f"me{id_}": audiences.me_view(state, board, player) for id_, player in state.players.items()}
    return {role: msgspec.to_builtins(view, str_keys=True) for role, view in made.items()}
