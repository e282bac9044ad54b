"""The live machine is worth something: it catches every mistake planted in the hall."""

import pytest
from hypothesis import Phase

from tests.contest.actions.live_machine import run_machine
from tests.contest.actions.live_mutants import MUTANTS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_machine_catches(mutant):
    with pytest.raises(AssertionError):
        run_machine(mutant, max_examples=2000, phases=[Phase.generate], report_multiple_bugs=False)
