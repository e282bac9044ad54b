"""Who may enter a contest, and which entrants look like one person entered twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contest.errors import Refusal
from contest.rules import units
from question_bank.rules import text

OLDEST = 110
YOUNGEST = 5


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Ages in full years on the day of registration, both included; a unit must lie in one of `units` if any."""

    minimum_age: int | None = None
    maximum_age: int | None = None
    units: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Eligibility":
        """Out of a contest's rules; what is absent or 0 does not limit."""
        return cls(
            int(data.get("minimum_age") or 0) or None,
            int(data.get("maximum_age") or 0) or None,
            tuple(data.get("units") or ()),
        )


@dataclass(frozen=True, slots=True)
class Person:
    """An entrant as compared with others; `unit_path` may be empty."""

    entrant_id: int
    name: str
    birth_year: int
    unit_path: str


def age_on(day: date, *, birth_year: int, birth_date: date | None = None) -> int:
    """Age in full years on `day`. Of a year alone, the age reached in the course of that year: a doubt of some months
    is settled in favour of who has not yet had the birthday.
    """
    if birth_date is None:
        return day.year - birth_year
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def require_eligible(
    rules: Eligibility, *, birth_year: int, birth_date: date | None = None, unit_path: str = "", on: date
) -> None:
    """Passes for who may enter on this day.

    Refusals with the `field` they are about: `birth-year-impossible`, `too-young` (`least`), `too-old` (`most`),
    `unit-not-invited`.
    """
    age = age_on(on, birth_year=birth_year, birth_date=birth_date)
    if not YOUNGEST <= age <= OLDEST or (birth_date is not None and birth_date.year != birth_year):
        raise Refusal("birth-year-impossible", field="birth_year")
    if rules.minimum_age is not None and age < rules.minimum_age:
        raise Refusal("too-young", field="birth_year", least=rules.minimum_age)
    if rules.maximum_age is not None and age > rules.maximum_age:
        raise Refusal("too-old", field="birth_year", most=rules.maximum_age)
    if rules.units and not any(units.lies_in(unit_path, root) for root in rules.units):
        raise Refusal("unit-not-invited", field="unit")


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
