"""From a submitted attempt to a frame, with the database between."""

import json

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import override_settings

from api.live import broadcast
from api.live.hub import Hub
from contest.queries import board as boards
from contest.queries import snapshots
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.visibility import BoardPolicy
from contest.signals import round_moved
from tests import builders
from tests.api.live.room import Patient

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_connections")]


@pytest.fixture
def hub(clock):
    snapshots.forget_all()
    boards.forget_all()
    return Hub(broadcast.read)


async def first_frame(visit, hub, world):
    socket = visit(hub, world.round.pk)
    await socket.connect()
    return socket, json.loads(await socket.receive_from())


async def test_a_submitted_attempt_moves_the_board(hub, visit, monkeypatch):
    monkeypatch.setattr(broadcast, "hub", hub)
    world = await sync_to_async(builders.world)(board=BoardPolicy.LIVE)
    socket, before = await first_frame(visit, hub, world)

    entrant = await sync_to_async(world.entrant)()
    await sync_to_async(world.finish)(entrant, right=3, now=builders.at(1))
    assert await hub.beat() == 1
    after = json.loads(await socket.receive_from())

    assert (before["rows"], before["attempts"]) == ([], 0)
    assert [row["points"] for row in after["rows"]] == [3]
    assert (after["entrants"], after["attempts"], after["version"]) == (1, 1, before["version"] + 1)


async def test_while_a_prediction_is_open_no_frame_tells_anything(hub, visit, monkeypatch):
    monkeypatch.setattr(broadcast, "hub", hub)
    rule = PredictionRule(Kind.ATTEMPTS)
    world = await sync_to_async(builders.world)(board=BoardPolicy.LIVE, prediction=rule)
    socket, before = await first_frame(visit, hub, world)

    entrant = await sync_to_async(world.entrant)()
    await sync_to_async(world.finish)(entrant, right=4, now=builders.at(1))
    assert await hub.beat() == 0

    assert (before["policy"], before["rows"], before["entrants"], before["attempts"]) == (
        "hidden",
        [],
        None,
        None,
    )
    await socket.send_to('{"type":"resync"}')
    assert json.loads(await socket.receive_from()) == before


async def test_a_draft_has_no_socket(hub, visit):
    world = await sync_to_async(builders.world)()
    world.round.state = "draft"
    await sync_to_async(world.round.save)()
    snapshots.forget_all()
    socket = visit(hub, world.round.pk)

    await socket.connect()

    assert (await socket.receive_output())["code"] == 4404


def test_the_signal_marks_the_hub_and_hints_only_to_others(monkeypatch):
    marked, noted = [], []
    monkeypatch.setattr(broadcast.hub, "mark", marked.append)
    monkeypatch.setattr(broadcast.courier, "note", noted.append)

    round_moved.send(None, round_id=7)

    assert marked == [7]
    assert noted == ([7] if settings.REDIS_URL else [])


@pytest.mark.parametrize("path", ["/ws/vong/999999/bang", "/ws/phong/999999"])
@pytest.mark.parametrize(
    ("origin", "accepted"),
    [("http://testserver", True), ("http://evil.example", False), ("null", False), (None, False)],
)
async def test_the_whole_application_asks_for_the_origin(path, origin, accepted, monkeypatch):
    monkeypatch.setattr(settings, "EMBEDDED_CLOCK", False)
    from contest.project.asgi import application  # noqa: PLC0415  (starts the clock unless told not to)

    headers = [(b"origin", origin.encode())] if origin else []
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        socket = Patient(application, path, headers=headers)
        connected, _ = await socket.connect()
        if connected:
            if "phong" in path:
                await socket.send_to('{"type":"hello","role":"player","token":"x"}')
            assert (await socket.receive_output())["code"] == 4404
        await socket.disconnect()

    assert connected is accepted
