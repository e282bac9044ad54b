from datetime import date

import pytest

from contest.errors import Refusal
from contest.rules.eligibility import Eligibility, Person, age_on, likely_duplicates, require_eligible

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        (date(2012, 3, 14), 14),
        (date(2012, 3, 15), 14),
        (date(2012, 3, 16), 13),
        (date(2012, 12, 31), 13),
        (None, 14),
    ],
)
def test_age(birth_date, age):
    assert age_on(TODAY, birth_year=2012, birth_date=birth_date) == age


def test_a_leap_day_is_had_by_the_first_of_march():
    born = date(2012, 2, 29)

    assert age_on(date(2026, 2, 28), birth_year=2012, birth_date=born) == 13
    assert age_on(date(2026, 3, 1), birth_year=2012, birth_date=born) == 14


@pytest.mark.parametrize(
    ("rules", "given", "code", "facts"),
    [
        (Eligibility(14), {"birth_year": 2013}, "too-young", {"field": "birth_year", "least": 14}),
        (
            Eligibility(14, exact=True),
            {"birth_year": 2012, "birth_date": date(2012, 3, 16)},
            "too-young",
            {"field": "birth_year", "least": 14},
        ),
        (Eligibility(), {"birth_year": 1915}, "birth-year-impossible", {"field": "birth_year"}),
        (Eligibility(), {"birth_year": 2022}, "birth-year-impossible", {"field": "birth_year"}),
        (
            Eligibility(),
            {"birth_year": 2000, "birth_date": date(2001, 1, 1)},
            "birth-date-impossible",
            {"field": "birth_date"},
        ),
    ],
)
def test_who_may_not_enter(rules, given, code, facts):
    with pytest.raises(Refusal, match=code) as caught:
        require_eligible(rules, **given, on=TODAY)

    assert caught.value.facts == facts


@pytest.mark.parametrize(
    ("rules", "birth_date"),
    [
        (Eligibility(14), date(2012, 12, 31)),
        (Eligibility(14), None),
        (Eligibility(14, exact=True), date(2012, 3, 15)),
        (Eligibility(14, exact=True), None),
    ],
)
def test_who_is_old_enough_enters(rules, birth_date):
    require_eligible(rules, birth_year=2012, birth_date=birth_date, on=TODAY)


def test_rules_without_limits_let_everybody_in():
    require_eligible(Eligibility.from_json({}), birth_year=1930, on=TODAY)


def test_rules_are_read_from_a_contest():
    assert Eligibility.from_json({"minimum_age": 14, "other": 1}) == Eligibility(14)
    assert Eligibility.from_json({"minimum_age": 0, "exact_age": True}) == Eligibility(None, exact=True)


def test_one_person_written_in_two_ways_is_pointed_out():
    people = [
        Person(4, "Nguyễn Thị Hoà", 1999, "3/"),
        Person(2, "NGUYỄN THỊ HÒA", 1999, "3/"),
        Person(3, "Nguyen Thi Hoa", 1999, "3/"),
        Person(5, "Nguyễn Thị Hoà", 1998, "3/"),
        Person(6, "Nguyễn Thị Hoà", 1999, "3/1/"),
        Person(1, "Lê Đức", 2000, ""),
        Person(7, "le duc", 2000, ""),
    ]

    assert likely_duplicates(people) == [[1, 7], [2, 3, 4]]
