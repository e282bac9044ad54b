from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contest.errors import Refusal
from contest.rules.ranking import REGISTRY, Chain, Row, Shared, problems, rank, ties

NOON = datetime(2026, 3, 4, 5, tzinfo=UTC)
ROW = Row(
    attempt_id=1,
    entrant_id=1,
    points=10,
    max_points=20,
    correct=5,
    all_correct=False,
    duration_ms=61_500,
    started_at=NOON,
    submitted_at=NOON + timedelta(milliseconds=61_500),
    prediction=100,
    prediction_error=7,
)
LATER = timedelta(milliseconds=1)
BETTER = {
    "points": {"points": 11},
    "points_share": {"max_points": 19},
    "all_correct": {"all_correct": True},
    "correct": {"correct": 6},
    "prediction_error": {"prediction_error": 6},
    "duration": {"duration_ms": 61_499},
    "duration_second": {"duration_ms": 60_999},
    "started_at": {"started_at": NOON - LATER},
    "submitted_at": {"submitted_at": NOON},
    "submitted_second": {"submitted_at": NOON},
    "lottery": {"lottery": 40},
    "attempt_id": {"attempt_id": 0},
}


@pytest.mark.parametrize("code", REGISTRY)
def test_criterion_prefers_the_better_row(code):
    chain = Chain((code,))

    assert chain.key(replace(ROW, **BETTER[code])) < chain.key(ROW)


@pytest.mark.parametrize("code", sorted(REGISTRY.keys() - {"points_share", "all_correct"}))
def test_criterion_looks_at_nothing_else(code):
    others = {
        name: value for other, change in BETTER.items() if other != code for name, value in change.items()
    }
    own = set(BETTER[code])
    changed = replace(ROW, **{name: value for name, value in others.items() if name not in own})

    assert Chain((code,)).key(changed) == Chain((code,)).key(ROW)


def test_seconds_do_not_see_milliseconds():
    same = replace(ROW, duration_ms=61_999, submitted_at=ROW.submitted_at + timedelta(milliseconds=400))

    for code in ("duration_second", "submitted_second"):
        assert Chain((code,)).key(same) == Chain((code,)).key(ROW)


@pytest.mark.parametrize(
    ("code", "field"), [("prediction_error", "prediction_error"), ("lottery", "lottery")]
)
def test_what_is_missing_is_last(code, field):
    assert Chain((code,)).key(replace(ROW, **{field: 10**9})) < Chain((code,)).key(
        replace(ROW, **{field: None})
    )


def test_a_paper_without_points_has_no_share():
    assert Chain(("points_share",)).key(replace(ROW, points=0, max_points=0)) == (0,)


def test_unknown_criterion_is_refused():
    with pytest.raises(Refusal, match="criterion-unknown") as caught:
        Chain.from_json(["points", "beauty"])

    assert caught.value.facts == {"criterion": "beauty"}


def test_the_chain_survives_json():
    chain = Chain(("points", "attempt_id"))

    assert chain.as_json() == ["points", "attempt_id"]
    assert Chain.from_json(chain.as_json()) == chain


@pytest.mark.parametrize(
    ("codes", "shared", "found"),
    [
        (("points", "attempt_id"), Shared.NEVER, []),
        (("points", "lottery"), Shared.NEVER, []),
        (("points",), Shared.SKIPPING, []),
        (("points",), Shared.DENSE, []),
        (("points",), Shared.NEVER, [("no-final-criterion", "points")]),
        ((), Shared.NEVER, [("chain-empty", "")]),
        (("points", "points", "attempt_id"), Shared.NEVER, [("criterion-repeated", "points")]),
        (("attempt_id", "points"), Shared.NEVER, [("criterion-unreachable", "points")]),
        (("lottery", "attempt_id"), Shared.NEVER, [("criterion-unreachable", "attempt_id")]),
    ],
)
def test_problems_of_a_chain(codes, shared, found):
    assert problems(Chain(codes), shared) == found


FIELD = [
    replace(ROW, attempt_id=number, points=points) for number, points in enumerate([9, 10, 10, 8, 9, 10])
]


@pytest.mark.parametrize(
    ("shared", "ranks"),
    [(Shared.SKIPPING, [1, 1, 1, 4, 4, 6]), (Shared.DENSE, [1, 1, 1, 2, 2, 3])],
)
def test_shared_ranks(shared, ranks):
    ranked = rank(FIELD, Chain(("points",)), shared)

    assert [entry.rank for entry in ranked] == ranks
    assert [entry.row.attempt_id for entry in ranked] == [1, 2, 5, 0, 4, 3]


def test_lots_still_to_be_drawn():
    chain = Chain(("points", "lottery"))

    assert ties(FIELD, chain) == [[1, 2, 5], [0, 4]]
    with pytest.raises(Refusal, match="ranking-undecided") as caught:
        rank(FIELD, chain)
    assert caught.value.facts == {"attempts": [[1, 2, 5], [0, 4]]}


def test_drawn_lots_decide():
    lots = {1: 3, 2: 1, 5: 2, 0: 9, 4: 8}
    drawn = [replace(row, lottery=lots.get(row.attempt_id)) for row in FIELD]

    ranked = rank(drawn, Chain(("points", "lottery")))

    assert [(entry.rank, entry.row.attempt_id) for entry in ranked] == [
        (1, 2),
        (2, 5),
        (3, 1),
        (4, 4),
        (5, 0),
        (6, 3),
    ]


def test_nobody_is_ranked_in_an_empty_round():
    assert rank([], Chain(("points",))) == []
