from dataclasses import replace
from datetime import timedelta

import pytest

from contest.errors import Refusal
from contest.rules.attempts import AttemptState
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.prediction import Kind, Numbers, PredictionRule
from contest.rules.ranking import Chain
from contest.rules.scoring import ItemMark, KeyEffect
from contest.rules.settlement import Entry, Terms, settle
from tests.contest.rules.strategies import MONDAY

TERMS = Terms(
    chain=Chain(("points", "prediction_error", "duration", "attempt_id")),
    prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT),
)


def entry(number: int, who: int, right: str, said: int | None = None, **more) -> Entry:
    """`right` has a 1 for each right answer; later numbers start later; all take a minute."""
    started = MONDAY + timedelta(minutes=number)
    return Entry(
        attempt_id=number,
        entrant_id=who,
        state=more.pop("state", AttemptState.SUBMITTED),
        started_at=started,
        finished_at=started + timedelta(minutes=1),
        marks=tuple(ItemMark(100 + place, 10, int(sign)) for place, sign in enumerate(right)),
        prediction=said,
        **more,
    )


def lines(entries, terms=TERMS, effects=None):
    return [
        (line.rank, line.row.entrant_id, line.row.attempt_id) for line in settle(entries, terms, effects).rows
    ]


def test_the_counted_attempt_is_chosen_when_the_truth_is_known():
    # Two people are all correct. Of person 1's two perfect attempts the one that said 2 counts, though it came later.
    entries = [
        entry(1, 1, "11", said=9),
        entry(2, 1, "11", said=2),
        entry(3, 2, "11", said=3),
        entry(4, 3, "10"),
    ]
    settled = settle(entries, TERMS)

    assert settled.numbers == Numbers(people_participating=3, attempts=4, people_all_correct=2)
    assert settled.truth == 2
    assert lines(entries) == [(1, 1, 2), (2, 2, 3), (3, 3, 4)]
    assert [line.attempts for line in settled.rows] == [2, 1, 1]


def test_a_void_changes_the_truth_and_with_it_the_winner():
    # With the second question voided three are all correct, and whoever said 3 wins.
    entries = [entry(1, 1, "11", said=1), entry(2, 2, "10", said=3), entry(3, 3, "10", said=1)]

    assert settle(entries, TERMS).truth == 1
    assert lines(entries)[0] == (1, 1, 1)
    for effect in (KeyEffect.VOID_FULL, KeyEffect.VOID_REMOVED, KeyEffect.ACCEPT_ALL):
        assert settle(entries, TERMS, {101: effect}).truth == 3
        assert lines(entries, TERMS, {101: effect})[0] == (1, 2, 2)


def test_the_person_is_all_correct_by_any_attempt():
    terms = replace(TERMS, counted=Counted.LAST)
    settled = settle([entry(1, 1, "11", said=1), entry(2, 1, "00", said=5)], terms)

    assert settled.truth == 1
    (line,) = settled.rows
    assert (line.row.attempt_id, line.row.all_correct, line.person_all_correct) == (2, False, True)


@pytest.mark.parametrize(
    ("source", "said", "off"),
    [(PredictionFrom.COUNTED, 9, 8), (PredictionFrom.FIRST, 4, 3), (PredictionFrom.LAST, 1, 0)],
)
def test_whose_guess_speaks(source, said, off):
    entries = [
        entry(1, 1, "10"),
        entry(2, 1, "10", said=4),
        entry(3, 1, "11", said=9),
        entry(4, 1, "00", said=1),
    ]

    (line,) = settle(entries, replace(TERMS, prediction_from=source)).rows

    assert (line.row.attempt_id, line.row.prediction, line.row.prediction_error) == (3, said, off)


def test_voided_attempts_and_barred_people_count_nowhere():
    entries = [
        entry(1, 1, "11", said=1),
        entry(2, 2, "11", state=AttemptState.VOIDED),
        entry(3, 3, "11", barred=True),
        entry(4, 1, "11", state=AttemptState.VOIDED, said=7),
    ]

    assert settle(entries, TERMS).numbers == Numbers(1, 1, 1)
    assert lines(entries) == [(1, 1, 1)]


def test_an_attempt_closed_by_the_sweeper_counts():
    assert lines([entry(1, 1, "10", state=AttemptState.AUTO_SUBMITTED)]) == [(1, 1, 1)]


def test_nothing_is_settled_while_somebody_writes():
    entries = [entry(1, 1, "11"), entry(2, 2, "1", state=AttemptState.IN_PROGRESS)]

    with pytest.raises(Refusal, match="round-not-swept") as caught:
        settle(entries, TERMS)
    assert caught.value.facts == {"attempts": 1}


def test_lots_of_people_decide_when_the_rules_say_so():
    terms = Terms(chain=Chain(("points", "lottery")))
    entries = [entry(1, 1, "1", lottery=2), entry(2, 2, "1", lottery=1)]

    assert lines(entries, terms) == [(1, 2, 2), (2, 1, 1)]
    with pytest.raises(Refusal, match="ranking-undecided"):
        settle([replace(one, lottery=None) for one in entries], terms)


def test_an_empty_round_settles():
    settled = settle([], TERMS)

    assert (settled.numbers, settled.truth, settled.rows) == (Numbers(0, 0, 0), 0, ())


def test_without_a_prediction_there_is_no_truth():
    settled = settle([entry(1, 1, "11", said=4)], replace(TERMS, prediction=None))

    assert settled.truth is None
    assert settled.rows[0].row.prediction_error is None
