"""The rule books of real contests whose order is published, as data, each ranking a small cast as its text says."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from contest.rules.attempts import AttemptState
from contest.rules.best_attempt import Counted
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.ranking import Chain, Shared, problems
from contest.rules.scoring import ItemMark
from contest.rules.settlement import Entry, Terms, settle

OPENING = datetime(2026, 3, 2, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Try:
    """One attempt: when it began and ended (seconds from the opening), how many of five are right, the prediction."""

    who: int
    began: float
    took: float
    right: int
    said: int | None = None


def all_right_then_prediction_then_time(kind: Kind) -> Terms:
    return Terms(
        chain=Chain(("all_correct", "prediction_error", "submitted_second", "attempt_id")),
        prediction=PredictionRule(kind),
    )


# 90 years of the Party's history, VCNET 2019: many attempts; right on all, nearest prediction, earliest to the second.
PARTY_HISTORY_2019 = all_right_then_prediction_then_time(Kind.PEOPLE_ALL_CORRECT)
# 90 years of the information work, 2020: the same order.
INFORMATION_2020 = all_right_then_prediction_then_time(Kind.PEOPLE_ALL_CORRECT)
# Lạng Sơn 2023: the full 150 points, then the nearest number of attempts; nothing further, so people share a rank.
LANG_SON_2023 = Terms(
    chain=Chain(("points", "prediction_error")),
    shared=Shared.SKIPPING,
    prediction=PredictionRule(Kind.ATTEMPTS),
)
# Phú Yên 2021: most right, shortest duration, nearest number of entrants.
PHU_YEN_2021 = Terms(
    chain=Chain(("correct", "duration", "prediction_error", "attempt_id")),
    prediction=PredictionRule(Kind.PEOPLE_PARTICIPATING),
)
# Bình Tân 2019 (MyAloha): most right and fastest, then the time of taking part; no prediction.
BINH_TAN_2019 = Terms(chain=Chain(("correct", "duration", "started_at", "attempt_id")))
# Quảng Nam Youth Union 2014: all right, nearest prediction, time of entry.
QUANG_NAM_2014 = Terms(
    chain=Chain(("all_correct", "prediction_error", "started_at", "attempt_id")),
    prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT),
)
BOOKS = {
    "party-history-2019": PARTY_HISTORY_2019,
    "information-2020": INFORMATION_2020,
    "lang-son-2023": LANG_SON_2023,
    "phu-yen-2021": PHU_YEN_2021,
    "binh-tan-2019": BINH_TAN_2019,
    "quang-nam-2014": QUANG_NAM_2014,
}


def entries(*tries: Try) -> list[Entry]:
    return [
        Entry(
            attempt_id=number,
            entrant_id=one.who,
            state=AttemptState.SUBMITTED,
            started_at=OPENING + timedelta(seconds=one.began),
            finished_at=OPENING + timedelta(seconds=one.began + one.took),
            marks=tuple(ItemMark(version, 30, int(version < one.right)) for version in range(5)),
            prediction=one.said,
        )
        for number, one in enumerate(tries, start=1)
    ]


def places(terms: Terms, *tries: Try) -> list[tuple[int, int]]:
    """(rank, person) in ranking order."""
    return [(line.rank, line.row.entrant_id) for line in settle(entries(*tries), terms).rows]


@pytest.mark.parametrize("book", BOOKS)
def test_book_can_be_published(book):
    assert problems(BOOKS[book].chain, BOOKS[book].shared) == []


@pytest.mark.parametrize("book", ["party-history-2019", "information-2020"])
def test_all_right_then_nearest_then_earliest_to_the_second(book):
    # Three people are right on all five; the truth is 3.
    assert places(
        BOOKS[book],
        Try(1, began=0, took=60, right=4, said=3),  # nearest of all, but one wrong
        Try(2, began=100, took=60.9, right=5, said=5),  # same error and second as 4: the first recorded
        Try(3, began=500, took=60, right=5, said=4),
        Try(4, began=100, took=60.1, right=5, said=1),
    ) == [(1, 3), (2, 2), (3, 4), (4, 1)]


def test_a_later_try_may_be_the_one_that_counts():
    # Of many attempts one counts: the second, all right; the person is all correct, and the truth is 1.
    settled = settle(
        entries(Try(1, 0, 60, 3, said=1), Try(1, 200, 60, 5, said=9), Try(2, 0, 90, 4, said=1)),
        PARTY_HISTORY_2019,
    )

    assert settled.truth == 1
    assert [(line.row.entrant_id, line.row.attempt_id, line.attempts) for line in settled.rows] == [
        (1, 2, 2),
        (2, 3, 1),
    ]


def test_lang_son_shares_ranks_of_equal_predictions():
    # Five attempts in all: 1 and 3 miss them by one each.
    assert places(
        LANG_SON_2023,
        Try(1, 0, 60, 5, said=4),
        Try(2, 0, 20, 5, said=9),
        Try(3, 50, 90, 5, said=6),
        Try(4, 0, 10, 4, said=5),
        Try(4, 90, 10, 3, said=5),
    ) == [(1, 1), (1, 3), (3, 2), (4, 4)]


def test_phu_yen_puts_duration_before_the_prediction():
    assert places(
        PHU_YEN_2021,
        Try(1, 0, 60, 5, said=4),
        Try(2, 300, 59.999, 5, said=900),
        Try(3, 0, 60, 5, said=3),
        Try(4, 0, 1, 4, said=4),
    ) == [(1, 2), (2, 1), (3, 3), (4, 4)]


def test_binh_tan_ends_with_the_time_of_taking_part():
    assert places(
        BINH_TAN_2019,
        Try(1, 900, 60, 5),
        Try(2, 100, 60, 5),
        Try(3, 0, 61, 5),
        Try(4, 0, 1, 3),
    ) == [(1, 2), (2, 1), (3, 3), (4, 4)]


def test_quang_nam_looks_at_the_entry_and_not_at_the_duration():
    # Two are right on all; both miss by one.
    assert places(
        QUANG_NAM_2014,
        Try(1, began=50, took=10, right=5, said=1),
        Try(2, began=0, took=600, right=5, said=3),
        Try(3, began=0, took=5, right=4),
        Try(4, began=0, took=5, right=0, said=2),
    ) == [(1, 2), (2, 1), (3, 4), (4, 3)]


def test_the_two_readings_of_one_text_rank_differently():
    # Quảng Nam's text names both people all right and people taking part: which it is decides who wins.
    tries = (Try(1, 0, 60, 5, said=1), Try(2, 0, 60, 5, said=3), Try(3, 0, 60, 1, said=2))
    other = replace(QUANG_NAM_2014, prediction=PredictionRule(Kind.PEOPLE_PARTICIPATING))

    assert places(other, *tries)[0] == (1, 2)
    assert places(QUANG_NAM_2014, *tries)[0] == (1, 1)


def test_one_attempt_is_the_first_under_a_rule_of_first():
    terms = replace(BINH_TAN_2019, counted=Counted.FIRST)

    assert places(terms, Try(1, 0, 60, 2), Try(1, 100, 60, 5), Try(2, 0, 60, 3)) == [(1, 2), (2, 1)]
