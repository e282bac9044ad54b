"""The hot endpoints: start, resume, save, submit, result."""

import json

import pytest
from django.test import Client

from contest.models import Attempt, LateAnswer
from contest.queries import tokens
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from tests import builders
from tests.api.conftest import Api, as_entrant, as_page

pytestmark = pytest.mark.django_db
KEY = {"start_key": "start-key-0001"}


@pytest.fixture
def world(clock):
    return builders.world()


@pytest.fixture
def entrant(world):
    return world.entrant()


@pytest.fixture
def attempt(world, entrant):
    return world.start(entrant, now=builders.at(2))


def start(world, entrant, body=KEY):
    return as_entrant(entrant)("POST", f"rounds/{world.round.pk}/attempts", body)


def test_starting_gives_the_attempt_with_its_paper_and_token(world, entrant):
    status, body = start(world, entrant)

    found = body["attempt"]
    assert status == 201
    assert Attempt.objects.get().public_id == found["public_id"]
    assert found | {"public_id": 0, "token": 0, "items": 0, "started_at": 0} == {
        "public_id": 0,
        "token": 0,
        "items": 0,
        "started_at": 0,
        "round": world.round.pk,
        "state": "in_progress",
        "revision": 0,
        "saved_at": None,
        "remaining_ms": 600_000,
        "answers": {},
        "prediction": None,
    }
    assert sorted(item["no"] for item in found["items"]) == [1, 2, 3, 4]
    assert set(found["items"][0]) == {"no", "version", "kind", "points", "topic", "stem", "body"}
    assert tokens.read_attempt(found["token"]) == tokens.AttemptToken(found["public_id"], entrant.pk, 1)


def test_the_same_key_means_the_same_attempt(world, entrant):
    _, first = start(world, entrant)
    _, again = start(world, entrant)

    assert again == first
    assert Attempt.objects.count() == 1


def test_the_items_keep_their_order_for_one_attempt(world, entrant):
    _, body = start(world, entrant)
    _, again = as_entrant(entrant)("POST", f"attempts/{body['attempt']['public_id']}/resume")

    assert again["attempt"]["items"] == body["attempt"]["items"]


def test_nobody_starts_without_being_an_entrant(world, anyone, refused):
    refused(anyone("POST", f"rounds/{world.round.pk}/attempts", KEY), 401, "entrant-needed")
    forged = Api(Authorization="Entrant 1:forged")
    refused(forged("POST", f"rounds/{world.round.pk}/attempts", KEY), 401, "token-invalid")


def test_an_entrant_of_another_contest_does_not_start_here(world, refused):
    other = builders.world().entrant()

    refused(start(world, other), 404, "not-found")


def test_the_cookie_starts_only_with_the_csrf_token(world, entrant, refused):
    client = Client(enforce_csrf_checks=True)
    client.cookies[f"entrant_{world.contest.pk}"] = tokens.write_entrant(entrant.pk)
    path = f"rounds/{world.round.pk}/attempts"

    refused(Api(client)("POST", path, KEY), 403, "csrf-failed")
    client.cookies["csrftoken"] = "a" * 32
    status, _ = Api(client, **{"X-CSRFToken": "a" * 32})("POST", path, KEY)
    assert status == 201


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(-1, "round-upcoming"), (5 * 24 * 60, "round-closed")],
)
def test_outside_the_window_nobody_starts(world, entrant, clock, refused, minutes, code):
    clock.to(minutes)

    refused(start(world, entrant), 409, code)


def test_a_draft_or_missing_round_is_not_found(world, entrant, refused):
    refused(as_entrant(entrant)("POST", "rounds/999999/attempts", KEY), 404, "not-found")


def test_attempts_run_out(world, entrant, clock):
    for number in range(2):
        world.finish(entrant, right=1, now=builders.at(2 + 2 * number))
    clock.to(10)

    status, body = start(world, entrant)
    assert (status, body["code"]) == (409, "no-attempts-left")
    assert "2" in body["detail"]


def test_a_barred_entrant_is_told_why(world, entrant, refused):
    entrant.barred = "Thành viên ban tổ chức"
    entrant.save()

    status, body = start(world, entrant)
    assert (status, body["code"]) == (403, "entrant-barred")
    assert "Thành viên ban tổ chức" in body["detail"]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        (b"{", 400, "malformed", None),
        (b"[]", 400, "malformed", ""),
        (b"{}", 400, "malformed", ""),
        (b'{"start_key":"short"}', 400, "malformed", "start_key"),
        (b'{"start_key":"with\\u0000nul-in-it"}', 400, "malformed", "start_key"),
        (b'{"start_key":"start-key-0001","more":1}', 400, "malformed", ""),
        (b'"' + b"x" * 70_000 + b'"', 413, "too-large", None),
    ],
)
def test_a_body_that_is_none_is_refused(world, entrant, body, status, code, field):
    found, reply = start(world, entrant, body)

    assert (found, reply["code"]) == (status, code)
    assert list(reply["fields"]) == ([] if field is None else [field])


def test_a_body_of_another_type_is_refused(world, entrant, refused):
    api = as_entrant(entrant)
    path = f"/api/v1/rounds/{world.round.pk}/attempts"
    reply = api.client.post(path, {"start_key": "start-key-0001"}, headers=api.headers)

    refused((reply.status_code, json.loads(reply.content)), 415, "wrong-media-type")


def test_another_method_is_refused_with_the_ones_there_are(attempt):
    reply = as_page(attempt).send("DELETE", f"attempts/{attempt.public_id}/answers")

    assert (reply.status_code, reply["Allow"]) == (405, "PUT")


def test_a_save_is_acknowledged_with_revision_and_time_left(attempt, clock):
    now = clock.to(3)

    status, body = as_page(attempt)(
        "PUT", f"attempts/{attempt.public_id}/answers", {"revision": 1, "answers": {"1": "b", "2": ""}}
    )

    assert (status, body) == (
        200,
        {
            "revision": 1,
            "saved_at": now.isoformat().replace("+00:00", "Z"),
            "remaining_ms": 540_000,
            "state": "in_progress",
        },
    )
    attempt.refresh_from_db()
    assert attempt.answers == {"1": "b", "2": ""}


def test_a_repeated_and_an_overtaken_save_change_nothing(attempt):
    page, path = as_page(attempt), f"attempts/{attempt.public_id}/answers"
    page("PUT", path, {"revision": 5, "answers": {"1": "b"}})

    for revision in (5, 4):
        status, body = page("PUT", path, {"revision": revision, "answers": {"1": "c"}})
        assert (status, body["revision"]) == (200, 5)
    attempt.refresh_from_db()
    assert attempt.answers == {"1": "b"}


def test_one_statement_a_save(attempt, django_assert_num_queries):
    page, path = as_page(attempt), f"attempts/{attempt.public_id}/answers"
    page("PUT", path, {"revision": 1, "answers": {}})

    with django_assert_num_queries(1):
        page("PUT", path, {"revision": 2, "answers": {"1": "b"}})


def test_a_save_needs_the_attempts_own_token(world, attempt, anyone, refused):
    other = world.start(world.entrant("Trần Văn Hòa"), now=builders.at(2))
    path, body = f"attempts/{attempt.public_id}/answers", {"revision": 1, "answers": {"1": "b"}}

    refused(anyone("PUT", path, body), 401, "token-invalid")
    refused(as_page(other)("PUT", path, body), 401, "token-invalid")
    refused(Api(Authorization="Attempt x.1.1:forged")("PUT", path, body), 401, "token-invalid")
    attempt.refresh_from_db()
    assert attempt.answers == {}


def test_an_answer_that_can_not_be_read_is_named(attempt):
    work = {"revision": 1, "answers": {"2": "b", "1": "z"}}

    status, body = as_page(attempt)("PUT", f"attempts/{attempt.public_id}/answers", work)

    assert (status, list(body["fields"])) == (400, ["answers.1"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"revision": 0, "answers": {}}, "malformed"),
        ({"revision": 2**53, "answers": {}}, "malformed"),
        ({"revision": 1, "answers": []}, "malformed"),
        ({"revision": 1, "answers": {"1": {"a": 1}}}, "malformed"),
        ({"revision": 1, "answers": {}, "score": 10}, "malformed"),
        ({"revision": 1, "answers": {"9": "a"}}, "unknown-question"),
        ({"revision": 1, "answers": {"1": "z"}}, "response-malformed"),
        ({"revision": 1, "answers": {"1": ["a", "b"]}}, "response-malformed"),
        ({"revision": 1, "answers": {str(n): "a" for n in range(500)}}, "too-many-answers"),
    ],
)
def test_work_that_does_not_fit_the_paper_is_refused_and_changes_nothing(attempt, refused, body, code):
    refused(as_page(attempt)("PUT", f"attempts/{attempt.public_id}/answers", body), 400, code)
    attempt.refresh_from_db()
    assert (attempt.answers, attempt.revision) == ({}, 0)


def test_a_page_opened_elsewhere_can_only_read(entrant, attempt, refused):
    old = as_page(attempt)
    _, body = as_entrant(entrant)("POST", f"attempts/{attempt.public_id}/resume")
    new = Api(Authorization=f"Attempt {body['attempt']['token']}")
    work = {"revision": 1, "answers": {"1": "b"}}

    refused(old("PUT", f"attempts/{attempt.public_id}/answers", work), 409, "opened-elsewhere")
    refused(old("POST", f"attempts/{attempt.public_id}/submit", work), 409, "opened-elsewhere")
    assert old("GET", f"attempts/{attempt.public_id}")[1]["writable"] is False
    assert new("PUT", f"attempts/{attempt.public_id}/answers", work)[0] == 200
    assert new("GET", f"attempts/{attempt.public_id}")[1]["writable"] is True


def test_resuming_needs_the_entrant_not_a_token(world, attempt, refused):
    path = f"attempts/{attempt.public_id}/resume"

    refused(as_page(attempt)("POST", path), 401, "entrant-needed")
    refused(as_entrant(world.entrant("Trần Văn Hòa"))("POST", path), 404, "not-found")
    refused(as_entrant(attempt.entrant)("POST", "attempts/there-is-none/resume"), 404, "not-found")


def test_the_state_shows_what_is_stored(attempt, clock):
    page = as_page(attempt)
    page("PUT", f"attempts/{attempt.public_id}/answers", {"revision": 3, "answers": {"2": "b"}})
    clock.to(4)

    status, body = page("GET", f"attempts/{attempt.public_id}")

    assert status == 200
    assert (body["answers"], body["revision"], body["remaining_ms"]) == ({"2": "b"}, 3, 480_000)
    assert body["state"] == "in_progress"
    assert "items" not in body


def test_another_entrants_attempt_is_not_found(world, attempt, refused):
    stranger = as_entrant(world.entrant("Trần Văn Hòa"))

    for path in (f"attempts/{attempt.public_id}", f"attempts/{attempt.public_id}/result"):
        refused(stranger("GET", path), 404, "not-found")


def test_a_late_answer_changes_nothing_and_is_kept(attempt, clock, refused):
    clock.to(12, seconds=6)

    reply = as_page(attempt)(
        "PUT", f"attempts/{attempt.public_id}/answers", {"revision": 1, "answers": {"1": "b"}}
    )

    refused(reply, 409, "attempt-late")
    attempt.refresh_from_db()
    assert attempt.answers == {}
    assert LateAnswer.objects.get().payload["answers"] == {"1": "b"}


def test_submitting_gives_the_same_receipt_however_often(attempt, clock):
    page, path = as_page(attempt), f"attempts/{attempt.public_id}/submit"
    work = {"revision": 1, "answers": {str(no): "b" for no in range(1, 5)}}
    clock.to(4)
    status, first = page("POST", path, work)
    clock.to(6)

    assert page("POST", path, work) == (status, first)
    attempt.refresh_from_db()
    assert (status, attempt.score) == (200, 4)
    assert first == {
        "receipt": attempt.receipt,
        "state": "submitted",
        "finished_at": builders.at(4).isoformat().replace("+00:00", "Z"),
        "duration_ms": 120_000,
        "result_url": f"/bai-thi/{attempt.public_id}/ket-qua/",
    }


def test_nothing_is_saved_after_submitting(attempt, refused):
    page = as_page(attempt)
    page("POST", f"attempts/{attempt.public_id}/submit", {"revision": 1, "answers": {"1": "a"}})

    reply = page("PUT", f"attempts/{attempt.public_id}/answers", {"revision": 2, "answers": {"1": "b"}})

    refused(reply, 409, "attempt-finished")
    attempt.refresh_from_db()
    assert attempt.answers == {"1": "a"}


def test_a_late_submit_finishes_with_what_was_saved(attempt, clock):
    page = as_page(attempt)
    page("PUT", f"attempts/{attempt.public_id}/answers", {"revision": 1, "answers": {"1": "b"}})
    clock.to(20)

    status, body = page(
        "POST", f"attempts/{attempt.public_id}/submit", {"revision": 2, "answers": {"2": "b"}}
    )

    attempt.refresh_from_db()
    assert (status, body["state"], body["duration_ms"]) == (200, "auto_submitted", 600_000)
    assert attempt.answers == {"1": "b"}


class TestPrediction:
    @pytest.fixture
    def world(self, clock):
        return builders.world(prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT))

    def test_it_is_read_as_people_write_it(self, attempt):
        body = {"revision": 1, "answers": {}, "prediction": "1.234"}

        status, _ = as_page(attempt)("PUT", f"attempts/{attempt.public_id}/answers", body)

        attempt.refresh_from_db()
        assert (status, attempt.prediction) == (200, 1234)
        assert as_page(attempt)("GET", f"attempts/{attempt.public_id}")[1]["prediction"] == "1.234"

    @pytest.mark.parametrize("method", ["PUT", "POST"])
    def test_one_that_cannot_be_read_does_not_cost_the_answers(self, attempt, refused, method):
        body = {"revision": 1, "answers": {"1": "b"}, "prediction": "nhiều"}
        path = "answers" if method == "PUT" else "submit"

        status, reply = as_page(attempt)(method, f"attempts/{attempt.public_id}/{path}", body)

        attempt.refresh_from_db()
        assert (status, reply["code"], list(reply["fields"])) == (400, "prediction-malformed", ["prediction"])
        assert (attempt.answers, attempt.state) == ({"1": "b"}, "in_progress")

    def test_when_the_time_is_up_it_no_longer_stands_in_the_way(self, attempt, clock):
        page = as_page(attempt)
        page(
            "PUT", f"attempts/{attempt.public_id}/answers", {"revision": 1, "answers": {}, "prediction": "70"}
        )
        clock.to(12, seconds=2)

        body = {"revision": 2, "answers": {"1": "b"}, "prediction": "nhiều"}
        status, reply = page("POST", f"attempts/{attempt.public_id}/submit", body)

        attempt.refresh_from_db()
        assert (status, attempt.prediction, attempt.answers) == (200, 70, {"1": "b"})
        assert reply["receipt"] == attempt.receipt


def test_no_result_before_the_end(attempt, refused):
    refused(as_page(attempt)("GET", f"attempts/{attempt.public_id}/result"), 409, "attempt-unfinished")


@pytest.mark.parametrize(
    ("board", "review", "score", "reviewed"),
    [
        (BoardPolicy.HIDDEN, ReviewPolicy.AFTER_PUBLICATION, None, 0),
        (BoardPolicy.OWN, ReviewPolicy.AFTER_PUBLICATION, 3, 0),
        (BoardPolicy.OWN, ReviewPolicy.AFTER_SUBMIT, 3, 4),
    ],
)
def test_the_result_shows_what_the_rules_allow(clock, board, review, score, reviewed):
    world = builders.world(board=board, review=review)
    entrant = world.entrant()
    done = world.finish(entrant, right=3, now=builders.at(1))

    status, body = as_entrant(entrant)("GET", f"attempts/{done.public_id}/result")

    assert status == 200
    assert (body["score"], len(body["reviews"]), body["total"]) == (score, reviewed, 4)
    assert (body["receipt"], body["standing"], body["released"]) == (done.receipt, None, False)
