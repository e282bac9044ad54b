"""What everybody and every team must have, reckoned in the simplest way from what was acknowledged and heard."""

from fractions import Fraction
from math import floor

from tests.contest.live.room_model import LIMIT_MS, meant
from tests.contest.live.room_world import ITEMS, TEAMS

HALF = Fraction(1, 2)
MOST_IN_A_ROW = 5


def own_total(room, player):
    """(points, right answers, ms) of a participant, points with what the jury gave."""
    points, right, ms, streak = 0, 0, 0, 0
    for run in scored(room):
        is_right, worth, used = _earned(room, run, player)
        streak = streak + 1 if is_right else 0
        points += worth + _bonus(room, streak)
        if room.rules.mode == "buzzer" and room.rules.buzzer.floor:
            points = max(0, points)
        if is_right:
            right, ms = right + 1, ms + used
    return points + (0 if room.rules.mode == "teams" else room.model.given.get(player, 0)), right, ms


def team_total(room, team):
    """(hundredths, right answers, ms) of a team."""
    given = 100 * room.model.given.get(team, 0)
    if room.mode == "members":
        present = {number: [own_total(room, one) for one in _present(room, number)] for number in TEAMS}
        best_of = room.rules.teams.best_of or min(len(found) for found in present.values() if found)
        best = sorted(present[team], key=lambda one: (-one[0], -one[1], one[2]))[:best_of]
        mean = floor(Fraction(100 * sum(one[0] for one in best), best_of) + HALF)
        return mean + given, sum(one[1] for one in best), sum(one[2] for one in best)
    points, right, ms = 0, 0, 0
    for run in scored(room):
        found = _word_of(room, run, team)
        if found is not None and room.model.is_right(run, found[0]):
            points, right, ms = points + 100 * _item(room, run).weight * 10, right + 1, ms + found[1]
    return points + given, right, ms


def scored(room):
    """The runs that count, in order, of questions for points."""
    return [
        run
        for run in room.model.counting()
        if _item(room, run).type == "question" and _item(room, run).weight
    ]


def _item(room, run):
    return ITEMS[room.state.runs[run].item - 1]


def _earned(room, run, player):
    """(right, points, ms) of a participant in a run."""
    weight, found = _item(room, run).weight, room.model.acked.get((player, run))
    if room.rules.mode == "buzzer":
        if player in room.model.heard.get(run, ()):
            return True, 10 * weight, room.engine.rows[player, run].ms
        wrong = player in room.model.wrong.get(run, ())
        return False, -room.rules.buzzer.penalty if wrong else 0, 0
    if found is None or not room.model.is_right(run, found[0]):
        return False, 0, 0
    return True, _speed(10 * weight, found[1]) if room.rules.mode == "game" else 10 * weight, found[1]


def _speed(whole, ms):
    """From the whole in the first half second down to half at the end, to the nearest, halves up."""
    used = min(ms, LIMIT_MS)
    exact = Fraction(whole) * (1 - Fraction(used, 2 * LIMIT_MS)) if used > 500 else Fraction(whole)
    return floor(exact + HALF)


def _bonus(room, streak):
    rules = room.rules.game
    return rules.streak_step * min(streak - 1, MOST_IN_A_ROW) if rules.streaks and streak > 1 else 0


def _present(room, team):
    joined = [player for player, person in room.state.players.items() if person.team == team]
    return [player for player in joined if player not in room.model.out]


def _word_of(room, run, team):
    """(answer, ms) of a team: its last speaker's, or what most of its members said."""
    given = {
        player: room.model.acked[player, run] for player in TEAMS[team] if (player, run) in room.model.acked
    }
    if not given:
        return None
    if room.mode == "captain":
        latest = max(found[4] for found in given.values())
        speaker = next(player for player in TEAMS[team] if player in given and given[player][4] == latest)
        return given[speaker][:2]
    votes = {}
    for found in given.values():
        votes.setdefault(meant(found[0]), []).append(found)
    most = max(len(group) for group in votes.values())
    tied = [group for group in votes.values() if len(group) == most]
    chosen = min(tied, key=lambda group: (max(one[4] for one in group), min(one[0] for one in group)))
    return chosen[0][0], max(one[1] for one in chosen)
