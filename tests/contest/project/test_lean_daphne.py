"""The places in Daphne's libraries that are gone round are still there, and still do what is done instead."""

import inspect
from pprint import pformat

import pytest
from autobahn.websocket import protocol as autobahn_protocol
from daphne import http_protocol, server, ws_protocol
from daphne.server import Server
from twisted.internet.testing import StringTransport
from twisted.web import http

from contest.project import lean_daphne

FORM = (
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 7\r\n\r\nten=%20"
)


def as_it_came(made):
    """The library's own class, whether or not another test has loaded the application meanwhile."""
    own = (lean_daphne.Unparsed, lean_daphne.FramedOnce)
    return made.__bases__[1] if issubclass(made, own) else made


@pytest.fixture
def untouched(monkeypatch):
    """The libraries as they come; what is done to them ends with the test."""
    monkeypatch.setattr(http_protocol, "WebRequest", as_it_came(http_protocol.WebRequest))
    monkeypatch.setattr(autobahn_protocol, "pformat", pformat)
    factory = ws_protocol.WebSocketFactory
    monkeypatch.setattr(factory, "protocol", as_it_came(factory.protocol))


def daphne():
    """A server that does not listen."""
    made = Server(application=None, endpoints=["tcp:0"])
    made.connections = {}  # which it would make as it begins to
    return made


def socket():
    """Daphne's own socket, as if it had been greeted."""
    made = ws_protocol.WebSocketFactory(daphne()).buildProtocol(None)
    made.client_addr, made.path = None, b"/"
    made.makeConnection(StringTransport())
    made.state = made.STATE_OPEN
    return made


def request_of_a_form():
    """Daphne's own request of a form that came over its own protocol, before it is passed on."""
    made = []

    class Kept(http_protocol.WebRequest):
        def process(self):
            made.append(self)

    before = http_protocol.WebRequest
    http_protocol.WebRequest = Kept
    try:
        line = http_protocol.HTTPFactory(daphne()).buildProtocol(None)
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


TEXTS = ["", "Câu 7/20", "a" * 125, "a" * 126, "ộ" * 100, "b" * 65_535, "b" * 65_536]


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("text", TEXTS, ids=[f"{len(text.encode())} bytes" for text in TEXTS])
def test_what_goes_over_the_wire_is_what_the_library_would_send(text):
    plain = socket()
    lean_daphne.make_lean()
    lean = socket()

    for one in (plain, lean):
        one.serverSend(text)
        one.serverSend(text)
        one.serverSend("khác")
        one.serverSend(text.encode(), binary=True)
        one.sendClose(4001)

    assert isinstance(lean, lean_daphne.FramedOnce)
    assert not isinstance(plain, lean_daphne.FramedOnce)
    assert lean.transport.value() == plain.transport.value()


@pytest.mark.usefixtures("untouched")
def test_the_same_text_is_framed_once_and_an_equal_one_anew():
    lean_daphne.make_lean()
    text = "Câu hỏi " * 20
    first = lean_daphne.framed(text)

    assert lean_daphne.framed(text) is first
    assert lean_daphne.framed("".join(text)) == first
    assert lean_daphne.framed("khác") != first


@pytest.mark.usefixtures("untouched")
def test_what_waits_goes_first():
    lean_daphne.make_lean()
    line = socket()
    line.send_queue.append((b"<first>", False))
    line.serverSend("sau")

    waiting = [data for data, _ in line.send_queue]
    assert b"".join([line.transport.value(), *waiting]) == b"<first>\x81\x03sau"


@pytest.mark.usefixtures("untouched")
def test_nothing_is_touched_where_daphne_does_not_run(monkeypatch):
    monkeypatch.delitem(__import__("sys").modules, server.__name__)
    before = http_protocol.WebRequest, ws_protocol.WebSocketFactory.protocol, autobahn_protocol.pformat

    lean_daphne.make_lean()

    assert (
        http_protocol.WebRequest,
        ws_protocol.WebSocketFactory.protocol,
        autobahn_protocol.pformat,
    ) == before
