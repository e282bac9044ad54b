"""Two server processes, as two halls that know of each other by a channel layer alone."""

import asyncio
from types import SimpleNamespace

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.db import connections

from api.live import place, workers
from api.live.closing import Close
from api.live.commits import Commits
from api.live.hall import Hall
from api.live.hints import Courier
from contest.actions import live, live_join
from contest.live import commands, machine, moves
from contest.live.rules import LiveRules
from contest.queries import live as reading
from contest.signals import live_moved, live_seat_taken
from tests.api.live.room import Seat, answer, hello, session_of, ticket
from tests.live_builders import hall as build_hall

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 30.0


@pytest_asyncio.fixture
async def two(layer):
    """Two halls; only the first hears of what is done in this process."""
    made = []
    for _ in range(2):
        number = len(made)
        commits = Commits(lambda *told, number=number: made[number].committed(*told))
        made.append(Hall(Courier(lambda: layer, group="live"), commits, shared=lambda: True))

    def hear(sender, *, round_id, state, **more):
        made[0].moved(round_id, state)

    def take(sender, *, round_id, player, **more):
        made[0].seat_taken(round_id, player)

    live_moved.connect(hear, weak=False, dispatch_uid="tests.live.two")
    live_seat_taken.connect(take, weak=False, dispatch_uid="tests.live.two")
    yield made
    live_moved.disconnect(dispatch_uid="tests.live.two")
    live_seat_taken.disconnect(dispatch_uid="tests.live.two")
    for hall in made:
        await hall.stop()
        await sync_to_async(hall.commits.stop)()
    await sync_to_async(workers.restart)()
    await sync_to_async(connections.close_all)()


@pytest_asyncio.fixture
async def scene(two):
    """A round with two people; `phone(process, name)` and `host(process)` open sockets."""
    made = await sync_to_async(build_hall)("An", "Bình", rules=LiveRules(auto_advance_s=1))
    opened = []

    async def sit(process, said, headers=()):
        seat = Seat(lambda: two[process], made.id, list(headers))
        opened.append(seat)
        await seat.open(said)
        await seat.until("welcome")
        return seat

    async def phone(process, name):
        return await sit(process, hello("player", made.seats[name].token))

    async def host(process):
        cookie = await sync_to_async(session_of)(made.chief)
        return await sit(process, hello("host", ticket(made.id, "host", made.chief)), cookie)

    yield SimpleNamespace(made=made, phone=phone, host=host, halls=two)
    for seat in opened:
        await seat.leave()


async def until_host(place, there):
    """Waits until the place knows that a host is there, or that none is; it sets its timers anew then."""
    changed, set_timers = asyncio.Event(), place.pacing.set

    def noticed():
        set_timers()
        changed.set()

    place.pacing.set = noticed
    while place.has_host() is not there:
        await asyncio.wait_for(changed.wait(), PATIENCE_S)
        changed.clear()


async def advance(scene):
    await sync_to_async(scene.made.advance)()


async def test_a_move_in_one_process_reaches_the_phones_of_the_other(scene, server_clock):
    server_clock.to(live.milliseconds(scene.made.now))  # by today's clock the title would be over at once
    an, binh = await scene.phone(0, "An"), await scene.phone(1, "Bình")
    await advance(scene)
    await an.until_phase("title")
    await binh.until_phase("title")


async def test_a_lost_hint_is_made_up_for_by_a_look(scene, monkeypatch, server_clock):
    server_clock.to(live.milliseconds(scene.made.now))  # by today's clock the title would be over at once
    binh = await scene.phone(1, "Bình")
    monkeypatch.setattr(scene.halls[0].courier, "collect", lambda round_id: None)
    await advance(scene)
    await binh.idle()
    assert binh.view["phase"] == "lobby"
    await scene.halls[1].look(scene.made.id)
    await binh.until_phase("title")


async def test_a_person_who_comes_to_another_process_is_closed_in_the_first(scene):
    old = await scene.phone(0, "An")
    new = await scene.phone(1, "An")
    assert await old.until_closed() == Close.REPLACED
    await new.idle()


async def test_of_two_tabs_on_two_processes_the_newer_stays_however_late_the_hints_come(scene):
    old, new = await scene.phone(0, "An"), await scene.phone(1, "An")
    rooms = [hall.find(scene.made.id) for hall in scene.halls]
    player = scene.made.seats["An"].player
    told = [
        {"rounds": [], "seated": [scene.made.id, player, at], "origin": hall.courier.origin}
        for hall, at in zip(scene.halls, (rooms[1].players[player].entered_at - 40, 0), strict=True)
    ]
    scene.halls[1]._hear(told[0])
    scene.halls[1]._hear(told[0] | {"origin": ""})
    scene.halls[0]._hear(told[1])
    assert await old.until_closed() == Close.REPLACED
    await new.idle()
    again = await scene.phone(0, "An")
    assert await new.until_closed() == Close.REPLACED
    await again.idle()


async def test_two_tabs_of_one_moment_do_not_close_each_other(scene, server_clock, monkeypatch):
    monkeypatch.setattr(place, "now_ms", lambda: 1)
    await scene.phone(0, "An")
    await scene.phone(1, "An")
    player = scene.made.seats["An"].player
    for hall, other in (scene.halls, scene.halls[::-1]):
        hall._hear({"rounds": [], "seated": [scene.made.id, player, 1], "origin": other.courier.origin})
    left = [player in hall.find(scene.made.id).players for hall in scene.halls]
    assert sorted(left) == [False, True]


@pytest.mark.parametrize("process", [0, 1])
async def test_a_place_that_goes_to_another_device_is_closed_in_every_process(scene, process):
    old = await scene.phone(process, "An")
    seated = scene.made.seats["An"]
    await sync_to_async(live_join.come_back)(scene.made.id, seat=seated.seat, code=seated.code)
    assert await old.until_closed() == Close.REPLACED


async def test_presence_and_answers_are_those_of_all_processes(scene, server_clock):
    server_clock.to(live.milliseconds(scene.made.now))
    host = await scene.host(0)
    an, binh = await scene.phone(0, "An"), await scene.phone(1, "Bình")
    await host.until("tick", connected=2)
    await sync_to_async(scene.made.ask)()
    state = (await sync_to_async(reading.load)(scene.made.id)).state
    server_clock.to(state.current.opens_at + 500)
    await binh.until_phase("open")
    await binh.say(answer(state.run, "b"))
    await binh.until("ack")
    tick = await host.until("tick", answered=1)
    assert tick["unanswered"] == [scene.made.seats["An"].player]
    await an.idle()


async def test_the_host_is_there_for_every_process_and_missed_by_every_process(scene):
    await scene.phone(1, "Bình")
    host = await scene.host(0)
    there = scene.halls[1]._places[scene.made.id]
    await until_host(there, there=True)
    await host.wire.disconnect()
    await until_host(there, there=False)


async def test_both_clocks_close_a_question_once(scene, server_clock):
    # By today's clock the hall's question would be over as soon as it opens.
    server_clock.to(live.milliseconds(scene.made.now))
    an, binh = await scene.phone(0, "An"), await scene.phone(1, "Bình")
    await sync_to_async(scene.made.ask)()
    await an.until_phase("open")
    await binh.until_phase("open")
    rooms = [hall._places[scene.made.id] for hall in scene.halls]
    server_clock.to(rooms[0].room.state.due_at + 1)
    for there in rooms:
        there.pacing.set()
    await an.until_phase("closed")
    await binh.until_phase("closed")
    kinds = [line["kind"] for line in await sync_to_async(reading.journal)(scene.made.id)]
    assert kinds.count("run-closed") == 1


async def test_a_command_is_done_once_though_pressed_in_both_processes(scene):
    await scene.phone(0, "An")
    state = (await sync_to_async(reading.load)(scene.made.id)).state
    deed = commands.Advance(machine.stamp(state))
    work = [
        workers.run(live.command, scene.made.id, deed, role=moves.HOST, now=scene.made.now) for _ in range(4)
    ]
    await asyncio.gather(*work)
    kinds = [line["kind"] for line in await sync_to_async(reading.journal)(scene.made.id)]
    assert kinds.count("run-announced") == 1
