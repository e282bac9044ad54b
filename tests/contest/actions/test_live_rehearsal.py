"""A rehearsal: the same plan in a room of its own, played by simulated people; nothing counts, all can be cleared."""

import random
import threading
from datetime import timedelta

import pytest

from contest import rehearsal
from contest.actions import live, live_crowd, live_rehearsal, live_setup
from contest.actions.live_crowd import Crowd
from contest.errors import Refusal
from contest.live import commands as c
from contest.live import moves
from contest.live.audiences import player_view
from contest.live.ranking import board
from contest.live.rules import LiveRules
from contest.live.state import Phase
from contest.models import LiveAnswer, LiveEdition, LiveEvent, LivePlayer, LiveRound, LiveStaff
from contest.queries import live as reading
from tests import builders
from tests.live_builders import START, hall

pytestmark = pytest.mark.django_db
MODES = ["official", "game", "teams", "bell", "buzzer"]


def rehearsed(place, people=12, **more):
    return live_rehearsal.rehearse(place.id, people=people, actor=place.chief, now=START, **more)


def play(row, crowd, *, most=600):
    """A clock that jumps a second each time, until the round has ended."""
    dice, now = random.Random(1), START
    for _ in range(most):
        now += timedelta(seconds=1)
        crowd.beat(now)
        if live_crowd.lead(row.pk, now=now, dice=dice).phase is Phase.ENDED:
            return now
    raise AssertionError(f"still {reading.load(row.pk).state.phase}")


def test_it_has_the_plan_and_the_staff_of_the_round_and_says_what_it_is():
    place = hall(open_=False)
    jury = builders.user("giam-khao")
    live_setup.add_staff(place.id, username=jury.username, role="jury", actor=place.chief, now=START)
    row = rehearsed(place)

    assert row.title == "Diễn tập: Vòng chung kết"
    assert (row.rehearsal, row.phase) == (True, "lobby")
    assert row.plan == LiveRound.objects.get(pk=place.id).plan
    assert LiveStaff.objects.filter(round=row, user=jury, role="jury").exists()
    state = reading.load(row.pk).state
    assert player_view(state, board(state)).round.rehearsal
    assert LiveRound.objects.get(pk=place.id).phase == ""


def test_a_real_round_is_no_rehearsal_whatever_its_rules_say():
    place = hall("An", rules=LiveRules(rehearsal=True))

    assert not player_view(place.state, board(place.state)).round.rehearsal


@pytest.mark.parametrize("people", [0, 2001])
def test_its_size_has_bounds(people):
    with pytest.raises(Refusal, match="rehearsal-size"):
        rehearsed(hall(open_=False), people=people)


def test_a_rehearsal_is_not_rehearsed():
    row = rehearsed(hall(open_=False))

    with pytest.raises(Refusal, match="rehearsal-of-rehearsal"):
        live_rehearsal.rehearse(row.pk, people=5, actor=None, now=START)
    assert live_rehearsal.room_for(row.pk, people=5, now=START).pk == row.pk


@pytest.mark.parametrize("mode", MODES)
def test_the_crowd_plays_every_mode_to_the_end(mode):
    place = hall(open_=False, questions=3, rules=LiveRules(mode=mode))
    row = rehearsed(place)
    play(row, Crowd(row.pk, 12, seed=4))

    state = reading.load(row.pk).state
    assert len(state.players) == 12
    assert LiveAnswer.objects.filter(round=row).count() > 3
    assert sum(run.answered for run in state.runs.values()) == LiveAnswer.objects.filter(round=row).count()
    assert state.verdict == "provisional"


def test_the_same_seed_plays_the_same_round():
    place = hall(open_=False, questions=2)
    played = []
    for _ in range(2):
        row = rehearsed(place)
        play(row, Crowd(row.pk, 8, seed=7))
        state = reading.load(row.pk).state
        played.append([(line.rank, line.name, line.total) for line in board(state).lines])

    assert played[0] == played[1]
    assert len(played[0]) == 8


def test_people_come_by_fifties_and_answer_over_the_whole_time():
    row = rehearsed(hall(open_=False, questions=1), people=60)
    crowd = Crowd(row.pk, 60, seed=2)
    crowd.beat(START)
    assert LivePlayer.objects.filter(round=row).count() == 50
    crowd.beat(START)
    assert LivePlayer.objects.filter(round=row).count() == 60
    now = START
    while reading.load(row.pk).state.phase is not Phase.OPEN:
        now += timedelta(seconds=1)
        live_crowd.lead(row.pk, now=now, dice=random.Random(1))
    run = reading.load(row.pk).state.current
    crowd.beat(live.moment(run.opens_at + 5_000))
    early = LiveAnswer.objects.filter(round=row).count()
    crowd.beat(live.moment(run.closes_at))

    assert 0 < early < LiveAnswer.objects.filter(round=row).count() <= 60


def test_nobody_answers_while_it_is_paused():
    row = rehearsed(hall(open_=False, questions=1))
    crowd, now = Crowd(row.pk, 12, seed=2), START
    crowd.beat(now)
    while reading.load(row.pk).state.phase is not Phase.OPEN:
        now += timedelta(seconds=1)
        live_crowd.lead(row.pk, now=now, dice=random.Random(1))
    live.command(row.pk, c.Pause(), role=moves.HOST, now=now)
    crowd.beat(now + timedelta(seconds=60))

    assert LiveAnswer.objects.filter(round=row).count() == 0


def test_its_result_is_none():
    row = rehearsed(hall(open_=False, questions=1))
    now = play(row, Crowd(row.pk, 6, seed=3))
    for user in (builders.user(), builders.user()):
        live.command(row.pk, c.Confirm(user.pk, str(user)), role=moves.JURY, now=now, actor=user)

    assert not LiveEdition.objects.filter(round=row).exists()
    with pytest.raises(Refusal, match="rehearsal-only"):
        live.command(row.pk, c.Publish(1, "x"), role=moves.JURY, now=now)


def test_clearing_leaves_nothing_of_it_and_all_of_the_real_round():
    place = hall("An", questions=1)
    events = LiveEvent.objects.filter(round_id=place.id).count()
    row = rehearsed(place)
    play(row, Crowd(row.pk, 6, seed=3))
    live_rehearsal.clear(row.pk, actor=place.chief, now=START)

    assert not LiveRound.objects.filter(rehearsal=True).exists()
    for model in (LiveEvent, LivePlayer, LiveAnswer):
        assert not model.objects.exclude(round_id=place.id).exists()
    assert LiveEvent.objects.filter(round_id=place.id).count() == events > 0
    with pytest.raises(Refusal, match="not-found"):
        reading.load(row.pk)


def test_a_real_round_is_not_cleared():
    place = hall("An")

    with pytest.raises(Refusal, match="not-a-rehearsal"):
        live_rehearsal.clear(place.id, actor=place.chief, now=START)
    assert LiveEvent.objects.filter(round_id=place.id).exists()


def test_the_crowd_goes_home_when_the_room_is_gone():
    place = hall(open_=False)
    row = rehearsed(place)
    live_rehearsal.clear(row.pk, actor=place.chief, now=START)
    stop = threading.Event()

    rehearsal.play(Crowd(row.pk, 6), stop)

    assert not stop.is_set()


def test_the_pacer_waits_four_seconds_after_each_step():
    row = rehearsed(hall(open_=False))
    Crowd(row.pk, 3, seed=1).beat(START)
    pacer = rehearsal.Pacer(row.pk)
    pacer.beat(START)
    title = reading.load(row.pk).state
    pacer.beat(START + timedelta(seconds=3))
    still = reading.load(row.pk).state
    pacer.beat(START + timedelta(seconds=4))
    reads = reading.load(row.pk).state

    assert (title.phase, still.phase, reads.phase) == (Phase.TITLE, Phase.TITLE, Phase.READING)


def test_where_clocks_run_elsewhere_no_thread_is_started(settings):
    settings.EMBEDDED_CLOCK = False
    before = threading.active_count()

    assert rehearsal.start(Crowd(1, 1)) is False
    assert threading.active_count() == before
