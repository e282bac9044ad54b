"""The hot path skips what pages need, and keeps what every reply must have."""

import pytest
from django.test import Client

from api.middleware import PREFIXES, HotPath
from tests import builders
from tests.api.conftest import as_page

pytestmark = pytest.mark.django_db
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def attempt(clock):
    world = builders.world()
    return world.start(world.entrant(), now=builders.at(2))


def test_a_hot_reply_carries_the_headers_of_every_reply(attempt):
    reply = as_page(attempt).send("GET", f"attempts/{attempt.public_id}")

    assert {name: reply[name] for name in HEADERS} == HEADERS
    assert reply["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert reply["Content-Length"] == str(len(reply.content))


def test_refusals_speak_the_language_asked_for(attempt):
    path = f"attempts/{attempt.public_id}/answers"

    first = as_page(attempt).send("PUT", path, b"{", **{"Accept-Language": "en"})
    second = as_page(attempt).send("PUT", path, b"{")

    assert first.json()["detail"] != second.json()["detail"]
    assert second.json()["detail"] == "Dữ liệu gửi lên không đúng định dạng."


def test_only_doors_of_the_hot_path_take_the_short_way(rf):
    def long_way(request):
        return "the long way"

    for path in ("/", "/api/v1/contests", f"{PREFIXES[1]}1/standings", f"{PREFIXES[1]}1/rules"):
        assert HotPath(long_way)(rf.get(path)) == "the long way"
    assert HotPath(long_way)(rf.get(f"{PREFIXES[1]}999/board")).status_code == 404


def test_a_session_is_not_looked_at(attempt, client: Client, django_assert_num_queries):
    client.force_login(builders.user())
    with django_assert_num_queries(1):
        reply = client.get(f"/api/v1/attempts/{attempt.public_id}", headers=as_page(attempt).headers)
    assert reply.status_code == 200
