"""What a socket that does not listen costs: nothing that grows."""

import asyncio
import time

import pytest

from api.live import link as links
from api.live.closing import Close
from api.live.link import Link


class Wire:
    """A server's `send`: at once like Daphne's, or after `gate` like one that waits for a full socket."""

    def __init__(self, gate=None):
        self.sent = []
        self.gate = gate
        self.fault = None

    async def __call__(self, message):
        if self.fault is not None:
            raise self.fault
        if self.gate is not None:
            await self.gate.wait()
            await asyncio.sleep(0)
        self.sent.append(message)

    @property
    def texts(self):
        return [message["text"] for message in self.sent if message["type"] == "websocket.send"]


async def test_a_phone_that_was_not_heard_gets_no_more_after_64_kib_and_a_snapshot_when_it_is_back():
    """Row 29: the server's buffers hold at most this for a phone that sleeps."""
    wire = Wire()
    phone = Link(wire, "player", player=1)
    for _ in range(1000):
        phone.push("x" * 1024)
    assert sum(map(len, wire.texts)) <= links.QUIET_BYTES + 2048
    assert phone.is_behind
    assert phone.heard()
    phone.push("snapshot")
    assert wire.texts[-1] == "snapshot"
    assert not phone.heard()


async def test_a_phone_that_is_heard_now_and_then_misses_nothing():
    wire = Wire()
    phone = Link(wire, "player", player=1)
    for number in range(1000):
        phone.push(f"{number:1024}")
        if number % 40 == 0:
            assert not phone.heard()
    assert len(wire.texts) == 1000


async def test_a_server_that_waits_for_a_full_socket_holds_up_nobody_and_keeps_one_frame():
    gate = asyncio.Event()
    slow, quick = Wire(gate), Wire()
    phones = [Link(slow, "player", player=1), Link(quick, "player", player=2)]
    for number in range(100):
        for phone in phones:
            phone.push(str(number))
    assert (slow.texts, len(quick.texts)) == ([], 100)
    assert phones[0].is_behind
    assert not phones[0].heard()
    gate.set()
    await asyncio.gather(phones[0]._writing)
    await asyncio.sleep(0)
    assert slow.texts == ["0"]
    assert phones[0].heard()
    slow.gate = None
    phones[0].push("snapshot")
    assert slow.texts == ["0", "snapshot"]


async def test_a_write_that_waits_can_be_cancelled_and_closes_the_link():
    wire = Wire(asyncio.Event())
    phone = Link(wire, "player", player=1)
    phone.push("a")
    phone._writing.cancel()
    await asyncio.gather(phone._writing, return_exceptions=True)
    await asyncio.sleep(0)
    assert phone._writing is None
    assert wire.texts == []


@pytest.mark.parametrize("waits", [False, True])
async def test_a_socket_that_broke_is_closed_for_good(waits):
    wire = Wire(asyncio.Event() if waits else None)
    phone = Link(wire, "player", player=1)
    if waits:
        phone.push("a")
        wire.gate.set()

        async def broken(message):
            raise OSError("broken")

        phone._send = broken
        await asyncio.gather(phone._writing)
        await asyncio.sleep(0)
        phone.push("b")
    else:
        wire.fault = OSError("broken")
        phone.push("a")
    assert phone.closed


async def test_nothing_is_sent_after_the_close():
    wire = Wire()
    phone = Link(wire, "player", player=1)
    phone.close(Close.REPLACED)
    phone.close(Close.FORBIDDEN)
    phone.push("late")
    assert wire.sent == [{"type": "websocket.close", "code": 4001}]


async def test_only_so_many_pongs_are_remembered(monkeypatch):
    moments = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(moments)))
    phone = Link(Wire(), "player", player=1)
    numbers = [phone.next_pong() for _ in range(50)]
    assert numbers == list(range(1, 51))
    assert len(phone._pongs) <= links.MOST_PONGS
    phone.echoed(numbers[0])
    assert phone.rtt_ms is None
    phone.echoed(numbers[-1])
    first = phone.rtt_ms
    assert first == 1000.0
    phone.echoed(numbers[-2])
    assert phone.rtt_ms > first
