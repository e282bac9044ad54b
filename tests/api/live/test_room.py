"""The live room over its socket: greeting, a whole round, answers on disk."""

import pytest
from asgiref.sync import sync_to_async

from contest.models import LiveAnswer
from tests.api.live.room import Clock, answer, command, hello, session_of, ticket
from tests.live_builders import hall

pytestmark = pytest.mark.django_db(transaction=True)
build = sync_to_async(hall)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


async def phone(sit, made, name):
    seat = await sit(made.id, hello("player", made.seats[name].token))
    await seat.until("welcome")
    return seat


async def desk(sit, made, role="host"):
    cookie = await sync_to_async(session_of)(made.chief)
    seat = await sit(made.id, hello(role, ticket(made.id, role, made.chief)), cookie)
    await seat.until("welcome")
    return seat


async def next_step(host):
    await host.say(command("advance", seen=host.view["next_step"]))
    await host.until("done")


async def open_question(host, clock):
    """The next question with its options open."""
    await next_step(host)
    while host.view["phase"] != "open":
        clock.to(host.view["clock"]["due_at"])
        await host.next()
    clock.to(host.view["clock"]["opens_at"] + 1000)
    return host.view["run"]


async def test_a_phone_answers_and_hears_that_it_is_on_disk(sit, clock):
    made = await build("An", "Bình")
    host, an = await desk(sit, made), await phone(sit, made, "An")
    run = await open_question(host, clock)
    await an.until_phase("open")

    await an.say(answer(run, "b"))
    ack = await an.until("ack")

    kept = await LiveAnswer.objects.aget(round_id=made.id)
    assert (ack["run"], ack["key"], ack["receipt"], ack["at"]) == (run, kept.key, kept.receipt, kept.at)
    assert kept.value == "b"
