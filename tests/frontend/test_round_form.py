"""The form of a round asks for every rule a round has, and says in words what cannot be."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from contest.models import Round
from contest.rules.attempts import AttemptRule, Per
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.prediction import ErrorRule, Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import REGISTRY, Chain, Shared
from contest.rules.rulebook import DEFAULT_CHAIN, PREDICTION_CHAIN, Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from contest.rules.windows import DayHours, daily_hours, weekly_span
from frontend.forms.organise_round import RoundForm
from frontend.forms.round_chain import CRITERIA

PLAIN = Rules(Blueprint((Cell("II", 10),)))
FULL = Rules(
    blueprint=Blueprint((Cell("II.1", 10, 2, "NB", "single"), Cell("II.2", 3))),
    limit_s=95,
    attempts=AttemptRule(7, Per.WEEK),
    weekdays=weekly_span(0, 450, 4, 1050),
    shuffle_questions=False,
    shuffle_options=False,
    partial_credit=True,
    chain=Chain(("all_correct", "prediction_error", "submitted_second", "started_at", "lottery")),
    shared=Shared.SKIPPING,
    counted=Counted.FIRST,
    prediction=PredictionRule(Kind.PERCENT_ALL_CORRECT, ErrorRule.NOT_ABOVE, 0),
    prediction_from=PredictionFrom.LAST,
    prizes=PrizePlan(((Tier.FIRST, 1), (Tier.CONSOLATION, 10)), one_a_person=True),
    board=BoardPolicy.FROZEN,
    frozen_from=datetime(2026, 3, 8, tzinfo=UTC),
    review=ReviewPolicy.NEVER,
    void_removes=True,
)
FINAL = {"lottery", "attempt_id"}
TOPICS = [("II", "Nội dung"), ("II.1", "Một"), ("II.2", "Hai")]


def stored(rules):
    return Round(
        title="Tuần 1",
        opens_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        closes_at=datetime(2026, 3, 9, 1, tzinfo=UTC),
        rules=rules.as_json(),
        paper_count=3,
    )


def written(value):
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return "" if value is None else value


def sent(rules, **changes):
    """What a browser sends when the round's form is opened and these fields are changed."""
    form = RoundForm.of_round(stored(rules), topics=TOPICS)
    values = {name: form[name].value() for name in form.fields}
    return {name: written(value) for name, value in values.items() if value is not False} | changes


def typed(rules, **changes):
    form = RoundForm.of_round(stored(rules), topics=TOPICS, data=sent(rules, **changes))
    assert form.is_valid(), form.errors
    return form.rules()


def wrong(rules=PLAIN, **changes):
    form = RoundForm.of_round(stored(rules), topics=TOPICS, data=sent(rules, **changes))
    assert not form.is_valid()
    return {name: " ".join(errors) for name, errors in form.errors.items()}


@pytest.mark.parametrize(
    "rules",
    [
        PLAIN,
        FULL,
        replace(FULL, weekdays=daily_hours((0, 2, 5), 480, 1320)),
        replace(FULL, weekdays=daily_hours(range(7), 0, 1440)),
        replace(
            FULL,
            weekdays=(DayHours(0, 450, 690), DayHours(0, 810, 1050), DayHours(5, 0, 1440), DayHours(6, 1, 2)),
        ),
        replace(FULL, counted=Counted.HIGHEST_POINTS, prediction_from=PredictionFrom.FIRST),
        replace(FULL, prediction=PredictionRule(Kind.PERCENT_ALL_CORRECT, decimals=6)),
        replace(PLAIN, chain=Chain(PREDICTION_CHAIN), prediction=PredictionRule(Kind.ATTEMPTS)),
        replace(FULL, chain=Chain((*(code for code in REGISTRY if code not in FINAL), "attempt_id"))),
    ],
)
def test_every_rule_goes_into_the_form_and_comes_out_of_it(rules):
    assert typed(rules) == rules


def test_a_new_round_asks_no_prediction_and_ranks_without_one():
    form = RoundForm(topics=TOPICS)

    assert (form["prediction"].value(), form["chain"].value()) == (None, ",".join(DEFAULT_CHAIN))


def test_every_criterion_has_a_name():
    assert set(CRITERIA) == set(REGISTRY)


def test_a_chain_of_ones_own_in_any_order():
    own = {
        "chain": "own",
        "criterion-1": "correct",
        "criterion-2": "",
        "criterion-3": "started_at",
        "criterion-4": "lottery",
    }

    assert typed(PLAIN, **own).chain == Chain(("correct", "started_at", "lottery"))


@pytest.mark.parametrize(
    ("codes", "shared", "words"),
    [
        ([], "never", "Chưa chọn tiêu chí xét giải nào."),
        (["points", "points", "lottery"], "never", "lặp lại tiêu chí “điểm cao hơn”"),
        (["lottery", "points"], "never", "Tiêu chí “điểm cao hơn” không bao giờ được dùng đến"),
        (["points", "duration"], "never", "còn có thể để hai người ngang nhau"),
        (["prediction_error", "lottery"], "never", "vòng thi không hỏi dự đoán"),
    ],
)
def test_a_chain_that_cannot_be_is_told_in_words(codes, shared, words):
    own = {"chain": "own", "shared": shared} | {
        f"criterion-{place}": codes[place - 1] if place <= len(codes) else "" for place in range(1, 13)
    }

    assert words in wrong(**own)["__all__"]


def test_shared_ranks_need_no_last_criterion():
    own = {
        "chain": "own",
        "shared": "dense",
        "criterion-1": "points",
        "criterion-2": "",
        "criterion-3": "",
        "criterion-4": "",
    }

    assert typed(PLAIN, **own).chain == Chain(("points",))


def daily(**changes):
    return {"hours": "daily", "daily_days": ["1"], "daily_opens": "08:00", "daily_closes": "10:00"} | changes


def span(**changes):
    usual = {"span_first": "0", "span_opens": "07:30", "span_last": "4", "span_closes": "17:30"}
    return {"hours": "span"} | usual | changes


LUNCH = {
    "day-2-opens-1": "08:00",
    "day-2-closes-1": "12:00",
    "day-2-opens-2": "13:00",
    "day-2-closes-2": "17:00",
}


class TestHours:
    def test_the_same_hours_on_chosen_days(self):
        given = {"hours": "daily", "daily_days": ["1", "3"], "daily_opens": "08:00", "daily_closes": "00:00"}

        assert typed(PLAIN, **given).weekdays == daily_hours((1, 3), 480, 1440)

    def test_one_stretch_a_week(self):
        given = {
            "hours": "span",
            "span_first": "0",
            "span_opens": "07:30",
            "span_last": "4",
            "span_closes": "17:30",
        }

        assert typed(PLAIN, **given).weekdays == weekly_span(0, 450, 4, 1050)

    def test_each_day_its_own(self):
        given = {
            "hours": "own",
            "day-0-opens-1": "08:00", "day-0-closes-1": "11:30", "day-0-opens-2": "13:30", "day-0-closes-2": "17:00",
            "day-6-opens-1": "20:00", "day-6-closes-1": "00:00",
        }  # fmt: skip

        assert typed(PLAIN, **given).weekdays == (
            DayHours(0, 480, 690),
            DayHours(0, 810, 1020),
            DayHours(6, 1200, 1440),
        )

    def test_always_forgets_what_stands_in_the_other_fields(self):
        assert typed(FULL, hours="always").weekdays == ()

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            (daily(daily_days=[]), "daily_days"),
            (daily(daily_closes=""), "daily_closes"),
            (daily(daily_closes="08:00"), "daily_closes"),
            (daily(daily_days=["9"]), "daily_days"),
            (daily(daily_opens="25:00"), "daily_opens"),
            (span(span_first="4", span_last="0"), "span_last"),
            (span(span_first=""), "span_last"),
            (span(span_first="2", span_last="2", span_closes="07:00"), "span_closes"),
            (span(span_opens=""), "span_opens"),
            ({"hours": "own"}, "hours"),
            ({"hours": "own", "day-2-opens-1": "08:00"}, "day-2-closes-1"),
            ({"hours": "own", **LUNCH, "day-2-opens-2": "11:00"}, "day-2-opens-2"),
            ({"hours": "sometimes"}, "hours"),
        ],
    )
    def test_hours_that_cannot_be_are_said_at_their_field(self, given, field):
        assert list(wrong(**given)) == [field]


class TestFolds:
    def open_folds(self, rules, **changes):
        data = sent(rules, **changes) if changes else None
        form = RoundForm.of_round(stored(rules), topics=TOPICS, data=data)
        form.is_valid()
        return {fold for fold, is_open in form.unfolded.items() if is_open}

    def test_a_new_round_has_all_folded(self):
        assert not any(RoundForm(topics=TOPICS).unfolded.values())

    def test_what_is_unusual_stands_open(self):
        assert self.open_folds(FULL) == {"hours", "counting", "paper", "prediction"}

    def test_what_is_wrong_stands_open(self):
        plain = replace(PLAIN, shuffle_questions=True)
        assert "hours" in self.open_folds(plain, hours="own")
        assert "prediction" in self.open_folds(plain, prediction_decimals="9")
        assert self.open_folds(plain, title="") == {"paper"}  # three papers are more than usual


@pytest.mark.parametrize(("minutes", "seconds"), [("0", "29"), ("0", ""), ("240", "1")])
def test_the_limit_is_told_in_words(minutes, seconds):
    assert "từ 30 giây đến 240 phút" in wrong(limit_minutes=minutes, limit_seconds=seconds)["__all__"]
