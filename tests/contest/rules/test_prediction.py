import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.errors import Refusal
from contest.rules.prediction import (
    MOST_PEOPLE,
    ErrorRule,
    Kind,
    Numbers,
    PredictionRule,
    error,
    formula,
    parse,
    truth,
    written,
)

COUNTS = [Kind.PEOPLE_ALL_CORRECT, Kind.PEOPLE_PARTICIPATING, Kind.ATTEMPTS]
PERCENT = Kind.PERCENT_ALL_CORRECT


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", 0),
        ("007", 7),
        ("1234", 1234),
        ("1.234", 1234),
        ("1,234", 1234),
        ("118 545", 118545),
        ("118\u00a0545", 118545),
        ("1.234.567", 1234567),
        (" 12 ", 12),
        ("１２３", 123),
        ("999.999.999", MOST_PEOPLE),
    ],
)
def test_counts(typed, value):
    assert [parse(typed, kind) for kind in COUNTS] == [value] * 3


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "+1",
        "1.5",
        "12.34",
        "1.234,5",
        "1.234,567",
        "1..234",
        "0.123",
        "1e3",
        "một trăm",
        ".5",
        "5.",
        "1 2",
        "٣",
    ],
)
def test_what_is_no_count(typed):
    with pytest.raises(Refusal, match="prediction-malformed"):
        parse(typed, Kind.ATTEMPTS)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("87,65432", 8765432),
        ("87.65432", 8765432),
        ("87,65432 %", 8765432),
        ("87", 8700000),
        ("0,5", 50000),
        ("100", 10000000),
        ("100,00000", 10000000),
        ("12,500000000", 1250000),
        ("05,1", 510000),
    ],
)
def test_percentages(typed, value):
    assert parse(typed, PERCENT, 5) == value


@pytest.mark.parametrize("typed", ["-1", "1.234,5", "87,", ",5", "12%%", "1e1", "tám mươi"])
def test_what_is_no_percentage(typed):
    with pytest.raises(Refusal, match="prediction-malformed"):
        parse(typed, PERCENT)


@pytest.mark.parametrize(
    ("typed", "kind", "decimals", "code", "facts"),
    [
        ("", Kind.ATTEMPTS, 0, "prediction-missing", {}),
        (" \u00a0 ", PERCENT, 5, "prediction-missing", {}),
        ("1000000000", Kind.ATTEMPTS, 0, "prediction-out-of-range", {"most": MOST_PEOPLE}),
        ("9" * 5000, Kind.ATTEMPTS, 0, "prediction-out-of-range", {"most": MOST_PEOPLE}),
        ("100,00001", PERCENT, 5, "prediction-out-of-range", {"most": 100}),
        ("9" * 5000, PERCENT, 5, "prediction-out-of-range", {"most": 100}),
        ("87,654321", PERCENT, 5, "prediction-too-precise", {"decimals": 5}),
        ("87,5", PERCENT, 0, "prediction-too-precise", {"decimals": 0}),
    ],
)
def test_refusals_say_what_is_wrong(typed, kind, decimals, code, facts):
    with pytest.raises(Refusal, match=code) as caught:
        parse(typed, kind, decimals)

    assert caught.value.facts == facts


@given(st.text(max_size=12), st.sampled_from(Kind), st.integers(0, 6))
def test_whatever_is_typed_is_a_number_in_range_or_refused(typed, kind, decimals):
    try:
        value = parse(typed, kind, decimals)
    except Refusal:
        return
    assert 0 <= value <= (100 * 10**decimals if kind is PERCENT else MOST_PEOPLE)


@given(st.data(), st.sampled_from(Kind), st.integers(0, 6))
def test_what_is_written_reads_back(data, kind, decimals):
    value = data.draw(st.integers(0, 100 * 10**decimals if kind is PERCENT else MOST_PEOPLE))

    assert parse(written(value, kind, decimals), kind, decimals) == value


def test_writing_is_vietnamese():
    assert written(1234567, Kind.ATTEMPTS) == "1.234.567"
    assert written(8765430, PERCENT, 5) == "87,6543"
    assert written(8700000, PERCENT, 5) == "87"
    assert written(87, PERCENT, 0) == "87"


NUMBERS = Numbers(people_participating=300, attempts=1000, people_all_correct=200)


@pytest.mark.parametrize(
    ("kind", "decimals", "value"),
    [
        (Kind.PEOPLE_ALL_CORRECT, 0, 200),
        (Kind.PEOPLE_PARTICIPATING, 0, 300),
        (Kind.ATTEMPTS, 0, 1000),
        (PERCENT, 0, 67),
        (PERCENT, 2, 6667),
        (PERCENT, 5, 6666667),
    ],
)
def test_truth(kind, decimals, value):
    assert truth(kind, NUMBERS, decimals) == value


def test_truth_of_half_rounds_up_and_of_nobody_is_zero():
    assert truth(PERCENT, Numbers(200, 200, 1), 0) == 1
    assert truth(PERCENT, Numbers(0, 0, 0), 5) == 0


@pytest.mark.parametrize(
    ("said", "rule", "off"),
    [
        (90, ErrorRule.ABSOLUTE, 10),
        (110, ErrorRule.ABSOLUTE, 10),
        (90, ErrorRule.NOT_ABOVE, 10),
        (100, ErrorRule.NOT_ABOVE, 0),
        (101, ErrorRule.NOT_ABOVE, None),
        (None, ErrorRule.ABSOLUTE, None),
        (None, ErrorRule.NOT_ABOVE, None),
    ],
)
def test_error(said, rule, off):
    assert error(said, 100, rule) == off


def test_the_definition_is_printed_with_the_result():
    assert formula(PredictionRule(Kind.ATTEMPTS)) == "truth = attempts; error = |prediction - truth|"
    assert formula(PredictionRule(PERCENT, ErrorRule.NOT_ABOVE, 2)) == (
        "truth = round_half_up(100 * people_all_correct / people_participating, 2); "
        "error = truth - prediction, none if prediction > truth"
    )


@pytest.mark.parametrize("kind", Kind)
def test_the_rule_survives_json(kind):
    rule = PredictionRule(kind, ErrorRule.NOT_ABOVE, 3)

    assert PredictionRule.from_json(rule.as_json()) == rule
