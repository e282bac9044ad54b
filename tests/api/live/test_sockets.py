"""The board's socket: snapshot, changes, resync, limits."""

import asyncio
import json

import pytest

from api.live import consumers
from api.live.consumers import CREDITS, Credits
from contest.errors import Refusal
from tests.api.live.conftest import board


async def connected(socket):
    accepted, _ = await socket.connect()
    assert accepted
    return json.loads(await socket.receive_from())


async def test_a_snapshot_comes_with_the_connection(hub, visit):
    body = await connected(visit(hub))

    assert body | {"epoch": "", "at": ""} == {
        "type": "board",
        "epoch": "",
        "version": 1,
        "at": "",
        "policy": "live",
        "phase": "open",
        "rows": [
            {"rank": 1, "name": "Nguyễn T. P. T.", "unit": "Xã Tân Tiến", "points": 1, "duration_ms": 61_234}
        ],
        "entrants": 1,
        "attempts": 1,
    }


async def test_vietnamese_stays_vietnamese_on_the_wire(hub, visit):
    socket = visit(hub)
    await socket.connect()

    assert "Nguyễn" in await socket.receive_from()


async def test_however_many_news_there_are_a_beat_brings_one_message(hub, source, visit):
    socket = visit(hub)
    first = await connected(socket)
    for points in range(2, 202):
        source.board = board(points)
        hub.mark(7)
    reads = source.reads

    assert await hub.beat() == 1
    body = json.loads(await socket.receive_from())

    assert (body["version"], body["epoch"], body["rows"][0]["points"]) == (2, first["epoch"], 201)
    assert source.reads == reads + 1
    assert await socket.receive_nothing(0.01)


async def test_without_news_a_beat_asks_nothing_and_says_nothing(hub, source, visit):
    socket = visit(hub)
    await connected(socket)
    reads = source.reads

    for _ in range(9):
        assert await hub.beat() == 0

    assert source.reads == reads
    assert await socket.receive_nothing(0.01)


async def test_lost_news_are_found_within_ten_beats(hub, source, visit):
    socket = visit(hub)
    await connected(socket)
    source.board = board(5)

    told = [await hub.beat() for _ in range(10)]

    assert told == [0] * 9 + [1]
    assert json.loads(await socket.receive_from())["rows"][0]["points"] == 5


async def test_news_that_change_nothing_to_be_seen_are_not_told(hub, source, visit):
    socket = visit(hub)
    await connected(socket)
    hub.mark(7)

    assert await hub.beat() == 0
    assert await socket.receive_nothing(0.01)


async def test_everyone_gets_the_same_frame_and_one_reading_serves_all(hub, source, visit):
    sockets = [visit(hub) for _ in range(20)]
    await asyncio.gather(*(connected(socket) for socket in sockets))
    assert source.reads == 1
    source.board = board(9)
    hub.mark(7)

    assert await hub.beat() == 20
    frames = {await socket.receive_from() for socket in sockets}

    assert len(frames) == 1
    assert source.reads == 2


async def test_who_reads_slowly_skips_to_the_newest(hub, source, visit):
    """The frame of a beat replaces one that has not been taken yet: there is no backlog."""
    socket = visit(hub)
    await connected(socket)
    room = hub._rooms[7]
    for points in (2, 3, 4):
        source.board = board(points)
        hub.mark(7)
        await hub._tell(room)  # the writer has no turn between these

    assert json.loads(await socket.receive_from())["rows"][0]["points"] == 4
    assert await socket.receive_nothing(0.01)


async def test_a_resync_brings_the_newest_again(hub, visit):
    socket = visit(hub)
    first = await connected(socket)

    await socket.send_to('{"type":"resync"}')

    assert json.loads(await socket.receive_from()) == first


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"resync","more":1}',
        '{"type":"board"}',
        '{"type":"start"}',
        "{}",
        "[]",
        "resync",
        "",
        "\ud800",
    ],
)
async def test_what_is_no_message_is_refused_and_the_socket_stays(hub, visit, text):
    socket = visit(hub)
    await connected(socket)

    await socket.send_input({"type": "websocket.receive", "text": text})

    assert json.loads(await socket.receive_from()) == {"type": "refused", "code": "malformed"}
    await socket.send_to('{"type":"resync"}')
    assert json.loads(await socket.receive_from())["type"] == "board"


async def test_a_frame_over_four_kib_closes(hub, visit):
    socket = visit(hub)
    await connected(socket)

    await socket.send_to('{"type":"resync"' + " " * 4096 + "}")

    assert (await socket.receive_output())["code"] == 4009


async def test_too_many_messages_close(hub, visit, monkeypatch):
    monkeypatch.setattr(consumers, "Credits", lambda: Credits(lambda: 0.0))  # however long they take
    socket = visit(hub)
    await connected(socket)
    for _ in range(CREDITS + 1):
        await socket.send_to('{"type":"resync"}')

    events = [await socket.receive_output()]
    while events[-1]["type"] != "websocket.close":
        events.append(await socket.receive_output())

    assert events[-1]["code"] == 4008
    assert len(events) <= CREDITS + 1


def test_close_codes_are_such_as_daphne_can_send():
    """Autobahn raises for others, and the socket would die as 1011."""
    codes = (consumers.NOT_FOUND, consumers.TRY_LATER, consumers.TOO_LARGE, consumers.POLICY)

    assert all(code == 1000 or 3000 <= code <= 4999 for code in codes)


def test_credits_come_back_with_time():
    now = 0.0
    purse = Credits(lambda: now)
    assert [purse.spend() for _ in range(CREDITS + 1)] == [True] * CREDITS + [False]
    now = 1.5
    assert [purse.spend() for _ in range(3)] == [True, True, False]
    now = 1000.0
    assert [purse.spend() for _ in range(CREDITS + 1)] == [True] * CREDITS + [False]


async def test_no_such_round_closes_with_its_own_code(hub, source, visit):
    source.fault = Refusal("not-found")
    socket = visit(hub)

    await socket.connect()

    assert (await socket.receive_output())["code"] == 4404
    assert hub.watched == 0


async def test_a_board_that_cannot_be_read_closes_to_try_later(hub, source, visit):
    source.fault = RuntimeError("the database is away")
    socket = visit(hub)

    await socket.connect()

    assert (await socket.receive_output())["code"] == 4013
    assert hub.watched == 0


async def test_a_failed_reading_keeps_the_sockets_and_is_tried_again(hub, source, visit):
    socket = visit(hub)
    await connected(socket)
    source.fault, source.board = RuntimeError("away"), board(3)
    hub.mark(7)
    assert await hub.beat() == 0
    source.fault = None

    assert await hub.beat() == 1
    assert json.loads(await socket.receive_from())["rows"][0]["points"] == 3


async def test_a_room_without_watchers_is_forgotten(hub, source, visit):
    socket = visit(hub)
    first = await connected(socket)
    await socket.disconnect()
    assert hub.watched == 0
    hub.mark(7)
    reads = source.reads
    assert (await hub.beat(), source.reads) == (0, reads)

    again = await connected(visit(hub))

    assert (again["version"], again["epoch"] == first["epoch"]) == (1, False)


async def test_rounds_do_not_mix(hub, source, visit):
    seventh, eighth = visit(hub, 7), visit(hub, 8)
    await connected(seventh)
    await connected(eighth)
    source.board = board(4)
    hub.mark(8)

    assert await hub.beat() == 1
    assert json.loads(await eighth.receive_from())["rows"][0]["points"] == 4
    assert await seventh.receive_nothing(0.01)
