"""The result of a live round as plain data, the same whoever writes it: what is hashed, published and recomputed.

A sheet says everything the ranking rests on: rules, questions as they counted, everybody's marks, adjustments, ranks.
Rounds that rank units have those in a newer format; all others keep the first, so that published hashes stay good.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from contest.live import ranking, unit_ranking
from contest.live.facts import Secret
from contest.live.marking import marks_of
from contest.live.state import Answer, Run, State

FORMAT = 1
FORMAT_WITH_UNITS = 2


def result_sheet(state: State) -> dict[str, Any]:
    """The sheet: integers, text, lists and dicts only; points, ms, ms since 1970. Units' points are hundredths."""
    ranks_units = state.rules.units_best_of > 0
    sheet = {
        "format": FORMAT_WITH_UNITS if ranks_units else FORMAT,
        "title": state.title,
        "rules": msgspec.to_builtins(state.rules),
        "questions": [_question(state, run) for run in state.runs.values() if run.closed_at],
        "adjustments": [msgspec.to_builtins(deed) for deed in state.adjustments],
        "floor": {str(player): run for player, run in sorted(state.floor.out.items())},
        "people": [
            {
                "id": player.id,
                "seat": player.seat,
                "name": player.name,
                "unit": player.unit,
                "team": player.team,
            }
            | ({"status": player.status} if player.status != "in" else {})
            for player in sorted(state.players.values(), key=lambda player: player.seat)
        ],
        "lines": [
            {
                "rank": line.rank,
                "id": line.id,
                "name": line.name,
                "unit": line.unit,
                "points": line.total.points,
                "right": line.total.right,
                "ms": line.total.ms,
            }
            for line in ranking.board(state).lines
        ],
    }
    return sheet | ({"units": _units(state)} if ranks_units else {})


def _units(state: State) -> list[dict[str, Any]]:
    return [
        {
            "rank": line.rank,
            "name": line.name,
            "people": line.people,
            "points": line.total.points,
            "right": line.total.right,
            "ms": line.total.ms,
        }
        for line in unit_ranking.of_board(ranking.board(state), state.rules).lines
    ]


def _question(state: State, run: Run) -> dict[str, Any]:
    item = state.items[run.item - 1]
    return {
        "run": run.no,
        "item": item.no,
        "version": item.version_id,
        "points": item.points,
        "weight": item.weight,
        "opens_at": run.opens_at,
        "closes_at": run.closes_at,
        "counts": run.revealed and not run.voided and not run.replaced,
        "voided": run.voided,
        "accepted": list(run.accepted),
        "everything": run.everything,
        "marks": {
            str(player): [mark.right, mark.points, mark.ms] for player, mark in sorted(run.marks.items())
        },
    }


def marked_again(
    state: State, secrets: Mapping[int, Secret], answers: Callable[[int], Sequence[Answer]]
) -> State:
    """The state with every run's marks reckoned anew from the rows and the keys: what a verification compares with."""
    runs = {}
    for run in state.runs.values():
        marks = marks_of(state, run, secrets.get(run.item), answers(run.no)) if run.closed_at else run.marks
        runs[run.no] = replace(run, marks=marks)
    return replace(state, runs=runs)
