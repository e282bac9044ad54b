"""Time: pauses, added time, early closes, restarts; and the end."""

import pytest

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live.answers import time_used
from contest.live.rules import LiveRules
from contest.live.state import GRACE_MS, LEAD_MS, Phase
from tests.contest.live.hall import Hall, questions
from tests.contest.live.phases import hall_at


def opened(**changes):
    hall = Hall(**changes)
    hall.open()
    return hall


def at(hall, ms):
    hall.now = hall.run.opens_at + ms


def refusal(hall, player, ms, **facts):
    with pytest.raises(Refusal) as refused:
        hall.answer(player, "a", ms, **facts)
    return refused.value.code


def test_the_options_are_sent_ahead_and_the_clock_begins_when_they_show():
    hall = opened()
    assert hall.run.opens_at == hall.now + LEAD_MS
    assert hall.run.closes_at == hall.run.opens_at + 20_000
    assert refusal(hall, 1, -1) == "question-not-open"
    assert hall.answer(1, "a", 0).ms == 0


@pytest.mark.parametrize(("late", "lag_ms", "code"), [(0, 0, ""), (1, 0, "question-closed"), (200, 200, ""),
                                                      (201, 200, "question-closed"), (250, 250, ""),
                                                      (251, 1000, "question-closed")])  # fmt: skip
def test_an_answer_may_come_after_the_close_only_as_late_as_its_lag_explains(late, lag_ms, code):
    hall = opened()
    if code:
        assert refusal(hall, 1, 20_000 + late, lag_ms=lag_ms) == code
    else:
        assert hall.answer(1, "a", 20_000 + late, lag_ms=lag_ms).ms <= 20_000


@pytest.mark.parametrize("late", [0, 1, 5_000, 3_600_000])
def test_a_question_closes_at_its_time_however_late_the_clock_looks(late):
    hall = opened()
    hall.answer(1)
    closes_at = hall.run.closes_at
    hall.now = closes_at + GRACE_MS + late
    assert hall.do(c.Tick()) == [e.RunClosed]
    assert hall.run.closed_at == closes_at
    assert hall.run.answered == 1


def test_the_clock_does_not_come_early_and_looks_twice_without_harm():
    hall = opened()
    hall.now = hall.run.closes_at + GRACE_MS - 1
    assert hall.do(c.Tick()) == []
    hall.now += 1
    assert hall.do(c.Tick()) == [e.RunClosed]
    assert hall.do(c.Tick()) == []


def test_a_pause_does_not_count_as_time_used_nor_shorten_the_question():
    hall = opened()
    at(hall, 5000)
    hall.do(c.Pause())
    assert hall.do(c.Pause()) == []
    hall.now += 60_000
    assert hall.do(c.Tick()) == []
    assert hall.refused(c.Advance("open/1/1/0")) == "not-now"
    hall.do(c.Resume())
    assert hall.run.closes_at == hall.run.opens_at + 80_000
    assert hall.answer(1, "a", 66_000).ms == 6000
    at(hall, 70_000)
    hall.do(c.Pause())
    hall.now += 1000
    hall.do(c.Resume())
    assert hall.answer(2, "a", 71_500).ms == 10_500


def test_an_answer_that_came_before_the_pause_counts_though_it_is_handled_in_it_or_after():
    hall = opened()
    at(hall, 5000)
    hall.do(c.Pause())
    assert hall.answer(1, "a", 4990).ms == 4990
    assert refusal(hall, 2, 5001) == "live-paused"
    hall.now += 1000
    hall.do(c.Resume())
    assert hall.answer(3, "a", 4980).ms == 4980
    assert refusal(hall, 4, 5500) == "live-paused"


@pytest.mark.parametrize("phase", [Phase.TITLE, Phase.READING, Phase.OPEN, Phase.REVEAL])
def test_a_pause_moves_whatever_is_due(phase):
    hall = Hall(auto_advance_s=9)
    while hall.state.phase is not phase:
        hall.tick(host_present=True) if hall.state.due_at else hall.next()
    due_at = hall.state.due_at
    hall.do(c.Pause())
    hall.now += 12_345
    assert hall.do(c.Tick(host_present=True)) == []
    hall.do(c.Resume())
    assert hall.state.due_at == due_at + 12_345
    assert hall.do(c.Resume()) == []


def test_nothing_moves_while_it_stands():
    for phase in (Phase.TITLE, Phase.READING, Phase.CLOSED, Phase.REVEAL, Phase.BOARD, Phase.SLIDE):
        hall = hall_at(phase)
        hall.do(c.Pause())
        assert hall.refused(c.Advance(stamp_of(hall))) == "live-paused", phase


def stamp_of(hall):
    state = hall.state
    return f"{state.phase.value}/{state.run}/{state.item}/{state.step}"


def test_added_time_moves_the_close_but_not_after_it():
    hall = opened()
    hall.do(c.AddTime(1))
    assert hall.run.closes_at == hall.run.opens_at + 30_000
    assert hall.state.due_at == hall.run.closes_at + GRACE_MS
    for ms in (999, 300_001, -1000):
        assert hall.refused(c.AddTime(1, ms)) == "added-time-out-of-range"
    assert hall.do(c.AddTime(2)) == []
    at(hall, 30_001)
    assert hall.refused(c.AddTime(1)) == "question-closed"


def test_time_can_be_added_in_a_pause():
    hall = opened()
    at(hall, 19_999)
    hall.do(c.Pause())
    hall.now += 60_000
    hall.do(c.AddTime(1))
    hall.do(c.Resume())
    assert hall.run.closes_at == hall.now + 10_001


def test_closing_early_still_takes_what_is_on_its_way():
    hall = opened()
    at(hall, 5000)
    hall.do(c.CloseNow(1))
    assert hall.do(c.CloseNow(1)) == []
    assert hall.answer(1, "a", 5200, lag_ms=200).ms == 5000
    assert refusal(hall, 2, 5001) == "question-closed"
    hall.tick()
    assert hall.run.closed_at == hall.run.opens_at + 5000


def test_nobody_closes_what_nobody_has_seen_or_what_stands():
    hall = opened()
    assert hall.refused(c.CloseNow(1)) == "question-not-open"
    at(hall, 1000)
    hall.do(c.Pause())
    assert hall.refused(c.CloseNow(1)) == "live-paused"
    assert hall.do(c.CloseNow(7)) == []


def test_a_pause_at_the_last_moment_does_not_hold_the_close():
    hall = opened()
    at(hall, 20_000)
    assert hall.do(c.Pause()) == []
    hall.close()


def test_the_round_advances_by_itself_only_where_the_rules_say_so_and_a_host_is_there():
    hall = Hall(auto_advance_s=5)
    hall.open()
    hall.close()
    hall.now = hall.state.due_at
    assert hall.do(c.Tick()) == []
    assert hall.do(c.Tick(host_present=True)) == [e.Revealed]
    hall = Hall()
    hall.open()
    hall.close()
    hall.now += 3_600_000
    assert hall.do(c.Tick(host_present=True)) == []


@pytest.mark.parametrize("paused", [False, True])
def test_a_stop_of_the_advance_holds_this_step_alone_and_pauses_nothing(paused):
    hall = Hall(auto_advance_s=5)
    hall.open()
    hall.close()
    if paused:
        hall.do(c.Pause())
    assert hall.do(c.Stay(stamp_of(hall))) == [e.Stayed]
    if paused:
        hall.do(c.Resume())
    assert (hall.state.due_at, hall.state.paused_at) == (0, 0)
    hall.now += 3_600_000
    assert hall.do(c.Tick(host_present=True)) == []
    assert hall.do(c.Stay(stamp_of(hall))) == []
    assert hall.next() == [e.Revealed]
    assert hall.state.due_at == hall.now + 5_000


def test_a_stop_that_came_too_late_stops_nothing():
    hall = Hall(auto_advance_s=5)
    hall.open()
    hall.close()
    seen = stamp_of(hall)
    hall.tick(host_present=True)
    assert hall.state.phase is Phase.REVEAL
    assert hall.do(c.Stay(seen)) == []


def test_without_a_reading_time_the_host_opens_the_options():
    hall = Hall(items=questions(1, reading_s=0))
    hall.next()
    hall.tick()
    assert (hall.state.phase, hall.state.due_at) == (Phase.READING, 0)
    assert hall.next() == [e.OptionsOpened]


@pytest.mark.parametrize("phase", [Phase.TITLE, Phase.READING, Phase.OPEN, Phase.CLOSED])
def test_ending_during_a_question_voids_it_and_says_so(phase):
    hall = hall_at(phase)
    run = hall.state.run
    before = hall.points()
    assert hall.do(c.Finish("Mất điện")) == [e.RunVoided, e.Ended]
    assert hall.state.runs[run].voided == "Mất điện"
    assert hall.points() == before
    assert hall.state.verdict == "provisional"


@pytest.mark.parametrize("phase", [Phase.REVEAL, Phase.BOARD, Phase.SLIDE, Phase.PODIUM])
def test_ending_between_questions_keeps_all(phase):
    hall = hall_at(phase)
    assert hall.do(c.Finish()) == [e.Ended]
    assert hall.state.counting_runs()


def test_a_paused_round_can_be_ended():
    hall = hall_at(Phase.OPEN)
    at(hall, 1000)
    hall.do(c.Pause())
    hall.do(c.Finish("Hết giờ"))
    assert (hall.state.paused_at, hall.state.due_at) == (0, 0)


def test_a_key_pressed_twice_moves_once():
    hall = Hall()
    seen = stamp_of(hall)
    assert hall.do(c.Advance(seen)) == [e.RunAnnounced]
    assert hall.do(c.Advance(seen)) == []


def test_time_used_stays_within_the_question():
    hall = opened()
    assert time_used(hall.run, hall.run.opens_at - 10) == 0
    assert time_used(hall.run, hall.run.opens_at + 100, 250) == 0
    assert time_used(hall.run, hall.run.closes_at + 240) == 20_000


def test_rules_out_of_range_open_no_lobby():
    hall = Hall.__new__(Hall)
    hall.__dict__.update(now=1, rows={}, secrets={}, journal=[], state=hall_at(Phase.LOBBY).state.__class__())
    assert hall.refused(c.OpenLobby("x", LiveRules(seconds=1), questions(1))) == "live-out-of-range"
    assert hall.refused(c.OpenLobby("x", LiveRules(), ())) == "live-plan-empty"
    assert hall.refused(c.Advance("lobby/0/0/0")) == "live-plan-empty"
