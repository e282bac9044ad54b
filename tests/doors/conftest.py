"""What tests of both doors share: the moment, and people."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.utils import timezone

from tests import builders
from tests.doors import people


class Clock:
    """The moment every request sees."""

    def __init__(self, now: datetime) -> None:
        self.now = now


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a process keeps must not pass from one test to the next."""
    people.forget_everything()
    yield
    people.forget_everything()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The doors read the time here; three minutes after the opening until it is set."""
    found = Clock(builders.at(3))
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    return found
