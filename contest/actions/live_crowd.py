"""A simulated hall: people who join a live round and answer it, by the product's own actions, as their seed says.

For rehearsals and the demo. Nobody sits behind these people: no socket is open for them.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contest.actions import live, live_answers, live_join, made_up
from contest.actions.live_answers import Submission
from contest.errors import Refusal
from contest.live import answers, moves
from contest.live import commands as c
from contest.live.deciding.pace import stamp
from contest.live.state import Item, Phase, Run, State, Team
from contest.queries import live as reading

AT_ONCE = 50
TEAM_OF = 5
SILENT = 0.04  # share of people who let a question pass
FIRST_MS = 700  # nobody reads faster


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody plays: `skill` is the share of right answers, `haste` where in the time they mostly answer."""

    player: int
    skill: float
    haste: float
    lag_ms: int


@dataclass(frozen=True, slots=True)
class _Due:
    at: int
    habit: Habit
    value: Any


class Crowd:
    """So many people in one round, thrown by `dice`. Nothing happens but in `beat`."""

    def __init__(self, round_id: int, people: int, *, seed: int = 0, units: Sequence[str] = ()) -> None:
        self.round_id = round_id
        self.habits: list[Habit] = []
        self._coming = people
        self._units = tuple(units)
        self.dice = random.Random(seed)  # noqa: S311  (made-up people, not a draw)
        self._planned = 0
        self._due: list[_Due] = []

    def beat(self, now: datetime) -> State:
        """Fifty more come in while the room takes them; whoever is due answers. The state before the answers.

        Refusal("not-found") when the room is gone.
        """
        state = reading.load(self.round_id).state
        if self._coming and state.phase is not Phase.ENDED:
            self._join(now)
        run = state.current
        if run is not None and state.phase is Phase.OPEN and not state.paused_at:
            self._answer(state, run, live.milliseconds(now))
        return state

    def _join(self, now: datetime) -> None:
        dice = self.dice
        coming = [self._wish() for _ in range(min(AT_ONCE, self._coming))]
        for outcome in live_join.join_together(self.round_id, coming, now=now):
            if isinstance(outcome, Refusal):
                self._coming = 0  # full, locked, over: nobody else comes either
                return
            skill = dice.choice((0.45, 0.6, 0.7, 0.8, 0.9, 0.97))
            habit = Habit(outcome.player, skill, dice.uniform(0.15, 0.7), dice.randint(50, 130))
            self.habits.append(habit)
            self._coming -= 1

    def _wish(self) -> live_join.Wish:
        unit = self.dice.choice(self._units) if self._units else ""
        return live_join.Wish(made_up.name(self.dice), unit or "Đơn vị diễn tập")

    def _answer(self, state: State, run: Run, now_ms: int) -> None:
        if run.no != self._planned:
            self._plan(state, run)
        due = [one for one in self._due if one.at <= now_ms]
        self._due = [one for one in self._due if one.at > now_ms]
        found = []
        for one in due:
            # After a pause the planned moment may lie in it.
            at = now_ms if run.stops else one.at
            submission = self._submission(state, run, one, at)
            found += [submission] if submission else []
        for first in range(0, len(found), live_answers.MOST_AT_ONCE):
            batch = found[first : first + live_answers.MOST_AT_ONCE]
            live_answers.record(self.round_id, run.no, batch)

    def _submission(self, state: State, run: Run, one: _Due, at: int) -> Submission | None:
        """None for an answer that the room would refuse: out, locked out, off the floor by its rules."""
        player, lag_ms = one.habit.player, one.habit.lag_ms if state.rules.compensate else 0
        try:
            found = answers.accept(
                state, player=player, run=run.no, value=one.value, at=at, lag_ms=lag_ms, seq=1
            )
        except Refusal:
            return None
        return Submission(f"sim-{player}-{run.no}", found)

    def _plan(self, state: State, run: Run) -> None:
        """Who answers what and when, drawn as soon as a question is open."""
        self._planned = run.no
        item = state.items[run.item - 1]
        time_ms = run.closes_at - run.opens_at
        self._due = []
        for habit in self.habits:
            share = self.dice.triangular(0.05, 0.97, habit.haste)
            at = run.opens_at + max(FIRST_MS, int(share * time_ms))
            value = self._value(state, item, habit)
            if self.dice.random() >= SILENT:
                self._due.append(_Due(at, habit, value))
        self._due.sort(key=lambda one: one.at)

    def _value(self, state: State, item: Item, habit: Habit) -> Any:
        secret = reading.load(self.round_id).secrets.get(item.no)
        if state.rules.mode == "buzzer" and item.type == "question":
            return True
        if secret is None:
            chosen = self.dice.choice(item.body["options"])["key"]
            return chosen if item.kind == "single" else [chosen]
        return made_up.answer(item.kind, item.body, secret.key, self.dice, skill=habit.skill)


def next_deed(state: State, dice: random.Random) -> c.AnyCommand | None:
    """What a host in a hurry, and a jury by the dice, would do now; None while the clock leads or all is over."""
    if state.phase is Phase.JUDGING and state.buzz.first:
        return c.JudgeBuzz(state.run, state.buzz.first[0], dice.random() < 0.5)
    if state.phase in {Phase.OPEN, Phase.JUDGING, Phase.ENDED} or state.paused_at:
        return None
    if state.phase in {Phase.TITLE, Phase.READING} and state.due_at:
        return None
    if state.phase is Phase.LOBBY and not state.players:
        return None
    if state.rules.mode == "teams" and state.phase is Phase.LOBBY and not state.teams:
        return _teams(state)
    return c.Advance(stamp(state))


def _teams(state: State) -> c.FormTeams:
    """Fives in the order of the seats."""
    people = sorted(state.players.values(), key=lambda player: player.seat)
    count = max(2, len(people) // TEAM_OF)
    members: dict[int, list[int]] = {number: [] for number in range(1, count + 1)}
    for place, player in enumerate(people):
        members[place % count + 1].append(player.id)
    teams = tuple(Team(number, f"Đội {number}") for number in members)
    return c.FormTeams(teams, {number: tuple(found) for number, found in members.items()})


def lead(round_id: int, *, now: datetime, dice: random.Random) -> State:
    """One move of such a host: the clock looks, then the next key is pressed if it is the host's turn."""
    state = live.tick(round_id, now=now, host_present=True)
    deed = next_deed(state, dice)
    return state if deed is None else live.command(round_id, deed, role=moves.HOST, now=now)
