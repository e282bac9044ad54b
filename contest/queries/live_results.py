"""Published results of live rounds as anybody may see them: the lines of the stored sheet, with names masked.

A participant is named whole only with a registered entrant's consent to be named; everybody finds the own line by the
seat. Teams are named as they are: nobody is a team.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from contest.documents.minutes import UnitPlace
from contest.live import modes, ranking, unit_ranking
from contest.live.state import State
from contest.models import Contest, LivePlayer, LiveRound
from contest.queries.live_story import Released
from contest.rules import masking


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a published result; `seat` is 0 for a team, `ms` the time of its right answers.

    Points of teams are means and may have two decimals.
    """

    rank: int
    seat: int
    name: str
    unit: str
    points: float
    right: int
    ms: int


def published(contest: Contest) -> list[LiveRound]:
    """The contest's live rounds whose result is out, by number."""
    found = LiveRound.objects.filter(contest=contest, rehearsal=False, editions__published_at__isnull=False)
    return list(found.distinct().order_by("number"))


def lines(found: Released) -> list[Line]:
    """Every line, in the order of the ranking."""
    sheet = _parsed(found.edition.sheet)
    by_teams = sheet["rules"].get("mode") == "teams"
    seats = {} if by_teams else {person["id"]: person["seat"] for person in sheet["people"]}
    named = _named(found.row)
    scale = modes.get(sheet["rules"].get("mode", "official")).scale
    return [
        Line(
            rank=line["rank"],
            seat=seats.get(line["id"], 0),
            name=line["name"]
            if by_teams
            else masking.hall_name(line["name"], seat=seats[line["id"]], consented=line["id"] in named),
            unit=line["unit"],
            points=line["points"] / scale if scale > 1 else line["points"],
            right=line["right"],
            ms=line["ms"],
        )
        for line in sheet["lines"]
    ]


def units(found: Released) -> list[UnitPlace]:
    """The ranking of units; empty where the rules rank none."""
    lines = _parsed(found.edition.sheet).get("units", [])
    return [UnitPlace(**{**line, "points": line["points"] / unit_ranking.SCALE}) for line in lines]


def units_of(state: State) -> list[UnitPlace]:
    """The same of a round as it stands now."""
    found = unit_ranking.of_board(ranking.board(state), state.rules).lines
    return [
        UnitPlace(
            line.rank,
            line.name,
            line.people,
            line.total.points / unit_ranking.SCALE,
            line.total.right,
            line.total.ms,
        )
        for line in found
    ]


def rules_of(found: Released) -> dict[str, Any]:
    """The rules the result stands on, as plain data."""
    rules: dict[str, Any] = _parsed(found.edition.sheet)["rules"]
    return rules


def _named(row: LiveRound) -> set[int]:
    """Participants who are registered and agreed to be named."""
    found = LivePlayer.objects.filter(round=row, entrant__consents__has_key="publish_name")
    return set(found.values_list("pk", flat=True))


@lru_cache(maxsize=4)
def _parsed(sheet: str) -> dict[str, Any]:
    """A sheet never changes; everybody comes for the same one at once."""
    found: dict[str, Any] = json.loads(sheet)
    return found
