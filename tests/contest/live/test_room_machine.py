"""Random rounds keep the laws of live rounds, mode by mode. New rounds with every run: a failure prints its blob."""

import pytest

from tests.contest.live.room_machine import RULES, run_machine


@pytest.mark.parametrize("mode", RULES)
def test_random_rounds_keep_the_laws(mode):
    run_machine(modes=(mode,), max_examples=28, derandomize=False, report_multiple_bugs=False)
