"""The hot path skips what pages need, and keeps what every reply must have."""

import psycopg
import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import resolve

from api.live import tickets
from api.middleware import PREFIX, HotPath, ShortWay, _routes, find
from api.urls import urlpatterns
from contest.queries import live
from contest.signals import live_moved
from tests import builders
from tests.api.conftest import Api, as_page
from tests.live_builders import hall

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

    for path in (
        "/",
        "/api/v1/contests",
        f"{PREFIX}rounds/1/standings",
        f"{PREFIX}rounds/x/board",
        f"{PREFIX}attempts//answers",
    ):
        assert HotPath(long_way)(rf.get(path)) == "the long way"
    assert HotPath(long_way)(rf.get(f"{PREFIX}rounds/999/board")).status_code == 404


def test_a_session_is_not_looked_at(attempt, client: Client, django_assert_num_queries):
    client.force_login(builders.user())
    with django_assert_num_queries(1):
        reply = client.get(f"/api/v1/attempts/{attempt.public_id}", headers=as_page(attempt).headers)
    assert reply.status_code == 200


def test_the_short_way_knows_every_hot_view_by_its_address():
    found = 0
    for pattern in urlpatterns:
        address = str(pattern.pattern).replace("<str:public_id>", "abc")
        for number in ("<int:round_id>", "<int:live_id>"):
            address = address.replace(number, "7")
        if getattr(pattern.callback, "is_hot", False) and address.startswith(PREFIX[1:]):
            match = resolve(f"/{address}")
            assert find(f"/{address}") == (match.func, match.kwargs)
            found += 1
    assert found == 17


class Wire:
    """A WSGI server for one request."""

    def __init__(self, application) -> None:
        self.application = application

    def get(self, path: str, **variables: str) -> tuple[int, dict[str, str], bytes]:
        got = []
        environ = RequestFactory()._base_environ(PATH_INFO=path, **variables)
        body = b"".join(self.application(environ, lambda status, headers: got.append((status, headers))))
        return int(got[0][0][:3]), dict(got[0][1]), body


def the_long_way(environ, start_response):
    start_response("200 OK", [("X-Way", "long")])
    return [b"long"]


def test_the_short_way_before_the_handler_says_the_same(attempt):
    page = as_page(attempt)
    path = f"/api/v1/attempts/{attempt.public_id}"
    plain = page.send("GET", f"attempts/{attempt.public_id}")

    status, headers, body = Wire(ShortWay(the_long_way)).get(
        path, HTTP_AUTHORIZATION=page.headers["Authorization"]
    )

    assert (status, body) == (200, plain.content)
    assert headers == dict(plain.items())


def test_the_short_way_leaves_the_rest_to_django(attempt, settings):
    wire = Wire(ShortWay(the_long_way))
    assert wire.get("/")[1] == {"X-Way": "long"}

    settings.SECURE_SSL_REDIRECT = True
    assert wire.get(f"/api/v1/attempts/{attempt.public_id}")[1] == {"X-Way": "long"}


def test_a_fault_of_ours_on_the_short_way_is_a_500_like_any_other(attempt, settings, monkeypatch, caplog):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False

    def broken(*_arguments, **_named):
        raise ZeroDivisionError

    monkeypatch.setitem(_routes(), ("attempts", ""), (broken, "public_id", False))

    status, headers, _ = Wire(ShortWay(the_long_way)).get(f"/api/v1/attempts/{attempt.public_id}")

    assert status == 500
    assert headers["X-Frame-Options"] == "DENY"
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    "path", ["/api/v1/attempts/%00", "/api/v1/attempts/a%00b/result", "/bai-thi/%00/", "/phong/q/%00/"]
)
def test_an_address_with_a_zero_byte_is_one_of_nothing(path):
    reply = Client().get(path)
    assert reply.status_code == 404
    if path.startswith(PREFIX):
        assert reply.json()["code"] == "not-found"


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_between_two_requests_is_not_noticed():
    world = builders.world()
    attempt = world.start(world.entrant(), now=builders.at(2))
    page = as_page(attempt)
    assert page.send("GET", f"attempts/{attempt.public_id}").status_code == 200

    lose_the_connection()

    assert page.send("GET", f"attempts/{attempt.public_id}").status_code == 200


def lose_the_connection():
    """As when the database restarts: nobody here has noticed yet."""
    if connection.vendor == "postgresql":
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])


def lose_it_behind_the_commit(**_told):
    """The round has moved, and the reply is lost with the connection."""
    lose_the_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.fixture
def heard():
    """Connects what hears of a live round's move; it hears no more of it in the next test."""
    yield lambda receiver: live_moved.connect(receiver, weak=False, dispatch_uid="tests.lost")
    live_moved.disconnect(dispatch_uid="tests.lost")


def add_time(made):
    made.ask()
    host = Client()
    host.force_login(made.chief)
    token = tickets.write(tickets.Ticket(made.id, "host", made.chief.pk))
    body = {"id": "c1", "command": {"do": "add-time", "run": 1, "ms": 10_000}}
    return lambda: Api(host, Authorization=f"Bearer {token}")("POST", f"live/{made.id}/commands", body)


def come_in(made):
    return lambda: Api()("POST", "live/join", {"pin": made.row.pin, "name": "An"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", [add_time, come_in])
def test_what_is_not_to_be_done_twice_is_done_once_on_a_connection_that_lives(deed, monkeypatch):
    made = hall()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)
    do = deed(made)
    before = made.state.version
    lose_the_connection()
    assert do()[0] in {200, 201}
    live.forget()
    assert made.state.version == before + 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection to lose")
@pytest.mark.parametrize("deed", [add_time, come_in])
def test_what_may_be_on_disk_is_not_done_again(deed, monkeypatch, heard):
    made = hall()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)
    do = deed(made)
    before = made.state.version
    heard(lose_it_behind_the_commit)
    status, body = do()
    connection.close()
    live.forget()
    assert (status, body["code"]) == (503, "busy")
    assert made.state.version == before + 1
