"""A hall at one gate: what is acknowledged is counted, every step happens once, every seat is one person's."""

import pytest

from contest.actions import live, live_answers, live_join
from contest.actions.live_answers import Recorded, Submission
from contest.live import answers, commands, machine, moves
from contest.models import LiveAnswer, LiveEvent
from tests.at_once import THREADS, at_once
from tests.live_builders import hall

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [f"Người {number}" for number in range(THREADS)]


def submission(place, name, *, key=""):
    opened = place.state
    run = opened.runs[opened.run]
    found = answers.accept(
        opened, player=place.seats[name].player, run=run.no, value="b", at=run.opens_at + 100
    )
    return Submission(key or f"key-{name}", found)


def test_one_answer_sent_twelve_times_is_one_row_with_one_receipt():
    place = hall("An")
    place.ask()
    sent = submission(place, "An")

    outcomes = at_once(lambda _: live_answers.record(place.id, 1, [sent])[0])

    assert len({outcome.receipt for outcome in outcomes}) == 1
    assert LiveAnswer.objects.count() == 1


def test_of_twelve_different_answers_of_one_person_one_counts():
    place = hall("An")
    place.ask()
    sent = [submission(place, "An", key=f"key-{number:06}") for number in range(THREADS)]

    outcomes = at_once(lambda number: live_answers.record(place.id, 1, [sent[number]])[0])

    kept = [outcome for outcome in outcomes if isinstance(outcome, Recorded)]
    assert len(kept) == 1
    assert kept[0].key == LiveAnswer.objects.get().key


def test_what_is_acknowledged_while_the_question_closes_is_counted():
    place = hall(*NAMES, questions=8)
    for _ in range(8):
        place.ask()
        run = place.state.run
        sent = [submission(place, name) for name in NAMES]
        over = live.moment(place.state.due_at)

        def one(number, run=run, sent=sent, over=over):
            if number == THREADS // 2:
                return live.tick(place.id, now=over)
            return live_answers.record(place.id, run, [sent[number]])[0]

        outcomes = at_once(one)
        acknowledged = {outcome.player for outcome in outcomes if isinstance(outcome, Recorded)}
        assert set(place.state.runs[run].marks) == acknowledged
        place.now = over
        place.advance()


def test_twelve_clocks_close_a_question_once():
    place = hall("An")
    place.ask()
    over = live.moment(place.state.due_at)

    at_once(lambda _: live.tick(place.id, now=over).version)

    assert LiveEvent.objects.filter(round_id=place.id, kind="run-closed").count() == 1


def test_a_key_pressed_twelve_times_leads_one_step_on():
    place = hall("An")
    before = place.state
    deed = commands.Advance(machine.stamp(before))

    at_once(lambda _: live.command(place.id, deed, role=moves.HOST, now=place.now).version)

    assert place.state.version == before.version + 1


def test_those_who_join_together_get_a_seat_each():
    place = hall()

    seated = at_once(lambda number: live_join.join(place.id, live_join.Wish("Hà"), now=place.now), threads=24)

    assert sorted(one.seat for one in seated) == list(range(1, 25))
    assert len({one.name for one in seated}) == 24
    assert set(place.state.players) == {one.player for one in seated}
    joined = LiveEvent.objects.filter(round_id=place.id, kind="players-joined").count()
    assert joined < 24
