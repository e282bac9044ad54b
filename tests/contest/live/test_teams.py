"""Teams: size-fair, by rule the captain's or the majority's answer, and whatever the order of joining."""

from itertools import permutations

import pytest

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import modes
from contest.live.facts import Secret
from contest.live.modes.teams import majority, mean_of_best
from contest.live.modes.totals import Total
from contest.live.rules import LiveRules, TeamRules
from contest.live.state import Answer, Item, Solution
from tests.contest.live.hall import Hall

TEAMS = {1: (1, 2, 3), 2: (4, 5)}


def hall_of(answers, *, best_of=0, teams=TEAMS, **changes):
    rules = LiveRules(mode="teams", teams=TeamRules(answers=answers, best_of=best_of), **changes)
    return Hall(rules=rules, teams=teams, players=6)


def refusal_of(hall, player, value="a"):
    with pytest.raises(Refusal) as refused:
        hall.answer(player, value)
    return refused.value.code


def test_the_lines_are_teams_and_points_are_means_of_the_best_in_hundredths():
    hall = hall_of("members")
    hall.ask(p1="a", p2="b", p3="a", p4="a", p5="b")
    assert hall.points() == {1: 1000, 2: 500}  # the smallest team has two
    assert [(line.name, line.total.right, line.total.ms) for line in hall.board.lines] == [
        ("Đội 1", 2, 2000),
        ("Đội 2", 1, 1000),
    ]
    assert hall.me(2).result.total == 1000
    assert (hall.me(2).result.points, hall.me(2).result.rank) == (0, 1)
    assert hall.me(6).result.rank == 0


def test_a_missing_member_counts_nothing():
    hall = hall_of("members", best_of=3)
    hall.ask(p1="a", p2="a", p3="a", p4="a", p5="a")
    assert hall.points() == {1: 1000, 2: 667}


def test_the_mean_is_rounded_halves_up_and_does_not_depend_on_the_order():
    members = [Total(10, 1, 900), Total(0, 0, 0), Total(10, 1, 500), Total(5, 1, 100)]
    found = {mean_of_best(list(order), 3) for order in permutations(members)}
    assert found == {Total(833, 3, 1500)}
    assert mean_of_best([Total(1, 1, 1)], 8).points == 13  # 12.5


def test_only_the_captain_answers_where_the_rule_says_so():
    hall = hall_of("captain")
    hall.open()
    assert refusal_of(hall, 2) == "captain-answers"
    assert refusal_of(hall, 6) == "no-team"
    assert [hall.me(player).watching for player in (1, 2, 6)] == [False, True, True]
    hall.answer(1, "a", 3000)
    hall.answer(4, "b", 1000)
    hall.close()
    hall.next()
    assert hall.points() == {1: 1000, 2: 0}
    assert hall.me(2).result.right
    assert hall.me(2).result.points == 10
    assert not hall.me(5).result.right


def test_a_captain_who_is_out_is_followed_by_the_lowest_seat():
    hall = hall_of("captain")
    hall.do(c.Kick(1))
    hall.open()
    assert refusal_of(hall, 1) == "not-a-player"
    assert refusal_of(hall, 3) == "captain-answers"
    hall.answer(2, "a")
    hall.close()
    hall.next()
    assert hall.points()[1] == 1000


def test_a_captain_who_is_removed_takes_back_no_answer():
    hall = hall_of("captain")
    hall.open()
    hall.answer(1, "a")
    hall.answer(4, "a", 500)
    hall.do(c.Kick(1))
    hall.close()
    hall.next()
    assert hall.points() == {1: 1000, 2: 1000}
    hall.do(c.Readmit(1))
    assert hall.points() == {1: 1000, 2: 1000}


def test_who_answers_for_the_team_after_the_captain_was_removed_has_the_last_word():
    hall = hall_of("captain")
    hall.open()
    hall.answer(1, "b", 1000)
    hall.do(c.Kick(1))
    hall.answer(2, "a", 3000)
    hall.do(c.Readmit(1))
    hall.close()
    hall.next()
    first = hall.board.lines[0]
    assert (first.id, first.total.points, first.total.ms) == (1, 1000, 3000)
    assert hall.me(1).result.right


def test_a_vote_of_somebody_removed_afterwards_goes_on_counting():
    hall = hall_of("majority")
    hall.open()
    for player, value in ((1, "a"), (2, "a"), (3, "b"), (4, "b"), (5, "a")):
        hall.answer(player, value, 1000 * player)
    hall.do(c.Kick(1))
    hall.close()
    hall.next()
    assert hall.points() == {1: 1000, 2: 0}
    hall.do(c.Kick(2))  # nobody who voted for it is left
    assert hall.points() == {1: 1000, 2: 0}
    assert hall.me(3).result.right


def test_a_member_who_is_removed_no_longer_belongs_to_the_mean():
    hall = hall_of("members", teams={1: (1, 2, 3), 2: (4, 5, 6)})
    hall.ask(p1="a", p2="a", p3="b", p4="a", p5="a", p6="a")
    assert hall.points() == {1: 667, 2: 1000}
    hall.do(c.Kick(3))
    assert hall.points() == {1: 1000, 2: 1000}  # of two now, in both teams


def votes(**given):
    return [Answer(int(name[1:]), 1, value, 1000 + ms, ms) for name, (value, ms) in given.items()]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"p1": ("a", 9), "p2": ("a", 5), "p3": ("b", 1)}, ("a", 9)),
        ({"p1": ("b", 9), "p2": ("a", 5)}, ("a", 5)),  # as many: whose last vote came first
        ({"p1": ("b", 1), "p2": ("b", 8), "p3": ("a", 3), "p4": ("a", 7)}, ("a", 7)),
        ({"p1": ("b", 5), "p2": ("a", 5)}, ("a", 5)),  # at the same moment: by the text
        ({"p1": (["a", "b"], 5), "p2": (["a"], 1), "p3": (["a", "b"], 7)}, (["a", "b"], 7)),
    ],
)
def test_the_majority_and_its_ties_are_decided_by_rule(given, expected):
    for order in permutations(votes(**given)):
        assert majority(list(order), repr) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"p1": ("Huế", 1), "p2": ("Huế", 2), "p3": ("HUẾ", 3), "p4": ("An", 4)}, ("Huế", 3)),
        ({"p1": ("HUẾ", 1), "p2": ("Huế", 2), "p3": ("An", 3)}, ("HUẾ", 2)),  # as frequent: the first
        ({"p1": ("An", 1), "p2": ("AN", 8), "p3": ("Huế", 3), "p4": ("HUẾ", 7)}, ("Huế", 7)),
        ({"p1": ("huế", 5), "p2": ("Huế", 5)}, ("Huế", 5)),  # at the same moment: by the text
    ],
)
def test_spellings_of_one_answer_vote_together_and_the_most_common_is_shown(given, expected):
    for order in permutations(votes(**given)):
        assert majority(list(order), str.casefold) == expected


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (("Hà Nội", "hà nội", "Hà  Nội."), {"accepted": ["Hà Nội"]}),
        (("Ha\u0300 No\u0323\u0302i", "h\u00e0 n\u1ed9i", "HÀ NỘI"), {"accepted": ["Hà Nội"]}),
        (("hòa", "hoà", "Hoà!"), {"accepted": ["hoà"]}),
        (("6", "sáu", "VI"), {"accepted": ["06"]}),
        (("Da Nang", "đà nẵng", "Đà Nang"), {"accepted": ["Đà Nẵng"], "accents": "optional"}),
    ],
)
def test_right_answers_are_not_outvoted_by_their_spelling(spellings, key):
    assert _first_team_with(spellings, key) == 1000


def test_words_that_the_key_tells_apart_are_two_answers():
    assert _first_team_with(("bán", "bàn", "bản"), {"accepted": ["bán"]}) == 0


def _first_team_with(spellings, key):
    """Points of a team of five whose other two have agreed on a wrong answer."""
    rules = LiveRules(mode="teams", teams=TeamRules(answers="majority"))
    items = (Item(1, "question", "Gì?", kind="fill", body={}),)
    secrets = {1: Secret(key, Solution(tuple(key["accepted"])))}
    teams = {1: (1, 2, 3, 4, 5), 2: (6,)}
    hall = Hall(rules=rules, items=items, secrets=secrets, players=6, teams=teams)
    hall.open()
    for player, text in enumerate((*spellings, "Huế", "Huế"), start=1):
        hall.answer(player, text, 1000 * player)
    hall.close()
    hall.next()
    return hall.points()[1]


def test_the_majoritys_mark_is_everybodys_in_the_team():
    hall = hall_of("majority")
    hall.ask(p1=("b", 900), p2=("a", 2000), p3=("a", 3000), p4=("a", 1000), p5=("b", 500))
    assert hall.points() == {1: 1000, 2: 0}  # in team 2 b came first
    assert hall.board.lines[0].total.ms == 3000
    assert hall.me(1).result.right
    assert not hall.me(4).result.right


@pytest.mark.parametrize("answers", ["members", "captain", "majority"])
def test_the_score_does_not_depend_on_who_joined_or_answered_first(answers):
    boards = []
    for order in ((1, 2, 3, 4, 5), (5, 3, 1, 4, 2)):
        rules = LiveRules(mode="teams", teams=TeamRules(answers=answers))
        hall = Hall(rules=rules, players=0)
        hall.join(*order)
        hall.form(TEAMS)
        hall.open()
        for player in order:
            if answers != "captain" or player in (1, 4):
                hall.answer(player, "a" if player in (1, 3, 5) else "b", 1000 * player)
        hall.close()
        hall.next()
        boards.append([(line.id, line.rank, line.total) for line in hall.board.lines])
    assert boards[0] == boards[1]


def test_points_are_adjusted_for_a_team():
    hall = hall_of("members")
    hall.ask(p1="a")
    assert hall.refused(c.Adjust(5, 10, "Thưởng")) == "no-such-player"
    hall.do(c.Adjust(2, 10, "Thưởng"))
    assert hall.points()[2] == 1000


def by_themselves(hall):
    """(right, points, ms) of every answer of the run by itself."""
    run, rows = hall.run, list(hall.rows.values())
    item, key = hall.state.items[run.item - 1], hall.secrets[run.item].key
    marks = modes.get("teams").row_marks(hall.state, run, item, key, lambda: rows)
    return {player: (mark.right, mark.points, mark.ms) for player, mark in marks.items()}


def test_by_itself_an_answer_is_right_as_it_was_given_and_the_teams_points_stand_once():
    hall = hall_of("majority")
    hall.ask(p1=("b", 900), p2=("a", 3000), p3=("a", 2000), p4=("b", 500), p5=("a", 1000))
    assert hall.points() == {1: 1000, 2: 0}
    assert by_themselves(hall) == {
        1: (False, 0, 900),
        2: (True, 10, 3000),  # the vote that gave the team its time
        3: (True, 0, 2000),
        4: (False, 0, 500),
        5: (True, 0, 1000),  # outvoted
    }


def test_by_itself_the_answer_that_was_taken_over_has_no_points():
    hall = hall_of("captain")
    hall.open()
    hall.answer(1, "a", 1000)
    hall.do(c.Kick(1))
    hall.answer(2, "a", 3000)
    hall.answer(4, "a", 500)
    hall.close()
    hall.next()
    assert by_themselves(hall) == {1: (True, 0, 1000), 2: (True, 10, 3000), 4: (True, 10, 500)}


def test_by_itself_a_member_has_the_own_mark():
    hall = hall_of("members")
    hall.ask(p1="a", p2="b")
    assert by_themselves(hall) == {1: (True, 10, 1000), 2: (False, 0, 1000)}


@pytest.mark.parametrize("answers", ["members", "captain", "majority"])
def test_points_given_to_a_team_are_nobodys_who_has_its_number(answers):
    hall = hall_of(answers)
    hall.ask(p1="a")
    hall.do(c.Adjust(2, 7, "Thưởng"))
    assert {player: total.points for player, total in modes.get("teams").totals(hall.state).items()} == {
        1: 10, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0,
    }  # fmt: skip
    assert hall.points()[2] == 700


def test_the_round_starts_with_teams_only_and_who_joins_late_watches():
    hall = Hall(rules=LiveRules(mode="teams"), players=4)
    assert hall.refused(c.Advance("lobby/0/0/0")) == "teams-missing"
    hall.form({1: (1, 2), 2: (3, 4)})
    hall.open()
    hall.join(5)
    assert refusal_of(hall, 5) == "no-team"
    assert hall.me(5).watching
