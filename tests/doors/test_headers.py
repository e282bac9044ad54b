"""What every answer carries: pages, machines, the hot path, static files, what is not there, what broke."""

import json

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils.module_loading import import_string

from api.middleware import find
from contest.project import urls
from contest.project.headers import EveryAnswer
from tests.doors import matrix, people
from tests.doors.routes import routes
from tests.doors.test_access import ask

pytestmark = pytest.mark.django_db
THE_SAME_FOR_ALL = {"livez", "readyz", "service-worker", "media"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UNSAFE = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:")


def check(reply, name):
    assert {header: reply.get(header) for header in ALWAYS} == ALWAYS, name
    policy = {part.split()[0]: part.split()[1:] for part in reply["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == policy["frame-ancestors"] == ["'none'"], name
    assert not {source for sources in policy.values() for source in sources} & set(UNSAFE), name
    powers = dict(part.strip().split("=") for part in reply["Permissions-Policy"].split(","))
    assert {power for power, who in powers.items() if who != "()"} == {"fullscreen", "screen-wake-lock"}, name


@pytest.mark.parametrize("role", ["stranger", "entrant", "chief", "approver"])
def test_every_address_carries_them(clock, role):
    cast = people.cast()
    client, known = cast.browser(role), cast.known()
    for route in routes():
        for method in ("GET", "POST"):
            with people.undone():
                check(ask(client, route, method, route.address(known)), f"{method} {route.name}")


@pytest.mark.parametrize("role", ["entrant", "viewer", "chief", "curator", "approver"])
def test_pages_of_people_we_know_are_kept_nowhere(clock, role):
    cast = people.cast()
    client, known = cast.browser(role), cast.known()
    for route in routes():
        if not route.is_api and route.name not in THE_SAME_FOR_ALL:
            with people.undone():
                reply = client.get(route.address(known))
            assert "no-store" in reply.get("Cache-Control", ""), route.name


def test_answers_about_people_are_kept_nowhere_by_machines_either(clock):
    cast = people.cast()
    for role in ("entrant", "chief", "approver"):
        client = cast.browser(role)
        for route in routes():
            access = matrix.ACCESS[route.name].expected("GET")
            if route.is_api and access[role] == "200" and access["stranger"] == "401":
                reply = client.get(route.address(cast.known()))
                assert reply["Cache-Control"] == "no-store", route.name


def test_the_short_way_before_djangos_handler_carries_them_too(clock):
    application, cast = import_string(settings.WSGI_APPLICATION), people.cast()
    known = cast.known()
    hot = [route.address(known) for route in routes() if find(route.address(known))]
    for address in hot:
        environ, seen = RequestFactory()._base_environ(PATH_INFO=address), {}
        b"".join(application(environ, lambda status, headers, seen=seen: seen.update(headers)))
        check(HttpResponse(headers=seen), address)

    assert len(hot) >= 8


def test_a_static_file_and_one_that_is_not_there(client):
    manifest = json.loads((settings.BASE_DIR / "frontend/static/frontend/dist/manifest.json").read_text())
    built = next(entry["file"] for entry in manifest.values())

    for address, status in (
        (f"/static/frontend/dist/{built}", 200),
        ("/static/frontend/none.js", 404),
        ("/khong-co/", 404),
    ):
        reply = client.get(address)
        assert reply.status_code == status
        check(reply, address)
        reply.close()


def fails(request):
    raise RuntimeError("a fault of ours")


class Broken:
    """Addresses that fail."""

    urlpatterns = [path("hong/", fails), path("api/v1/hong", fails), *urls.urlpatterns]
    handler500 = "frontend.views.errors.server_error"


@pytest.mark.parametrize("address", ["/hong/", "/api/v1/hong"])
def test_what_broke_carries_them_too_and_tells_nothing(settings, address):
    with override_settings(ROOT_URLCONF=Broken):
        reply = Client(raise_request_exception=False).get(address)

    assert reply.status_code == 500
    check(reply, address)
    assert reply["Content-Type"].startswith(
        "application/json" if address.startswith("/api/") else "text/html"
    )
    assert "RuntimeError" not in reply.content.decode()
    assert "a fault of ours" not in reply.content.decode()


def test_what_an_answer_says_for_itself_stays():
    """A page's own policy is stricter in its own way and is not replaced."""

    def page(request):
        return HttpResponse(
            headers={"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; x"}
        )

    assert EveryAnswer(page)(RequestFactory().get("/"))["Content-Security-Policy"].endswith("; x")
