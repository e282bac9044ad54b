"""Faulty halls: each makes one mistake that a live quiz could make. The machine must catch every one.

`script` is a life in which the mistake shows for certain: where it begins, and the machine's rules in order.
"""

from dataclasses import replace
from typing import ClassVar

from contest.actions import live_answers
from contest.actions.live_answers import Recorded, Submission
from contest.errors import Refusal
from contest.live import answers, commands, moves
from contest.live.state import Phase
from contest.models import LiveAnswer
from contest.queries import live as reading
from tests.contest.actions.live_engine import Engine

SHOWN = ("time_passes", {"ms": 900})


def given(which=0, value="b", *, earlier=False):
    return "an_answer", {"which": which, "value": value, "earlier": earlier}


class AcknowledgesBeforeTheCommit(Engine):
    """The acknowledgement goes out, the row does not get onto disk."""

    script = ("first", SHOWN, given())

    def write(self, run, sent):
        outcome = super().write(run, sent)
        if isinstance(outcome, Recorded):
            LiveAnswer.objects.filter(player_id=outcome.player, run=run).delete()
        return outcome


class WritesInSpiteOf(Engine):
    """An answer refused with one code is written nevertheless."""

    code: ClassVar[str]

    def answer(self, player, run, value, key, seq):
        outcome = super().answer(player, run, value, key, seq)
        if outcome != self.code or (player, run) in self.rows() or run not in self.state.runs:
            return outcome
        row = LiveAnswer.objects.create(
            round_id=self.id, run=run, player_id=player, key=key, seq=seq, value=value, at=self.now, ms=1,
            receipt="AAAAAA",
        )  # fmt: skip
        return Recorded(player, run, key, seq, row.value, row.at, row.receipt)


class AcceptsLate(WritesInSpiteOf):
    script = ("first", ("until_about_the_close", {"edge": 251}), given())
    code = "question-closed"


class AcceptsInAPause(WritesInSpiteOf):
    script = ("first", SHOWN, ("at_the_clock", {"deed": "pause"}), ("time_passes", {"ms": 40}), given())
    code = "live-paused"


class AcceptsBeforeItIsShown(WritesInSpiteOf):
    script = ("first", given())
    code = "question-not-open"


class KickedCanAnswer(WritesInSpiteOf):
    script = ("first", SHOWN, ("out_with", {"which": 0, "ban": False}), given())
    code = "not-a-player"


class ReplayCountsAgain(Engine):
    """Whatever comes last replaces what is on disk, though the first counts."""

    script = ("first", SHOWN, given(value="a"), given())

    def write(self, run, sent):
        LiveAnswer.objects.filter(round_id=self.id, run=run, player_id=sent.answer.player).delete()
        return super().write(run, sent)


class AnotherReceipt(Engine):
    """A retry is acknowledged with a receipt of its own."""

    script = ("first", SHOWN, given(), ("a_retry", {"which": 0}))

    def answer(self, player, run, value, key, seq):
        had = (player, run) in self.rows()
        outcome = super().answer(player, run, value, key, seq)
        return replace(outcome, receipt="BBBBBB") if had and isinstance(outcome, Recorded) else outcome


class ClientClock(Engine):
    """The moment is the client's word: half a second after the options appeared."""

    script = ("first", given())

    def judge(self, player, run, value, seq):
        asked = self.state.runs.get(run)
        if asked is None:
            return super().judge(player, run, value, seq)
        return answers.accept(
            self.state, player=player, run=run, value=value, at=asked.opens_at + 500, seq=seq
        )


class AnyQuestion(Engine):
    """An answer counts for the question of now, whichever it was meant for."""

    script = ("second", SHOWN, given(2, earlier=True))

    def answer(self, player, run, value, key, seq):
        outcome = super().answer(player, run, value, key, seq)
        if outcome != "question-closed" or run == self.state.run:
            return outcome
        try:
            found = self.judge(player, self.state.run, value, seq)
        except Refusal as refusal:
            return refusal.code
        live_answers.record(self.id, self.state.run, [Submission(key, found)])
        return outcome


class KeyPressedTwice(Engine):
    """The next key does not look at what its sender saw."""

    script = (
        "first",
        ("until_about_the_close", {"edge": 251}),
        ("the_clock_looks", {"times": 1}),
        ("the_next_key", {"times": 2}),
    )

    def advance(self, stamp):
        return super().advance(self.stamp())


class PauseRunsOn(Engine):
    """The clock of a paused question runs on behind the screens."""

    script = ("first", SHOWN, ("a_long_pause", {"edge": 1}))

    def tick(self):
        state = self.state
        if state.paused_at and state.due_at and self.now >= state.due_at:
            now, self.now = self.now, state.paused_at
            self.do(commands.Resume())
            self.now = now
        super().tick()


class ForgetsTheLastStep(Engine):
    """A server that comes up again has lost what happened last."""

    script = ("first", ("the_server_is_killed", {}))

    lost = 0

    def restart(self):
        version = self.state.version
        super().restart()
        if self.state.phase is Phase.OPEN and version > 6:
            self.lost = version - 1

    @property
    def state(self):
        if self.lost:
            loaded = reading.load(self.id)
            bodies = reading.bodies_since(self.id, 0)[: self.lost]
            fresh = [reading.events.decode(body) for body in bodies]
            return reading.machine.apply(type(loaded.state)(), fresh)
        return reading.load(self.id).state


class KeepsTheOldResult(Engine):
    """A correction after the end makes no new edition."""

    script = ("ended", ("a_correction", {"deed": "void", "run": 1}))

    def do(self, deed, role=moves.HOST):
        outcome = super().do(deed, role)
        if isinstance(deed, commands.VoidRun | commands.Accept) and self.state.phase is Phase.ENDED:
            self.row.editions.filter(edition__gt=1).delete()
        return outcome


MUTANTS = [
    AcknowledgesBeforeTheCommit, AcceptsLate, AcceptsInAPause, AcceptsBeforeItIsShown, KickedCanAnswer,
    ReplayCountsAgain, AnotherReceipt, ClientClock, AnyQuestion, KeyPressedTwice, PauseRunsOn, ForgetsTheLastStep,
    KeepsTheOldResult,
]  # fmt: skip
