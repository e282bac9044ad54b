"""The properties of the rules, by subject."""

from tests.contest.rules.judging import PROPERTIES
from tests.contest.rules.properties import entries, papers, people, ranking, settling

__all__ = ["PROPERTIES", "entries", "papers", "people", "ranking", "settling"]
