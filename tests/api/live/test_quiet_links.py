"""What is written to a socket from which nothing is heard."""

import pytest

from api.live.link import QUIET_BYTES, Link


class Taken:
    """Takes frames at once, as Daphne does."""

    def __init__(self):
        self.texts = []

    async def __call__(self, message):
        self.texts.append(message.get("text"))


def test_a_phone_that_sleeps_is_written_a_bounded_amount_and_gets_a_snapshot_when_it_wakes():
    sent = Taken()
    link = Link(sent, "player", player=1)
    for _ in range(100):
        link.push("x" * 1024)
    assert len(sent.texts) <= QUIET_BYTES / 1024 + 1
    assert link.is_behind
    assert link.heard()
    link.push("the snapshot")
    assert sent.texts[-1] == "the snapshot"


@pytest.mark.parametrize("role", ["host", "jury", "projector"])
def test_a_screen_gets_more_after_the_snapshot_of_a_large_hall(role):
    sent = Taken()
    link = Link(sent, role, user=1)
    link.push("x" * 500_000)
    link.push("done")
    assert sent.texts[-1] == "done"
    assert not link.heard()
