"""Every seeded fault breaks a property that looks at the faulty part."""

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.contest.rules.mutants import FAULTS
from tests.contest.rules.properties import PROPERTIES

# A fault need only be found, not shrunk; the same examples every time, so that a miss is never luck.
SEARCH = settings(
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_caught(name):
    part, engine = FAULTS[name]
    judges = [make for parts, make in PROPERTIES.values() if part in parts]

    # Most faults show at once: a short look by every judge comes before a long one.
    assert any(_breaks(make(engine), examples) for examples in (30, 600) for make in judges)


def _breaks(check, examples: int) -> bool:
    try:
        settings(SEARCH, max_examples=examples)(check)()
    except Exception:
        return True
    return False
