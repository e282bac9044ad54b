"""A place that goes to another device: the old token is dead at once, whatever was heard of it."""

import pytest
from asgiref.sync import sync_to_async

from api.live import visitors
from api.live.closing import Close
from contest.actions import live_join
from contest.models import LiveAnswer
from contest.signals import live_seat_taken
from tests.api.live.room import answer, hello
from tests.api.live.test_http_beside import wire  # noqa: F401  (a fixture)
from tests.live_builders import hall

pytestmark = pytest.mark.django_db(transaction=True)


def take_over(made, name):
    seated = made.seats[name]
    return live_join.come_back(made.id, seat=seated.seat, code=seated.code)


async def test_the_socket_of_the_older_device_is_closed_before_the_newer_has_one(stage):
    place = await stage("An", "Bình")
    old, other = await place.phone("An"), await place.phone("Bình")
    await sync_to_async(take_over)(place.made, "An")
    assert await old.until_closed() == Close.REPLACED
    await other.idle()


async def test_an_answer_over_a_dead_token_is_refused_though_no_news_came(stage, sit):
    live_seat_taken.disconnect(dispatch_uid="tests.live")
    place = await stage("An")
    await place.desk()
    old = await place.phone("An")
    run = await place.ask()
    await old.until_phase("open")
    again = await sync_to_async(take_over)(place.made, "An")

    await old.say(answer(run, "a"))
    assert (await old.until("refused"))["code"] == "token-invalid"
    assert await old.until_closed() == Close.REPLACED
    assert not await LiveAnswer.objects.aexists()

    new = await sit(place.made.id, hello("player", again.token))
    await new.say(answer(run, "b", "key-00000002"))
    assert (await new.until("ack"))["key"] == "key-00000002"


async def test_late_news_of_a_takeover_closes_no_newer_socket(stage, sit, place):
    room = await stage("An")
    again = await sync_to_async(take_over)(room.made, "An")
    new = await sit(room.made.id, hello("player", again.token))
    await new.until("welcome")
    await place.check_seat(room.made.id, again.player)
    await new.idle()


async def test_who_is_replaced_while_coming_in_does_not_stay(stage, sit, monkeypatch):
    place = await stage("An")
    identify = visitors.identify

    def slowly(*asked, **how):
        found = identify(*asked, **how)
        take_over(place.made, "An")
        return found

    monkeypatch.setattr(visitors, "identify", slowly)
    old = await sit(place.made.id, hello("player", place.made.seats["An"].token))
    assert await old.until_closed() == Close.REPLACED


def test_a_process_without_sockets_tells_those_that_have_them(wire):  # noqa: F811
    made = hall("An")
    again = take_over(made, "An")
    assert wire.next("taken")["taken"] == [(made.id, again.player)]


def test_the_same_device_again_is_a_takeover_too(wire):  # noqa: F811
    made = hall()
    wish = live_join.Wish("Hà", device="d" * 64)
    live_join.join(made.id, wish, now=made.now)
    again = live_join.join(made.id, wish, now=made.now)
    assert wire.next("taken")["taken"] == [(made.id, again.player)]
