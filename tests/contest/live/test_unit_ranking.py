"""The ranking of units: its laws, and faults that each of them would let through unseen are caught."""

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from msgspec.structs import replace

from contest.live import commands as c
from contest.live import sheet, unit_ranking
from contest.live.modes.totals import Total
from contest.live.names import skeleton
from contest.live.ranking import Line
from contest.live.rules import LiveRules, problems
from contest.live.state import Phase as At
from contest.live.state import Player
from contest.rules.sheet import canonical_bytes, hash_of
from tests.contest.live.hall import Hall, documents, questions
from tests.contest.live.unit_laws import LAWS

# A fault need only be found; the same examples every time, so that a miss is never luck.
SEARCH = settings(
    derandomize=True,
    database=None,
    max_examples=150,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
HASH_BEFORE = "9df867e58d2013f06d39426ee1e858d7fc1fc4b27d6e877625b144bc8c34e67d"
RULES = LiveRules(ask_unit=True, units_best_of=2)


@pytest.mark.parametrize("name", LAWS)
def test_law(name):
    LAWS[name](unit_ranking.ranked)()


def _sum(own, best_of):
    return Total(
        sum(one.points for one in own) * 100, sum(one.right for one in own), sum(one.ms for one in own)
    )


def _mean_of_all(own, best_of):
    found = _sum(own, best_of)
    return replace(found, points=(2 * found.points + len(own)) // (2 * len(own)) if own else 0)


def _mean_of_those_there(own, best_of):
    return MEAN(own, min(best_of, len(own)) or 1)


def _rounded_down(own, best_of):
    best = sorted(own, key=lambda one: (-one.points, -one.right, one.ms))[:best_of]
    return replace(MEAN(own, best_of), points=sum(one.points for one in best) * 100 // best_of)


def _first_to_come(own, best_of):
    return MEAN(own[:best_of], best_of)


def _worst(own, best_of):
    return MEAN(sorted(own, key=lambda one: one.points)[:best_of], best_of)


def _best_by_points_alone(own, best_of):
    best = sorted(own, key=lambda one: -one.points)[:best_of]
    return MEAN(best, best_of)


def _ties_of_everybody(own, best_of):
    return replace(_sum(own, best_of), points=MEAN(own, best_of).points)


def _debts_count(own, best_of):
    return MEAN([line.total for line in own], best_of)


def _no_ties(total):
    return (-total.points, 0, 0)


def _slow_wins(total):
    return (-total.points, -total.right, -total.ms)


def _first_spelling(own):
    return own[0].unit


def _commonest_by_chance(own):
    return max(own, key=lambda line: sum(other.unit == line.unit for other in own)).unit


MEAN = unit_ranking.mean_of_best
FAULTS = {
    "sums": ("mean_of_best", _sum),
    "the mean of everybody": ("mean_of_best", _mean_of_all),
    "the mean of those there": ("mean_of_best", _mean_of_those_there),
    "rounded down": ("mean_of_best", _rounded_down),
    "the first to come": ("mean_of_best", _first_to_come),
    "the worst": ("mean_of_best", _worst),
    "best by points alone": ("mean_of_best", _best_by_points_alone),
    "ties broken by everybody": ("mean_of_best", _ties_of_everybody),
    "debts count": ("_total", _debts_count),
    "ties are not broken": ("_order", _no_ties),
    "the slower wins": ("_order", _slow_wins),
    "the first spelling": ("_common_spelling", _first_spelling),
    "any of the commonest spellings": ("_common_spelling", _commonest_by_chance),
    "units without accents": ("unit_key", skeleton),
    "units as they were typed": ("unit_key", str),
    "nobody's unit": ("unit_key", lambda unit: unit_ranking.quote_fold(unit).strip(" .") or "–"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(name):
    part, fault = FAULTS[name]
    with patch.object(unit_ranking, part, fault):
        assert any(_breaks(make(unit_ranking.ranked)) for make in LAWS.values())


def _breaks(check):
    try:
        settings(SEARCH)(check)()
    except Exception:
        return True
    return False


def test_ranks_in_place_of_shared_ones_are_caught():
    def in_a_row(people, best_of):
        board = unit_ranking.ranked(people, best_of)
        lines = tuple(replace(line, rank=place) for place, line in enumerate(board.lines, start=1))
        return replace(board, lines=lines)

    assert any(_breaks(make(in_a_row)) for make in LAWS.values())


def line(id_, unit, points, right=0, ms=0):
    return Line(0, id_, f"Người {id_}", unit, Total(points, right, ms))


def test_three_good_ones_win_over_thirty_weak_ones():
    strong = [line(number, "Chi đoàn thôn 1", 90) for number in range(1, 4)]
    weak = [line(number, "Chi đoàn trường", 30) for number in range(10, 40)]
    found = unit_ranking.ranked([*weak, *strong], 3).lines

    assert [(one.rank, one.name, one.people, one.total.points) for one in found] == [
        (1, "Chi đoàn thôn 1", 3, 9000),
        (2, "Chi đoàn trường", 30, 3000),
    ]


def test_a_single_good_one_is_no_unit_of_three():
    found = unit_ranking.ranked([line(1, "Lẻ", 100), *(line(id_, "Đủ", 40) for id_ in (2, 3, 4))], 3).lines

    assert [(one.name, one.total.points) for one in found] == [("Đủ", 4000), ("Lẻ", 3333)]


# --- rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["official", "game", "bell", "buzzer"])
def test_rounds_of_people_may_rank_units(mode):
    assert problems(replace(RULES, mode=mode)) == []


def test_a_round_of_teams_ranks_no_units():
    assert problems(replace(RULES, mode="teams")) == [("live-units-of-teams", "units_best_of")]


def test_units_that_nobody_is_asked_for_are_not_ranked():
    assert problems(LiveRules(units_best_of=2)) == [("live-units-not-asked", "units_best_of")]


# --- a round --------------------------------------------------------------------------------------


def played(rules=RULES, count=2, **changes):
    """Five people of two units and one of none: unit A has p1, p2, p3, unit B p4, p5."""
    hall = Hall(rules=rules, items=questions(count), players=0, **changes)
    units = ("Chi đoàn A", "chi  đoàn A", "Chi đoàn A", "Chi đoàn B", "Chi đoàn B", "")
    hall.do(c.Join(tuple(Player(id_, id_, f"Người {id_}", unit) for id_, unit in enumerate(units, start=1))))
    for _ in range(count):
        hall.ask(p1=("a", 1000), p4=("a", 2000), p5=("a", 3000), p2="b", p6=("a", 500))
    return hall


def units(hall):
    found = unit_ranking.of_board(hall.board, hall.state.rules).lines
    return [(one.rank, one.name, one.people, one.total.points) for one in found]


def test_kicked_and_banned_people_do_not_count_for_their_unit():
    hall = played()
    assert units(hall) == [(1, "Chi đoàn B", 2, 2000), (2, "Chi đoàn A", 3, 1000)]

    hall.do(c.Kick(4, "rời phòng"))
    hall.do(c.Kick(5, "phá", ban=True))
    assert units(hall) == [(1, "Chi đoàn A", 3, 1000)]


def test_a_correction_changes_units_as_it_changes_people():
    hall = played()
    hall.end()
    hall.do(c.Accept(1, "cũng đúng", answer="b"))
    assert units(hall) == [(1, "Chi đoàn B", 2, 2000), (2, "Chi đoàn A", 3, 1500)]

    hall.do(c.VoidRun(2, "sai đề"))
    assert units(hall) == [(1, "Chi đoàn A", 3, 1000), (2, "Chi đoàn B", 2, 1000)]  # in less time

    hall.do(c.Adjust(4, 1, "thưởng"))
    assert units(hall) == [(1, "Chi đoàn B", 2, 1050), (2, "Chi đoàn A", 3, 1000)]


def seen(hall):
    """What the hall, the phones of p1, p4, p6, the host and a remote know of units."""
    found = documents(hall)
    phones = [(found[me].get("unit_rank", 0), found[me].get("units", 0)) for me in ("me1", "me4", "me6")]
    lines = {role: len(found[role].get("units", ())) for role in ("player", "projector", "host", "remote")}
    return (hall.state.phase, hall.state.step), lines, phones


def test_nobody_learns_of_units_before_the_podium_is_whole():
    hall = played()
    while hall.state.phase is not At.ENDED:
        hall.next()
        whole = hall.state.step >= 4 or hall.state.phase is At.ENDED
        at, lines, phones = seen(hall)
        staff = 2 if at[0] in {At.PODIUM, At.ENDED} else 0
        assert lines == {"player": 0, "projector": 2 if whole else 0, "host": staff, "remote": 0}
        assert phones == ([(2, 2), (1, 2), (0, 0)] if whole else [(0, 0)] * 3)


def test_units_are_hidden_with_the_board():
    hall = played()
    while hall.state.step < 4:
        hall.next()
    hall.do(c.HideBoard(on=True))
    assert seen(hall)[1:] == ({"player": 0, "projector": 0, "host": 2, "remote": 0}, [(0, 0)] * 3)

    hall.do(c.HideBoard(on=False))
    assert seen(hall)[1:] == ({"player": 0, "projector": 2, "host": 2, "remote": 0}, [(2, 2), (1, 2), (0, 0)])


def test_a_round_without_units_tells_nothing_of_them():
    hall = played(LiveRules(ask_unit=True))
    hall.end()
    assert seen(hall)[1:] == ({"player": 0, "projector": 0, "host": 0, "remote": 0}, [(0, 0)] * 3)


def test_a_round_without_units_keeps_the_first_format():
    hall = played(LiveRules(ask_unit=True))
    plain = sheet.result_sheet(hall.state)
    assert (plain["format"], "units" in plain, "units_best_of" in plain["rules"]) == (1, False, False)
    hall.end()
    # The hash of this round before there were rankings of units.
    assert hash_of(canonical_bytes(sheet.result_sheet(hall.state))) == HASH_BEFORE


def test_a_round_with_units_has_them_in_its_sheet():
    found = sheet.result_sheet(played().state)
    assert found["format"] == 2
    assert found["units"] == [
        {"rank": 1, "name": "Chi đoàn B", "people": 2, "points": 2000, "right": 4, "ms": 10_000},
        {"rank": 2, "name": "Chi đoàn A", "people": 3, "points": 1000, "right": 2, "ms": 2000},
    ]
