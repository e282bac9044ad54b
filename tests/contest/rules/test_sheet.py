import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules import sheet
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.ranking import Chain
from contest.rules.settlement import Terms, settle
from tests.contest.rules.test_settlement import entry

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=8,
)


@given(values)
def test_bytes_are_json_and_read_back(value):
    assert json.loads(sheet.canonical_bytes(value)) == value


@given(st.dictionaries(st.sampled_from("abcđê"), st.integers()), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(data, random):
    keys = list(data)
    random.shuffle(keys)

    assert sheet.sheet_hash({key: data[key] for key in keys}) == sheet.sheet_hash(data)


def test_bytes_are_plain():
    assert (
        sheet.canonical_bytes({"b": [1, None, True], "a": "Hoà"}) == '{"a":"Hoà","b":[1,null,true]}'.encode()
    )


@pytest.mark.parametrize("value", [1.5, datetime(2026, 1, 1, tzinfo=UTC), {1: "a"}, {"a": {2}}, [object()]])
def test_what_is_written_in_several_ways_is_refused(value):
    with pytest.raises(TypeError, match="a sheet holds no"):
        sheet.canonical_bytes(value)


def test_moments_are_utc_to_the_microsecond():
    moment = datetime(2026, 3, 2, 8, 0, 0, 70, tzinfo=timezone(timedelta(hours=7)))

    assert sheet.moment_text(moment) == "2026-03-02T01:00:00.000070Z"


def test_a_published_sheet_keeps_its_hash():
    # A published format: a sheet of an earlier year must verify with the program of a later one.
    terms = Terms(
        chain=Chain(("points", "prediction_error", "duration", "attempt_id")),
        prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT),
    )
    settled = settle([entry(1, 1, "11", said=1), entry(2, 2, "10"), entry(3, 1, "01", said=4)], terms)
    data = sheet.settlement_sheet(settled, terms.chain)

    assert data["rows"][0] == {
        "rank": 1,
        "entrant": 1,
        "attempt": 1,
        "attempts": 2,
        "points": 20,
        "max_points": 20,
        "correct": 2,
        "all_correct": True,
        "person_all_correct": True,
        "prediction": 1,
        "prediction_error": 0,
        "duration_ms": 60000,
        "started_at": "2026-03-02T01:01:00.000000Z",
        "submitted_at": "2026-03-02T01:02:00.000000Z",
        "lottery": None,
    }
    assert sheet.sheet_hash(data) == "529b8421534bd984aa2f972747a2454c95ec5fb90385da56230b155fcfc5a637"
