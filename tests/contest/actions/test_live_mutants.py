"""The live machine is worth something: its rules and laws catch every mistake planted in the hall, for certain.

Random lives find them too, sooner or later; here each has the life in which it shows, and a sound hall lives it.
"""

import pytest

from tests.contest.actions.live_engine import Engine
from tests.contest.actions.live_machine import play
from tests.contest.actions.live_mutants import MUTANTS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_machine_catches(mutant):
    play(Engine, *mutant.script)
    with pytest.raises(AssertionError, match=r"L\d|one key"):
        play(mutant, *mutant.script)
