"""The attempt as a plain form: what was typed is never lost, whatever is wrong with it."""

import pytest
from django.test import Client
from django.utils import timezone

from contest.queries import board, snapshots, tokens
from contest.rules.prediction import Kind, PredictionRule
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    snapshots.forget_all()
    board.forget_all()


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: builders.at(2))
    return builders.world(questions_asked=2, prediction=PredictionRule(Kind.PEOPLE_PARTICIPATING))


@pytest.fixture
def attempt(world):
    return world.start(world.entrant(), now=builders.at(1))


@pytest.fixture
def browser(world, attempt):
    """A browser without script, whose entrant has the attempt open."""
    client = Client()
    client.cookies[f"entrant_{world.contest.pk}"] = tokens.write_entrant(attempt.entrant_id)
    return client


def form(attempt, **fields):
    attempt.refresh_from_db()
    token = tokens.write_attempt(builders.token_of(attempt))
    return {"token": token, "revision": attempt.revision, "action": "submit", **fields}


def send(browser, attempt, **fields):
    return browser.post(f"/bai-thi/{attempt.public_id}/", form(attempt, **fields))


def test_a_prediction_that_can_not_be_read_is_shown_again_and_the_answers_are_saved(browser, attempt):
    response = send(browser, attempt, q1="b", prediction="nhiều lắm")

    page = response.content.decode()
    attempt.refresh_from_db()
    assert response.status_code == 422
    assert (attempt.answers, attempt.prediction, attempt.state) == (
        {"1": "b", "2": ""},
        None,
        "in_progress",
    )
    assert 'value="nhiều lắm"' in page
    assert 'id="du-doan-fault" data-fault>Số dự đoán không hợp lệ.' in page
    assert 'name="q1" value="b" checked' in page


def test_the_page_that_shows_it_again_can_be_handed_in(browser, attempt):
    page = send(browser, attempt, q1="b", prediction="nhiều lắm").content.decode()
    revision = page.split('name="revision" value="')[1].split('"')[0]
    token = page.split('name="token" value="')[1].split('"')[0]

    response = browser.post(
        f"/bai-thi/{attempt.public_id}/",
        {"token": token, "revision": revision, "action": "submit", "q1": "b", "prediction": "1.234"},
    )

    attempt.refresh_from_db()
    assert response.status_code == 200
    assert (attempt.answers["1"], attempt.prediction) == ("b", 1234)
