"""The live room over its socket: a whole round, and every role's frames against fresh snapshots."""

import json

import msgspec
import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from api.live import consumers, presence
from api.live.messages import RoomServerMessage
from contest.actions import live, live_join, live_rehearsal, live_remotes
from contest.live import audiences, commands, ranking
from contest.live.rules import LiveRules
from contest.models import LiveAnswer, LiveEvent, LiveRound
from contest.queries import live as reading
from tests.api.live.room import answer, hello

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(round_id, role, player=None):
    """The view of the role, and a participant's own part, made anew from the journal."""
    reading.forget()
    loaded = reading.load(round_id)
    state, board = loaded.state, ranking.board(loaded.state)
    if role == "player":
        view = audiences.player_view(state, board)
    elif role == "projector":
        view = audiences.projector_view(state, board)
    else:
        view = audiences.host_view(state, board, loaded.secrets, role=role)
    me = audiences.me_view(state, board, state.players[player]) if player else None
    return json.loads(msgspec.json.encode([view, me]))


async def settled(stage, seats):
    """Every screen has taken what was sent; then each shows what a fresh snapshot would."""
    for place in stage._sit.hall._places.values():
        place.room.flush()
    for role, player, seat in seats:
        await seat.idle()
        view, me = await sync_to_async(fresh)(stage.made.id, role, player)
        assert seat.view == view, role
        assert seat.me == me, (role, player)


async def remote(stage, sit):
    code = await sync_to_async(live_remotes.offer_remote)(
        stage.made.id, actor=stage.made.chief, now=timezone.now()
    )
    _, token = await sync_to_async(live_remotes.pair_remote)(code, now=timezone.now())
    seat = await sit(stage.made.id, hello("remote", token))
    await seat.until("welcome")
    return seat


async def test_snapshot_and_frames_are_a_fresh_snapshot_for_every_role_all_through_a_round(
    stage, sit, monkeypatch
):
    """L6 over the wire: whatever happens, nobody's screen drifts from the state."""
    monkeypatch.setattr(consumers, "CREDITS", 10_000)  # a whole round in a few seconds
    hall = await stage("An", "Bình", "Chi", questions=3, rules=LiveRules(board_every=1))
    host = await hall.desk()
    seats = [
        ("host", None, host),
        ("jury", None, await hall.desk("jury")),
        ("projector", None, await hall.desk("projector")),
        ("remote", None, await remote(hall, sit)),
    ]
    phones = {name: await hall.phone(name) for name in ("An", "Bình", "Chi")}
    seats += [("player", hall.made.seats[name].player, phone) for name, phone in phones.items()]
    jury = seats[1][2]
    await settled(hall, seats)

    await sync_to_async(hall.made.join)("Dung")
    await settled(hall, seats)
    seats.append(("player", hall.made.seats["Dung"].player, await hall.phone("Dung")))
    await hall.command("rename", player=hall.made.seats["Bình"].player, name="Bình An")
    await settled(hall, seats)

    for number in (1, 2, 3):
        run = await hall.ask()
        await settled(hall, seats)
        for place, phone in enumerate(phones.values()):
            await phone.until_phase("open")
            await phone.say(answer(run, "b" if place != number % 3 else "c", f"key-{place}-{run}-00"))
            await phone.until("ack")
        if number == 1:
            await hall.command("pause")
            await settled(hall, seats)
            await hall.command("resume")
            await hall.command("add-time", run=run, ms=5000)
        await settled(hall, seats)
        await hall.wait()
        await settled(hall, seats)
        while host.view["phase"] in {"closed", "reveal"}:
            await hall.next()
            await settled(hall, seats)
        if number == 2:
            await hall.command("void", by=jury, run=run, reason="Câu hỏi sai")
            await settled(hall, seats)
            await hall.command("undo", seen=host.view["undo_at"])
            await settled(hall, seats)
            await hall.command("accept", by=jury, run=run, reason="Cũng đúng", answer="c")
            await hall.command("hide-board", on=True)
            await settled(hall, seats)
            await hall.command("hide-board", on=False)
            await settled(hall, seats)
    while host.view["phase"] != "ended":
        await hall.next()
        await settled(hall, seats)
    await hall.command("adjust", by=jury, player=hall.made.seats["Chi"].player, points=5, reason="Văn nghệ")
    await settled(hall, seats)
    await hall.command("confirm", by=jury, user=999, name="Kẻ mạo danh")
    await settled(hall, seats)
    assert [one["name"] for one in host.view["signatures"]] == [str(hall.made.chief)]
    for _, _, seat in seats:
        for text in seat.texts:
            msgspec.json.decode(text, type=RoomServerMessage)


async def test_the_frames_of_right_and_wrong_are_alike_until_the_reveal(stage):
    """Row 25: two phones, one right and one wrong; from the opening to the reveal their bytes differ by ids alone."""
    hall = await stage("An", "Bình", rules=LiveRules())
    await hall.desk()
    phones = {"b": await hall.phone("An"), "c": await hall.phone("Bình")}
    run = await hall.ask()
    for value, phone in phones.items():
        await phone.until_phase("open")
        await phone.say(answer(run, value, "key-0000000" + value))
        await phone.until("ack")
    await hall.wait()
    for phone in phones.values():
        await phone.until_phase("closed")
        await phone.idle()

    right, wrong = (without_ids(phone.frames) for phone in phones.values())
    assert right == wrong
    acks = [next(text for text in phone.texts if '"ack"' in text) for phone in phones.values()]
    assert len(acks[0]) == len(acks[1])

    await hall.next()
    for phone in phones.values():
        await phone.until("mine")
    assert [phone.me["result"]["right"] for phone in phones.values()] == [True, False]


def without_ids(frames):
    """Frames without what is a person's own by nature: who they are, their key and receipt, and moments."""
    hidden = {"id", "seat", "name", "key", "receipt", "at", "n"}

    def clean(value):
        if isinstance(value, dict):
            return {name: clean(part) for name, part in value.items() if name not in hidden}
        return [clean(part) for part in value] if isinstance(value, list) else value

    return [clean(frame) for frame in frames]


async def test_no_frame_below_the_host_holds_a_key_before_its_reveal(stage, sit):
    """Canaries in the key and the explanation: the host's screen shows them, no other does before the reveal."""
    hall = await stage("An", questions=2)
    canary = "CHIM-HOANG-YEN"
    row = await LiveRound.objects.aget(pk=hall.made.id)
    for secret in row.secrets.values():
        secret["solution"] |= {"lines": [canary], "explanation": canary}
    await row.asave()
    await sync_to_async(reading.forget)()
    host = await hall.desk()
    others = [await hall.phone("An"), await hall.desk("projector"), await remote(hall, sit)]
    run = await hall.ask()
    await others[0].until_phase("open")
    await others[0].say(answer(run, "b"))
    await hall.wait()
    for seat in [*others, host]:
        await seat.until_phase("closed")
        await seat.idle()
    assert canary in "".join(host.texts)
    for seat in others:
        assert canary not in "".join(seat.texts)
        assert '"right":' not in "".join(seat.texts)
    await hall.next()
    for seat in others:
        await seat.until_phase("reveal")
        assert canary in seat.texts[-1]


async def test_two_rooms_do_not_hear_each_other(stage):
    first, second = await stage("An"), await stage("Bình")
    await first.desk()
    await second.desk()
    an, binh = await first.phone("An"), await second.phone("Bình")
    heard = len(binh.frames)
    run = await first.ask()
    await an.until_phase("open")
    await an.say(answer(run, "b"))
    await an.until("ack")
    await binh.idle()
    assert [frame["type"] for frame in binh.frames[heard:]] == ["pong"]


async def test_the_journal_alone_keeps_the_round(stage, place):
    """A hall that was forgotten (a server that was killed) opens again where it stood, with what was answered."""
    hall = await stage("An")
    await hall.desk()
    an = await hall.phone("An")
    run = await hall.ask()
    await an.until_phase("open")
    await an.say(answer(run, "b"))
    ack = await an.until("ack")

    await sync_to_async(reading.forget)()
    place._close(hall.made.id, 4013)
    assert await an.until_closed() == 4013
    again = await hall.phone("An")
    assert again.view["phase"] == "open"
    assert again.frames[-1]["answer"] == {"value": "b", **{k: v for k, v in ack.items() if k != "type"}}
    await again.say(answer(run, "b"))
    assert await again.until("ack") == ack
    assert await LiveAnswer.objects.acount() == 1
    assert place.find(hall.made.id).desk.answered == {hall.made.seats["An"].player}


async def test_timers_go_on_without_any_host(stage, place):
    """Row 31: the host's laptop dies; the question closes at its time and the round stands at the next boundary."""
    hall = await stage("An", rules=LiveRules(auto_advance_s=1))
    host, an = await hall.desk(), await hall.phone("An")
    await hall.ask()
    await an.until_phase("open")
    await host.wire.disconnect()
    room = place.find(hall.made.id)
    while not room.is_empty and room.links["host"]:
        await an.idle()
    server = place._places[hall.made.id]
    hall.clock.to(room.state.due_at + 1)
    server.pacing.set()
    await an.until_phase("closed")
    hall.clock.to(room.state.due_at + 60_000)
    server.pacing.set()
    assert server.pacing._due is None
    await hall.desk()
    await an.until_phase("reveal")


async def test_a_dead_laptop_leads_no_longer_though_its_line_was_never_closed(stage, place):
    """A half-open line: the server finds out in a minute. The round stands at the next boundary within seconds."""
    hall = await stage("An", rules=LiveRules(auto_advance_s=1))
    host, an = await hall.desk(), await hall.phone("An")
    await hall.ask()
    await hall.wait()
    await an.until_phase("closed")
    server = place._places[hall.made.id]
    (laptop,) = server.room.links["host"]
    assert server.pacing._due is not None

    laptop.heard_at -= presence.PROBE_S
    place.beat(hall.made.id, server)
    probe = await host.until("pong")
    assert probe["t"] < 0
    laptop.heard_at -= presence.SILENT_S
    place.beat(hall.made.id, server)
    assert server.pacing._due is None
    hall.clock.to(server.room.state.due_at + 60_000)
    await server.pacing._tick()  # a timer that was set while the laptop lived
    await an.idle()
    assert an.view["phase"] == "closed"

    await host.say({"type": "echo", "n": probe["n"]})
    await host.idle()
    place.beat(hall.made.id, server)
    await an.until_phase("reveal")


async def test_a_dead_laptop_is_missed_by_the_other_processes_too(stage, place):
    hall = await stage("An")
    await hall.desk()
    room = place.find(hall.made.id)
    (laptop,) = room.links["host"]
    assert presence.here(room).hosts == 1
    laptop.heard_at -= presence.SILENT_S
    assert presence.here(room).hosts == 0


async def rehearsed(stage, sit):
    """A rehearsal's row with one person in it, and how to open their phone."""
    hall = await stage(open_=False)
    now = hall.made.now
    row = await sync_to_async(live_rehearsal.rehearse)(hall.made.id, people=5, actor=hall.made.chief, now=now)
    seated = await sync_to_async(live_join.join)(row.pk, live_join.Wish("An"), now=now)

    async def phone():
        seat = await sit(row.pk, hello("player", seated.token))
        await seat.until("welcome")
        return seat

    return hall.made, row, phone


async def test_a_room_whose_version_went_back_is_left_and_entered_anew(stage, place, sit):
    """A backup was restored under the running server: nobody's screen may stay ahead of what is on disk."""
    made, row, phone = await rehearsed(stage, sit)
    an = await phone()
    kept = an.version
    await sync_to_async(live.command)(row.pk, commands.Lock(on=True), role="host", now=made.now)
    await an.until("moved")
    assert an.view["locked"]
    await LiveEvent.objects.filter(round=row, version__gt=kept).adelete()
    await LiveRound.objects.filter(pk=row.pk).aupdate(version=kept)
    await place.look(row.pk)
    assert await an.until_closed() == 4013
    assert "locked" not in (await phone()).view


async def test_a_rehearsal_that_was_cleared_is_left_for_good(stage, place, sit):
    made, row, phone = await rehearsed(stage, sit)
    an = await phone()
    await sync_to_async(live_rehearsal.clear)(row.pk, actor=made.chief, now=made.now)
    await place.look(row.pk)
    assert await an.until_closed() == 4404
    assert place.find(row.pk) is None


async def test_who_enters_while_the_room_is_closed_enters_the_next_one(stage, place, monkeypatch):
    """The look that finds a newcomer may close the room; a socket left in the old one would hear of nothing."""
    hall = await stage("An")
    await hall.desk()
    look = place.look

    async def closing(round_id):
        await look(round_id)
        place._close(round_id, 4013)

    with monkeypatch.context() as deaf:
        deaf.setattr(place, "moved", lambda *news: None)
        deaf.setattr(place, "look", closing)
        await sync_to_async(hall.made.join)("Bình")
        binh = await hall.phone("Bình")
    assert hall.made.seats["Bình"].player in place.find(hall.made.id).players
    await sync_to_async(hall.made.advance)()
    await binh.until_phase("title")
