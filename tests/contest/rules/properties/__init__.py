"""The properties of the rules, by subject."""

from tests.contest.rules.judging import PROPERTIES
from tests.contest.rules.properties import contests, entries, papers, people, ranking, settling

__all__ = ["PROPERTIES", "contests", "entries", "papers", "people", "ranking", "settling"]
