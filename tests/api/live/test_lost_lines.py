"""Rung chuông vàng, rule `grace`: what the server knows of lines when a question closes, in whatever process."""

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.test import Client

from api.live import lobby
from api.live.polls import Polls
from api.live.presence import FORGOTTEN_S, POLLED_S, SILENT_S, Presence, Seen
from contest.live.rules import BellRules, LiveRules
from contest.live.state import Player, State
from tests.api.live.room import answer
from tests.api.live.test_http_beside import Wire

pytestmark = pytest.mark.django_db(transaction=True)
GRACE = LiveRules(mode="bell", board_every=0, bell=BellRules(grace=True))


async def fallen(scene):
    """Closes and reveals; who is out and who waits for the jury, by name."""
    await scene.wait()
    await scene.next()
    floor = (await sync_to_async(lambda: scene.made.state)()).floor
    name = {seated.player: name for name, seated in scene.made.seats.items()}
    return [sorted(name[player] for player in found) for found in (floor.out, floor.waiting)]


async def answered(seat, run, value):
    await seat.say(answer(run, value))
    await seat.until("ack")


async def test_gone_come_back_and_never_there_are_for_the_jury_and_steady_silence_is_not(stage):
    scene = await stage("An", "Bình", "Chi", "Dũng", "Em", rules=GRACE)
    await scene.desk()
    an, _, chi, dung = [await scene.phone(name) for name in ("An", "Bình", "Chi", "Dũng")]
    run = await scene.ask()
    await answered(an, run, "b")
    await chi.leave()
    await dung.leave()
    await scene.phone("Dũng")
    assert await fallen(scene) == [["Bình"], ["Chi", "Dũng", "Em"]]


async def test_a_line_that_fell_before_the_options_and_was_back_for_them_is_steady(stage):
    scene = await stage("An", "Bình", rules=GRACE)
    await scene.desk()
    an, binh = [await scene.phone(name) for name in ("An", "Bình")]
    await binh.leave()
    await scene.phone("Bình")
    run = await scene.ask()
    await answered(an, run, "b")
    assert await fallen(scene) == [["Bình"], []]


async def test_who_was_not_heard_for_ten_seconds_had_no_line(stage, place):
    scene = await stage("An", "Bình", rules=GRACE)
    await scene.desk()
    an, _ = [await scene.phone(name) for name in ("An", "Bình")]
    run = await scene.ask()
    await answered(an, run, "b")
    place.find(scene.made.id).players[scene.made.seats["Bình"].player].heard_at -= SILENT_S + 1
    assert await fallen(scene) == [[], ["Bình"]]


async def test_who_polls_in_another_process_has_a_line(stage, place):
    wire = Wire()
    before = channel_layers.set("default", wire)
    try:
        scene = await stage("An", "Bình", "Chi", rules=GRACE)
        await scene.desk()
        an = await scene.phone("An")
        run = await scene.ask()
        await answered(an, run, "b")
        headers = {"Authorization": f"Bearer {scene.made.seats['Bình'].token}"}
        address = f"/api/v1/live/{scene.made.id}/state"
        assert (await sync_to_async(Client().get)(address, headers=headers)).status_code == 200
        hint = await sync_to_async(wire.next)("polled")
        assert hint["polled"] == [[scene.made.id, [scene.made.seats["Bình"].player]]]
        place._hear(hint)
        tick = await scene.host.until("tick", connected=2)
        assert tick["offline"] == [scene.made.seats["Chi"].player]
        assert await fallen(scene) == [["Bình"], ["Chi"]]
    finally:
        channel_layers.set("default", before)
        lobby.commits.stop()


def state_of(*players):
    return State(players={number: Player(number, number, f"Người {number}") for number in players})


def test_what_other_processes_see_of_this_question_counts_while_they_are_heard_of(monkeypatch):
    found = Presence()
    found.hear("x", Seen(players=frozenset({2, 3, 4}), silent=frozenset({3}), fresh=frozenset({4}), run=7))
    found.hear("y", Seen(players=frozenset({5}), run=6))
    here = Seen(players=frozenset({1}), run=7)
    assert found.away(here, state_of(1, 2, 3, 4, 5)) == {3, 4, 5}
    found.others = {name: (at - FORGOTTEN_S - 1, seen) for name, (at, seen) in found.others.items()}
    assert found.away(here, state_of(1, 2, 3, 4, 5)) == {2, 3, 4, 5}


def test_polls_are_told_on_now_and_then_and_forgotten(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    polls = Polls()
    assert [polls.note(1, 8), polls.note(1, 8), polls.note(1, 9)] == [True, False, True]
    clock[0] += 4
    assert polls.note(1, 8)
    assert polls.lately(1) == {8, 9}
    clock[0] += POLLED_S - 3
    assert (polls.lately(1), polls.lately(2)) == ({8}, frozenset())
    clock[0] += POLLED_S
    polls.note(2, 8)
    assert set(polls._rounds) == {2}
