"""A live hall as the machine drives it: every verb goes through the product's own actions, on either database."""

from contest.actions import live, live_answers, live_join
from contest.actions.live_answers import Recorded, Submission
from contest.errors import Refusal
from contest.live import answers, commands, machine, moves
from contest.live.state import State
from contest.models import LiveAnswer, LiveEvent, LiveRound
from contest.queries import live as reading
from tests.live_builders import Hall


class Engine:
    """The hall with its clock in milliseconds. Verbs return what the product said; refusals come as their codes."""

    def __init__(self, place: Hall) -> None:
        self.hall = place
        self.now = live.milliseconds(place.now)
        self.behind: State | None = None
        self._seen: State | None = None

    @property
    def id(self) -> int:
        return self.hall.id

    @property
    def state(self) -> State:
        """As the database has it; read again after every deed."""
        if self._seen is None:
            self._seen = reading.load(self.id).state
        return self._seen

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

    def join(self, name: str) -> int | str:
        self._seen = None
        try:
            return live_join.join(self.id, live_join.Wish(name), now=live.moment(self.now)).player
        except Refusal as refusal:
            return refusal.code

    def do(self, deed: commands.AnyCommand, role: str = moves.HOST) -> str:
        self._seen = None
        try:
            live.command(self.id, deed, role=role, now=live.moment(self.now), actor=self.hall.chief)
        except Refusal as refusal:
            return refusal.code
        return ""

    def advance(self, stamp: str) -> str:
        return self.do(commands.Advance(stamp))

    def stamp(self) -> str:
        return machine.stamp(self.state)

    def tick(self) -> None:
        self._seen = None
        live.tick(self.id, now=live.moment(self.now))

    def answer(self, player: int, run: int, value: str, key: str, seq: int) -> Recorded | str:
        """An answer that arrives now: judged against what this server knows, then written; a retry is looked up."""
        try:
            found = self.judge(player, run, value, seq)
        except Refusal as refusal:
            return self.known(player, run, key) or refusal.code
        outcome = self.write(run, Submission(key, found))
        return outcome.code if isinstance(outcome, Refusal) else outcome

    def judge(self, player: int, run: int, value: str, seq: int) -> answers.Answer:
        known = self.behind or self.state
        return answers.accept(known, player=player, run=run, value=value, at=self.now, seq=seq)

    def write(self, run: int, sent: Submission) -> Recorded | Refusal:
        return live_answers.record(self.id, run, [sent])[0]

    def known(self, player: int, run: int, key: str) -> Recorded | None:
        person = self.state.players.get(player)
        if person is None or person.status != "in":
            return None
        return live_answers.recorded(self.id, player=player, run=run, key=key)

    # --- accidents --------------------------------------------------------------------------------

    def restart(self) -> None:
        """kill -9: whatever was in memory is gone."""
        self.behind = self._seen = None
        reading.forget()

    def fall_behind(self) -> None:
        """This server stops hearing of what others do: it judges by what it knows now."""
        self.behind = self.state

    def hear_again(self) -> None:
        self.behind = None
