"""The two places in Daphne's libraries that are turned off are still there, and still what they were."""

import inspect

import pytest
from autobahn.websocket import protocol as autobahn_protocol
from daphne import http_protocol, server
from daphne.server import Server
from twisted.internet.testing import StringTransport
from twisted.web import http

from contest.project import lean_daphne

FORM = (
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 7\r\n\r\nten=%20"
)


@pytest.fixture
def untouched(monkeypatch):
    """The libraries as they come; what is done to them ends with the test."""
    monkeypatch.setattr(http_protocol, "WebRequest", http_protocol.WebRequest)
    monkeypatch.setattr(autobahn_protocol, "pformat", autobahn_protocol.pformat)


def request_of_a_form():
    """Daphne's own request of a form that came over its own protocol, before it is passed on."""
    made = []

    class Kept(http_protocol.WebRequest):
        def process(self):
            made.append(self)

    before = http_protocol.WebRequest
    http_protocol.WebRequest = Kept
    try:
        daphne = Server(application=None, endpoints=["tcp:0"])
        daphne.connections = {}  # which it would make as it begins to listen
        line = http_protocol.HTTPFactory(daphne).buildProtocol(None)
    finally:
        http_protocol.WebRequest = before
    line.makeConnection(StringTransport())
    line.dataReceived(FORM)
    return made[0]


@pytest.mark.usefixtures("untouched")
def test_a_form_is_not_parsed_before_it_is_passed_on():
    assert request_of_a_form().args == {b"ten": [b" "]}

    lean_daphne.make_lean()
    lean_daphne.make_lean()

    found = request_of_a_form()
    assert found.args == {}
    assert found.content.read() == b"ten=%20"
    assert isinstance(found, http.Request)


@pytest.mark.usefixtures("untouched")
def test_settings_of_a_socket_are_laid_out_only_for_a_reader():
    lean_daphne.make_lean()
    source = inspect.getsource(autobahn_protocol.WebSocketProtocol._connectionMade)
    assert "pformat(configAttrLog)" in source

    class Loud:
        def __repr__(self):
            raise AssertionError("laid out")

    unread = autobahn_protocol.pformat(Loud())
    with pytest.raises(AssertionError, match="laid out"):
        str(unread)
    assert str(autobahn_protocol.pformat([("a", 1)])) == "[('a', 1)]"


@pytest.mark.usefixtures("untouched")
def test_nothing_is_touched_where_daphne_does_not_run(monkeypatch):
    monkeypatch.delitem(__import__("sys").modules, server.__name__)
    before = http_protocol.WebRequest

    lean_daphne.make_lean()

    assert http_protocol.WebRequest is before
