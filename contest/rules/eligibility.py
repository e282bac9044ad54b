"""Who may enter a contest, and which entrants look like one person entered twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contest.errors import Refusal
from question_bank.rules import text

OLDEST = 110
YOUNGEST = 5


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The youngest age that may enter, None for no limit.

    It is reckoned by the year of birth alone, as thể lệ usually say; with `exact` to the day where the date is known.
    """

    minimum_age: int | None = None
    exact: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Eligibility":
        """Out of a contest's rules; an age that is absent or 0 does not limit."""
        return cls(int(data.get("minimum_age") or 0) or None, bool(data.get("exact_age", False)))


@dataclass(frozen=True, slots=True)
class Person:
    """An entrant as compared with others; `unit_path` may be empty."""

    entrant_id: int
    name: str
    birth_year: int
    unit_path: str


def age_on(day: date, *, birth_year: int, birth_date: date | None = None) -> int:
    """Age in full years on `day`. Of a year alone, the age reached in the course of that year, so that a doubt
    of some months is settled in favour of who may not yet have had the birthday.
    """
    if birth_date is None:
        return day.year - birth_year
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def require_eligible(
    rules: Eligibility, *, birth_year: int, birth_date: date | None = None, on: date
) -> None:
    """Passes for who may enter on this day.

    Refusals with the `field` they are about: `birth-year-impossible`, `birth-date-impossible` (of another year than the
    year given), `too-young` (`least`).
    """
    if not YOUNGEST <= age_on(on, birth_year=birth_year) <= OLDEST:
        raise Refusal("birth-year-impossible", field="birth_year")
    if birth_date is not None and birth_date.year != birth_year:
        raise Refusal("birth-date-impossible", field="birth_date")
    age = age_on(on, birth_year=birth_year, birth_date=birth_date if rules.exact else None)
    if rules.minimum_age is not None and age < rules.minimum_age:
        raise Refusal("too-young", field="birth_year", least=rules.minimum_age)


def likely_duplicates(people: Iterable[Person]) -> list[list[int]]:
    """Groups of entrant ids with one name (accents, case and tone placement aside), birth year and unit.

    A sign for a human to look at, never a verdict: two cousins may share all three. Groups by their first id.
    """
    groups: dict[tuple[str, int, str], list[int]] = {}
    for person in people:
        groups.setdefault((text.fold(person.name), person.birth_year, person.unit_path), []).append(
            person.entrant_id
        )
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)
