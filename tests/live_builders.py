"""A small live round for tests: a plan from the bank, people in the lobby, and hands to lead it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from contest.actions import live, live_answers, live_join, live_setup
from contest.actions.live_answers import Submission
from contest.live import answers, commands, machine, moves
from contest.live.rules import LiveRules
from contest.live.state import Phase, State
from contest.models import Contest, ContestStaff, LiveRound, User
from contest.queries import live as reading
from question_bank.actions.questions import Content
from tests import builders

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@dataclass
class Hall:
    """A live round with its contest, its chief and its people by name; `now` is the hall's clock."""

    contest: Contest
    chief: User
    row: LiveRound
    now: datetime = START
    seats: dict[str, live_join.Seated] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.row.pk

    @property
    def state(self) -> State:
        return reading.load(self.id).state

    def do(self, deed: commands.AnyCommand, *, role: str = moves.HOST, actor: User | None = None) -> State:
        return live.command(self.id, deed, role=role, now=self.now, actor=actor or self.chief)

    def join(self, *names: str) -> list[live_join.Seated]:
        for name in names:
            self.seats[name] = live_join.join(self.id, live_join.Wish(name), now=self.now)
        return [self.seats[name] for name in names]

    def advance(self) -> State:
        return self.do(commands.Advance(machine.stamp(self.state)))

    def wait(self) -> State:
        """The clock moves to what is due next, and looks."""
        self.now = max(self.now, live.moment(self.state.due_at))
        return live.tick(self.id, now=self.now)

    def ask(self) -> State:
        """Goes on until options are open."""
        while self.state.phase is not Phase.OPEN:
            if self.state.phase in {Phase.TITLE, Phase.READING} and self.state.due_at:
                self.wait()
            else:
                self.advance()
        return self.state

    def answer(self, name: str, value: Any, *, after_s: float = 1.0, key: str = "", seq: int = 1) -> Any:
        """The outcome of an answer that arrives so long after the options appeared."""
        run = self.state.current
        assert run is not None
        at = run.opens_at + int(after_s * 1000)
        found = answers.accept(
            self.state, player=self.seats[name].player, run=run.no, value=value, at=at, seq=seq
        )
        key = key or f"{name}-{run.no}-{seq}"
        return live_answers.record(self.id, run.no, [Submission(key, found)])[0]


def hall(
    *names: str,
    questions: int = 3,
    rules: LiveRules | None = None,
    open_: bool = True,
    contest: Contest | None = None,
    chief: User | None = None,
    content: Callable[[int], Content] = builders.single,
) -> Hall:
    """A hall whose questions are these, single-choice ones with the right option `b` without any; in a contest of its
    own, or in `contest`.
    """
    if contest is None or chief is None:
        contest, chief = _contest()
    row = live_setup.create_live_round(contest, title="Vòng chung kết", actor=chief, now=START)
    versions = [builders.approved(content(number)) for number in range(1, questions + 1)]
    plan = [{"type": "question", "version_id": version.pk} for version in versions]
    live_setup.edit_draft(row.pk, actor=chief, now=START, rules=rules or LiveRules(), plan=plan)
    made = Hall(contest, chief, row)
    if open_:
        made.row = live_setup.open_lobby(row.pk, actor=chief, now=START)
        made.join(*names)
    return made


def _contest() -> tuple[Contest, User]:
    chief = builders.user(can_organise=True)
    contest = Contest.objects.create(
        slug=f"hoi-thi-{chief.pk}",
        title="Hội thi",
        organiser="Đoàn xã",
        state=Contest.State.PUBLISHED,
        created_by=chief,
        created_at=START - timedelta(days=9),
    )
    ContestStaff.objects.create(contest=contest, user=chief, role=ContestStaff.Role.CHIEF)
    return contest, chief
