"""The room machine is worth something: it catches every mistake planted in the room."""

from contextlib import ExitStack

import pytest
from hypothesis import Phase

from tests.contest.live.room_machine import run_machine
from tests.contest.live.room_mutants import MUTANTS, faults


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_machine_catches(mutant):
    with ExitStack() as stack:
        for fault in faults(mutant):
            stack.enter_context(fault)
        with pytest.raises(AssertionError):
            run_machine(
                mutant,
                modes=mutant.modes,
                max_examples=500,
                phases=[Phase.generate],
                report_multiple_bugs=False,
            )
