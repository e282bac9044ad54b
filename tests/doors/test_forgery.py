"""Requests that another site makes in a visitor's browser: without the token nothing is done (rows 44 and 47)."""

import pytest
from django.test import Client
from django.utils.http import urlencode

from tests.doors import matrix, people
from tests.doors.routes import routes
from tests.doors.test_access import ask

pytestmark = pytest.mark.django_db
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
REFUSED = {"401", "403", "404", "405"}


@pytest.mark.once
@pytest.mark.parametrize("role", ["stranger", "entrant", "chief", "approver"])
def test_no_unsafe_request_is_taken_without_the_token(clock, role):
    cast = people.cast()
    client, known = cast.browser(role, enforce_csrf_checks=True), cast.known()
    for route in routes():
        for method in UNSAFE:
            name = f"{method} {route.name}"
            with people.undone(), people.writes() as statements:
                reply = ask(client, route, method, route.address(known))
            granted = matrix.ACCESS[route.name].expected(method)[role] not in REFUSED
            if granted or not route.is_api:
                assert reply.status_code == 403, name
            else:
                assert str(reply.status_code) in REFUSED, name
            assert statements == [], name


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_form_of_another_site_is_no_json(clock, kind):
    """What a plain form may send across sites without asking first is refused by its type."""
    cast = people.cast()
    address = f"/api/v1/rounds/{cast.world.round.pk}/attempts"
    headers = {"Authorization": f"Entrant {people.tokens.write_entrant(cast.entrants['entrant'].pk)}"}

    reply = Client().generic("POST", address, '{"start_key": "0123456789"}', kind, headers=headers)

    assert (reply.status_code, reply.json()["code"]) == (415, "wrong-media-type")


ELSEWHERE = [
    "https://evil.example/", "http://evil.example", "//evil.example", "///evil.example",
    "////evil.example/x", "https:evil.example", "https:/evil.example", "https:///evil.example",
    "http:///evil.example", "HTTPS://EVIL.EXAMPLE", "\\\\evil.example", "/\\evil.example",
    "\\/evil.example", "/\\/evil.example", "https:\\\\evil.example", "\t//evil.example", " //evil.example",
    "\n//evil.example", "/\t/evil.example", "/\n/evil.example", "\x00//evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "ftp://evil.example",
    "https://testserver@evil.example", "https://testserver.evil.example", "//testserver@evil.example",
    "https://evil.example#@testserver", "https://evil.example?testserver", "http://[::1]:80evil",
    "//evil%E3%80%82example", "/%09/evil.example", "http://testserver:80@evil.example/", "x://y",
    "https://ⓔvil.example",
]  # fmt: skip


def leads_away(location):
    """Whether a browser would follow the address to another host, or run it."""
    seen = "".join(sign for sign in location if sign > " ").replace("\\", "/")
    return not seen.startswith("/") or seen.startswith("//")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_and_choosing_a_language_lead_nowhere_else(client, target):
    user = people.builders.user("nguoi-dung")
    user.set_password("mật khẩu dài")
    user.save()
    replies = [
        client.post("/ngon-ngu/", {"language": "en", "next": target}),
        client.get("/ngon-ngu/?" + urlencode({"next": target})),
        client.post("/ngon-ngu/", {"language": "en"}, headers={"Referer": target.strip()}),
        client.post("/dang-nhap/", {"username": "nguoi-dung", "password": "mật khẩu dài", "next": target}),
        client.post(
            "/dang-nhap/?" + urlencode({"next": target}),
            {"username": "nguoi-dung", "password": "mật khẩu dài"},
        ),
        client.get("/dang-nhap/?" + urlencode({"next": target})),
        client.post("/dang-xuat/?" + urlencode({"next": target}), {"next": target}),
    ]

    for reply in replies:
        assert reply.status_code == 302
        assert not leads_away(reply["Location"]), reply["Location"]


@pytest.mark.parametrize(
    "address", ["//evil.example/cuoc-thi", "//evil.example//x", "/\\evil.example", "/%09/evil.example"]
)
def test_no_address_of_ours_is_corrected_into_another_host(client, address):
    reply = client.generic("GET", "/", PATH_INFO=address)

    assert reply.status_code == 404 or not leads_away(reply["Location"])


def test_the_way_back_stays_on_this_site(client):
    """What is no bypass still works."""
    reply = client.post("/ngon-ngu/", {"language": "en", "next": "/cuoc-thi/x/?a=1"})

    assert reply["Location"] == "/cuoc-thi/x/?a=1"
