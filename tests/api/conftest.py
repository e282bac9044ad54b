"""What tests of the machine door share: a world, a clock, clients that know who they are."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from api import throttles
from api.units import UnitSearch
from contest.models import Attempt, Entrant
from contest.queries import board, snapshots, tokens
from tests import builders
from tests.api.contract import conforms


class Clock:
    """The moment every request sees."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def to(self, minutes: float = 0, **more: float) -> datetime:
        """Sets the clock, counted from the opening of the round."""
        self.now = builders.at(minutes, **more)
        return self.now


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a process keeps must not pass from one test to the next."""
    for forget in (snapshots.forget_all, board.forget_all, throttles.meter.forget, UnitSearch.forget):
        forget()
    return


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The doors read the time here; it stands two minutes after the opening until it is set."""
    found = Clock(builders.at(2))
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    return found


class Api:
    """A client of the API: JSON in, (status, JSON) out."""

    def __init__(self, client: Client | None = None, **headers: str) -> None:
        self.client = client or Client()
        self.headers = headers

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The raw reply, which the OpenAPI document must tell."""
        sent, address = {**self.headers, **headers}, f"/api/v1/{path}"
        text = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if body is None else "application/json"
        reply: HttpResponse = self.client.generic(  # type: ignore[assignment]
            method, address, text, content_type=kind, headers=sent
        )
        conforms(method, address, reply)
        return reply

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        reply = self.send(method, path, body, **headers)
        return reply.status_code, json.loads(reply.content) if reply.content else None


def as_entrant(entrant: Entrant) -> Api:
    """A client with the entrant's token."""
    return Api(Authorization=f"Entrant {tokens.write_entrant(entrant.pk)}")


def as_page(attempt: Attempt) -> Api:
    """A client with the token of the page that has the attempt open."""
    return Api(Authorization=f"Attempt {tokens.write_attempt(builders.token_of(attempt))}")


@pytest.fixture
def anyone() -> Api:
    """A client without any identity."""
    return Api()


@pytest.fixture
def refused() -> Callable[..., None]:
    """Asserts that a reply is a refusal of this status and code, whole in shape."""

    def check(reply: tuple[int, Any], status: int, code: str, **fields: str) -> None:
        found_status, body = reply
        assert (found_status, body["code"]) == (status, code)
        assert set(body) == {"code", "detail", "fields"}
        assert body["detail"]
        assert {name: body["fields"].get(name) for name in fields} == fields

    return check
