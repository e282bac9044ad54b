"""People and corrections: refusals, effects, what undo takes back, and when a signed result is open again."""

import pytest
from msgspec.structs import replace

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live.state import Phase
from tests.contest.live.hall import Hall, questions
from tests.contest.live.phases import command, hall_at


def signed(mode="official"):
    hall = hall_at(Phase.ENDED, mode)
    if mode == "bell":
        hall.do(c.Eliminate((4,), "Không có bằng chứng"))
    hall.do(c.Confirm(1, "A"))
    hall.do(c.Confirm(2, "B"))
    return hall


def without(state, *names):
    return replace(state, version=0, undo=(), undo_what="", undo_at=0, **dict.fromkeys(names, ()))


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (c.VoidRun(1, "  "), "reason-missing"),
        (c.VoidRun(9, "x"), "no-such-run"),
        (c.Replay(1, ""), "reason-missing"),
        (c.Replay(9, "x"), "no-such-run"),
        (c.Accept(1, ""), "reason-missing"),
        (c.Accept(9, "x"), "no-such-run"),
        (c.Accept(1, "x", answer="zz"), "response-malformed"),
        (c.Accept(1, "x", answer=""), "answer-empty"),
        (c.Adjust(9, 5, "x"), "no-such-player"),
        (c.Adjust(1, 5, " "), "reason-missing"),
        (c.Adjust(1, 0, "x"), "points-out-of-range"),
        (c.Adjust(1, 10_001, "x"), "points-out-of-range"),
        (c.Kick(9), "no-such-player"),
        (c.Readmit(9), "no-such-player"),
        (c.Rename(9, "x"), "no-such-player"),
        (c.Rename(1, "…"), "name-empty"),
        (c.Rename(1, "x" * 41), "name-too-long"),
        (c.MarkLoss(9, 1, "x"), "no-such-player"),
        (c.MarkLoss(1, 9, "x"), "no-such-run"),
        (c.MarkLoss(1, 1, ""), "reason-missing"),
        (c.Rescue("x", (1,)), "no-floor"),
        (c.Eliminate((1,), "x"), "no-floor"),
        (c.Undo(0), "nothing-to-undo"),
    ],
    ids=str,
)
def test_refusals(deed, code):
    assert hall_at(Phase.REVEAL).refused(deed) == code


@pytest.mark.parametrize(
    ("teams", "members"),
    [
        ((c.Team(1, "A"), c.Team(1, "B")), {1: (1,)}),
        ((c.Team(1, " "),), {1: (1,)}),
        ((c.Team(0, "A"),), {0: (1,)}),
        ((c.Team(1, "A"),), {2: (1,)}),
        ((c.Team(1, "A"), c.Team(2, "B")), {1: (1,), 2: (1,)}),
        ((c.Team(1, "A"),), {1: (99,)}),
    ],
)
def test_malformed_teams_are_refused(teams, members):
    assert Hall(mode="teams").refused(c.FormTeams(teams, members)) == "teams-malformed"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Sen", "Sen"), ("Sen", "SEN"), ("Hoa Sen", " hoa  sen"), ("Hòa", "Ho\u0300a"), ("★", "★")],
)
def test_two_teams_of_one_name_are_refused(first, second):
    hall = Hall(mode="teams")
    members = {1: (1,), 2: (2,), 3: (3,)}
    teams = (c.Team(1, first), c.Team(2, "Khác"), c.Team(3, second))
    assert hall.refused(c.FormTeams(teams, members)) == "teams-same-name"


def test_a_name_of_a_team_is_one_line_of_forty_at_most():
    hall = Hall(mode="teams")
    hall.do(c.FormTeams((c.Team(1, "  Hoa \n Sen "), c.Team(2, "S" * 40)), {1: (1,), 2: (2,)}))
    assert [team.name for team in hall.state.teams.values()] == ["Hoa Sen", "S" * 40]
    assert hall.refused(c.FormTeams((c.Team(1, "S" * 41),), {1: (1,)})) == "team-name-too-long"


def test_names_of_teams_differ_by_their_accents():
    hall = Hall(mode="teams")
    teams = (c.Team(1, "Hoa Mai"), c.Team(2, "Hoa Mãi"), c.Team(3, "★"), c.Team(4, "♥"))
    assert hall.refused(c.FormTeams(teams, {1: (1,), 2: (2,), 3: (3,), 4: (4,)})) == ""


def test_joining_has_its_limits():
    hall = Hall(capacity=5, late_join=False)
    assert hall.refused(join(6)) == "round-full"
    assert hall.do(join(5)) == []  # is in already
    hall.do(c.Kick(5))
    assert hall.do(join(6)) == [e.PlayersJoined]
    hall.do(c.Kick(4))
    hall.do(c.Lock(True))
    assert hall.refused(join(7)) == "lobby-locked"
    hall.do(c.Lock(False))
    hall.next()
    assert hall.refused(join(7)) == "joining-over"


def join(id_):
    return c.Join((c.Player(id_, id_, f"Người {id_}"),))


def test_who_is_out_answers_nothing_and_ranks_nowhere_until_let_in_again():
    hall = Hall()
    hall.ask(p1="a", p2="a")
    hall.do(c.Kick(1))
    hall.open()
    with pytest.raises(Refusal, match="not-a-player"):
        hall.answer(1)
    assert 1 not in hall.ranks()
    hall.do(c.Readmit(1))
    assert hall.points()[1] == 10
    hall.do(c.Kick(1, ban=True))
    assert hall.do(c.Kick(1)) == []
    assert hall.state.players[1].status == "banned"


def test_a_ban_after_a_kick_is_taken_back_to_the_kick():
    hall = Hall()
    hall.do(c.Kick(1))
    hall.do(c.Kick(1, ban=True))
    hall.undo()
    assert hall.state.players[1].status == "kicked"


@pytest.mark.parametrize(
    "kind",
    [c.VoidRun, c.Accept, c.Adjust, c.Kick, c.Rename, c.MarkLoss, c.Rescue],
    ids=lambda kind: kind.__name__,
)
@pytest.mark.parametrize("phase", [Phase.REVEAL, Phase.SLIDE, Phase.ENDED])
def test_undo_leaves_everything_as_it_was(kind, phase):
    hall = hall_at(phase, "bell")
    before = hall.state
    hall.do(command(kind, hall))
    assert without(hall.state) != without(before)
    assert hall.undo()[0] is e.Undone
    after = hall.state
    runs = {no: replace(run, remarked=0) for no, run in after.runs.items()}
    after = replace(after, runs=runs)
    assert without(after) == without(before)
    assert hall.refused(c.Undo(hall.state.undo_at)) == "nothing-to-undo"


def test_what_had_its_effect_at_the_reveal_cannot_be_taken_back_by_itself():
    hall = Hall(mode="bell")
    hall.open()
    hall.answer(1)
    hall.do(c.MarkLoss(2, 1, "Mất mạng"))
    hall.close()
    hall.next()
    assert hall.state.undo_what == "left-floor"


def test_undo_means_the_deed_its_sender_saw():
    hall = Hall()
    hall.ask(p1="a")
    hall.do(c.Kick(3))
    seen = hall.state.undo_at
    # The jury's decision lands before the operator's key does.
    hall.do(c.Accept(1, "Cũng đúng", answer="b"))
    assert hall.refused(c.Undo(seen)) == "undo-overtaken"
    assert hall.undo()[0] is e.Undone
    assert hall.state.players[3].status == "kicked"


def test_nothing_is_taken_back_across_questions():
    hall = Hall()
    hall.ask(p1="a")
    hall.do(c.Adjust(1, 5, "Thưởng"))
    hall.next()
    assert hall.refused(c.Undo(hall.state.undo_at)) == "nothing-to-undo"


def test_a_replay_asks_again_and_the_first_asking_counts_no_more():
    hall = Hall()
    hall.ask(p1="a", p2="b")
    assert hall.do(c.Replay(1, "Mất tiếng")) == [e.RunReplaced, e.RunAnnounced]
    hall.ask(p1="b", p2="a")
    assert (hall.points()[1], hall.points()[2]) == (0, 10)
    assert hall.state.item == 1
    assert hall.do(c.Replay(1, "Lại")) == []


def test_a_replay_of_what_is_closed_keeps_its_answers_for_the_record():
    hall = Hall()
    hall.open()
    hall.answer(1)
    hall.close()
    hall.do(c.Replay(1, "Mất tiếng"))
    assert hall.state.runs[1].answered == 1
    assert hall.points()[1] == 0


@pytest.mark.parametrize(
    "kind",
    [c.VoidRun, c.Accept, c.Adjust, c.Kick, c.Rename, c.MarkLoss, c.Rescue],
    ids=lambda kind: kind.__name__,
)
def test_a_correction_makes_a_signed_result_provisional_again(kind):
    hall = signed("bell")
    hall.do(c.Publish(1, "A"))
    assert hall.state.verdict == "published"
    hall.do(command(kind, hall))
    assert (hall.state.verdict, hall.state.signatures, hall.state.publication) == ("provisional", (), None)
    hall.do(c.Confirm(1, "A"))
    hall.undo()
    assert hall.state.signatures == ()


def test_two_different_people_confirm_before_one_publishes():
    hall = hall_at(Phase.ENDED)
    assert hall.refused(c.Publish(1, "A")) == "not-confirmed"
    hall.do(c.Confirm(1, "A"))
    assert hall.refused(c.Confirm(1, "A")) == "confirmed-by-you"
    assert hall.state.verdict == "provisional"
    hall.do(c.Confirm(2, "B"))
    assert hall.state.verdict == "confirmed"
    assert hall.do(c.Confirm(3, "C")) == []
    hall.do(c.Publish(1, "A"))
    assert hall.do(c.Publish(2, "B")) == []
    assert [by.name for by in hall.state.signatures] == ["A", "B"]


def test_a_void_question_shows_its_reason_and_counts_for_nobody():
    hall = Hall(items=questions(2))
    hall.ask(p1="a")
    hall.do(c.VoidRun(1, " Hai đáp án đúng "))
    assert hall.state.runs[1].voided == "Hai đáp án đúng"
    assert hall.points()[1] == 0
    assert hall.me(1).result is None
    assert hall.do(c.VoidRun(1, "Lại")) == []


def test_the_journal_alone_gives_the_state_back():
    for mode in ("official", "teams", "bell", "buzzer"):
        hall = hall_at(Phase.ENDED, mode)
        for kind in (c.VoidRun, c.Adjust, c.Kick, c.Undo):
            if not hall.refused(command(kind, hall)):
                hall.do(command(kind, hall))
        assert hall.rebuilt() == hall.state
