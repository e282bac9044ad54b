"""The buzzer: first is who pressed first, as far as that can be known; what a wrong answer costs and opens."""

import pytest
from msgspec.structs import replace

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live.rules import BuzzerRules, LiveRules
from contest.live.state import GRACE_MS, Item, Phase
from tests.contest.live.hall import OPTIONS, Hall, documents, questions


def hall_of(*, items=None, **buzzer):
    return Hall(rules=LiveRules(mode="buzzer", buzzer=BuzzerRules(**buzzer)), items=items or questions(4))


def press(hall, player, ms, **facts):
    return hall.answer(player, True, ms, **facts)


def collect(hall):
    return hall.do(c.CollectPresses(hall.state.run))


def won(hall, *presses):
    """Opens, presses (player, ms), and lets the window pass."""
    if hall.state.phase is not Phase.OPEN:
        hall.open()
    for player, ms in presses:
        press(hall, player, ms)
    hall.now = hall.run.opens_at + min(ms for _, ms in presses) + 150 + GRACE_MS
    collect(hall)
    return hall.state.buzz.first


def judge(hall, player, right):
    return hall.do(c.JudgeBuzz(hall.state.run, player, right))


def refusal_of(hall, player, ms=1000):
    with pytest.raises(Refusal) as refused:
        press(hall, player, ms)
    return refused.value.code


def test_presses_within_the_jitter_of_the_first_are_a_declared_tie():
    assert won(hall_of(), (2, 1000), (1, 1150), (3, 1151)) == (2, 1)


def test_the_lag_of_a_link_is_taken_off():
    hall = hall_of(tie_ms=0)
    hall.open()
    press(hall, 1, 1000)
    press(hall, 2, 1100, lag_ms=150)
    hall.now = hall.run.opens_at + 1300
    collect(hall)
    assert hall.state.buzz.first == (2,)


def test_the_window_is_open_until_every_press_that_ties_has_come():
    hall = hall_of()
    hall.open()
    press(hall, 1, 1000)
    hall.now = hall.run.opens_at + 1000 + 150 + GRACE_MS - 1
    assert collect(hall) == []
    hall.now += 1
    assert collect(hall) == [e.BuzzWon]


def test_right_gets_the_points_and_closes_the_question():
    hall = hall_of()
    won(hall, (2, 1000), (1, 3000))
    assert refusal_of(hall, 3) == "buzzer-taken"
    assert documents(hall)["player"]["buzz"]["names"] == ("Người 2",)
    assert hall.refused(c.JudgeBuzz(1, 1, True)) == "not-at-the-buzzer"
    assert judge(hall, 2, True) == [e.BuzzJudged, e.RunClosed]
    assert hall.run.closed_at == hall.now
    hall.next()
    assert hall.points() == {1: 0, 2: 10, 3: 0, 4: 0, 5: 0}
    assert hall.me(2).result.ms == 1000
    assert not hall.me(1).result.answered


def test_after_a_wrong_answer_the_next_who_has_pressed_answers():
    hall = hall_of(penalty=5, floor=False)
    won(hall, (2, 1000), (1, 1100), (3, 1200), (4, 1300))
    assert hall.state.buzz.first == (2, 1)
    assert judge(hall, 1, False) == [e.BuzzJudged, e.BuzzWon]
    assert hall.state.buzz.first == (2,)
    judge(hall, 2, False)
    assert hall.state.buzz.first == (3, 4)
    judge(hall, 4, True)
    hall.next()
    assert hall.points() == {1: -5, 2: -5, 3: 0, 4: 10, 5: 0}


def test_without_another_press_the_clock_goes_on_from_where_it_stood():
    hall = hall_of()
    won(hall, (2, 1000))
    run, stood_at = hall.run, hall.now
    hall.now += 7000
    assert judge(hall, 2, False) == [e.BuzzJudged]
    assert hall.state.phase is Phase.OPEN
    assert hall.run.closes_at == run.closes_at + 7000
    assert hall.state.due_at == hall.run.closes_at + GRACE_MS
    assert refusal_of(hall, 2, 9000) == "buzzer-locked"
    assert hall.me(2).locked
    answer = press(hall, 1, 9000)
    assert answer.ms == 2000  # the jury's seven seconds do not count
    with pytest.raises(Refusal, match="live-paused"):
        hall.answer(3, True, stood_at - hall.run.opens_at + 10)


def test_the_others_have_at_least_the_time_the_rules_give():
    hall = hall_of(again_s=5)
    won(hall, (2, 19_900))
    judge(hall, 2, False)
    assert hall.run.closes_at == hall.now + 5000


def test_a_press_at_the_last_moment_is_not_closed_over():
    hall = hall_of()
    hall.open()
    press(hall, 1, 20_000)
    assert hall.tick() == [e.BuzzWon]


def test_when_nobody_is_left_to_press_the_question_is_over():
    hall = Hall(rules=LiveRules(mode="buzzer"), players=2)
    won(hall, (1, 1000), (2, 1100))
    judge(hall, 1, False)
    assert judge(hall, 2, False) == [e.BuzzJudged, e.RunClosed]
    assert [mark.right for mark in hall.run.marks.values()] == [False, False]


def test_no_press_closes_the_question_at_its_time():
    hall = hall_of()
    hall.open()
    hall.close()
    assert hall.run.marks == {}
    hall.next()


def test_a_penalty_takes_nobody_below_zero_where_the_rules_say_so():
    hall = hall_of(penalty=5)
    won(hall, (1, 1000))
    judge(hall, 1, False)
    hall.close()
    hall.next()
    won(hall, (1, 1000))
    judge(hall, 1, True)
    hall.next()
    won(hall, (1, 1000))
    judge(hall, 1, False)
    hall.close()
    hall.next()
    assert hall.points()[1] == 5
    hall.do(c.VoidRun(3, "Nghe nhầm"))
    assert hall.points()[1] == 10  # the penalty goes with the question


def test_a_wrong_answer_can_cost_the_next_question_too():
    hall = hall_of(skip_next=True)
    won(hall, (1, 1000))
    judge(hall, 1, False)
    hall.close()
    hall.next()
    hall.open()
    assert refusal_of(hall, 1) == "buzzer-locked"
    hall.close()
    hall.next()
    hall.open()
    press(hall, 1, 1000)


def wrong(hall, player):
    """The participant presses, is wrong, and the question is revealed without another press."""
    won(hall, (player, 1000))
    judge(hall, player, False)
    hall.close()
    hall.next()


def plan(*kinds):
    """Questions by weight, and polls ("poll")."""
    return tuple(
        Item(no, "poll", f"Ý kiến {no}?", kind="single", body=OPTIONS)
        if kind == "poll"
        else replace(questions(no)[-1], weight=kind)
        for no, kind in enumerate(kinds, start=1)
    )


def test_a_poll_between_is_not_the_next_question():
    hall = hall_of(skip_next=True, items=plan(1, "poll", 1, 1))
    wrong(hall, 1)
    hall.open()
    assert not hall.me(1).locked
    hall.answer(1, "b")
    hall.close()
    hall.next()
    hall.open()
    assert (refusal_of(hall, 1), hall.me(1).locked) == ("buzzer-locked", True)
    hall.close()
    hall.next()
    hall.open()
    press(hall, 1, 1000)


def test_the_next_question_asked_again_is_still_the_next_question():
    hall = hall_of(skip_next=True)
    wrong(hall, 1)
    hall.open()
    hall.close()
    hall.do(c.Replay(2, "Mất điện"))
    hall.open()
    assert hall.state.run == 3
    assert refusal_of(hall, 1) == "buzzer-locked"


def test_a_question_for_practice_locks_nobody_out_and_uses_no_lockout_up():
    hall = hall_of(skip_next=True, items=plan(0, 1, 0, 1))
    wrong(hall, 1)
    wrong(hall, 1)
    for _ in range(2):
        hall.open()
        assert refusal_of(hall, 1) == "buzzer-locked"
        hall.close()
        hall.next()


def test_voiding_the_question_lifts_its_lockouts_and_no_others():
    hall = hall_of(skip_next=True)
    won(hall, (1, 1000))
    judge(hall, 1, False)
    hall.close()
    hall.do(c.VoidRun(1, "Đọc nhầm"))
    hall.next()
    wrong(hall, 1)  # not locked out of it
    hall.do(c.VoidRun(1, "Đọc nhầm"))
    hall.open()
    assert refusal_of(hall, 1) == "buzzer-locked"
    hall.close()
    hall.do(c.VoidRun(2, "Sai đề"))
    assert not hall.me(1).locked
    hall.undo()
    assert hall.me(1).locked


def test_pressing_early_is_by_rule_and_the_reading_goes_on_after_a_wrong_answer():
    hall = hall_of()
    while hall.state.phase is not Phase.READING:
        hall.tick() if hall.state.due_at else hall.next()
    with pytest.raises(Refusal, match="question-not-open"):
        hall.answer(1, True, hall.now)

    hall = hall_of(early=True)
    while hall.state.phase is not Phase.READING:
        hall.tick() if hall.state.due_at else hall.next()
    due_at = hall.state.due_at
    hall.now += 1000
    hall.answer(1, True, hall.now)
    hall.now += 400
    collect(hall)
    assert hall.state.phase is Phase.JUDGING
    assert "options" not in documents(hall)["player"]["question"]
    hall.now += 3000
    judge(hall, 1, False)
    assert hall.state.phase is Phase.READING
    assert hall.state.due_at == due_at + 3000
    hall.open()
    judged_early = hall.state.runs[1].judged
    assert judged_early == {1: False}
    assert refusal_of(hall, 1) == "buzzer-locked"


def test_right_while_the_question_is_read_closes_it_too():
    hall = hall_of(early=True)
    while hall.state.phase is not Phase.READING:
        hall.tick() if hall.state.due_at else hall.next()
    hall.answer(1, True, hall.now)
    hall.now += 400
    collect(hall)
    judge(hall, 1, True)
    assert hall.run.closed_at == hall.now
    hall.next()
    assert hall.points()[1] == 10
    assert hall.refused(c.VoidRun(1, "Nghe nhầm")) == ""


def test_a_great_tie_is_named_in_part_to_the_hall_and_whole_to_the_jury():
    hall = Hall(rules=LiveRules(mode="buzzer"), players=8)
    won(hall, *((player, 1000) for player in range(1, 9)))
    seen = documents(hall)
    for role in ("player", "projector", "remote"):
        assert (seen[role]["buzz"]["ids"], seen[role]["buzz"]["more"]) == ((1, 2, 3, 4, 5), 3)
    for role in ("host", "jury"):
        assert len(seen[role]["buzz"]["names"]) == 8
        assert "more" not in seen[role]["buzz"]
    assert [hall.me(player).first for player in (1, 8)] == [True, True]
    judge(hall, 8, False)
    assert [hall.me(player).first for player in (1, 8)] == [True, False]


def test_silence_is_wrong_only_under_the_strict_rule():
    for strict in (False, True):
        hall = hall_of(strict=strict)
        won(hall, (1, 1000))
        hall.now = hall.state.buzz.until
        assert hall.do(c.Tick()) == ([e.BuzzJudged] if strict else [])


def test_a_judgement_can_be_taken_back_in_both_directions():
    for right in (True, False):
        hall = hall_of(penalty=5)
        won(hall, (1, 1000))
        run, buzz = hall.run, hall.state.buzz
        hall.now += 2000
        judge(hall, 1, right)
        hall.undo()
        assert hall.state.phase is Phase.JUDGING
        assert hall.run == run
        assert hall.state.buzz.first == buzz.first
        judge(hall, 1, not right)
        assert hall.state.phase is (Phase.OPEN if right else Phase.CLOSED)


def test_the_jurys_pause_moves_the_time_to_answer():
    hall = hall_of()
    won(hall, (1, 1000))
    until = hall.state.buzz.until
    hall.now += 1000
    hall.do(c.Pause())
    assert hall.refused(c.JudgeBuzz(1, 1, True)) == "live-paused"
    hall.now += 9000
    hall.do(c.Resume())
    assert hall.state.buzz.until == until + 9000
    judge(hall, 1, False)
    assert hall.run.closes_at == hall.now + 20_000 - 1000 - 400


def test_a_press_is_true_and_nothing_else():
    hall = hall_of()
    hall.open()
    for raw in ("a", 1, None, ["a"], False):
        with pytest.raises(Refusal, match="response-malformed"):
            hall.answer(1, raw)
    assert hall.refused(c.Accept(1, "x", answer="b")) == "not-now"
