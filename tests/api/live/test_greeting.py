"""Who may enter a live room, what a socket may say, and with which code it is closed."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import OperationalError
from django.utils import timezone

from api.live import room_socket, tickets
from api.live.closing import Close
from api.live.consumers import CREDITS, Credits
from contest.actions import live_remotes, live_setup
from contest.models import ContestStaff, LiveRemote, LiveStaff
from tests import builders
from tests.api.live.room import answer, command, hello, session_of, ticket
from tests.live_builders import hall

pytestmark = pytest.mark.django_db(transaction=True)
build = sync_to_async(hall)


async def code_for(sit, round_id, said, headers=()):
    """The code with which the greeting is answered; 0 for a welcome."""
    seat = await sit(round_id, said, headers)
    frame = await seat.next()
    return 0 if frame is not None and frame["type"] == "welcome" else seat.code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("{", Close.NO_HELLO),
        ("[]", Close.NO_HELLO),
        ('{"type": "ping", "t": 1}', Close.NO_HELLO),
        ('{"role": "player", "token": "x"}', Close.NO_HELLO),
        ('{"type": "hello", "role": "king", "token": "x"}', Close.NO_HELLO),
        ('{"type": "hello", "role": "player", "token": "x", "more": 1}', Close.NO_HELLO),
        ('{"type": "hello", "role": "player", "token": 7}', Close.NO_HELLO),
        ("[" * 16_000, Close.NO_HELLO),
        ('{"type": "hello", "role": "player", "token": "%s"}' % ("x" * 17_000), Close.TOO_LARGE),
        ('{"type": "hello", "role": "player", "token": "x", "protocol": 1}', Close.OTHER_PROTOCOL),
        ('{"type": "hello", "role": "player", "token": "x"}', Close.NOT_IDENTIFIED),
        ('{"type": "hello", "role": "remote", "token": "x"}', Close.NOT_IDENTIFIED),
        ('{"type": "hello", "role": "host", "token": "x"}', Close.NOT_IDENTIFIED),
    ],
)
async def test_a_wrong_greeting_is_closed_with_its_code(sit, said, code):
    made = await build("An")
    assert await code_for(sit, made.id, said) == code


async def test_a_socket_that_says_nothing_is_closed(sit, monkeypatch):
    monkeypatch.setattr(room_socket, "HELLO_S", 0.01)
    made = await build("An")
    assert await code_for(sit, made.id, None) == Close.TOO_SLOW


async def test_there_is_no_room_for_a_draft_or_an_unknown_round(sit):
    draft = await build(open_=False)
    assert await code_for(sit, draft.id, hello("player", "x")) == Close.NOT_FOUND
    assert await code_for(sit, 987_654, hello("player", "x")) == Close.NOT_FOUND


async def test_the_token_of_another_round_opens_nothing(sit):
    made, other = await build("An"), await build("Bình")
    assert await code_for(sit, other.id, hello("player", made.seats["An"].token)) == Close.NOT_IDENTIFIED


@pytest.mark.parametrize("role", ["player", "projector", "host", "jury", "remote"])
async def test_nobody_makes_the_server_read_a_round_without_having_been_identified(sit, role):
    made = await build("An")
    assert await code_for(sit, made.id, hello(role, "nonsense")) == Close.NOT_IDENTIFIED
    assert sit.hall.find(made.id) is None


async def test_a_ticket_opens_its_role_in_its_round_for_a_minute(sit, monkeypatch):
    made, other = await build("An"), await build()
    cookie = await sync_to_async(session_of)(made.chief)
    host = ticket(made.id, "host", made.chief)
    assert await code_for(sit, made.id, hello("host", host), cookie) == 0
    assert await code_for(sit, made.id, hello("jury", host), cookie) == Close.NOT_IDENTIFIED
    assert await code_for(sit, made.id, hello("projector", host), cookie) == Close.NOT_IDENTIFIED
    assert await code_for(sit, other.id, hello("host", host), cookie) == Close.NOT_IDENTIFIED
    assert await code_for(sit, made.id, hello("host", host[:-1] + "x"), cookie) == Close.NOT_IDENTIFIED
    forged = signing.TimestampSigner(salt="another").sign(f"{made.id}.host.{made.chief.pk}")
    assert await code_for(sit, made.id, hello("host", forged), cookie) == Close.NOT_IDENTIFIED
    monkeypatch.setattr(tickets, "SECONDS", timedelta(seconds=-1))
    assert await code_for(sit, made.id, hello("host", host), cookie) == Close.NOT_IDENTIFIED


async def test_a_ticket_without_the_session_opens_the_projector_alone(sit):
    made = await build("An")
    assert await code_for(sit, made.id, hello("projector", ticket(made.id, "projector", made.chief))) == 0
    for role in ("host", "jury"):
        assert await code_for(sit, made.id, hello(role, ticket(made.id, role, made.chief))) == Close.FORBIDDEN
    stranger = await sync_to_async(session_of)(await sync_to_async(builders.user)())
    said = hello("host", ticket(made.id, "host", made.chief))
    assert await code_for(sit, made.id, said, stranger) == Close.FORBIDDEN


async def test_a_ticket_of_somebody_without_the_role_opens_nothing(sit):
    made = await build("An")
    user = await sync_to_async(builders.user)()
    cookie = await sync_to_async(session_of)(user)
    assert (
        await code_for(sit, made.id, hello("host", ticket(made.id, "host", user)), cookie) == Close.FORBIDDEN
    )
    await LiveStaff.objects.acreate(round=made.row, user=user, role="jury")
    assert (
        await code_for(sit, made.id, hello("host", ticket(made.id, "host", user)), cookie) == Close.FORBIDDEN
    )
    assert await code_for(sit, made.id, hello("jury", ticket(made.id, "jury", user)), cookie) == 0


@pytest.mark.parametrize("end", ["signed out", "deactivated", "demoted", "another password"])
async def test_staff_that_is_no_longer_staff_loses_the_socket_and_commands_nothing(stage, monkeypatch, end):
    """Row 27: on the next command at once, and without one at the next look."""
    place = await stage("An")
    first = await place.desk()
    await first.idle()
    monkeypatch.setattr(room_socket, "CHECK_S", 0.05)
    second = await place.desk()
    chief = place.made.chief
    if end == "signed out":
        await Session.objects.all().adelete()
    elif end == "deactivated":
        chief.is_active = False
        await chief.asave()
    elif end == "demoted":
        await ContestStaff.objects.all().adelete()
    else:
        chief.set_password("một mật khẩu khác")
        await chief.asave()
    version = place.made.row.version
    await first.say(command("advance", seen=first.view["next_step"]))
    refused = await first.until("refused")
    assert (refused["id"], refused["code"]) == ("c1", "not-allowed")
    assert (await sync_to_async(lambda: place.made.state)()).phase == "lobby", version
    assert await second.until_closed() == Close.FORBIDDEN


async def test_a_revoked_remote_is_dead(stage, sit, monkeypatch):
    place = await stage("An")
    offer, pair = sync_to_async(live_remotes.offer_remote), sync_to_async(live_remotes.pair_remote)
    code = await offer(place.made.id, actor=place.made.chief, now=timezone.now())
    _, token = await pair(code, now=timezone.now())
    monkeypatch.setattr(room_socket, "CHECK_S", 0.05)
    remote = await sit(place.made.id, hello("remote", token))
    await remote.until("welcome")
    await LiveRemote.objects.aupdate(revoked_at=1)
    assert await remote.until_closed() == Close.FORBIDDEN
    assert await code_for(sit, place.made.id, hello("remote", token)) == Close.NOT_IDENTIFIED


async def remote_of(place, sit):
    """A paired remote's socket, welcomed."""
    offer, pair = sync_to_async(live_remotes.offer_remote), sync_to_async(live_remotes.pair_remote)
    code = await offer(place.made.id, actor=place.made.chief, now=timezone.now())
    _, token = await pair(code, now=timezone.now())
    remote = await sit(place.made.id, hello("remote", token))
    await remote.until("welcome")
    return remote


async def test_revoking_remotes_closes_an_idle_one_at_once_and_no_other_socket(stage, sit, monkeypatch):
    monkeypatch.setattr(room_socket, "CHECK_S", 3600.0)
    place = await stage("An")
    host, remote = await place.desk(), await remote_of(place, sit)
    assert await sync_to_async(live_remotes.revoke_remotes)(place.made.id, now=timezone.now()) == 1
    assert await remote.until_closed() == Close.FORBIDDEN
    await host.idle()
    again = await remote_of(place, sit)
    await again.idle()


async def test_who_is_taken_off_the_jury_is_shut_out_at_once(stage, sit, monkeypatch):
    monkeypatch.setattr(room_socket, "CHECK_S", 3600.0)
    place = await stage("An")
    judge, now = await sync_to_async(builders.user)(), timezone.now()
    added = await sync_to_async(live_setup.add_staff)(
        place.made.id, username=judge.username, role="jury", actor=place.made.chief, now=now
    )
    desk = await place.desk("jury", judge)
    await sync_to_async(live_setup.remove_staff)(
        place.made.id, staff_id=added.pk, actor=place.made.chief, now=now
    )
    assert await desk.until_closed() == Close.FORBIDDEN


async def test_another_process_hears_that_remotes_were_revoked(stage, sit, place, monkeypatch):
    monkeypatch.setattr(room_socket, "CHECK_S", 3600.0)
    scene = await stage("An")
    remote = await remote_of(scene, sit)
    await LiveRemote.objects.aupdate(revoked_at=1)
    place._hear({"rounds": [], "staff": [scene.made.id], "origin": "another"})
    assert await remote.until_closed() == Close.FORBIDDEN


async def test_a_remote_that_presses_its_key_after_it_was_revoked_is_told_at_once(stage, sit):
    place = await stage("An")
    offer, pair = sync_to_async(live_remotes.offer_remote), sync_to_async(live_remotes.pair_remote)
    code = await offer(place.made.id, actor=place.made.chief, now=timezone.now())
    _, token = await pair(code, now=timezone.now())
    spoken = [(b"cookie", b"django_language=en")]
    remote = await sit(place.made.id, hello("remote", token), spoken)
    version = (await remote.until("welcome"))["version"]
    await LiveRemote.objects.aupdate(revoked_at=1)
    await remote.say(command("lock", on=True))
    refused = await remote.until("refused")
    assert (refused["code"], refused["text"]) == (
        "not-allowed",
        "Your account does not have permission to do this.",
    )
    assert await remote.until_closed() == Close.FORBIDDEN
    assert (await sync_to_async(lambda: place.made.state)()).version == version


async def test_each_role_commands_what_its_role_may_and_nothing_else(stage, sit):
    place = await stage("An", "Bình")
    host, jury = await place.desk(), await place.desk("jury")
    projector, an = await place.desk("projector"), await place.phone("An")
    for seat in (projector, an, jury):
        await seat.say(command("advance", seen=host.view["next_step"]))
        assert (await seat.until("refused"))["code"] == "not-allowed"
    await host.say(command("confirm", user=1, name="x"))
    assert (await host.until("refused"))["code"] == "not-allowed"
    for forged in ("open-lobby", "join", "tick", "collect-presses"):
        await host.say(command(forged))
        assert (await host.until("refused"))["code"] == "malformed"
    assert (await sync_to_async(lambda: place.made.state)()).phase == "lobby"
    await host.say(answer(1, "b"))
    assert (await host.until("refused"))["code"] == "not-a-player"


async def test_a_refusal_has_its_sentence_and_names_what_it_refuses(stage):
    place = await stage("An")
    host, an = await place.desk(), await place.phone("An")
    await an.say(answer(1, "b", "key-00000009"))
    refused = await an.until("refused")
    assert (refused["key"], refused["code"]) == ("key-00000009", "question-closed")
    assert refused["text"]
    await host.say(command("kick", player=999_999))
    assert (await host.until("refused"))["code"] == "no-such-player"


@pytest.mark.parametrize(
    "said",
    [
        "{",
        '{"type":"king"}',
        '{"type":"answer","run":1,"key":"short","value":1}',
        '{"type":"ping"}',
        '{"type":"hello","role":"player","token":"x"}',
        "[" * 9000,
    ],
)
async def test_a_malformed_message_is_refused_and_the_socket_stays(stage, said):
    place = await stage("An")
    an = await place.phone("An")
    await an.say(said)
    assert (await an.until("refused"))["code"] == "malformed"
    await an.idle()


async def test_an_ordering_that_names_no_place_is_refused_and_the_socket_stays(stage):
    place = await stage("An", content=builders.order)
    await place.desk()
    an = await place.phone("An")
    run = await place.ask()
    await an.until_phase("open")
    await an.say(answer(run, ["a:" + "9" * 5000]))
    assert (await an.until("refused"))["code"] == "response-malformed"
    await an.say(answer(run, ["a:2", "b:1"]))
    await an.until("ack")


async def test_a_large_frame_closes(stage):
    place = await stage("An")
    an = await place.phone("An")
    await an.say(answer(1, "x" * 17_000))
    assert await an.until_closed() == Close.TOO_LARGE


async def test_too_many_messages_close(stage, monkeypatch):
    monkeypatch.setattr(room_socket, "Credits", lambda: Credits(lambda: 0.0))  # however long they take
    place = await stage("An")
    an = await place.phone("An")
    for _ in range(60):
        await an.say({"type": "ping", "t": 1})
    assert await an.until_closed() == Close.TOO_MANY
    assert len([frame for frame in an.frames if frame["type"] == "pong"]) == CREDITS


async def test_a_newer_socket_of_the_same_person_takes_over(stage):
    """Row 21, and Rahoot's scar: the old one is closed, the new one welcomed, always."""
    place = await stage("An", "Bình")
    old, other = await place.phone("An"), await place.phone("Bình")
    new = await place.phone("An")
    assert await old.until_closed() == Close.REPLACED
    await new.idle()
    await other.idle()
    room = next(iter(place._sit.hall._places.values())).room
    assert len(room.links["player"]) == 2


async def test_who_is_put_out_is_told_and_closed_and_does_not_come_back(stage, sit):
    """Row 24: the acknowledgement of an answer that was on its way never comes."""
    place = await stage("An", "Bình")
    await place.desk()
    an = await place.phone("An")
    run = await place.ask()
    await an.until_phase("open")
    await place.command("kick", player=place.made.seats["An"].player)
    await an.say(answer(run, "b"))
    assert await an.until_closed() == Close.FORBIDDEN
    assert an.me["status"] == "kicked"
    assert "ack" not in {frame["type"] for frame in an.frames}
    token = place.made.seats["An"].token
    assert await code_for(sit, place.made.id, hello("player", token)) == Close.FORBIDDEN
    await place.command("readmit", player=place.made.seats["An"].player)
    assert await code_for(sit, place.made.id, hello("player", token)) == 0


async def test_a_gap_is_healed_by_a_resync(stage):
    place = await stage("An")
    await place.desk()
    an = await place.phone("An")
    run = await place.ask()
    await an.until_phase("open")
    await an.say(answer(run, "b"))
    ack = await an.until("ack")
    await an.say({"type": "resync"})
    again = await an.until("welcome")
    assert again["player"] == an.view
    assert (again["answer"]["receipt"], again["answer"]["value"]) == (ack["receipt"], "b")


async def test_the_database_away_closes_with_try_later(sit, monkeypatch):
    made = await build("An")

    def broken(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("contest.queries.live.player_by_token", broken)
    assert await code_for(sit, made.id, hello("player", made.seats["An"].token)) == Close.TRY_LATER
