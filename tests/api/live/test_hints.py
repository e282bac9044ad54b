"""Several processes: hints through the channel layer, in memory and over Redis alike."""

import asyncio
import contextlib
import json
import threading
from itertools import count

import pytest

from api.live import hints
from api.live.hints import Courier
from api.live.hub import Hub
from tests.api.live.conftest import Source, board


class Listening:
    """A process that listens on the layer; `moved` holds what it was told."""

    def __init__(self, layer, hub, origin="other"):
        self.hub = hub
        self.moved = asyncio.Queue()
        self.task = asyncio.create_task(hints.listen(layer, self._mark, origin=origin))

    def _mark(self, round_id):
        self.hub.mark(round_id)
        self.moved.put_nowait(round_id)

    async def hears(self, courier, *rounds):
        """Tells the rounds, and they arrive: a hint sent before the other listens is lost, as it may be.

        So it is called until it answers; what it was called too often is taken out of the way.
        """
        for call in count(1):
            await self._tell(courier, -call)
            with contextlib.suppress(TimeoutError):
                heard = await asyncio.wait_for(self.moved.get(), 0.5)
                break
        while heard != -call:
            heard = await self._next()
        await self._tell(courier, *rounds)
        return [await self._next() for _ in rounds]

    async def _tell(self, courier, *rounds):
        for round_id in rounds:
            courier.collect(round_id)
        assert await courier.deliver()

    async def _next(self):
        return await asyncio.wait_for(self.moved.get(), 10)

    async def stop(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def test_news_of_one_process_reach_the_sockets_of_another(layer, hub, source, visit):
    courier = Courier(lambda: layer)
    other = Listening(layer, hub)
    socket = visit(hub)
    await socket.connect()
    await socket.receive_from()
    source.board = board(8)

    await other.hears(courier, 7)
    await hub.beat()

    assert json.loads(await socket.receive_from())["rows"][0]["points"] == 8
    await other.stop()


async def test_a_burst_is_one_hint(layer, hub):
    courier = Courier(lambda: layer)
    other = Listening(layer, hub)
    await other.hears(courier, 1)
    for number in range(1000):
        courier.collect(number % 3)

    assert await courier.deliver()
    assert sorted([await asyncio.wait_for(other.moved.get(), 5) for _ in range(3)]) == [0, 1, 2]
    assert not await courier.deliver()
    assert other.moved.empty()
    await other.stop()


async def test_own_hints_are_passed_over(layer, hub):
    courier, stranger = Courier(lambda: layer), Courier(lambda: layer)
    own = Listening(layer, hub, origin=courier.origin)
    await own.hears(stranger, 1)
    courier.collect(2)
    await courier.deliver()
    stranger.collect(3)
    await stranger.deliver()

    assert await asyncio.wait_for(own.moved.get(), 5) == 3
    await own.stop()


class Failing:
    """A layer that fails a number of times, then takes."""

    def __init__(self, failures):
        self.failures = failures
        self.sent = []

    async def group_send(self, group, message):
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.sent.append(message["rounds"])


@pytest.mark.parametrize(
    ("failures", "delivered", "sent"), [(0, True, [[7]]), (1, True, [[7]]), (2, False, [])]
)
async def test_a_failing_layer_is_tried_twice_and_never_raises(failures, delivered, sent):
    layer = Failing(failures)
    courier = Courier(lambda: layer)
    courier.collect(7)

    assert await courier.deliver() is delivered
    assert layer.sent == sent


async def test_a_hanging_layer_is_given_up(monkeypatch):
    class Hanging:
        async def group_send(self, group, message):
            await asyncio.Event().wait()

    monkeypatch.setattr(hints, "SEND_SECONDS", 0.01)
    courier = Courier(Hanging)
    courier.collect(7)

    assert not await courier.deliver()


def test_noting_from_many_threads_sends_few_hints():
    """A process without an event loop of its own: the first note starts a thread, the rest wait for it."""
    told, done = [], threading.Event()

    class Layer:
        async def group_send(self, group, message):
            told.append(message["rounds"])
            if 99 in message["rounds"]:
                done.set()

    courier = Courier(Layer, period_s=0.25)
    threads = [
        threading.Thread(target=lambda: [courier.note(number) for number in range(50)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    courier.note(99)

    assert done.wait(10)
    assert {number for hint in told for number in hint} == {*range(50), 99}
    assert len(told) < 20


async def test_two_processes_show_the_same(layer, visit):
    source = Source()
    hubs = [Hub(source), Hub(source)]
    courier = Courier(lambda: layer)
    others = [Listening(layer, hub, origin=f"p{number}") for number, hub in enumerate(hubs)]
    sockets = [visit(hub) for hub in hubs]
    for socket in sockets:
        await socket.connect()
        await socket.receive_from()
    source.board = board(6)
    for other in others:
        await other.hears(courier, 7)
    frames = []
    for hub, socket in zip(hubs, sockets, strict=True):
        await hub.beat()
        frames.append(json.loads(await socket.receive_from()))

    assert (
        frames[0]["rows"]
        == frames[1]["rows"]
        == [{"rank": 1, "name": "Nguyễn T. P. T.", "unit": "Xã Tân Tiến", "points": 6, "duration_ms": 61_234}]
    )
    for other in others:
        await other.stop()
