"""The room machine is worth something: it catches every mistake planted in the room."""

from contextlib import ExitStack

import pytest
from hypothesis import Phase

from tests.contest.live.room_engine import Engine
from tests.contest.live.room_machine import play, run_machine
from tests.contest.live.room_mutants import MUTANTS, faults


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_machine_catches(mutant):
    """In the round it was given, which a sound room gets through; else in random ones, where it shows soon."""
    play(Engine, mutant.modes[0], mutant.script)
    with ExitStack() as stack:
        for fault in faults(mutant):
            stack.enter_context(fault)
        with pytest.raises(AssertionError):
            play_on(mutant)


def play_on(mutant):
    if mutant.script:
        play(mutant, mutant.modes[0], mutant.script)
    else:
        seldom = {"max_examples": 500, "phases": [Phase.generate], "report_multiple_bugs": False}
        run_machine(mutant, modes=mutant.modes, **seldom)
