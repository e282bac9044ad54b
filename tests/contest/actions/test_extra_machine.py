"""Random lives of attempts keep the laws while an organiser gives time and opens attempts again."""

import pytest

from tests.contest.actions.attempt_machine import run_machine
from tests.contest.actions.extra_machine import ExtraEngine, ExtraMachine

pytestmark = pytest.mark.django_db


def test_extra_time_keeps_the_laws():
    run_machine(ExtraEngine, ExtraMachine, derandomize=False)
