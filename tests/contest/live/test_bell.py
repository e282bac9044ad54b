"""Rung chuông vàng: who leaves the floor, who comes back, and who may ring the bell."""

import msgspec
import pytest
from msgspec.structs import replace

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live import machine, swings
from contest.live.modes.bell import standing
from contest.live.rules import BellRules, LiveRules
from contest.live.state import Item, Phase, Player
from tests.contest.live.hall import OPTIONS, Hall, documents, questions


def hall_of(*, items=None, players=5, **bell):
    return Hall(
        rules=LiveRules(mode="bell", bell=BellRules(**bell)), items=items or questions(6), players=players
    )


def test_wrong_and_unanswered_leave_together_at_the_reveal_and_not_before():
    hall = hall_of()
    hall.open()
    for player, value in ((1, "a"), (2, "b"), (3, "a")):
        hall.answer(player, value)
    hall.close()
    assert standing(hall.state) == [1, 2, 3, 4, 5]
    assert hall.next() == [e.Revealed, e.LeftFloor]
    assert standing(hall.state) == [1, 3]
    assert documents(hall)["projector"]["left"] == 2
    assert [hall.me(player).floor for player in (1, 2)] == ["in", "out"]


def test_a_technical_loss_waits_for_the_jury():
    hall = hall_of()
    hall.open()
    hall.answer(1)
    hall.do(c.MarkLoss(4, 1, "Mất mạng"))
    hall.do(c.MarkLoss(1, 1, "Mất mạng"))  # has answered right nevertheless
    hall.close()
    assert hall.next() == [e.Revealed, e.HeldForJury, e.LeftFloor]
    assert standing(hall.state) == [1]
    assert hall.state.floor.waiting == {4: 1}
    hall.do(c.Rescue("Máy chủ ghi nhận mất kết nối", (4,)))
    assert standing(hall.state) == [1, 4]
    assert hall.state.floor.rescued == ()  # let stay, not rescued


EVERYBODY = frozenset({1, 2, 3, 4, 5})


def closed_with(hall, away):
    hall.now = hall.state.due_at
    return hall.do(c.Tick(away=away))


def test_by_the_rule_a_line_that_was_down_is_for_the_jury_but_no_answer_and_no_mistake_is():
    hall = hall_of(grace=True)
    hall.open()
    hall.answer(1)
    hall.answer(2, "b")
    hall.do(c.MarkLoss(3, 1, "Mất mạng"))
    assert closed_with(hall, frozenset({1, 2, 3, 4})) == [e.RunClosed, e.LineLost]
    assert [hall.state.players[player].loss for player in (1, 2, 3, 4, 5)] == [(), (), (1,), (1,), ()]
    assert hall.next() == [e.Revealed, e.HeldForJury, e.LeftFloor]
    assert standing(hall.state) == [1]
    assert (hall.state.floor.waiting, hall.state.floor.out) == ({3: 1, 4: 1}, {2: 1, 5: 1})
    assert hall.rebuilt() == hall.state
    hall.do(c.Eliminate((4,), "Tự tắt mạng"))
    assert hall.state.floor.out[4] == 1


def test_without_the_rule_a_line_that_was_down_changes_nothing():
    hall = hall_of()
    hall.open()
    hall.answer(1)
    assert closed_with(hall, EVERYBODY) == [e.RunClosed]
    assert hall.next() == [e.Revealed, e.LeftFloor]


def test_lines_are_looked_at_only_for_who_can_fall_by_the_question():
    poll = Item(1, "poll", "Bạn thích màu nào?", kind="single", body=OPTIONS)
    practice = replace(questions(2)[1], weight=0)
    bell = replace(questions(4)[3], bell=True)
    hall = hall_of(items=(poll, practice, questions(3)[2], bell), grace=True, last=2)
    for _ in range(2):
        hall.open()
        assert closed_with(hall, EVERYBODY) == [e.RunClosed]
        hall.next()
    hall.ask(p1="a", p2="a")
    hall.open()
    assert hall.run.scope == (1, 2)
    assert closed_with(hall, EVERYBODY) == [e.RunClosed, e.LineLost]
    assert {player for player, one in hall.state.players.items() if one.loss} == {1, 2}


def test_a_rehearsal_has_no_lines():
    hall = Hall(rules=LiveRules(mode="bell", rehearsal=True, bell=BellRules(grace=True)))
    hall.open()
    assert closed_with(hall, EVERYBODY) == [e.RunClosed]


def test_a_loss_marked_after_the_fall_waits_too_and_can_be_taken_back():
    hall = hall_of()
    hall.ask(p1="a")
    hall.do(c.MarkLoss(4, 1, "Mất mạng"))
    assert (hall.state.floor.waiting, 4 in hall.state.floor.out) == ({4: 1}, False)
    hall.undo()
    assert (hall.state.floor.waiting, hall.state.floor.out[4]) == ({}, 1)
    assert hall.state.players[4].loss == ()


def test_the_jury_takes_those_waiting_off_the_floor():
    hall = hall_of()
    hall.open()
    hall.answer(1)
    hall.do(c.MarkLoss(4, 1, "Mất mạng"))
    hall.close()
    hall.next()
    hall.ask(p1="a")
    hall.do(c.Eliminate((4,), "Không có bằng chứng"))
    assert hall.state.floor.out[4] == 1  # left by the run that made them wait
    hall.undo()
    assert hall.state.floor.waiting == {4: 1}
    assert hall.refused(c.Eliminate((1,), "x")) == "nobody-waiting"


def test_nobody_leaves_by_a_poll_a_practice_question_or_a_void_one():
    poll = Item(1, "poll", "Bạn thích màu nào?", kind="single", body=OPTIONS)
    practice = replace(questions(2)[1], weight=0)
    hall = hall_of(items=(poll, practice, questions(3)[2]))
    for _ in range(2):
        hall.ask(p1="b")
        assert len(standing(hall.state)) == 5
    hall.open()
    hall.answer(1)
    hall.close()
    hall.do(c.VoidRun(3, "Câu hỏi sai"))
    assert hall.next() == [e.Revealed]
    assert len(standing(hall.state)) == 5


def test_when_nobody_is_right_all_stay_or_leave_by_the_rule():
    stay, leave = hall_of(), hall_of(all_out="leave")
    stay.ask(p1="b")
    leave.ask(p1="b")
    assert len(standing(stay.state)) == 5
    assert standing(leave.state) == []


ACCEPT_B = c.Accept(1, "Cũng đúng", answer="b")


def stayed_all(*answers):
    """A hall in which nobody was right by the key, so all stay; 4 has a technical loss."""
    hall = hall_of()
    hall.open()
    for player, value in answers:
        hall.answer(player, value)
    hall.do(c.MarkLoss(4, 1, "Mất mạng"))
    hall.close()
    assert hall.next() == [e.Revealed, e.StayedOnFloor]
    assert standing(hall.state) == [1, 2, 3, 4, 5]
    return hall


def test_an_answer_accepted_before_the_next_question_decides_anew_who_leaves():
    hall = stayed_all((1, "b"), (2, "c"), (3, "b"))
    before = hall.state
    assert hall.do(ACCEPT_B) == [e.Remarked]
    assert (swings.off_floor(before, hall.state), swings.back_on_floor(hall.state, before)) == (3, 3)
    as_if = hall_of()  # the same answers where b was right from the first
    as_if.open()
    for player, value in ((1, "a"), (2, "c"), (3, "a")):
        as_if.answer(player, value)
    as_if.do(c.MarkLoss(4, 1, "Mất mạng"))
    as_if.close()
    as_if.next()
    assert (standing(hall.state), hall.state.floor) == (standing(as_if.state), as_if.state.floor)
    assert hall.rebuilt() == hall.state

    hall.undo()
    assert (standing(hall.state), hall.state.floor.waiting) == ([1, 2, 3, 4, 5], {})
    hall.do(ACCEPT_B)
    hall.do(c.Accept(1, "Cũng đúng", answer="c"))
    assert standing(hall.state) == [1, 2, 3]
    hall.do(c.VoidRun(1, "Sai đề"))
    assert standing(hall.state) == [1, 2, 3, 4, 5]


def test_an_answer_that_nobody_gave_sends_nobody_off():
    hall = stayed_all((1, "b"), (2, "c"))
    hall.do(c.Accept(1, "Cũng đúng", answer="d"))
    assert standing(hall.state) == [1, 2, 3, 4, 5]


def test_who_was_told_to_stay_and_has_played_on_is_not_sent_off_for_an_earlier_question():
    hall = stayed_all((1, "b"), (2, "c"))
    hall.next()
    assert hall.state.run == 2
    hall.open()
    hall.answer(2)
    hall.close()
    hall.next()
    hall.do(ACCEPT_B)
    assert standing(hall.state) == [2]


def test_who_was_rescued_after_all_stayed_is_not_sent_off_with_them():
    hall = hall_of()
    hall.ask(p1="a", p2="a", p3="a")  # 4 and 5 leave
    hall.ask(p1="b", p2="c", p5="c")
    hall.do(c.Rescue("Cứu trợ", (5,)))
    hall.do(c.Accept(2, "Cũng đúng", answer="b"))
    assert standing(hall.state) == [1, 5]
    hall.undo()
    assert (standing(hall.state), hall.state.floor.rescued) == ([1, 2, 3, 5], (5,))


def test_a_rescued_one_who_falls_by_an_accepted_answer_is_rescued_again_by_undo():
    hall = hall_of()
    hall.ask(p1="a", p2="a")
    hall.do(c.Rescue("Cứu trợ", (5,)))
    hall.ask(p1="b", p2="c", p5="c")
    hall.do(c.Accept(2, "Cũng đúng", answer="b"))
    assert (standing(hall.state), hall.state.floor.rescued) == ([1], ())
    hall.undo()
    assert (standing(hall.state), hall.state.floor.rescued) == ([1, 2, 5], (5,))


def test_the_last_one_leaves_when_wrong():
    hall = hall_of()
    hall.ask(p1="a")
    hall.ask(p1="b")
    assert standing(hall.state) == []
    assert hall.ranks()[1] == 1


def test_a_void_run_an_accepted_answer_and_a_replay_bring_back_whom_it_felled():
    for deed, back in (
        (c.VoidRun(1, "Sai đề"), [1, 2, 3, 4, 5]),
        (c.Accept(1, "Cũng đúng", answer="b"), [1, 2]),
        (c.Accept(1, "Mọi đáp án", everything=True), [1, 2, 3]),
        (c.Replay(1, "Mất điện"), [1, 2, 3, 4, 5]),
    ):
        hall = hall_of()
        hall.ask(p1="a", p2="b", p3="c")
        hall.do(deed)
        assert standing(hall.state) == back, deed
        if not isinstance(deed, c.Replay):
            hall.undo()
            assert standing(hall.state) == [1]


def test_a_batch_that_left_can_come_back_by_undo():
    hall = hall_of()
    hall.ask(p1="a")
    hall.undo()
    assert len(standing(hall.state)) == 5


def test_undo_of_a_fall_brings_back_those_who_wait_for_the_jury_by_the_same_question():
    hall = hall_of()
    hall.open()
    hall.answer(1)
    hall.do(c.MarkLoss(4, 1, "Mất mạng"))
    hall.close()
    hall.next()
    assert (standing(hall.state), hall.state.floor.waiting) == ([1], {4: 1})
    hall.undo()
    assert (standing(hall.state), hall.state.floor.waiting) == ([1, 2, 3, 4, 5], {})


def test_rescue_by_number_by_rank_and_by_the_last_to_fall():
    hall = hall_of()
    hall.ask(p1="a", p2="a", p3="a", p4=("b", 5), p5="b")  # 4 and 5 leave
    hall.ask(p1="a", p2="b", p3="b", p4="a")  # 2 and 3 leave; 4 answers off the floor
    assert standing(hall.state) == [1]
    kept = hall.state
    for command, back in (
        (c.Rescue("Cứu trợ", (5,)), {1, 5}),
        (c.Rescue("Cứu trợ", count=1, by="latest"), {1, 2, 3}),
        (c.Rescue("Cứu trợ", count=3), {1, 2, 3, 4}),
        (c.Rescue("Cứu trợ", count=4), {1, 2, 3, 4, 5}),
    ):
        hall.state = kept
        hall.do(command)
        assert set(standing(hall.state)) == back
        assert set(hall.state.floor.rescued) == back - {1}
    hall.state = kept
    assert hall.refused(c.Rescue("Cứu trợ", (1,))) == "nobody-to-rescue"
    assert hall.refused(c.Rescue("Cứu trợ")) == "nobody-to-rescue"


def test_the_floor_ranks_first_then_the_run_of_leaving_then_the_chain():
    hall = hall_of()
    hall.ask(p1=("a", 9000), p2="a", p3="a", p4="a")  # 5 leaves
    hall.ask(p1="a", p2="a", p5="a")  # 3 and 4 leave
    hall.ask(p1="a", p5="a", p4="a")  # 2 leaves
    assert hall.ranks() == {1: 1, 2: 2, 4: 3, 3: 4, 5: 5}
    assert documents(hall)["player"]["round"]["chain"] == ("floor", "points", "right", "time")


def test_the_bell_question_comes_only_with_few_enough_left_and_for_them_alone():
    items = (*questions(2), replace(questions(3)[2], bell=True))
    hall = hall_of(items=items, last=1)
    hall.ask(p1="a", p2="a")
    hall.ask(p1="a", p2="a")
    assert "next" not in documents(hall)["host"]
    assert hall.next() == [e.PodiumStepped]

    hall = hall_of(items=items, last=1)
    hall.ask(p1="a", p2="a")
    hall.ask(p1="a")
    hall.open()
    assert hall.run.scope == (1,)
    with pytest.raises(Refusal, match="not-asked"):
        hall.answer(2)
    assert hall.me(2).watching
    hall.answer(1)
    hall.close()
    hall.next()
    assert standing(hall.state) == [1]


def test_the_bell_question_may_come_as_soon_as_few_enough_are_left():
    items = (*questions(3), replace(questions(4)[3], bell=True))
    hall = hall_of(items=items, last=1, to_bell=True)
    hall.ask(p1="a")
    assert documents(hall)["host"]["next"]["no"] == 4
    hall.open()
    assert hall.state.item == 4


def before_the_bell(*removed):
    """The bell question is announced. 1 stands, and who was removed; 2 left by the second question, 3 by the first."""
    hall = hall_of(items=(*questions(2), replace(questions(3)[2], bell=True)), players=4, late_floor=True)
    hall.ask(p1="a", p2="a", p3="b", p4="a")
    hall.ask(p1="a", p2="b", p4="a" if removed else "b")
    for player in removed:
        hall.do(c.Kick(player))
    hall.next()
    assert (hall.state.phase, hall.run.scope) == (Phase.TITLE, (1,))
    return hall


RESCUED, READMITTED, JOINED = c.Rescue("Cứu trợ", (2,)), c.Readmit(4), c.Join((Player(6, 6, "Người 6"),))
LOST = c.MarkLoss(2, 2, "Mất mạng")


@pytest.mark.parametrize("is_read", [False, True])
@pytest.mark.parametrize(("deed", "player"), [(RESCUED, 2), (READMITTED, 4), (JOINED, 6), (LOST, 2)])
def test_whoever_is_on_the_floor_when_the_options_open_is_asked_the_bell_question(deed, player, is_read):
    hall = before_the_bell(*((4,) if deed is READMITTED else ()))
    if is_read:
        hall.tick()
    hall.do(deed)
    assert not hall.me(player).watching
    assert hall.me(3).watching
    hall.open()
    assert hall.run.scope == (1, player)
    hall.answer(1)
    hall.answer(player, "b")
    hall.close()
    hall.next()
    assert standing(hall.state) == [1]
    assert hall.rebuilt() == hall.state


@pytest.mark.parametrize("all_out", [False, True])
def test_who_is_let_in_again_after_the_options_opened_was_not_asked_and_waits_for_the_jury(all_out):
    hall = before_the_bell(4)
    if all_out:
        hall.do(RESCUED)
    hall.open()
    hall.do(c.Readmit(4))
    with pytest.raises(Refusal, match="not-asked"):
        hall.answer(4)
    hall.answer(1, "b")
    hall.close()
    hall.next()
    assert standing(hall.state) == ([1, 2] if all_out else [])
    assert hall.state.floor.waiting == {4: 3}
    hall.end()
    assert hall.refused(c.Confirm(1, "A")) == "floor-undecided"


def test_who_joins_while_the_bell_question_is_open_answers_off_the_floor():
    hall = before_the_bell()
    hall.open()
    hall.do(JOINED)
    assert hall.me(6).floor == "out"


CORRECTED = [c.Accept(2, "Cũng đúng", answer="b"), c.VoidRun(2, "Sai đề")]


@pytest.mark.parametrize("is_revealed", [False, True])
@pytest.mark.parametrize("deed", CORRECTED)
def test_whom_a_correction_brings_back_past_the_bell_question_waits_or_is_asked_anew(deed, is_revealed):
    hall = before_the_bell()
    hall.open()
    hall.answer(1, "b")
    hall.close()
    if is_revealed:
        hall.next()
        before = hall.state.floor
        hall.do(deed)
        assert hall.rebuilt() == hall.state
        hall.undo()
        assert hall.state.floor == before
    hall.do(deed)
    if not is_revealed:
        hall.next()
    assert (hall.state.floor.out, hall.state.floor.waiting) == ({3: 1, 1: 3}, {2: 3, 4: 3})
    hall.do(c.Replay(3, "Có người chưa được hỏi"))
    hall.open()
    assert hall.run.scope == (1, 2, 4)


@pytest.mark.parametrize(("late_floor", "place"), [(False, "out"), (True, "in")])
def test_who_joins_late_stands_by_the_rule(late_floor, place):
    hall = hall_of(late_floor=late_floor)
    hall.open()
    hall.join(6)  # the first question is still open: on the floor
    hall.answer(6)
    hall.close()
    hall.next()
    hall.join(7)
    assert [hall.me(player).floor for player in (6, 7)] == ["in", place]
    hall.ask(p6="a", p7="a")
    assert [hall.me(player).floor for player in (6, 7)] == ["in", place]
    if not late_floor:
        assert hall.ranks()[7] == 7
        assert hall.refused(c.Rescue("Cứu trợ", count=9)) == ""


@pytest.mark.parametrize("opening", ["poll", "practice", "asked again"])
def test_nobody_is_late_before_the_first_question_for_points_is_over(opening):
    first = {
        "poll": Item(1, "poll", "Bạn thích màu nào?", kind="single", body=OPTIONS, points=0),
        "practice": questions(1, weight=0)[0],
        "asked again": questions(1)[0],
    }[opening]
    hall = hall_of(items=(first, *questions(4)[1:]), players=2)
    hall.ask(p1="a", p2="a")
    if opening == "asked again":
        hall.do(c.Replay(1, "Mất điện"))
    hall.join(6)
    assert hall.me(6).floor == "in"
    hall.ask(p1="a", p2="a", p6="a")
    hall.join(7)
    assert [hall.me(player).floor for player in (6, 7)] == ["in", "out"]


@pytest.mark.parametrize("last", [Phase.REVEAL, Phase.PODIUM])
def test_who_joins_when_nothing_is_asked_any_more_does_not_stand(last):
    hall = hall_of(items=questions(2), players=3, late_floor=True)
    hall.ask(p1="a", p2="a")
    hall.join(5)  # a question is still to come
    hall.ask(p1="a", p2="b", p5="a")
    if last is Phase.PODIUM:
        hall.next()
    assert hall.state.phase is last
    hall.join(6)
    assert [hall.me(player).floor for player in (5, 6)] == ["in", "out"]
    assert hall.ranks()[6] == 5


def test_a_newcomer_does_not_take_the_bell_question_from_those_it_is_for():
    hall = hall_of(items=(*questions(1), replace(questions(2)[1], bell=True)), players=2, late_floor=True)
    hall.ask(p1="a")
    hall.join(6)  # with two on the floor nothing would be asked any more
    assert hall.me(6).floor == "out"
    hall.open()
    assert hall.run.scope == (1,)


def removed_in_the_first(value=None):
    """3 is removed while the first question is open, perhaps with an answer; 1 and 2 are right."""
    hall = hall_of(players=3)
    hall.open()
    if value:
        hall.answer(3, value)
    hall.do(c.Kick(3))
    hall.answer(1)
    hall.answer(2)
    hall.close()
    return hall


@pytest.mark.parametrize(("value", "place"), [(None, "waiting"), ("b", "waiting"), ("a", "in")])
def test_who_is_let_in_again_past_a_question_they_were_not_right_in_waits_for_the_jury(value, place):
    hall = removed_in_the_first(value)
    hall.do(c.Kick(3, ban=True))
    hall.next()
    hall.open()
    hall.do(c.Readmit(3))
    assert hall.me(3).floor == place
    assert hall.state.floor.waiting == ({3: 1} if place == "waiting" else {})
    assert hall.rebuilt() == hall.state
    hall.answer(1)
    hall.close()
    hall.next()
    assert standing(hall.state) == [1]
    hall.do(c.VoidRun(1, "Sai đề"))
    assert (3 in standing(hall.state)) == (place == "waiting")


def test_who_was_out_between_two_reveals_only_has_missed_nothing():
    hall = hall_of(players=3)
    hall.ask(p1="a", p2="a", p3="a")
    hall.do(c.Kick(3))
    hall.open()
    hall.do(c.Readmit(3))
    assert hall.me(3).floor == "in"
    hall.answer(3)
    hall.answer(1)
    hall.close()
    hall.next()
    assert standing(hall.state) == [1, 3]
    hall.do(c.Kick(1))
    hall.undo()
    assert standing(hall.state) == [1, 3]


def test_a_void_is_not_taken_back_behind_somebody_who_was_let_in_because_of_it():
    hall = removed_in_the_first()
    hall.next()
    hall.do(c.VoidRun(1, "Sai đề"))
    hall.do(c.Readmit(3))
    assert standing(hall.state) == [1, 2, 3]
    assert not hall.state.undo


def test_a_journal_of_former_days_keeps_its_floor():
    """Events as they were written before the bell question widened and people could be passed over."""
    hall = before_the_bell(4)
    hall.do(RESCUED)
    hall.tick()
    written = [
        {"event": "options-opened", "run": 3, "opens_at": 1, "closes_at": 2, "due_at": 3},
        {
            "event": "run-closed",
            "run": 3,
            "at": 2,
            "marks": {"1": [False, 0, 1]},
            "counts": {},
            "answered": 1,
        },
        {"event": "revealed", "run": 3, "solution": {}},
        {"event": "left-floor", "run": 3, "players": [1]},
        {"event": "player-readmitted", "player": 4},
        {"event": "run-voided", "run": 1, "reason": "Sai đề", "back": [3]},
    ]
    old = machine.apply(hall.state, [e.decode(msgspec.json.encode(line)) for line in written])
    assert old.runs[3].scope == (1,)
    assert (standing(old), old.floor.out, old.floor.waiting) == ([2, 3, 4], {1: 3}, {})
    back = {"event": "undone", "what": "run-voided", "events": list(old.undo)}
    undone = machine.apply(old, [e.decode(msgspec.json.encode(back))])
    assert (standing(undone), undone.floor.out) == ([2, 4], {3: 1, 1: 3})


def test_the_result_is_not_confirmed_while_somebody_waits():
    hall = hall_of(items=questions(1))
    hall.open()
    hall.answer(1)
    hall.do(c.MarkLoss(2, 1, "Mất mạng"))
    hall.close()
    hall.end()
    assert hall.refused(c.Confirm(1, "A")) == "floor-undecided"
    hall.do(c.Eliminate((2,), "Không có bằng chứng"))
    assert hall.refused(c.Confirm(1, "A")) == ""


def test_who_stands_does_not_change_while_a_question_is_open():
    hall = hall_of()
    hall.ask(p1="a")
    hall.open()
    assert hall.refused(c.Rescue("Cứu trợ", (2,))) == "not-now"
    hall.close()
    assert hall.state.phase is Phase.CLOSED
    assert hall.refused(c.Rescue("Cứu trợ", (2,))) == "not-now"
