"""The machine with an organiser catches mistakes that extra time invites."""

from datetime import timedelta

import pytest
from django.db.models import F
from hypothesis import Phase

from contest.models import Attempt, BoardEntry
from tests.contest.actions.attempt_machine import run_machine
from tests.contest.actions.extra_machine import ExtraEngine, ExtraMachine

pytestmark = pytest.mark.django_db


class PassesTheClose(ExtraEngine):
    """Extra time is added to the deadline, wherever that comes to lie."""

    def adjust(self, public_id, seconds, now):
        done = super().adjust(public_id, seconds, now)
        deadline = F("deadline") if seconds < 0 else done.before + timedelta(seconds=seconds)
        Attempt.objects.filter(public_id=public_id).update(deadline=deadline)
        return done


class RescheduleForgetsExtraTime(ExtraEngine):
    """A moved calendar reckons deadlines by the limit alone."""

    def move_close(self, closes, now):
        given = dict(Attempt.objects.values_list("pk", "extra_s"))
        Attempt.objects.update(extra_s=0)
        super().move_close(closes, now)
        for pk, extra_s in given.items():
            Attempt.objects.filter(pk=pk).update(extra_s=extra_s)


class ReopenedStaysOnTheBoard(ExtraEngine):
    """What is open again is still shown with its points."""

    def reopen(self, public_id, seconds, now):
        kept = list(BoardEntry.objects.filter(attempt__public_id=public_id))
        done = super().reopen(public_id, seconds, now)
        BoardEntry.objects.filter(entrant_id__in=[entry.entrant_id for entry in kept]).delete()
        BoardEntry.objects.bulk_create(kept)
        return done


class ReopensWhatWasHandedIn(ExtraEngine):
    """What the person sent is taken for what the clock has ended."""

    def reopen(self, public_id, seconds, now):
        sent = Attempt.objects.filter(public_id=public_id, state="submitted")
        sent.update(state="auto_submitted")
        return super().reopen(public_id, seconds, now)


@pytest.mark.parametrize(
    "mutant", [PassesTheClose, RescheduleForgetsExtraTime, ReopenedStaysOnTheBoard, ReopensWhatWasHandedIn]
)
def test_the_machine_catches(mutant):
    with pytest.raises(AssertionError):
        run_machine(
            mutant, ExtraMachine, max_examples=300, phases=[Phase.generate], report_multiple_bugs=False
        )
