"""Every property, judged on the real rules."""

import pytest

from tests.contest.rules.engine import REAL
from tests.contest.rules.properties import PROPERTIES


@pytest.mark.parametrize("name", PROPERTIES)
def test_property_holds(name):
    _, judge = PROPERTIES[name]

    judge(REAL)()
