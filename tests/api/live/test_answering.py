"""Answers over the socket: on disk before they are acknowledged, once however often they come, in few transactions."""

import asyncio
import threading
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.db import OperationalError
from django.utils import timezone

from api.live import commits as writing
from api.live import lobby, workers
from api.live.commits import Commits
from contest.actions import live, live_answers, live_remotes
from contest.actions.live_answers import Recorded, Submission
from contest.errors import Refusal
from contest.live import answers
from contest.live.rules import BuzzerRules, LiveRules
from contest.models import LiveAnswer, LiveRound
from contest.queries import live as reading
from tests.api.live.room import answer, hello
from tests.live_builders import hall

pytestmark = pytest.mark.django_db(transaction=True)


async def asked(stage, *names, **options):
    """A stage whose question is open, and its phones."""
    place = await stage(*names, **options)
    await place.desk()
    phones = [await place.phone(name) for name in names]
    run = await place.ask()
    for phone in phones:
        await phone.until_phase("open")
    return place, run, phones


async def test_a_retry_gets_the_same_acknowledgement_whenever_it_comes(stage):
    place, run, (an,) = await asked(stage, "An")
    await an.say(answer(run, "b"))
    await an.say(answer(run, "b"))
    first, second = await an.until("ack"), await an.until("ack")
    again = await place.phone("An")
    await again.say(answer(run, "b"))
    third = await again.until("ack")
    await place.wait()
    await again.until_phase("closed")
    place._sit.hall.find(place.made.id).desk._acks.clear()  # another process knows it from disk alone
    await again.say(answer(run, "b"))
    late = await again.until("ack")
    assert first == second == third == late
    assert await LiveAnswer.objects.acount() == 1


async def test_the_first_answer_counts_and_a_second_is_refused(stage):
    _, run, (an,) = await asked(stage, "An")
    await an.say(answer(run, "b", "key-00000001"))
    await an.until("ack")
    await an.say(answer(run, "c", "key-00000002"))
    refused = await an.until("refused")
    assert (refused["code"], refused["key"]) == ("already-answered", "key-00000002")
    assert (await LiveAnswer.objects.aget()).value == "b"


async def test_the_last_answer_counts_where_the_rules_say_so(stage):
    _, run, (an,) = await asked(stage, "An", rules=LiveRules(answer="last"))
    await an.say(answer(run, "b", "key-00000001"))
    await an.until("ack")
    await an.say(answer(run, "c", "key-00000002", seq=2))
    ack = await an.until("ack")
    assert (ack["key"], ack["seq"]) == ("key-00000002", 2)
    assert (await LiveAnswer.objects.aget()).value == "c"
    await an.say({"type": "resync"})
    assert (await an.until("welcome"))["answer"]["value"] == "c"


async def test_answers_early_late_paused_or_to_another_question_are_refused(stage):
    place, run, (an,) = await asked(stage, "An")
    room = place._sit.hall.find(place.made.id)
    opens_at, closes_at = room.state.current.opens_at, room.state.current.closes_at
    place.clock.stand_at(opens_at - 500)
    await an.say(answer(run, "b"))
    assert (await an.until("refused"))["code"] == "question-not-open"
    place.clock.to(opens_at + 500)
    await an.say(answer(run + 1, "b"))
    assert (await an.until("refused"))["code"] == "question-closed"
    await an.say(answer(run, {"a": 1}))
    assert (await an.until("refused"))["code"] == "response-malformed"
    await place.command("pause")
    await an.say(answer(run, "b"))
    assert (await an.until("refused"))["code"] == "live-paused"
    await place.command("resume")
    closes_at = room.state.current.closes_at
    place.clock.to(closes_at + 300)
    await an.say(answer(run, "b"))
    assert (await an.until("refused"))["code"] == "question-closed"
    assert await LiveAnswer.objects.acount() == 0


async def test_a_measured_link_is_compensated_within_its_quota(stage):
    place, run, (an,) = await asked(stage, "An")
    room = place._sit.hall.find(place.made.id)
    room.players[place.made.seats["An"].player].rtt_ms = 5_000.0
    await an.say(answer(run, "b"))
    await an.until("ack")
    kept = await LiveAnswer.objects.aget()
    assert kept.lag_ms == 250
    assert abs(kept.ms - (kept.at - room.state.current.opens_at - 250)) <= 1


async def test_what_was_compensated_is_known_when_the_room_opens_again(stage, place):
    """Two questions at a slow link use up the quota; a server that was restarted grants no new one."""
    hall = await stage("An")
    player = hall.made.seats["An"].player

    async def answered():
        if hall.host is None or hall.host.code:
            await hall.desk()
        an = await hall.phone("An")
        run = await hall.ask()
        await an.until_phase("open")
        place.find(hall.made.id).players[player].rtt_ms = 5_000.0
        await an.say(answer(run, "b"))
        await an.until("ack")
        await hall.wait()
        await hall.next()
        await hall.host.until_phase("reveal")
        return (await LiveAnswer.objects.aget(run=run)).lag_ms

    assert [await answered(), await answered()] == [250, 250]
    await sync_to_async(reading.forget)()
    place._close(hall.made.id, 4013)
    assert await hall.host.until_closed() == 4013
    assert await answered() == 200


async def test_the_echo_of_a_pong_measures_the_link_and_a_forged_one_does_not(stage):
    place = await stage("An")
    an = await place.phone("An")
    link = place._sit.hall.find(place.made.id).players[place.made.seats["An"].player]
    await an.say({"type": "echo", "n": 77})
    await an.idle()
    assert link.rtt_ms is None
    number = an.frames[-1]["n"]
    await an.say({"type": "echo", "n": number})
    await an.idle()
    assert link.rtt_ms is not None
    before = link.rtt_ms
    await an.say({"type": "echo", "n": number})
    await an.idle()
    assert link.rtt_ms == before


async def test_a_remote_counts_too_and_learns_of_nobody(stage, sit):
    place, run, (an, _binh) = await asked(stage, "An", "Bình")
    now = timezone.now()
    code = await sync_to_async(live_remotes.offer_remote)(place.made.id, actor=place.made.chief, now=now)
    _row, token = await sync_to_async(live_remotes.pair_remote)(code, now=now)
    remote = await sit(place.made.id, hello("remote", token))
    await remote.until("welcome")
    await an.say(answer(run, "b"))
    assert set(await remote.until("tick", answered=1)) == {"type", "run", "connected", "answered", "of"}


async def test_the_screens_count_answers_and_people(stage):
    place, run, (an, binh) = await asked(stage, "An", "Bình")
    projector = await place.desk("projector")
    first = await projector.until("tick", connected=2, of=2)
    assert set(first) == {"type", "run", "connected", "of"}
    await an.say(answer(run, "b"))
    await an.until("ack")
    await projector.until("tick", answered=1)
    tick = await place.host.until("tick", answered=1)
    assert tick["unanswered"] == [place.made.seats["Bình"].player]
    assert (tick["hosts"], tick["projectors"]) == (1, 1)
    await binh.wire.disconnect()
    gone = await place.host.until("tick", connected=1)
    assert gone["offline"] == [place.made.seats["Bình"].player]
    assert gone["of"] == 1


async def test_a_press_at_the_buzzer_wins_after_the_window(stage):
    rules = LiveRules(mode="buzzer", buzzer=BuzzerRules(tie_ms=50))
    place, run, (an, binh) = await asked(stage, "An", "Bình", rules=rules)
    await binh.say(answer(run, True))
    await binh.until("ack")
    await an.until_phase("judging")
    assert an.view["buzz"]["names"] == ["Bình"]
    await place.command("judge-buzz", run=run, player=place.made.seats["Bình"].player, right=False)
    await an.until_phase("open")


@pytest.fixture
def slow_disk(monkeypatch):
    """Answers are written only once the event is set."""
    real, free = live_answers.record, threading.Event()
    free.real = real

    def waiting(*args):
        free.wait(30)
        return real(*args)

    monkeypatch.setattr(live_answers, "record", waiting)
    yield free
    free.set()


async def received(place):
    """Waits until an answer stands in the queue: the socket has judged it."""
    commits = place._sit.hall.commits
    while not (commits._waiting or commits._writing):
        await place.host.idle()


async def test_an_answer_received_in_time_counts_however_late_it_is_written(stage, slow_disk):
    """The disk lags by more than the grace; the close waits for what the server has received."""
    place, run, (an,) = await asked(stage, "An")
    server = place._sit.hall._places[place.made.id]
    place.clock.stand_at(server.room.state.current.closes_at - 50)
    await an.say(answer(run, "b"))
    await received(place)
    place.clock.to(server.room.state.due_at + 500)
    server.pacing.set()
    while server.pacing._due is not None:
        await an.idle()
    await an.idle()
    assert an.view["phase"] == "open"

    slow_disk.set()
    await an.until("ack")
    await place.host.until_phase("closed")
    await place.next()
    await an.until("mine")
    assert an.me["result"]["right"]


async def test_a_close_does_not_wait_for_ever(stage, slow_disk, monkeypatch):
    monkeypatch.setattr(writing, "FLUSH_S", 0.05)
    place, run, (an,) = await asked(stage, "An")
    await an.say(answer(run, "b"))
    await received(place)
    await place.wait()
    await an.until_phase("closed")
    slow_disk.set()
    assert (await an.until("refused"))["code"] == "question-closed"


class Elsewhere:
    """A channel layer that leads to other processes."""

    async def group_send(self, group, message):
        pass


@pytest.mark.parametrize("look", [live.tick_due, lambda now: lobby.look(LiveRound.objects.get().pk, now=now)])
def test_who_does_not_serve_the_sockets_leaves_them_the_time_to_write(look):
    before = channel_layers.set("default", Elsewhere())
    try:
        made = hall("An")
        due_at = live.moment(made.ask().due_at)
        look(now=due_at + timedelta(seconds=2))
        assert made.state.phase == "open"
        look(now=due_at + timedelta(seconds=3))
        assert made.state.phase == "closed"
        assert made.state.current.closed_at == made.state.current.closes_at
    finally:
        channel_layers.set("default", before)


async def test_a_press_received_first_has_the_turn_though_it_is_written_last(stage, slow_disk):
    rules = LiveRules(mode="buzzer", buzzer=BuzzerRules(tie_ms=0))
    place, run, (an, binh) = await asked(stage, "An", "Bình", rules=rules)
    server = place._sit.hall._places[place.made.id]
    place.clock.stand_at(server.room.state.current.opens_at + 1000)
    await an.say(answer(run, True))
    await received(place)
    state, player = server.room.state, place.made.seats["Bình"].player
    press = answers.accept(state, player=player, run=run, value=True, at=state.current.opens_at + 1500)
    await workers.run(slow_disk.real, place.made.id, run, [Submission("key-of-binh", press)])

    place.clock.to(state.current.opens_at + 3000)
    collecting = asyncio.ensure_future(server.pacing._collect())
    await an.idle()
    assert an.view["phase"] == "open"
    slow_disk.set()
    await collecting
    await an.until_phase("judging")
    assert an.view["buzz"]["names"] == ["An"]
    await binh.idle()


async def test_a_press_sent_again_when_the_turn_is_taken_or_was_wrong_gets_its_acknowledgement(stage):
    """The first acknowledgement was lost with a link, and another process knows the press from disk alone."""
    place, run, (an, binh) = await asked(
        stage, "An", "Bình", rules=LiveRules(mode="buzzer", buzzer=BuzzerRules(tie_ms=50))
    )
    await an.say(answer(run, True))
    first = await an.until("ack")
    desk = place._sit.hall.find(place.made.id).desk
    await an.until_phase("judging")
    desk._acks.clear()
    await an.say(answer(run, True))
    assert await an.until("ack") == first
    await an.say(answer(run, True, "key-of-another"))
    assert (await an.until("refused"))["code"] == "buzzer-taken"

    await place.command("judge-buzz", run=run, player=place.made.seats["An"].player, right=False)
    await an.until_phase("open")
    desk._acks.clear()
    await an.say(answer(run, True))
    assert await an.until("ack") == first
    await an.say(answer(run, True, "key-of-another"))
    assert (await an.until("refused"))["code"] == "buzzer-locked"
    await binh.idle()
    assert await LiveAnswer.objects.acount() == 1


async def test_a_press_at_the_end_of_the_reading_has_its_turn_when_the_options_are_out(stage, place):
    """The reading ends inside the window of the press: the round goes on, and the press is neither lost nor late."""
    rules = LiveRules(mode="buzzer", buzzer=BuzzerRules(tie_ms=50, early=True))
    hall = await stage("An", "Bình", rules=rules)
    await hall.desk()
    an, binh = [await hall.phone(name) for name in ("An", "Bình")]
    await hall.next()
    await hall.wait()
    await an.until_phase("reading")
    server = place._places[hall.made.id]
    due_at = server.room.state.due_at
    hall.clock.stand_at(due_at - 40)
    await an.say(answer(server.room.state.run, True))
    await an.until("ack")
    hall.clock.stand_at(due_at + 1)
    server.pacing.set()
    await binh.until_phase("open")
    hall.clock.to(due_at + 1)
    server.pacing.set()
    assert server.room.state.current.opens_at > 0
    await an.until_phase("judging")
    assert an.view["buzz"]["names"] == ["An"]
    press = await LiveAnswer.objects.aget()
    assert press.at < due_at


# --- the queue -------------------------------------------------------------------------------------------


@pytest.fixture
def queue():
    """A queue of its own; the thread is ended."""
    made = Commits(lambda round_id, outcomes: None)
    yield made
    made.stop()
    workers.restart()


def submissions(count):
    """A hall with an open question, and an answer of everybody in it."""
    made = hall(*(f"Người {number}" for number in range(count)))
    state = made.ask()
    at = state.current.opens_at + 1000
    return made, [
        Submission(
            f"key-{seat.player:08}",
            answers.accept(state, player=seat.player, run=state.run, value="b", at=at),
        )
        for seat in made.seats.values()
    ]


def settle_all(queue, made, found):
    """Submits all at once, before the writer may look, and waits for every outcome."""
    outcomes, done = [], threading.Event()

    def settled(outcome):
        outcomes.append(outcome)
        if len(outcomes) == len(found):
            done.set()

    with queue._wake:
        for submission in found:
            queue.submit(made.id, submission, settled)
    assert done.wait(30)
    return outcomes


def test_two_hundred_answers_at_once_cost_a_handful_of_transactions(queue):
    made, found = submissions(200)
    outcomes = settle_all(queue, made, found)
    assert all(isinstance(outcome, Recorded) for outcome in outcomes)
    assert LiveAnswer.objects.count() == 200
    assert 1 <= queue.transactions <= 5


def test_nothing_is_acknowledged_that_the_database_did_not_take(queue, monkeypatch):
    made, found = submissions(3)
    real, calls = live_answers.record, []

    def broken(*args):
        calls.append(args)
        raise OperationalError("gone")

    monkeypatch.setattr(live_answers, "record", broken)
    outcomes = settle_all(queue, made, found)
    assert {outcome.code for outcome in outcomes} == {"busy"}
    assert LiveAnswer.objects.count() == 0
    monkeypatch.setattr(live_answers, "record", real)
    assert all(isinstance(outcome, Recorded) for outcome in settle_all(queue, made, found))


def test_a_connection_lost_once_is_no_loss(queue, monkeypatch):
    made, found = submissions(3)
    real, calls = live_answers.record, []

    def once(*args):
        calls.append(args)
        if len(calls) == 1:
            raise OperationalError("gone")
        return real(*args)

    monkeypatch.setattr(live_answers, "record", once)
    assert all(isinstance(outcome, Recorded) for outcome in settle_all(queue, made, found))


def test_a_queue_that_is_too_long_refuses(queue, monkeypatch):
    made, found = submissions(1)
    monkeypatch.setattr(writing, "MOST_WAITING", 0)
    with pytest.raises(Refusal) as caught:
        queue.submit(made.id, found[0], print)
    assert caught.value.code == "busy"


def test_an_answer_that_another_process_did_not_wait_for_is_refused_and_not_written(queue):
    """The bound that PROTOCOL.md prints: a close waits for the answers of its own process."""
    made, found = submissions(2)
    made.wait()
    outcomes = settle_all(queue, made, found)
    assert {outcome.code for outcome in outcomes} == {"question-closed"}
    assert LiveAnswer.objects.count() == 0


def test_nobody_s_answer_hangs_because_somebody_could_not_be_told(monkeypatch):
    """The hall raises, a loop has ended, a socket has gone: the thread goes on, and so do all other answers."""

    def raising(*args):
        raise RuntimeError("gone")

    queue = Commits(raising)
    made, found = submissions(3)
    ended = asyncio.new_event_loop()
    monkeypatch.setattr(ended, "call_soon_threadsafe", raising)
    told = []
    done = threading.Event()
    queue.submit(made.id, found[0], told.append, ended)
    queue.submit(made.id, found[1], raising)
    queue.submit(made.id, found[2], lambda outcome: (told.append(outcome), done.set()))
    assert done.wait(20)
    assert queue.flush()
    assert [outcome.player for outcome in told] == [found[2].answer.player]
    assert LiveAnswer.objects.count() == 3
    assert len(settle_all(queue, made, found)) == 3
    ended.close()
    queue.stop()
    workers.restart()


async def test_a_batch_comes_back_to_its_event_loop(queue):
    made, found = await sync_to_async(submissions)(5)
    told: list[int] = []
    loop = asyncio.get_running_loop()
    everybody = asyncio.Event()

    def settled(outcome):
        told.append(threading.get_ident())
        if len(told) == 5:
            everybody.set()

    for submission in found:
        queue.submit(made.id, submission, settled, loop)
    await asyncio.wait_for(everybody.wait(), 20)
    assert set(told) == {threading.get_ident()}
