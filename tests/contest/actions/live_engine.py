"""A live hall as the machine drives it: every verb goes through the product's own actions, on the database in use."""

from typing import Any

from contest.actions import live, live_answers, live_join
from contest.actions.live_answers import Recorded, Submission
from contest.errors import Refusal
from contest.live import answers, commands, machine, moves
from contest.live.rules import LiveRules
from contest.live.state import State
from contest.models import LiveAnswer, LiveEvent, LiveRound
from contest.queries import live as reading
from contest.queries.live import Loaded
from tests.live_builders import Hall, hall

CODES = dict[str, str]


class Engine:
    """The hall with its clock in milliseconds. Verbs return what the product said; refusals come as their codes."""

    def __init__(self, *, last: bool) -> None:
        rules = LiveRules(answer="last" if last else "first", board_every=2, reading_s=2, seconds=10)
        self.hall: Hall = hall(questions=3, rules=rules)
        self.now = live.milliseconds(self.hall.now)
        self._old: Loaded | None = None

    @property
    def id(self) -> int:
        return self.hall.id

    @property
    def state(self) -> State:
        return reading.load(self.id).state

    @property
    def row(self) -> LiveRound:
        return LiveRound.objects.get(pk=self.id)

    def rows(self) -> dict[tuple[int, int], LiveAnswer]:
        """The answers on disk by (participant, run)."""
        return {(row.player_id, row.run): row for row in LiveAnswer.objects.filter(round_id=self.id)}

    def versions(self) -> list[int]:
        found = LiveEvent.objects.filter(round_id=self.id).order_by("version")
        return list(found.values_list("version", flat=True))

    # --- deeds ------------------------------------------------------------------------------------

    def join(self, name: str) -> int:
        return live_join.join(self.id, live_join.Wish(name), now=live.moment(self.now)).player

    def do(self, deed: commands.AnyCommand, role: str = moves.HOST) -> str:
        try:
            live.command(self.id, deed, role=role, now=live.moment(self.now), actor=self.hall.chief)
        except Refusal as refusal:
            return refusal.code
        return ""

    def advance(self) -> str:
        return self.do(commands.Advance(machine.stamp(self.state)))

    def tick(self) -> None:
        live.tick(self.id, now=live.moment(self.now))

    def answer(self, player: int, run: int, value: str, key: str, seq: int) -> Recorded | str:
        """An answer that arrives now: judged against the state this server knows, then written."""
        try:
            found = self.judge(player, run, value, seq)
        except Refusal as refusal:
            return self.retried(player, run, key) or refusal.code
        outcome = self.write(run, Submission(key, found))
        return outcome.code if isinstance(outcome, Refusal) else outcome

    def judge(self, player: int, run: int, value: str, seq: int) -> Any:
        return answers.accept(self.known(), player=player, run=run, value=value, at=self.now, seq=seq)

    def known(self) -> State:
        """What this server believes: the state it has in memory, which may be an old one."""
        return self._old.state if self._old is not None else self.state

    def write(self, run: int, sent: Submission) -> Recorded | Refusal:
        return live_answers.record(self.id, run, [sent])[0]

    def retried(self, player: int, run: int, key: str) -> Recorded | None:
        """A retry of what is on disk is answered as the first time, by whoever is still in."""
        kept = self.rows().get((player, run))
        person = self.state.players.get(player)
        if kept is None or kept.key != key or person is None or person.status != "in":
            return None
        return Recorded(player, run, kept.key, kept.seq, kept.value, kept.at, kept.receipt)

    # --- accidents --------------------------------------------------------------------------------

    def restart(self) -> None:
        """kill -9: whatever was in memory is gone."""
        self._old = None
        reading.forget()

    def fall_behind(self) -> None:
        """This server stops hearing of what others do; its next words rest on what it knows now."""
        self._old = reading.load(self.id)

    def hear_again(self) -> None:
        self._old = None
