"""Two things Daphne's libraries do for every connection that nobody here reads, turned off.

Twisted parses the body of a POST as a form before Daphne passes it on unparsed, and for that the content type with the
email package: a twelfth of what a phone's way into a hall costs, and a second copy of every upload. Autobahn lays out
its forty settings for a debug line at every new socket, whether or not the line is written: another eleventh.
(`tests/load/phones.py` under a sampling profiler, Twisted 26, Autobahn 26.) `tests/contest/project/test_lean_daphne.py`
fails when a newer version has lost one of these places.
"""

import sys
from typing import Any


def make_lean() -> None:
    """Only where Daphne runs: another server has not imported it. Twice is as good as once."""
    if "daphne.server" not in sys.modules:
        return
    from autobahn.websocket import protocol  # noqa: PLC0415  (not there without Daphne)
    from daphne import http_protocol  # noqa: PLC0415

    protocol.pformat = Unread
    before: Any = http_protocol.WebRequest
    if not issubclass(before, Unparsed):
        http_protocol.WebRequest = type("WebRequest", (Unparsed, before), {})


class Unparsed:
    """Mixed into Daphne's request: tells Twisted to leave the body alone."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, parsePOSTFormSubmission=False, **named)


class Unread:
    """Stands for a value that is laid out only if somebody reads it."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __str__(self) -> str:
        return repr(self._value)
