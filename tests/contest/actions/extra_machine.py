"""The attempt machine with an organiser beside it, who gives and takes time and opens attempts again."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import rule

from contest.actions import adjustments
from contest.actions.adjustments import Adjusted
from tests.contest.actions.attempt_engine import Engine
from tests.contest.actions.attempt_machine import AttemptMachine


class ExtraEngine(Engine):
    """The product with its two doors more."""

    def adjust(self, public_id: str, seconds: int, now: datetime) -> Adjusted:
        return adjustments.adjust_attempt(
            self.place.round,
            public_id=public_id,
            seconds=seconds,
            actor=self.place.chief,
            reason="mất điện",
            now=now,
        )

    def reopen(self, public_id: str, seconds: int, now: datetime) -> Adjusted:
        return adjustments.reopen_attempt(
            self.place.round,
            public_id=public_id,
            seconds=seconds,
            actor=self.place.chief,
            reason="hết pin",
            now=now,
        )


class ExtraMachine(AttemptMachine):
    """Beside what attempts live through anyway. `engine` must be an ExtraEngine."""

    @rule(page=AttemptMachine.pages, seconds=st.sampled_from([-3600, -61, -1, 1, 60, 3600]))
    def adjust(self, page, seconds):
        expected = self.model.adjust(page.run, seconds, self.now)
        done = self._command(expected, self.engine.adjust, page.public_id, seconds, self.now)
        if done is not None:
            assert (done.seconds, done.deadline) == expected

    @rule(page=AttemptMachine.pages, seconds=st.sampled_from([1, 60, 3600]))
    def reopen(self, page, seconds):
        expected = self.model.reopen(page.run, seconds, self.now)
        done = self._command(expected, self.engine.reopen, page.public_id, seconds, self.now)
        if done is not None:
            assert done.deadline == expected
            self.frozen.pop(self.rows[page.run], None)
