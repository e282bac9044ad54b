"""Events applied to an old snapshot are a fresh snapshot: for every role, in every mode, with everybody's own part.

A real room tells every move of a round to recording sockets; after each, every screen is compared (`recorded.py`).
"""

import random
from collections import Counter

import pytest

from contest.errors import Refusal
from contest.live import commands as c
from contest.live.rules import BellRules, BuzzerRules, LiveRules, TeamRules
from contest.live.state import Item, Phase
from tests.api.live.recorded import Recorded
from tests.contest.live.hall import OPTIONS, questions


def poll(no):
    return Item(no, "poll", "Bạn chọn gì?", kind="single", body=OPTIONS)


@pytest.mark.parametrize("answer", ["first", "last"])
@pytest.mark.parametrize("mode", ["official", "game", "bell"])
async def test_every_screen_shows_the_state_from_the_lobby_to_the_end(mode, answer):
    items = (*questions(2), poll(3), Item(4, "slide", "Nghỉ"), *questions(6)[4:])
    hall = Recorded(rules=LiveRules(mode=mode, answer=answer, board_every=1), items=items, players=6)
    hall.do(c.Lock(on=True))
    hall.do(c.Lock(on=False))
    hall.ask(p1="a", p2="a", p3="a", p4=("b", 1500), p5="a")
    hall.do(c.Blank(on=True))
    hall.do(c.Kick(6))
    hall.do(c.Rename(5, "Tên khác"))
    hall.join(7)
    hall.come(7)
    hall.do(c.HideBoard(on=True))
    hall.open()
    hall.do(c.Pause())
    hall.now += 3000
    hall.do(c.Resume())
    hall.do(c.AddTime(hall.state.run, 5000))
    for player, value in ((1, "a"), (2, "a"), (3, "b")):
        hall.answer(player, value)
    hall.now = hall.run.opens_at + 2000
    hall.do(c.CloseNow(hall.state.run))
    hall.close()
    hall.next()
    hall.do(c.Blank(on=False))
    hall.do(c.Accept(hall.state.run, "Cũng đúng", "b"))
    hall.do(c.HideBoard(on=False))
    hall.do(c.Adjust(3, 5, "Nhắc bài"))
    hall.do(c.Undo(hall.state.undo_at))
    hall.do(c.Replay(hall.state.run, "Loa hỏng"))
    hall.ask(p1="a", p2="b", p7="a")
    hall.come(1)
    hall.ask(p1="a", p4="b", p7="c")
    hall.ask(p1="a", p2="c", p3="a")
    hall.do(c.Readmit(6))
    hall.come(6)
    hall.ask(p1="a", p6="a")
    hall.end()
    hall.do(c.VoidRun(1, "Sai đáp án"))
    hall.do(c.Kick(2, ban=True))
    hall.do(c.Confirm(1, "Giám khảo một"))
    hall.do(c.Confirm(2, "Giám khảo hai"))
    hall.do(c.Publish(1, "Giám khảo một"))
    hall.do(c.Adjust(1, -3, "Phạm quy"))


async def test_nobody_keeps_an_old_own_part_when_the_round_is_ended_early():
    hall = Recorded(players=3)
    hall.ask(p1="a", p2=("a", 1500))
    hall.do(c.Finish("Mất điện"))


@pytest.mark.parametrize("answers", ["captain", "members", "majority"])
async def test_nobody_keeps_an_old_own_part_where_teams_answer(answers):
    """A poll asks every member, a question the captain alone; a captain who is put out has a successor at once."""
    items = (*questions(1), poll(2), *questions(4)[2:])
    hall = Recorded(
        rules=LiveRules(mode="teams", teams=TeamRules(answers=answers)),
        items=items,
        players=7,
        teams={1: [1, 2, 3], 2: [4, 5, 6]},
    )
    hall.open()
    hall.do(c.Kick(1))
    hall.answer(2)
    hall.close()
    hall.next()
    hall.ask(p3="b", p6="a", p2="a")
    hall.ask(p2="a", p4="b")
    hall.do(c.Readmit(1))
    hall.come(1)
    hall.do(c.Replay(hall.state.run, "Mất tiếng"))
    hall.ask(p1="a")
    hall.ask(p4="a")
    hall.end()


async def test_who_is_off_the_floor_watches_the_bell_question_alone():
    items = (*questions(1), *questions(2, bell=True)[1:], *questions(3)[2:], poll(4))
    rules = LiveRules(mode="bell", bell=BellRules(last=2, to_bell=True))
    hall = Recorded(rules=rules, items=items, players=4)
    hall.ask(p1="a", p2="a", p3="b")
    hall.open()
    assert hall.run.scope == (1, 2)
    assert [hall.me(player).watching for player in (1, 2, 3, 4)] == [False, False, True, True]
    hall.answer(1)
    hall.do(c.MarkLoss(2, hall.state.run, "Mất mạng"))
    hall.close()
    hall.next()
    hall.do(c.Replay(hall.state.run, "Mất tiếng"))
    hall.ask(p1="b")
    hall.ask(p3="a")
    assert not hall.me(3).watching
    hall.ask(p3="b")
    hall.end()


async def test_every_screen_shows_who_leaves_the_floor_and_who_comes_back():
    rules = LiveRules(mode="bell", board_every=2, bell=BellRules(late_floor=True))
    hall = Recorded(rules=rules, items=questions(3), players=6)
    hall.open()
    hall.do(c.MarkLoss(4, 1, "Mất mạng"))
    hall.answer(1)
    hall.answer(2)
    hall.answer(3, "b")
    hall.close()
    hall.next()
    hall.join(7)
    hall.come(7)
    hall.do(c.MarkLoss(6, 1, "Mất mạng"))
    hall.do(c.Rescue("Máy chủ ghi nhận", (4,)))
    hall.do(c.Eliminate((6,), "Máy vẫn nối mạng"))
    hall.do(c.Rescue("Cứu trợ", count=2))
    hall.do(c.Undo(hall.state.undo_at))
    hall.do(c.Rescue("Cứu trợ", count=1, by="latest"))
    hall.ask(p1="a", p2="b", p3="a", p4="a", p7="a")
    hall.do(c.VoidRun(2, "Sai đáp án"))
    hall.ask(p1="a")
    hall.end()


async def test_nobody_keeps_an_old_own_part_at_the_buzzer():
    rules = LiveRules(mode="buzzer", board_every=1, buzzer=BuzzerRules(skip_next=True))
    hall = Recorded(rules=rules, items=(*questions(2), poll(3)), players=4)
    for player in (1, 2):
        hall.open()
        hall.answer(player, value=True)
        hall.now = hall.run.opens_at + 2000
        hall.do(c.CollectPresses(hall.state.run))
        hall.do(c.JudgeBuzz(hall.state.run, player, right=player == 2))
        if hall.state.phase is Phase.OPEN:
            hall.close()
        hall.next()
    hall.ask(p1="a", p4="b")
    hall.end()


@pytest.mark.parametrize("board_every", [0, 1])
async def test_what_a_plan_ends_with_tells_nobody_their_rank(board_every):
    """The podium does. Places are no secret until the last question is revealed; poll and slide after it keep them."""
    items = (*questions(1), Item(2, "slide", "Nghỉ"), *questions(3)[2:], poll(4), Item(5, "slide", "Cảm ơn"))
    hall = Recorded(rules=LiveRules(board_every=board_every), items=items, players=3)
    ranks = []

    def look():
        ranks.append((hall.state.phase.value, hall.me(1).result.rank))

    hall.ask(p1="a", p2=("a", 2000))
    look()
    hall.next()
    look()
    hall.ask(p1="a")
    look()
    hall.next()
    look()
    hall.ask(p1="b")
    while hall.state.phase is not Phase.ENDED:
        look()
        hall.next()
    look()
    assert ranks[:2] == [("reveal", 1), ("board" if board_every else "slide", 1)]
    assert ranks[2:6] == [("reveal", 0), ("title", 0), ("reveal", 0), ("slide", 0)]
    assert ranks[-1] == ("ended", 1)


class Walk:
    """Random deeds of everybody, all of it from a seed; whatever the machine refuses is passed over."""

    def __init__(self, hall, seed):
        self.hall, self.random, self.done = hall, random.Random(seed), Counter()

    def step(self):
        name = self.random.choice(DEEDS)
        try:
            getattr(self, name)()
        except Refusal:
            return
        self.done[name] += 1
        hall = self.hall
        back = [one for one, person in hall.state.players.items() if person.status == "in"]
        hall.come(*(player for player in back if player not in hall.screens))

    @property
    def player(self):
        return self.random.choice([*self.hall.state.players])

    @property
    def run(self):
        return self.random.randint(1, max(1, self.hall.state.run))

    def advance(self):
        if self.hall.state.paused_at:
            self.hall.do(c.Resume())
        self.hall.next()

    def tick(self):
        self.hall.tick(host_present=True)

    def answer(self):
        hall = self.hall
        item = hall.state.shown_item
        press = hall.state.rules.mode == "buzzer" and item is not None and item.type == "question"
        if hall.run is not None:
            hall.answer(
                self.player, True if press else self.random.choice("abc"), self.random.randint(1, 9000)
            )

    def join(self):
        if len(self.hall.state.players) < 12:
            self.hall.join(len(self.hall.state.players) + 1)

    def correct(self):
        deeds = [
            c.VoidRun(self.run, "Sai"),
            c.Accept(self.run, "Cũng đúng", "b"),
            c.Replay(self.run, "Loa hỏng"),
        ]
        self.hall.do(self.random.choice(deeds))

    def judge(self):
        self.hall.now += 2000
        hall, first = self.hall, self.hall.state.buzz.first
        if first:
            hall.do(c.JudgeBuzz(hall.state.run, first[0], right=self.random.random() < 0.4))
        else:
            hall.do(c.CollectPresses(hall.state.run))

    def host(self):
        on = self.random.random() < 0.5
        deeds = [
            c.Kick(self.player),
            c.Readmit(self.player),
            c.Rename(self.player, f"Tên {self.random.randint(1, 99)}"),
            c.MarkLoss(self.player, self.run, "Mất mạng"),
            c.Undo(self.hall.state.undo_at),
            c.HideBoard(on=on),
            c.Blank(on=on),
            c.Pause() if on else c.Resume(),
            c.AddTime(self.run, 5000),
            c.Adjust(self.player, self.random.randint(-5, 5), "Trọng tài"),
            c.Rescue("Cứu trợ", count=1),
            c.Rescue("Máy chủ ghi nhận", (self.player,)),
            c.Eliminate((self.player,), "Máy vẫn nối mạng"),
        ]
        self.hall.do(self.random.choice(deeds))


DEEDS = ["advance"] * 4 + ["tick"] * 4 + ["answer"] * 8 + ["host"] * 4 + ["join", "correct", "judge", "judge"]
ROUNDS = {
    "official": {"rules": LiveRules(board_every=2, answer="last")},
    "game": {"rules": LiveRules(mode="game", board_every=1)},
    "bell": {"rules": LiveRules(mode="bell", bell=BellRules(last=2, to_bell=True, late_floor=True))},
    "buzzer": {
        "rules": LiveRules(mode="buzzer", buzzer=BuzzerRules(early=True, skip_next=True, strict=True))
    },
} | {
    answers: {
        "rules": LiveRules(mode="teams", teams=TeamRules(answers=answers)),
        "teams": {1: [1, 2, 3], 2: [4, 5]},
    }
    for answers in ("captain", "members", "majority")
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("mode", ROUNDS)
async def test_every_screen_shows_the_state_whatever_anybody_does(mode, seed):
    items = (*questions(3), *questions(4, bell=mode == "bell")[3:], poll(5), *questions(7)[5:])
    walk = Walk(Recorded(items=(*items, Item(8, "slide", "Cảm ơn")), players=6, **ROUNDS[mode]), seed)
    for _ in range(160):
        walk.step()
    assert walk.done["advance"] > 3, walk.done
