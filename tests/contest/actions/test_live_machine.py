"""Random lives of a live hall keep the laws, on whichever database is configured; new ones with every run."""

import pytest

from tests.contest.actions.live_engine import Engine
from tests.contest.actions.live_machine import run_machine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("last", [False, True], ids=["first counts", "last counts"])
def test_random_lives_of_a_hall_keep_the_laws(last):
    run_machine(Engine, last=last, derandomize=False, report_multiple_bugs=False)
