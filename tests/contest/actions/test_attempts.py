from datetime import timedelta

import pytest
from django.db import connection

from contest.actions import attempts, rounds
from contest.errors import Refusal
from contest.models import Attempt, BoardBucket, BoardEntry, LateAnswer
from contest.rules.attempts import AttemptRule, Per
from tests.builders import CLOSES, at, token_of, world

pytestmark = pytest.mark.django_db


def code_of(call, *arguments, **keywords) -> str:
    with pytest.raises(Refusal) as caught:
        call(*arguments, **keywords)
    return caught.value.code


def save(attempt, revision, answers, *, now, prediction=None):
    return attempts.save_answers(token_of(attempt), attempts.Work(revision, answers, prediction), now=now)


def test_starting_copies_the_unit_and_fixes_an_absolute_deadline():
    place = world()
    entrant = place.entrant()

    attempt = place.start(entrant, now=at(1))

    assert attempt.deadline == at(11)
    assert (attempt.unit_path, attempt.unit_name) == (place.unit.path, place.unit.full_name)
    assert (attempt.number, attempt.state, attempt.answers) == (1, "in_progress", {})


def test_the_deadline_never_passes_the_close_of_the_round():
    place = world()

    attempt = place.start(place.entrant(), now=CLOSES - timedelta(minutes=3))

    assert attempt.deadline == CLOSES


def test_the_same_key_means_the_same_attempt_for_ever():
    place = world()
    entrant = place.entrant()
    first = place.start(entrant, key="first-key")

    assert place.start(entrant, key="second-key").pk == first.pk
    attempts.submit_attempt(token_of(first), attempts.Work(1, {}), now=at(2))

    assert place.start(entrant, key="second-key").pk == first.pk
    assert place.start(entrant, key="first-key").pk == first.pk
    assert place.start(entrant, key="third-key").pk != first.pk


def test_no_more_attempts_than_the_rules_allow():
    place = world(attempts=AttemptRule(2))
    entrant = place.entrant()
    for minute in (1, 5):
        place.finish(entrant, right=1, now=at(minute))

    assert code_of(place.start, entrant, now=at(9)) == "no-attempts-left"
    assert Attempt.objects.filter(entrant=entrant).count() == 2


def test_a_weekly_limit_begins_anew_on_monday():
    place = world(attempts=AttemptRule(1, Per.WEEK))
    rounds.reschedule_round(
        place.round,
        opens_at=place.round.opens_at,
        closes_at=at(days=12),
        actor=place.chief,
        reason="dài hơn",
        now=at(-9),
    )
    entrant = place.entrant()
    place.finish(entrant, right=1, now=at(days=1))

    assert code_of(place.start, entrant, now=at(days=5)) == "no-attempts-left"
    assert place.start(entrant, now=at(days=7)).number == 2


@pytest.mark.parametrize(
    ("moment", "code"), [(at(-1), "round-upcoming"), (CLOSES, "round-closed"), (at(days=30), "round-closed")]
)
def test_no_start_outside_the_window(moment, code):
    place = world()

    assert code_of(place.start, place.entrant(), now=moment) == code


def test_a_barred_entrant_does_not_start():
    place = world()
    entrant = place.entrant()
    entrant.barred = "Thành viên ban tổ chức"
    entrant.save()

    assert code_of(place.start, entrant) == "entrant-barred"


def test_a_save_merges_what_changed_and_the_newest_wins():
    place = world()
    attempt = place.start(place.entrant())

    save(attempt, 1, {"1": "a", "2": "c"}, now=at(2))
    saved = save(attempt, 2, {"1": "b"}, now=at(3))
    attempt.refresh_from_db()

    assert attempt.answers == {"1": "b", "2": "c"}
    assert (saved.revision, saved.remaining_ms) == (2, 8 * 60_000)


def test_repeated_and_overtaken_saves_are_acknowledged_and_change_nothing():
    place = world()
    attempt = place.start(place.entrant())
    save(attempt, 2, {"1": "b", "2": "d"}, now=at(2))

    for revision in (1, 2):
        assert save(attempt, revision, {"1": "a"}, now=at(3)).revision == 2
    attempt.refresh_from_db()

    assert attempt.answers == {"1": "b", "2": "d"}
    assert attempt.saved_at == at(2)


def test_a_save_is_one_statement(django_assert_num_queries):
    place = world()
    attempt = place.start(place.entrant())

    with django_assert_num_queries(1):
        save(attempt, 1, {"1": "a"}, now=at(2))


def test_opening_the_page_elsewhere_stops_the_older_page():
    place = world()
    attempt = place.start(place.entrant())
    opened, token = attempts.resume_attempt(
        public_id=attempt.public_id, entrant_id=attempt.entrant_id, now=at(2)
    )

    assert code_of(save, attempt, 1, {"1": "a"}, now=at(3)) == "opened-elsewhere"
    assert (
        code_of(attempts.submit_attempt, token_of(attempt), attempts.Work(1, {}), now=at(3))
        == "opened-elsewhere"
    )
    assert attempts.save_answers(token, attempts.Work(1, {"1": "b"}), now=at(3)).revision == 1
    assert opened.epoch == attempt.epoch + 1


def test_an_answer_on_its_way_at_the_deadline_counts_and_a_later_one_is_only_kept_as_evidence():
    place = world()
    attempt = place.start(place.entrant(), now=at(1))

    save(attempt, 1, {"1": "b"}, now=at(11, seconds=4))
    assert code_of(save, attempt, 2, {"1": "a"}, now=at(11, seconds=6)) == "attempt-late"
    attempt.refresh_from_db()

    assert attempt.answers == {"1": "b"}
    assert LateAnswer.objects.get(attempt=attempt).payload["answers"] == {"1": "a"}


def test_a_submit_in_the_tolerance_ends_at_the_deadline():
    place = world()
    attempt = place.start(place.entrant(), now=at(1))

    done = attempts.submit_attempt(token_of(attempt), attempts.Work(1, {"1": "b"}), now=at(11, seconds=3))

    assert (done.state, done.finished_at, done.duration_ms) == ("submitted", at(11), 600_000)


def test_a_late_submit_finishes_with_what_was_saved():
    place = world()
    attempt = place.start(place.entrant(), now=at(1))
    save(attempt, 1, {"1": "b"}, now=at(2))

    done = attempts.submit_attempt(token_of(attempt), attempts.Work(2, {"1": "a", "2": "b"}), now=at(12))

    assert (done.state, done.finished_at, done.answers, done.score) == (
        "auto_submitted",
        at(11),
        {"1": "b"},
        1,
    )
    assert LateAnswer.objects.filter(attempt=attempt).count() == 1


def test_submitting_is_idempotent_and_nothing_changes_afterwards():
    place = world()
    attempt = place.start(place.entrant(), now=at(1))
    first = attempts.submit_attempt(token_of(attempt), attempts.Work(1, {"1": "b", "2": "b"}), now=at(4))
    again = attempts.submit_attempt(token_of(attempt), attempts.Work(2, {"1": "a"}), now=at(5))

    assert (again.receipt, again.finished_at, again.score) == (first.receipt, at(4), 2)
    assert code_of(save, attempt, 3, {"1": "a"}, now=at(6)) == "attempt-finished"


def test_the_clock_closes_what_was_left_at_its_deadline_and_only_once():
    place = world()
    attempt = place.start(place.entrant(), now=at(1))
    save(attempt, 1, {"1": "b"}, now=at(2))

    assert attempts.expire_attempts(now=at(11, seconds=5)) == 0
    assert attempts.expire_attempts(now=at(50)) == 1
    assert attempts.expire_attempts(now=at(51)) == 0
    attempt.refresh_from_db()

    assert (attempt.state, attempt.finished_at, attempt.score) == ("auto_submitted", at(11), 1)


def test_another_persons_attempt_does_not_exist():
    place = world()
    attempt = place.start(place.entrant())
    stranger = place.entrant("Trần Văn Hòa")
    token = attempts.AttemptToken(attempt.public_id, stranger.pk, attempt.epoch)

    assert code_of(attempts.save_answers, token, attempts.Work(1, {"1": "b"}), now=at(2)) == "not-found"
    assert code_of(attempts.submit_attempt, token, attempts.Work(1, {}), now=at(2)) == "not-found"
    assert (
        code_of(attempts.own_attempt, public_id=attempt.public_id, entrant_id=stranger.pk, now=at(2))
        == "not-found"
    )


def test_the_board_keeps_the_best_attempt_and_its_histogram_counts_each_entrant_once():
    place = world()
    entrant = place.entrant()
    place.finish(entrant, right=2, now=at(1), seconds=50)
    place.finish(entrant, right=4, now=at(20), seconds=70)
    other = place.entrant("Trần Văn Hòa")
    place.finish(other, right=3, now=at(2), seconds=40)
    place.finish(other, right=1, now=at(30), seconds=20)

    rows = BoardEntry.objects.order_by("-points").values_list("entrant_id", "points", "duration_ms")
    buckets = BoardBucket.objects.exclude(entrants=0).order_by("-points")

    assert list(rows) == [(entrant.pk, 4, 70_000), (other.pk, 3, 40_000)]
    assert list(buckets.values_list("points", "seconds", "entrants")) == [(4, 70, 1), (3, 40, 1)]


def test_moving_the_close_moves_open_deadlines_but_leaves_a_minute():
    place = world()
    attempt = place.start(place.entrant(), now=at(1))

    rounds.close_round(place.round, actor=place.chief, reason="mất điện", now=at(3))
    attempt.refresh_from_db()

    assert attempt.deadline == at(4)


def test_the_database_itself_allows_one_open_attempt():
    place = world()
    attempt = place.start(place.entrant())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM contest_attempt WHERE entrant_id = %s AND state = 'in_progress'",
            [attempt.entrant_id],
        )
        assert cursor.fetchone() == (1,)
    names = {constraint.name for constraint in Attempt._meta.constraints}
    assert {"one_open_attempt", "attempt_number_once", "start_key_once"} <= names
