"""Game mode: speed points that stop at half, streaks, weights."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.live import commands as c
from contest.live.modes.game import bonus_of, speed_points
from contest.live.rules import GameRules
from tests.contest.live.hall import Hall, documents, questions


@pytest.mark.parametrize(
    ("ms", "points"),
    [
        (0, 1000),
        (500, 1000),
        (501, 987),
        (5_000, 875),
        (10_000, 750),
        (19_999, 500),
        (20_000, 500),
        (90_000, 500),
    ],
)
def test_speed_points_of_a_thousand_over_twenty_seconds(ms, points):
    assert speed_points(1000, ms, 20_000) == points


@given(st.integers(0, 2000), st.integers(501, 400_000), st.integers(5, 300))
def test_speed_points_are_the_formula_rounded_halves_up(whole, ms, seconds):
    used = Fraction(min(ms, seconds * 1000), seconds * 1000)
    exact = whole * (1 - used / 2)
    found = speed_points(whole, ms, seconds * 1000)
    assert -Fraction(1, 2) < found - exact <= Fraction(1, 2)
    assert whole / 2 <= found <= whole


def test_the_weight_doubles_and_annuls():
    items = tuple(item for weight in (0, 1, 2) for item in [questions(3, points=100, weight=weight)[weight]])
    hall = Hall(mode="game", items=items)
    for _ in items:
        hall.ask(p1=("a", 10_000))
    assert [run.marks[1].points for run in hall.state.runs.values()] == [0, 75, 150]
    assert hall.points()[1] == 225


def test_a_practice_question_counts_neither_as_right_nor_as_time():
    hall = Hall(mode="official", items=questions(1, weight=0))
    hall.ask(p1="a")
    total = hall.board.lines[0].total
    assert (total.points, total.right, total.ms) == (0, 0, 0)
    assert hall.me(1).result.right


def test_closing_early_or_adding_time_changes_nobodys_points():
    plain, early, late = (Hall(mode="game", items=questions(1, points=1000)) for _ in range(3))
    for hall, change in ((plain, None), (early, "early"), (late, "late")):
        hall.open()
        hall.answer(1, "a", 4000)
        hall.now = hall.run.opens_at + 5000
        if change == "early":
            hall.do(c.CloseNow(1))
        if change == "late":
            hall.do(c.AddTime(1))
        hall.close()
        hall.next()
    assert plain.points()[1] == early.points()[1] == late.points()[1] == 900


def test_a_streak_brings_its_bonus_from_the_second_right_answer_and_breaks():
    hall = Hall(
        mode="game", items=questions(5, points=100), game=GameRules(speed=False, streaks=True, streak_step=10)
    )
    seen = []
    for value in ("a", "a", "a", "b", "a"):
        hall.ask(p1=value)
        result = hall.me(1).result
        seen.append((result.points, result.bonus, result.total, result.streak))
    assert seen == [(100, 0, 100, 1), (100, 10, 210, 2), (100, 20, 330, 3), (0, 0, 330, 0), (100, 0, 430, 1)]
    assert [bonus_of(streak, 10) for streak in (0, 1, 6, 7, 40)] == [0, 0, 50, 50, 50]


def test_a_game_is_labelled_as_one_and_the_official_mode_is_not():
    assert documents(Hall(mode="game"))["player"]["round"]["game"]
    assert "game" not in documents(Hall(mode="official"))["player"]["round"]
