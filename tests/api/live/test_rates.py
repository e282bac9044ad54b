"""How often a hall that streams in is told to the screens, in a time that passes as fast as it is reckoned."""

import asyncio
import json
from itertools import pairwise

import pytest
from channels.layers import InMemoryChannelLayer

from api.live import presence
from api.live.commits import Commits
from api.live.hall import Hall
from api.live.hints import Courier
from api.live.link import Link
from api.live.place import TICK_S, Place
from api.live.presence import Seen
from api.live.rooms import GATHER_S, GATHER_SCREENS_S
from contest.actions.live_answers import Recorded
from contest.live import commands as c
from contest.live.rules import LiveRules, TeamRules
from contest.queries.live import Loaded
from tests.contest.live.hall import Hall as Played

PEOPLE = 200
HAIR = 0.001  # what numbers with a point may be off
SCREENS = ("projector", "host", "jury", "remote")


class Swift(asyncio.SelectorEventLoop):
    """A loop in which nobody waits: when nothing is to be done it is at once the time of what is next.

    Its time is what is reckoned, and nothing else: work costs none, however slow the machine.
    """

    def __init__(self):
        super().__init__()
        self._now = 1000.0

    def time(self):
        return self._now

    def _run_once(self):
        if not self._ready and self._scheduled:
            self._now = max(self._now, self._scheduled[0].when())
        super()._run_once()


class Recorder:
    """A hall with a round in memory and a socket of each role; `frames` by role: (moment, frame)."""

    def __init__(self, played):
        self.played, self.round_id = played, 7
        commits = Commits(lambda *told: None)
        self.hall = Hall(Courier(InMemoryChannelLayer, group="live"), commits, shared=lambda: False)
        loaded = Loaded(self.round_id, 1, rehearsal=False, state=played.state, secrets=played.secrets)
        self.place = self.hall._places[self.round_id] = Place(loaded, [], commits)
        self.frames = {}

    async def link(self, role, player=0):
        kept = self.frames.setdefault((role, player), [])

        async def send(message):
            kept.append((asyncio.get_running_loop().time(), json.loads(message["text"])))

        link = Link(send, role, player=player)
        await self.hall.enter(link, self.round_id)
        return link

    def moments(self, role, type_, player=0):
        return [at for at, frame in self.frames[role, player] if frame["type"] == type_]

    def take(self):
        self.place.room.take(self.played.state)


def swiftly(work):
    with asyncio.Runner(loop_factory=Swift) as runner:
        runner.run(work())


def apart(moments):
    return min((later - before for before, later in pairwise(moments)), default=float("inf"))


def test_two_hundred_who_join_within_two_seconds_are_told_once_a_second():
    async def work():
        room = Recorder(Played(players=1))
        for role in SCREENS:
            await room.link(role)
        await room.link("player", 1)
        await asyncio.sleep(5)  # a quiet hall
        began = asyncio.get_running_loop().time()
        for number in range(2, PEOPLE + 2):
            room.played.join(number)
            room.take()
            await room.link("player", number)
            await asyncio.sleep(0.01)
        await asyncio.sleep(3)

        for role in SCREENS:
            moved = [at for at in room.moments(role, "moved") if at >= began]
            assert moved[0] - began < HAIR, "the first is told at once"
            assert apart(moved) > GATHER_SCREENS_S - HAIR
            assert len(moved) <= 4
        for role in ("projector", "host", "jury"):
            ticks = [at for at in room.moments(role, "tick") if at >= began]
            assert ticks[0] - began < HAIR
            assert apart(ticks) > TICK_S - HAIR
            assert len(ticks) <= 4
            assert room.frames[role, 0][-1][1]["connected"] == PEOPLE + 1
        phone = room.moments("player", "moved", 1)
        assert apart(phone) > GATHER_S["player"] - HAIR
        assert 2 <= len(phone) <= 3
        await room.hall.stop()

    swiftly(work)


def test_answers_that_stream_in_are_counted_once_a_second_and_the_first_at_once():
    async def work():
        played = Played(players=PEOPLE)
        room = Recorder(played)
        await room.link("projector")
        for number in range(1, PEOPLE + 1):
            await room.link("player", number)
        played.open()
        room.take()
        await asyncio.sleep(3)
        began = asyncio.get_running_loop().time()
        for number in range(1, PEOPLE + 1):
            outcome = Recorded(number, played.run.no, f"key-{number:05}", 1, "a", 0, "ABCDEF")
            room.place.room.committed([outcome])
            await asyncio.sleep(0.01)
        await asyncio.sleep(2)
        ticks = [at for at in room.moments("projector", "tick") if at >= began]
        assert ticks[0] - began < HAIR
        assert apart(ticks) > TICK_S - HAIR
        assert room.frames["projector", 0][-1][1]["answered"] == PEOPLE
        await room.hall.stop()

    swiftly(work)


def test_who_joins_when_places_are_told_is_one_more_for_everybody():
    """A newcomer is a line of the board: everybody's "of" grows, with the next frame of the gathering."""

    async def work():
        played = Played(players=3)
        room = Recorder(played)
        for number in (1, 2, 3):
            await room.link("player", number)
        played.ask(p1="a", p2="b")
        room.take()
        await asyncio.sleep(3)
        played.join(4)
        room.take()
        await asyncio.sleep(3)
        for number in (1, 2, 3):
            mine = [frame for _, frame in room.frames["player", number] if frame["type"] == "mine"]
            assert mine[-1]["patch"]["result"]["of"] == 4
        await room.hall.stop()

    swiftly(work)


def test_latecomers_of_rung_chuong_vang_are_gathered_too():
    async def work():
        played = Played(rules=LiveRules(mode="bell"), players=3)
        room = Recorder(played)
        await room.link("player", 1)
        await room.link("projector")
        played.ask(p1="a", p2="b", p3="a")
        room.take()
        await asyncio.sleep(3)
        began = asyncio.get_running_loop().time()
        for number in range(4, 54):
            played.join(number)
            room.take()
            await asyncio.sleep(0.01)
        await asyncio.sleep(3)
        assert len([at for at in room.moments("player", "moved", 1) if at >= began]) == 2
        assert len([at for at in room.moments("projector", "moved") if at >= began]) == 2
        await room.hall.stop()

    swiftly(work)


@pytest.mark.parametrize(("answers", "of"), [("captain", 2), ("members", 5)])
def test_the_counter_expects_whose_answer_can_count(answers, of):
    """Of a team the captain alone where the rules say so; who has no team is waited for by nobody."""

    async def work():
        played = Played(
            rules=LiveRules(mode="teams", teams=TeamRules(answers=answers)),
            players=6,
            teams={1: [1, 2, 3], 2: [4, 5]},
        )
        played.open()
        room = Recorder(played).place.room
        seen = Seen(players=frozenset(range(1, 7)), answered=frozenset({1}), run=1)
        tick = presence.tick_of(room, seen, full=True)
        assert (tick.connected, tick.answered, tick.of) == (6, 1, of)
        assert tick.unanswered == ((4,) if answers == "captain" else (2, 3, 4, 5))
        played.do(c.Kick(4))
        room.take(played.state)
        assert 5 in presence.tick_of(room, seen, full=True).unanswered

    swiftly(work)


def test_presence_counts_and_boards_are_told_at_most_once_a_second():
    """What the protocol promises."""
    assert (TICK_S, GATHER_SCREENS_S, GATHER_S) == (1.0, 1.0, {"player": 2.0})
