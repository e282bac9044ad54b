from datetime import timedelta
from itertools import product

import pytest

from contest.rules.visibility import LAST_ANSWERS, BoardPolicy, ReviewPolicy, Visible, visible_results
from contest.rules.windows import Phase
from tests.contest.rules.strategies import MONDAY

CLOSE = MONDAY + timedelta(days=1)
BEFORE = CLOSE - timedelta(hours=1)
AFTER = CLOSE + timedelta(hours=1)
RUNNING = [Phase.UPCOMING, Phase.OPEN, Phase.PAUSED]
RELEASED = [Phase.PUBLISHED, Phase.AMENDED]


def shown(**given) -> Visible:
    usual = {
        "board": BoardPolicy.LIVE,
        "review": ReviewPolicy.AFTER_CLOSE,
        "phase": Phase.OPEN,
        "now": BEFORE,
    }
    return visible_results(**{**usual, "closes_at": CLOSE, **given})


@pytest.mark.parametrize(
    ("board", "review", "phase"), list(product(BoardPolicy, ReviewPolicy, [*RUNNING, Phase.CLOSING]))
)
def test_an_open_prediction_withholds_everything_that_answers_it(board, review, phase):
    found = shown(board=board, review=review, phase=phase, prediction=True)

    assert (found.board, found.frozen, found.counters, found.own_score, found.ranking) == (False,) * 5
    if phase in RUNNING:
        assert not found.review


@pytest.mark.parametrize(
    ("board", "review", "prediction"), list(product(BoardPolicy, ReviewPolicy, [True, False]))
)
def test_a_draft_shows_no_board_and_no_review(board, review, prediction):
    assert shown(board=board, review=review, phase=Phase.DRAFT, prediction=prediction) == Visible(
        *[False] * 6
    )


@pytest.mark.parametrize(
    ("board", "expected"),
    [
        (BoardPolicy.LIVE, (True, False, True, True)),
        (BoardPolicy.FROZEN, (True, False, True, True)),
        (BoardPolicy.OWN, (False, False, False, True)),
        (BoardPolicy.HIDDEN, (False, False, False, False)),
    ],
)
def test_policies_of_an_open_round(board, expected):
    found = shown(board=board, frozen_from=CLOSE)

    assert (found.board, found.frozen, found.counters, found.own_score) == expected


def test_a_frozen_board_neither_moves_nor_counts():
    for now in (BEFORE, BEFORE + timedelta(minutes=1)):
        found = shown(board=BoardPolicy.FROZEN, frozen_from=BEFORE, now=now)
        assert (found.board, found.frozen, found.counters) == (False, True, False)


@pytest.mark.parametrize(
    ("review", "phase", "now", "expected"),
    [
        (ReviewPolicy.AFTER_SUBMIT, Phase.OPEN, BEFORE, True),
        (ReviewPolicy.AFTER_CLOSE, Phase.OPEN, BEFORE, False),
        (ReviewPolicy.AFTER_CLOSE, Phase.PAUSED, BEFORE, False),
        (ReviewPolicy.AFTER_CLOSE, Phase.CLOSING, CLOSE, False),
        (ReviewPolicy.AFTER_CLOSE, Phase.CLOSING, CLOSE + LAST_ANSWERS, False),
        (ReviewPolicy.AFTER_CLOSE, Phase.CLOSING, AFTER, True),
        (ReviewPolicy.AFTER_CLOSE, Phase.SETTLED, AFTER, True),
        (ReviewPolicy.AFTER_SUBMIT, Phase.SETTLED, AFTER, True),
        (ReviewPolicy.AFTER_PUBLICATION, Phase.SETTLED, AFTER, False),
        (ReviewPolicy.AFTER_PUBLICATION, Phase.PUBLISHED, AFTER, True),
        (ReviewPolicy.NEVER, Phase.PUBLISHED, AFTER, False),
        (ReviewPolicy.NEVER, Phase.AMENDED, AFTER, False),
    ],
)
def test_keys_are_shown_from_the_moment_of_the_rules(review, phase, now, expected):
    assert shown(review=review, phase=phase, now=now).review is expected


@pytest.mark.parametrize(
    ("board", "phase", "prediction"), list(product(BoardPolicy, RELEASED, [True, False]))
)
def test_a_published_result_is_public(board, phase, prediction):
    found = shown(board=board, phase=phase, prediction=prediction)

    assert (found.board, found.counters, found.own_score, found.ranking) == (True, True, True, True)


@pytest.mark.parametrize(("board", "prediction"), list(product(BoardPolicy, [True, False])))
def test_a_settled_result_waits_for_its_publication(board, prediction):
    found = shown(board=board, phase=Phase.SETTLED, prediction=prediction)

    assert (found.board, found.frozen, found.counters, found.own_score, found.ranking) == (False,) * 5
