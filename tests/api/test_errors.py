"""One shape for everything that goes wrong."""

import ast
import json
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from rest_framework import exceptions
from rest_framework.test import APIRequestFactory

from api import errors, hot_path
from api.door import door
from api.views import Input, PublicView, serializers
from contest.errors import Refusal
from frontend import phrases

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal("malformed"), 400),
        (Refusal("name-missing", field="name"), 400),
        (Refusal("token-invalid"), 401),
        (Refusal("not-allowed"), 403),
        (Refusal("not-found"), 404),
        (Refusal("opened-elsewhere"), 409),
        (Refusal("a-conflict-nobody-listed"), 409),
        (Refusal("too-large"), 413),
        (Refusal("wrong-media-type"), 415),
        (Refusal("throttled", wait_s=7), 429),
        (Refusal("busy"), 503),
    ],
)
def test_status_by_code(refusal, status):
    assert errors.reply(refusal).status_code == status


def test_the_body_of_a_refusal_speaks_vietnamese_and_names_the_field():
    reply = errors.reply(Refusal("name-missing", field="name"))

    assert json.loads(reply.content) == {
        "code": "name-missing",
        "detail": "Xin nhập họ và tên.",
        "fields": {"name": "Xin nhập họ và tên."},
    }
    assert reply["Cache-Control"] == "no-store"


def test_waiting_and_identity_are_told_in_headers():
    assert errors.reply(Refusal("throttled", wait_s=7))["Retry-After"] == "7"
    assert errors.reply(Refusal("busy"))["Retry-After"] == "2"
    assert "Attempt" in errors.reply(Refusal("token-invalid"))["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (exceptions.ParseError(), 400, "malformed"),
        (exceptions.NotAuthenticated(), 401, "sign-in-needed"),
        (exceptions.PermissionDenied(), 403, "not-allowed"),
        (exceptions.NotFound(), 404, "not-found"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method-not-allowed"),
        (exceptions.NotAcceptable(), 406, "not-acceptable"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "wrong-media-type"),
        (exceptions.Throttled(wait=3), 429, "throttled"),
        (OperationalError("gone"), 503, "busy"),
    ],
)
def test_the_frameworks_own_errors_have_the_same_shape(fault, status, code):
    reply = errors.handle(fault, {})

    assert (reply.status_code, reply.data["code"], set(reply.data)) == (
        status,
        code,
        {"code", "detail", "fields"},
    )


def test_a_validation_error_is_flattened():
    reply = errors.handle(exceptions.ValidationError({"a": {"b": ["x", "y"]}, "c": ["z"]}), {})

    assert reply.data["fields"] == {"a.b": "x y", "c": "z"}


def test_a_fault_of_ours_stays_a_fault():
    assert errors.handle(RuntimeError(), {}) is None

    @door("GET")
    def broken(request):
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError):
        broken(RequestFactory().get("/"))


def test_an_unreachable_database_is_busy_at_both_kinds_of_door():
    @door("GET")
    def plain(request):
        raise OperationalError("gone")

    class View(PublicView):
        def get(self, request):
            raise OperationalError("gone")

    for view in (plain, View.as_view()):
        reply = view(APIRequestFactory().get("/"))
        assert (reply.status_code, reply["Retry-After"]) == (503, "2")


def test_a_field_we_do_not_know_is_refused():
    class Shape(Input):
        known = serializers.CharField(required=False)

    shape = Shape(data={"known": "x", "is_staff": True})

    assert not shape.is_valid()
    assert shape.errors == {"is_staff": ["unknown field"]}


def test_unknown_addresses_answer_json(client):
    reply = client.get("/api/v1/nowhere")

    assert (reply.status_code, reply.json()["code"]) == (404, "not-found")


def test_every_code_of_this_door_has_its_sentence():
    named = {
        node.value
        for path in (ROOT / "api").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Refusal"
        for node in call.args[:1]
        if isinstance(node, ast.Constant)
    }
    described = {code for endpoint in hot_path.ENDPOINTS for code in endpoint.refusals}

    assert (named | described | set(errors.STATUS)) - set(phrases.SENTENCES) == set()
