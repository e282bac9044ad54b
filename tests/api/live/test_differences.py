"""Whoever's own part a move changes is told so: what `_tell_own` leaves out must be as it was."""

import pytest

from api.live.differences import changed_players, everybody_concerned
from contest.live import commands as c
from contest.live.rules import BellRules, BuzzerRules, LiveRules, TeamRules
from contest.live.state import Item, Phase
from tests.contest.live.hall import OPTIONS, Hall, questions


class Watched(Hall):
    """Checks every move for phones that would go on showing what is no longer so."""

    def do(self, command):
        before = self.state
        shown = {player: self.me(player) for player in before.players}
        done = super().do(command)
        told = set(before.players) if everybody_concerned(before, self.state) else set()
        told |= set(changed_players(before, self.state))
        stale = {player for player in shown if self.me(player) != shown[player]} - told
        assert not stale, f"{type(command).__name__} → {self.state.phase}: {stale}"
        return done


def poll(no):
    return Item(no, "poll", "Bạn chọn gì?", kind="single", body=OPTIONS)


@pytest.mark.parametrize("mode", ["official", "game", "bell"])
def test_nobody_keeps_an_old_own_part_from_the_lobby_to_the_end(mode):
    hall = Watched(rules=LiveRules(mode=mode, board_every=1), players=6)
    hall.ask(p1="a", p2="a", p3="a", p4=("b", 1500), p5="a")
    hall.do(c.Kick(6))
    hall.do(c.Rename(5, "Tên khác"))
    hall.do(c.HideBoard(on=True))
    hall.ask(p1="a", p2=("a", 2000), p3="a", p5="b")
    hall.do(c.HideBoard(on=False))
    hall.do(c.Adjust(3, 5, "Nhắc bài"))
    hall.do(c.Undo())
    hall.ask(p1="a", p2="c", p3="a")
    hall.end()
    hall.do(c.VoidRun(1, "Sai đáp án"))
    hall.do(c.Readmit(6))


def test_nobody_keeps_an_old_own_part_when_the_round_is_ended_early():
    hall = Watched(players=3)
    hall.ask(p1="a", p2=("a", 1500))
    hall.do(c.Finish("Mất điện"))


@pytest.mark.parametrize("answers", ["captain", "members", "majority"])
def test_nobody_keeps_an_old_own_part_where_teams_answer(answers):
    """A poll asks every member, a question the captain alone; a captain who is put out has a successor at once."""
    items = (*questions(1), poll(2), *questions(4)[2:])
    hall = Watched(
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
    hall.do(c.Replay(hall.state.run, "Mất tiếng"))
    hall.ask(p1="a")
    hall.ask(p4="a")
    hall.end()


def test_who_is_off_the_floor_watches_the_bell_question_alone():
    items = (*questions(1), *questions(2, bell=True)[1:], *questions(3)[2:], poll(4))
    rules = LiveRules(mode="bell", bell=BellRules(last=2, to_bell=True))
    hall = Watched(rules=rules, items=items, players=4)
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


def test_nobody_keeps_an_old_own_part_at_the_buzzer():
    rules = LiveRules(mode="buzzer", board_every=1, buzzer=BuzzerRules(skip_next=True))
    hall = Watched(rules=rules, items=(*questions(2), poll(3)), players=4)
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
def test_the_slide_a_plan_ends_with_hides_the_ranks_of_everybody(board_every):
    items = (*questions(1), Item(2, "slide", "Nghỉ"), *questions(3)[2:], Item(4, "slide", "Cảm ơn"))
    hall = Watched(rules=LiveRules(board_every=board_every), items=items, players=3)
    hall.ask(p1="a", p2=("a", 2000))
    hall.ask(p1="a")
    hall.end()
