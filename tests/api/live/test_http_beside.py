"""Answers over HTTP in a process without sockets (production's granian): the process that has them hears at once."""

import json
import queue

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.test import Client

from api.live import lobby
from api.live.pacing import LATE_MS
from contest.actions import live, live_remotes
from contest.live import commands
from contest.live.rules import BuzzerRules, LiveRules
from tests.api.live.room import PATIENCE_S, answer
from tests.live_builders import hall

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


def post(made, name, body):
    """An answer over HTTP, acknowledged."""
    reply = Client().post(
        f"/api/v1/live/{made.id}/answers",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {made.seats[name].token}"},
    )
    assert reply.status_code == 200, reply.content


def test_presses_in_a_room_without_any_socket_are_collected_by_whoever_asks(server_clock):
    made = hall("An", "Bình", rules=LiveRules(mode="buzzer", buzzer=BuzzerRules(tie_ms=50)))
    made.ask()
    opens_at = made.state.runs[1].opens_at
    polling = [(Client(), {"Authorization": f"Bearer {made.seats[name].token}"}) for name in ("An", "Bình")]

    def phase():
        seen = {
            client.get(f"/api/v1/live/{made.id}/state", headers=headers).json()["player"]["phase"]
            for client, headers in polling
        }
        assert len(seen) == 1
        return seen.pop()

    try:
        server_clock.to(opens_at + 1000)
        assert phase() == "open"
        post(made, "Bình", answer(1, True))
        assert phase() == "open"  # a press that ties could still be on its way
        server_clock.to(opens_at + 1000 + 50 + LATE_MS + 5000)
        assert phase() == "judging"
        assert made.state.buzz.first == (made.seats["Bình"].player,)
        made.now = live.moment(opens_at + 7000)
        made.do(commands.JudgeBuzz(1, made.seats["Bình"].player, False))
        server_clock.to(opens_at + 7500)
        assert phase() == "open"
        post(made, "An", answer(1, True))
        server_clock.to(opens_at + 7500 + 50 + LATE_MS + 5000)
        assert phase() == "judging"
        assert made.state.buzz.first == (made.seats["An"].player,)
    finally:
        lobby.commits.stop()


async def test_a_lone_press_over_http_gets_its_turn_without_any_look(stage, place, wire):
    scene = await stage("An", "Bình", rules=LiveRules(mode="buzzer", buzzer=BuzzerRules(tie_ms=50)))
    await scene.desk()
    an = await scene.phone("An")
    run = await scene.ask()
    place._places[scene.made.id].looked_at += 600  # no look comes to help
    await sync_to_async(post)(scene.made, "Bình", answer(run, True))
    place._hear(await sync_to_async(wire.next)("given"))
    await an.until_phase("judging")
    assert an.view["buzz"]["names"] == ["Bình"]


def test_that_remotes_were_revoked_is_told_to_the_sockets_process(wire):
    made = hall()
    live_remotes.revoke_remotes(made.id, now=made.now)
    assert wire.next("staff")["staff"] == [made.id]


async def test_the_screens_count_an_answer_over_http_at_once(stage, place, wire):
    scene = await stage("An", "Bình")
    await scene.desk()
    run = await scene.ask()
    place._places[scene.made.id].looked_at += 600
    await sync_to_async(post)(scene.made, "Bình", answer(run, "b"))
    hint = await sync_to_async(wire.next)("given")
    assert hint["given"] == [[scene.made.id, run, [scene.made.seats["Bình"].player]]]
    place._hear(hint)
    tick = await scene.host.until("tick", answered=1)
    assert (tick["of"], tick["offline"]) == (1, sorted(seat.player for seat in scene.made.seats.values()))
    place._hear(hint | {"given": [[scene.made.id, run + 1, [999]]]})
    assert place.find(scene.made.id).desk.answered == {scene.made.seats["Bình"].player}
