"""Teams: a team is a participant made of members; its score does not depend on how many it has."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import msgspec

from contest.errors import Refusal
from contest.live.modes.base import Contender, Key, Mode, is_right
from contest.live.modes.totals import Total
from contest.live.remembered import remembered
from contest.live.state import Answer, Item, Mark, Player, Run, State
from question_bank.rules import kinds

SCALE = 100
Form = Callable[[Any], str]


class Teams(Mode):
    """The lines of the board are teams; points in hundredths.

    `members`: every member answers; the team has the mean of its best k members, who are ranked by points, right
    answers and time; who is missing counts 0. Right answers and time are those k members' sums. k: `best_of`, or the
    size of the smallest team (members who are in).
    `captain`: the captain answers for the team; when out, the member who is in with the lowest seat. Of several who
    have answered for the team, one after the other, the last one's answer is the team's.
    `majority`: the team's answer is the one that most members gave, however each of them spelt it: what the key cannot
    tell apart is one answer. Of several with as many votes, the one whose last vote came first (server's time), then
    the first by its text. Its time is that last vote's.

    Who is removed takes back no answer that was given for the team: captain's or vote, it goes on counting, so that a
    mark is a function of the rows alone. Where the mean counts, a member who is removed no longer belongs to it.
    """

    code: ClassVar[str] = "teams"
    name: ClassVar[str] = "Đồng đội"
    scale: ClassVar[int] = SCALE

    def require_ready(self, state: State) -> None:
        """Refusal: `teams-missing` (two teams with somebody in are needed)."""
        if len(members_of(state)) < 2:
            raise Refusal("teams-missing")

    def require_asked(self, state: State, run: Run, player: Player) -> None:
        """Refusals: `not-asked`, `no-team`, `captain-answers`."""
        super().require_asked(state, run, player)
        if not player.team:
            raise Refusal("no-team")
        polled = state.items[run.item - 1].type == "poll"
        if state.rules.teams.answers == "captain" and not polled and speaker(state, player.team) != player.id:
            raise Refusal("captain-answers")

    def mark(
        self, state: State, run: Run, item: Item, key: Key, answers: Sequence[Answer]
    ) -> dict[int, Mark]:
        """Captain and majority: the team's mark stands with every member whose answer made it."""
        if state.rules.teams.answers == "members":
            return super().mark(state, run, item, key, answers)
        found: dict[int, Mark] = {}
        for own in _by_team(state, answers).values():
            value, ms = self._team_answer(state, own, partial(_form, item, key))
            mark = self.mark_one(
                state,
                run,
                item,
                msgspec.structs.replace(own[0], value=value, ms=ms),
                right=is_right(item, run, key, value),
            )
            found.update({answer.player: mark for answer in own})
        return found

    def _team_answer(self, state: State, own: Sequence[Answer], form: Form) -> tuple[Any, int]:
        if state.rules.teams.answers == "captain":
            said = min(own, key=lambda answer: (-answer.at, *_captain_first(state.players[answer.player])))
            return said.value, said.ms
        return majority(own, form)

    def row_marks(
        self, state: State, run: Run, item: Item, key: Key, answers: Callable[[], Sequence[Answer]]
    ) -> Mapping[int, Mark]:
        """Captain and majority: right or wrong as the member answered, the team's points once: with the answer that
        has the team's time.
        """
        if state.rules.teams.answers == "members":
            return run.marks
        found: dict[int, Mark] = {}
        for own in _by_team(state, answers()).values():
            right = {answer.player: is_right(item, run, key, answer.value) for answer in own}
            team = _team_mark(run, list(right)) or Mark(False, 0, 0)
            made = max(own, key=lambda answer: (right[answer.player], answer.ms == team.ms, answer.at))
            for answer in own:
                points = team.points if answer is made else 0
                found[answer.player] = Mark(right[answer.player], points, answer.ms)
        return found

    def right_count(self, state: State, marks: Mapping[int, Mark]) -> int:
        if state.rules.teams.answers == "members":
            return super().right_count(state, marks)
        return _teams_right(marks, state.players)

    def mark_for(self, state: State, run: Run, player: Player) -> Mark | None:
        if state.rules.teams.answers == "members":
            return run.marks.get(player.id)
        return _team_mark(run, [one.id for one in state.players.values() if one.team == player.team])

    def contenders(self, state: State) -> list[Contender]:
        members = members_of(state)
        if state.rules.teams.answers == "members":
            totals = self._means(state, members)
        else:
            totals = self._team_totals(state, members)
        given: dict[int, int] = {}
        for deed in state.adjustments:
            given[deed.player] = given.get(deed.player, 0) + deed.points * SCALE
        return [
            Contender(
                team,
                state.teams[team].name,
                "",
                msgspec.structs.replace(total, points=total.points + given.get(team, 0)),
            )
            for team, total in totals.items()
        ]

    def totals(self, state: State) -> dict[int, Total]:
        """The members' own; adjustments are the teams', whose numbers may be those of participants."""
        return super().totals(msgspec.structs.replace(state, adjustments=()))

    def _means(self, state: State, members: dict[int, list[Player]]) -> dict[int, Total]:
        earned = self.totals(state)
        best_of = state.rules.teams.best_of or min((len(own) for own in members.values()), default=1)
        return {
            team: mean_of_best([earned[player.id] for player in own], best_of)
            for team, own in members.items()
        }

    def _team_totals(self, state: State, members: dict[int, list[Player]]) -> dict[int, Total]:
        everybody: dict[int, list[int]] = {}
        for player in state.players.values():
            everybody.setdefault(player.team, []).append(player.id)
        found = {}
        for team in members:
            marks = [_team_mark(run, everybody[team]) for run in state.scored_runs()]
            total = Total()
            for mark in marks:
                total = self.add(state.rules, total, mark)
            found[team] = msgspec.structs.replace(total, points=total.points * SCALE)
        return found


def members_of(state: State) -> dict[int, list[Player]]:
    """The members who are in, by team; teams without any are left out."""
    found: dict[int, list[Player]] = {}
    for player in state.players.values():
        if player.team in state.teams and player.status == "in":
            found.setdefault(player.team, []).append(player)
    return dict(sorted(found.items()))


def speaker(state: State, team: int) -> int:
    """Who answers for the team: its captain, or the member who is in with the lowest seat. 0: nobody is in."""
    return _speakers(state.players).get(team, 0)


@remembered(4)
def _speakers(players: Mapping[int, Player]) -> dict[int, int]:
    """Everybody's part and the counters ask this for each participant."""
    found: dict[int, Player] = {}
    for player in players.values():
        before = found.get(player.team)
        if player.status == "in" and (before is None or _captain_first(player) < _captain_first(before)):
            found[player.team] = player
    return {team: player.id for team, player in found.items()}


def mean_of_best(members: Sequence[Total], best_of: int) -> Total:
    """The mean points of the best `best_of` in hundredths, halves up; their right answers and ms summed."""
    best = sorted(members, key=lambda total: (-total.points, -total.right, total.ms))[:best_of]
    points = sum(total.points for total in best)
    mean = (2 * points * SCALE + best_of) // (2 * best_of)
    return Total(mean, sum(total.right for total in best), sum(total.ms for total in best))


def majority(own: Sequence[Answer], form: Form) -> tuple[Any, int]:
    """The answer most gave, and the time of its last vote; answers of one `form` are the same.

    It is shown as most of them wrote it; of spellings as frequent, as the first of them did.
    """
    votes = _grouped(own, form)
    chosen = min(votes, key=lambda found: (-len(found), *_last_vote(found)))
    spellings = _grouped(chosen, _text)
    shown = min(spellings, key=lambda found: (-len(found), found[0].at, _text(found[0].value)))
    return shown[0].value, max(answer.ms for answer in chosen)


def _grouped(own: Sequence[Answer], form: Form) -> list[list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for answer in sorted(own, key=lambda answer: answer.at):
        found.setdefault(form(answer.value), []).append(answer)
    return list(found.values())


def _last_vote(votes: Sequence[Answer]) -> tuple[int, str]:
    return votes[-1].at, min(_text(answer.value) for answer in votes)


def _form(item: Item, key: Key, value: Any) -> str:
    """What answers have in common that the key cannot tell apart, as text."""
    return _text(*kinds.get(item.kind).comparable(key, [value]))


def _text(value: Any) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def _team_mark(run: Run, members: Sequence[int]) -> Mark | None:
    return next((run.marks[player] for player in members if player in run.marks), None)


def _by_team(state: State, answers: Sequence[Answer]) -> dict[int, list[Answer]]:
    """The answers of each team's members, in the order of the participants."""
    found: dict[int, list[Answer]] = {}
    for answer in sorted(answers, key=lambda answer: answer.player):
        player = state.players.get(answer.player)
        if player is not None and player.team:
            found.setdefault(player.team, []).append(answer)
    return found


def _captain_first(player: Player) -> tuple[bool, int, int]:
    return not player.captain, player.seat, player.id


@remembered(64)
def _teams_right(marks: Mapping[int, Mark], players: Mapping[int, Player]) -> int:
    return len({players[player].team for player, mark in marks.items() if mark.right})
