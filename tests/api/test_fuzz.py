"""Whatever a client sends as work: a reply below 500, and what is stored is what the kinds read."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest.rules.blueprint import Blueprint, Cell
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.ranking import Chain
from contest.rules.rulebook import Rules
from question_bank.actions.questions import Content
from question_bank.rules import kinds
from tests import builders
from tests.api.conftest import as_page

pytestmark = pytest.mark.django_db
SHARED = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
NUMBERS = st.sampled_from(["1", "2", "3", "", "01", "-1", "١", "1\x00"])


@pytest.fixture
def attempt(clock):
    builders.approved(
        Content(
            kind="fill",
            level="NB",
            stem="Điền vào chỗ trống?",
            explanation="",
            body={},
            key={"accepted": ["có"]},
            citations=[("II.1.3", "x")],
        ),
        topic="II.1.3",
    )
    plan = Blueprint((Cell("II.1.3", 1), Cell("II.1.1", 1)))
    rules = Rules(
        blueprint=plan, chain=Chain(("attempt_id",)), prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT)
    )
    world = builders.world(questions_asked=2, rules=rules)
    return world.start(world.entrant(), now=builders.at(2))


def put(attempt, body):
    reply = as_page(attempt).send("PUT", f"attempts/{attempt.public_id}/answers", json.dumps(body).encode())
    attempt.refresh_from_db()
    return reply


@SHARED
@given(body=JSON)
def test_any_json_is_answered(attempt, body):
    assert put(attempt, body).status_code in {200, 400}


@SHARED
@given(answers=st.dictionaries(NUMBERS, JSON, max_size=3), prediction=st.none() | st.text(max_size=50))
def test_any_answers_are_read_or_refused_and_change_nothing_else(attempt, answers, prediction):
    before, revision = dict(attempt.answers), attempt.revision
    body = {"revision": revision + 1, "answers": answers, "prediction": prediction}

    reply = put(attempt, body)

    assert reply.status_code in {200, 400}
    assert attempt.state == "in_progress"
    if attempt.revision == revision:
        assert (reply.status_code, attempt.answers) == (400, before)
    assert set(attempt.answers) <= {"1", "2"}


@SHARED
@given(text=st.text(max_size=250))
def test_any_text_can_be_an_answer(attempt, text):
    reply = put(attempt, {"revision": attempt.revision + 1, "answers": {"1": text}})

    if reply.status_code == 200:
        assert attempt.answers["1"] == kinds.get("fill").read({}, text)
    else:
        assert reply.json()["code"] in {"response-malformed", "malformed"}


@SHARED
@given(token=st.text(max_size=60))
def test_any_token_is_refused(attempt, token):
    name = token.encode("utf-8", "replace").decode("latin-1").replace("\n", "").replace("\r", "")
    path = f"/api/v1/attempts/{attempt.public_id}"
    for scheme in ("Attempt", "Entrant"):
        reply = as_page(attempt).client.get(path, headers={"Authorization": f"{scheme} {name}"})
        assert (reply.status_code, reply.json()["code"]) == (401, "token-invalid")
