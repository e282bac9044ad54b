"""Every address × method × role against the matrix; whoever is refused has written nothing.

Reading writes nothing either, but for the page of an attempt, which takes the next epoch.
"""

import pytest
from django.conf import settings

from frontend.views.organise import running
from question_bank.rules.review import Command
from tests.api.contract import conforms
from tests.doors import matrix, people
from tests.doors.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def word_of(reply):
    """The reply in the words of the matrix."""
    if reply.status_code != 302:
        return str(reply.status_code)
    return "in" if reply["Location"].startswith(settings.LOGIN_URL) else "on"


def ask(client, route, method, address):
    """The request with an empty body of the right kind."""
    if method == "POST" and not route.is_api:
        return client.post(address)
    return client.generic(method, address, "{}", "application/json")


def test_every_address_stands_in_the_matrix_and_nothing_else():
    assert {route.name for route in routes()} == set(matrix.ACCESS)


@pytest.mark.parametrize("role", people.ROLES)
def test_each_role_is_answered_as_the_matrix_says(clock, role):
    cast = people.cast()
    client, known = cast.browser(role), cast.known()
    found, expected, written = {}, {}, []
    for route in routes():
        for method in matrix.METHODS:
            with people.undone(), people.writes() as statements:
                reply = ask(client, route, method, route.address(known))
            if route.is_api:
                conforms(method, route.address(known), reply)
            word = word_of(reply)
            found[method, route.name] = word
            expected[method, route.name] = matrix.ACCESS[route.name].expected(method)[role]
            refused = word in {"in", "400", "401", "403", "404", "405"}
            if statements and (refused or (method in matrix.READING and route.name != "attempt")):
                written.append((method, route.name, statements))
            if route.name == "sign-out":
                client = cast.browser(role)

    assert found == expected
    assert written == []


@pytest.mark.parametrize("role", people.ROLES)
def test_the_buttons_of_a_round_are_pressed_by_who_may(clock, role):
    assert set(matrix.DEEDS) == {*running.DEEDS, running.PREVIEW}
    cast = people.cast()
    client = cast.browser(role)
    address = f"/to-chuc/vong/{cast.world.round.pk}/"

    found = {}
    for name in matrix.DEEDS:
        with people.undone(), people.writes() as statements:
            found[name] = word_of(client.post(address, {"action": name}))
            assert found[name] in {"200", "on"} or not statements

    assert found == {name: row[role] for name, row in matrix.DEEDS.items()}


@pytest.mark.parametrize("role", people.ROLES)
def test_a_question_is_moved_by_who_may(clock, role):
    assert set(matrix.MOVES) == {command.value for command in Command}
    cast = people.cast()
    client = cast.browser(role)
    address = f"/bien-tap/phien-ban/{cast.known()['version_id']}/"

    found = {}
    for name in matrix.MOVES:
        with people.undone():
            found[name] = word_of(client.post(address, {"move": name, "remark": "vì lý do này"}))

    assert found == {name: row[role] for name, row in matrix.MOVES.items()}


def test_another_entrant_of_the_contest_reaches_no_attempt_but_the_own(clock):
    """The other entrant of the matrix is of another contest; this one is of the same (IDOR, row 9)."""
    cast = people.cast()
    cast.entrants["neighbour"] = cast.world.entrant("Lê Văn Láng Giềng")
    client, known = cast.browser("neighbour"), cast.known()

    for route in routes():
        if "public_id" in route.converters:
            for method in matrix.METHODS:
                with people.undone(), people.writes() as statements:
                    reply = ask(client, route, method, route.address(known))
                assert reply.status_code in {401, 404, 405}, (method, route.name, reply.status_code)
                assert statements == [], (method, route.name)
