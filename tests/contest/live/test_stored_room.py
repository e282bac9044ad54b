"""The rounds of the room machine, in every mode, through the actions and on whichever database is configured."""

import pytest

from tests.contest.live.room_machine import RULES, run_machine
from tests.contest.live.stored_engine import StoredEngine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mode", RULES)
def test_random_rounds_keep_the_laws_in_the_database(mode):
    run_machine(StoredEngine, modes=(mode,), max_examples=3, stateful_step_count=25)
