"""Rules with one fault each. A property that catches none proves nothing."""

from tests.contest.rules.mutants import contests, others, results
from tests.contest.rules.mutants.seeding import FAULTS

__all__ = ["FAULTS", "contests", "others", "results"]
