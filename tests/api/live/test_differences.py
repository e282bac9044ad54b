"""Whoever's own part a move changes is told so: what `_tell_own` leaves out must be as it was."""

import pytest

from api.live.differences import changed_players, everybody_concerned
from contest.live import commands as c
from contest.live.rules import LiveRules
from tests.contest.live.hall import Hall


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
