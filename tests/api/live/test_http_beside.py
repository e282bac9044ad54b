"""Answers over HTTP in a process without sockets (production's granian): the process that has them hears at once."""

import json
import queue

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.test import Client

from api.live import lobby
from contest.live.rules import BuzzerRules, LiveRules
from tests.api.live.room import PATIENCE_S, answer

pytestmark = pytest.mark.django_db(transaction=True)


class Wire:
    """A channel layer that leads to other processes: what was sent can be taken from it."""

    def __init__(self):
        self.sent = queue.SimpleQueue()

    async def group_send(self, group, message):
        self.sent.put((group, message))

    def next(self, name):
        """The next hint of live rooms that has a part of this name."""
        while True:
            group, hint = self.sent.get(timeout=PATIENCE_S)
            if group == "live" and hint.get(name):
                return hint


@pytest.fixture
def wire():
    made = Wire()
    before = channel_layers.set("default", made)
    yield made
    channel_layers.set("default", before)
    lobby.commits.stop()


def post(stage, name, body):
    """An answer over HTTP, acknowledged."""
    reply = Client().post(
        f"/api/v1/live/{stage.made.id}/answers",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {stage.made.seats[name].token}"},
    )
    assert reply.status_code == 200, reply.content


async def test_a_lone_press_over_http_gets_its_turn_without_any_look(stage, place, wire):
    hall = await stage("An", "Bình", rules=LiveRules(mode="buzzer", buzzer=BuzzerRules(tie_ms=50)))
    await hall.desk()
    an = await hall.phone("An")
    run = await hall.ask()
    place._places[hall.made.id].looked_at += 600  # no look comes to help
    await sync_to_async(post)(hall, "Bình", answer(run, True))
    place._hear(await sync_to_async(wire.next)("given"))
    await an.until_phase("judging")
    assert an.view["buzz"]["names"] == ["Bình"]


async def test_the_screens_count_an_answer_over_http_at_once(stage, place, wire):
    hall = await stage("An", "Bình")
    await hall.desk()
    run = await hall.ask()
    place._places[hall.made.id].looked_at += 600
    await sync_to_async(post)(hall, "Bình", answer(run, "b"))
    hint = await sync_to_async(wire.next)("given")
    assert hint["given"] == [[hall.made.id, run, [hall.made.seats["Bình"].player]]]
    place._hear(hint)
    tick = await hall.host.until("tick", answered=1)
    assert (tick["of"], tick["offline"]) == (1, sorted(seat.player for seat in hall.made.seats.values()))
    place._hear(hint | {"given": [[hall.made.id, run + 1, [999]]]})
    assert place.find(hall.made.id).desk.answered == {hall.made.seats["Bình"].player}
