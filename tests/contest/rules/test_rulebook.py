from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from contest.rules.attempts import AttemptRule, Per
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Chain, Shared
from contest.rules.rulebook import PREDICTION_CHAIN, Rules, problems
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from contest.rules.windows import weekly_span

PLAIN = Rules(Blueprint((Cell("II", 10),)))
FULL = Rules(
    blueprint=Blueprint((Cell("II.1", 10, 2, "NB", "single"),)),
    limit_s=900,
    attempts=AttemptRule(7, Per.WEEK),
    weekdays=weekly_span(0, 450, 4, 1050),
    shuffle_questions=False,
    shuffle_options=False,
    partial_credit=True,
    chain=Chain(("all_correct", "prediction_error", "submitted_second")),
    shared=Shared.SKIPPING,
    counted=Counted.FIRST,
    prediction=PredictionRule(Kind.PERCENT_ALL_CORRECT),
    prediction_from=PredictionFrom.LAST,
    prizes=PrizePlan(((Tier.FIRST, 1), (Tier.CONSOLATION, 10)), one_a_person=True),
    board=BoardPolicy.FROZEN,
    frozen_from=datetime(2026, 3, 8, tzinfo=UTC),
    review=ReviewPolicy.NEVER,
    void_removes=True,
)


def test_the_full_example_differs_from_the_defaults_everywhere():
    assert [
        field.name for field in fields(Rules) if getattr(FULL, field.name) == getattr(PLAIN, field.name)
    ] == []


@pytest.mark.parametrize("rules", [PLAIN, FULL])
def test_rules_survive_json(rules):
    assert Rules.from_json(rules.as_json()) == rules


def test_what_is_missing_takes_its_default():
    assert Rules.from_json({"blueprint": [{"topic": "II", "count": 10}]}) == PLAIN


def test_settling_reads_the_same_rules():
    terms = FULL.terms

    assert terms.chain is FULL.chain
    assert (terms.counted, terms.shared) == (FULL.counted, FULL.shared)
    assert (terms.prediction, terms.prediction_from) == (FULL.prediction, FULL.prediction_from)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"chain": Chain(PREDICTION_CHAIN)}, ["prediction-not-asked"]),
        ({"chain": Chain(PREDICTION_CHAIN), "prediction": PredictionRule(Kind.ATTEMPTS)}, []),
        ({"chain": Chain(("points", "attempt_id"))}, []),
        ({"chain": Chain(("points",))}, ["no-final-criterion"]),
        ({"chain": Chain(("points",)), "shared": Shared.DENSE}, []),
        ({"chain": Chain(("attempt_id",)), "limit_s": 29}, ["limit-out-of-range"]),
        ({"chain": Chain(("attempt_id",)), "limit_s": 14401}, ["limit-out-of-range"]),
        ({"chain": Chain(("attempt_id",)), "attempts": AttemptRule(0)}, ["attempts-out-of-range"]),
        ({"chain": Chain(("attempt_id",)), "blueprint": Blueprint(())}, ["blueprint-empty"]),
    ],
)
def test_problems(change, found):
    assert problems(replace(PLAIN, **change)) == found
