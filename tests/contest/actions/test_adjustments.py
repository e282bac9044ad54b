from datetime import timedelta

import pytest

from contest.actions import adjustments, attempts, audit, rounds, settlement
from contest.errors import Refusal
from contest.models import Adjustment, Attempt, AuditEntry, BoardBucket, BoardEntry
from contest.queries import board
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from contest.rules.windows import daily_hours
from tests.builders import CLOSES, at, token_of, world

pytestmark = pytest.mark.django_db


def adjust(place, attempt, seconds, *, now, reason="Mất điện mười phút"):
    return adjustments.adjust_attempt(
        place.round, public_id=attempt.public_id, seconds=seconds, actor=place.chief, reason=reason, now=now
    )


def reopen(place, attempt, seconds, *, now, reason="Điện thoại hết pin"):
    return adjustments.reopen_attempt(
        place.round, public_id=attempt.public_id, seconds=seconds, actor=place.chief, reason=reason, now=now
    )


def code_of(call, *arguments, **keywords):
    with pytest.raises(Refusal) as caught:
        call(*arguments, **keywords)
    return caught.value.code


def reschedule(place, closes, *, now):
    place.round = rounds.reschedule_round(
        place.round,
        opens_at=place.round.opens_at,
        closes_at=closes,
        actor=place.chief,
        reason="đổi lịch",
        now=now,
    )


def save(attempt, revision, *, now):
    return attempts.save_answers(token_of(attempt), attempts.Work(revision, {"1": "b"}), now=now)


def abandoned(place, entrant, *, now):
    """An attempt begun at `now` with one right answer, ended by the clock."""
    attempt = place.start(entrant, now=now)
    save(attempt, 1, now=now + timedelta(minutes=1))
    attempts.expire_attempts(now=now + timedelta(minutes=11))
    attempt.refresh_from_db()
    assert attempt.state == "auto_submitted"
    return attempt


class TestAdjusting:
    def test_time_is_added_and_the_next_save_says_so(self):
        place = world()
        attempt = place.start(place.entrant(), now=at(1))
        assert save(attempt, 1, now=at(2)).remaining_ms == 9 * 60_000

        done = adjust(place, attempt, 300, now=at(3))

        assert (done.before, done.deadline, done.seconds) == (at(11), at(16), 300)
        assert save(attempt, 2, now=at(4)).remaining_ms == 12 * 60_000
        assert save(attempt, 3, now=at(15)).revision == 3

    def test_it_is_written_down_with_who_when_and_why(self):
        place = world()
        attempt = place.start(place.entrant(), now=at(1))

        adjust(place, attempt, 300, now=at(3))

        row = Adjustment.objects.get()
        assert (row.attempt, row.seconds, row.reason, row.actor, row.at) == (
            attempt,
            300,
            "Mất điện mười phút",
            place.chief,
            at(3),
        )
        entry = AuditEntry.objects.get(deed="adjust-attempt")
        assert (entry.actor, entry.reason, entry.target) == (
            place.chief,
            "Mất điện mười phút",
            f"attempt:{attempt.pk}",
        )
        assert entry.facts == {
            "seconds": 300,
            "before": at(11).isoformat(),
            "after": at(16).isoformat(),
        }
        assert audit.broken_at(place.contest) is None

    def test_gifts_add_up(self):
        place = world()
        attempt = place.start(place.entrant(), now=at(1))

        for seconds in (60, 120, -30):
            adjust(place, attempt, seconds, now=at(2))

        attempt.refresh_from_db()
        assert (attempt.extra_s, attempt.deadline) == (150, at(13, seconds=30))

    def test_never_past_the_close(self):
        place = world()
        attempt = place.start(place.entrant(), now=CLOSES - timedelta(minutes=11))

        assert adjust(place, attempt, 3600, now=CLOSES - timedelta(minutes=9)).deadline == CLOSES
        assert (
            code_of(adjust, place, attempt, 60, now=CLOSES - timedelta(minutes=8)) == "adjustment-no-effect"
        )
        assert Adjustment.objects.count() == 1

    def test_never_past_the_opening_hours(self):
        place = world(weekdays=daily_hours(range(7), 8 * 60, 9 * 60))
        attempt = place.start(place.entrant(), now=at(45))

        assert adjust(place, attempt, 3600, now=at(50)).deadline == at(60)

    def test_taking_leaves_a_minute_and_is_written_down_as_it_was(self):
        place = world()
        attempt = place.start(place.entrant(), now=at(1))

        done = adjust(place, attempt, -3600, now=at(5))

        assert (done.deadline, done.seconds) == (at(6), -300)
        assert adjust(place, attempt, 120, now=at(5)).deadline == at(8)
        assert code_of(adjust, place, attempt, -60, now=at(7, seconds=30)) == "adjustment-no-effect"

    def test_a_later_reschedule_keeps_the_extra(self):
        place = world()
        attempt = place.start(place.entrant(), now=at(1))
        adjust(place, attempt, 300, now=at(3))

        reschedule(place, at(12), now=at(4))
        attempt.refresh_from_db()
        assert attempt.deadline == at(12)
        reschedule(place, CLOSES, now=at(5))
        attempt.refresh_from_db()
        assert attempt.deadline == at(16)

    def test_both_ways_agree_on_the_deadline(self):
        """Extra time given before a reschedule or after it comes to the same."""
        place = world()
        first, second = (place.start(place.entrant(), now=at(1)) for _ in range(2))
        adjust(place, first, 300, now=at(3))
        reschedule(place, at(13), now=at(4))
        adjust(place, second, 300, now=at(5))

        assert {row.deadline for row in Attempt.objects.all()} == {at(13)}

    @pytest.mark.parametrize(
        ("seconds", "reason", "code"),
        [
            (60, "  ", "reason-missing"),
            (0, "x", "adjustment-out-of-range"),
            (4 * 3600 + 1, "x", "adjustment-out-of-range"),
            (-4 * 3600 - 1, "x", "adjustment-out-of-range"),
        ],
    )
    def test_nonsense_is_refused(self, seconds, reason, code):
        place = world()
        attempt = place.start(place.entrant(), now=at(1))

        assert code_of(adjust, place, attempt, seconds, reason=reason, now=at(2)) == code

    def test_what_is_finished_stays_finished(self):
        place = world()
        done = place.finish(place.entrant(), right=1, now=at(1))
        voided = place.start(place.entrant(), now=at(1))
        Attempt.objects.filter(pk=voided.pk).update(state="voided")
        late = place.start(place.entrant(), now=at(1))

        assert code_of(adjust, place, done, 60, now=at(2)) == "attempt-finished"
        assert code_of(adjust, place, voided, 60, now=at(2)) == "attempt-voided"
        assert code_of(adjust, place, late, 60, now=at(11, seconds=6)) == "attempt-finished"
        assert not Adjustment.objects.exists()

    def test_another_rounds_attempt_is_not_found(self):
        place, other = world(), world()
        attempt = place.start(place.entrant(), now=at(1))

        assert code_of(adjust, other, attempt, 60, now=at(2)) == "not-found"

    def test_the_clock_that_saw_the_old_deadline_ends_nothing(self):
        place = world()
        attempt = place.start(place.entrant(), now=at(1))
        stale = Attempt.objects.get(pk=attempt.pk)
        adjust(place, attempt, 600, now=at(11, seconds=4))

        attempts._finish(stale, attempts.Work(0, {}), at(11, seconds=6))

        attempt.refresh_from_db()
        assert (attempt.state, attempt.deadline) == ("in_progress", at(21))


class TestReopening:
    def test_it_goes_on_where_it_stopped(self):
        place = world()
        entrant = place.entrant()
        attempt = abandoned(place, entrant, now=at(1))

        done = reopen(place, attempt, 300, now=at(20))

        assert done.deadline == at(25)
        attempt.refresh_from_db()
        assert (attempt.state, attempt.answers, attempt.receipt) == ("in_progress", {"1": "b"}, None)
        again, token = attempts.resume_attempt(public_id=attempt.public_id, entrant_id=entrant.pk, now=at(21))
        assert again.pk == attempt.pk
        ended = attempts.submit_attempt(token, attempts.Work(2, {"2": "b"}), now=at(22))
        assert (ended.state, ended.score, ended.duration_ms) == ("submitted", 2, 21 * 60_000)
        assert AuditEntry.objects.get(deed="reopen-attempt").reason == "Điện thoại hết pin"

    def test_the_receipt_comes_back_the_same(self):
        place = world()
        attempt = abandoned(place, place.entrant(), now=at(1))
        before = attempt.receipt

        reopen(place, attempt, 300, now=at(20))
        attempts.expire_attempts(now=at(30))

        attempt.refresh_from_db()
        assert (attempt.state, attempt.receipt, attempt.finished_at) == ("auto_submitted", before, at(25))

    def test_it_leaves_the_board_until_it_is_handed_in(self):
        place = world(board=BoardPolicy.LIVE)
        entrant = place.entrant()
        attempt = abandoned(place, entrant, now=at(1))
        assert board.board(place.round.pk, now=at(20), fresh=True).entrants == 1

        reopen(place, attempt, 300, now=at(20))

        assert not BoardEntry.objects.exists()
        assert list(BoardBucket.objects.values_list("entrants", flat=True)) == [0]
        attempts.expire_attempts(now=at(30))
        assert BoardEntry.objects.get().points == 1

    def test_the_next_best_attempt_takes_its_place_on_the_board(self):
        place = world(board=BoardPolicy.LIVE)
        entrant = place.entrant()
        first = place.finish(entrant, right=0, now=at(1))
        attempt = abandoned(place, entrant, now=at(5))
        assert BoardEntry.objects.get().attempt_id == attempt.pk

        reopen(place, attempt, 300, now=at(20))

        assert BoardEntry.objects.get().attempt_id == first.pk
        assert sum(BoardBucket.objects.values_list("entrants", flat=True)) == 1

    def test_never_past_the_close(self):
        place = world()
        attempt = abandoned(place, place.entrant(), now=CLOSES - timedelta(minutes=15))

        assert reopen(place, attempt, 3600, now=CLOSES - timedelta(minutes=3)).deadline == CLOSES

    def test_only_what_the_clock_has_ended(self):
        place = world()
        handed_in = place.finish(place.entrant(), right=1, now=at(1))
        running = place.start(place.entrant(), now=at(1))

        assert code_of(reopen, place, handed_in, 60, now=at(3)) == "attempt-finished"
        assert code_of(reopen, place, running, 60, now=at(3)) == "attempt-open"

    def test_only_the_latest_attempt(self):
        place = world()
        entrant = place.entrant()
        attempt = abandoned(place, entrant, now=at(1))
        place.start(entrant, now=at(15))

        assert code_of(reopen, place, attempt, 60, now=at(16)) == "attempt-not-latest"

    def test_only_while_the_round_is_open(self):
        place = world()
        attempt = abandoned(place, place.entrant(), now=at(1))

        assert code_of(reopen, place, attempt, 60, now=CLOSES) == "round-closed"

    def test_never_where_answers_could_be_read(self):
        place = world(review=ReviewPolicy.AFTER_SUBMIT)
        attempt = abandoned(place, place.entrant(), now=at(1))

        assert code_of(reopen, place, attempt, 60, now=at(15)) == "answers-were-shown"

    @pytest.mark.parametrize(
        ("seconds", "reason", "code"),
        [
            (60, " ", "reason-missing"),
            (0, "x", "adjustment-out-of-range"),
            (-5, "x", "adjustment-out-of-range"),
        ],
    )
    def test_nonsense_is_refused(self, seconds, reason, code):
        place = world()
        attempt = abandoned(place, place.entrant(), now=at(1))

        assert code_of(reopen, place, attempt, seconds, reason=reason, now=at(15)) == code

    def test_the_round_settles_with_it(self):
        place = world()
        attempt = abandoned(place, place.entrant(), now=at(1))
        reopen(place, attempt, 300, now=at(20))

        edition = settlement.settle_round(place.round, actor=place.chief, now=at(days=6))

        row = edition.standings.get()
        assert (row.attempt_id, row.points, row.finished_at) == (attempt.pk, 1, at(25))
        assert settlement.verify(edition)
