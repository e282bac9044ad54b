"""Rules with one fault each. A property that catches none proves nothing."""

from tests.contest.rules.mutants import others, results
from tests.contest.rules.mutants.seeding import FAULTS

__all__ = ["FAULTS", "others", "results"]
