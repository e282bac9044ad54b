import pytest

from contest.rules.scoring import ItemMark, KeyEffect, Score, score

RIGHT = ItemMark(1, points=2, earned=1)
WRONG = ItemMark(2, points=3, earned=0)
BLANK = ItemMark(3, points=4, earned=0, answered=False)
PARTIAL = ItemMark(4, points=5, earned=2, possible=3)


def test_partial_credit_is_rounded_down():
    assert score([PARTIAL]) == Score(points=3, max_points=5, correct=0, total=1)


def test_a_score_is_a_sum():
    assert score([RIGHT, WRONG, BLANK, PARTIAL]) == Score(5, 14, 1, 4)


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (KeyEffect.VOID_FULL, Score(14, 14, 4, 4)),
        (KeyEffect.ACCEPT_ALL, Score(10, 14, 3, 4)),
        (KeyEffect.VOID_REMOVED, Score(0, 0, 0, 0)),
    ],
)
def test_effects_of_a_correction(effect, expected):
    assert score([RIGHT, WRONG, BLANK, PARTIAL], dict.fromkeys(range(1, 5), effect)) == expected


def test_an_effect_touches_its_own_question_only():
    assert score([RIGHT, WRONG], {2: KeyEffect.VOID_REMOVED}) == Score(2, 2, 1, 1)


@pytest.mark.parametrize(
    ("marks", "effects", "expected"),
    [
        ([RIGHT], {}, True),
        ([RIGHT, WRONG], {}, False),
        ([RIGHT, WRONG], {2: KeyEffect.VOID_REMOVED}, True),
        ([RIGHT, WRONG], {2: KeyEffect.VOID_FULL}, True),
        ([RIGHT, BLANK], {3: KeyEffect.ACCEPT_ALL}, False),
        ([RIGHT, PARTIAL], {}, False),
        ([WRONG], {2: KeyEffect.VOID_REMOVED}, False),
        ([], {}, False),
    ],
)
def test_all_correct(marks, effects, expected):
    assert score(marks, effects).all_correct is expected


@pytest.mark.parametrize(("points", "earned", "possible"), [(-1, 0, 1), (1, 2, 1), (1, -1, 1), (1, 0, 0)])
def test_impossible_marks(points, earned, possible):
    with pytest.raises(ValueError, match="no such mark"):
        ItemMark(1, points, earned, possible)
