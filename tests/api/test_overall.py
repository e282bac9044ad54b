"""The final standing of a contest over the API."""

import pytest

from contest.actions import overall, rounds, settlement
from contest.rules.overall import Terms
from contest.rules.prizes import PrizePlan, Tier
from tests import builders
from tests.api.test_staff import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock):
    place = builders.world()
    for name, right in (("Nguyễn Thị An", 4), ("Trần Văn Bình", 3)):
        place.finish(place.entrant(name), right=right, now=builders.at(5))
    clock.now = builders.at(days=5, minutes=10)
    rounds.begin_closing(now=clock.now)
    settlement.settle_round(place.round, actor=place.chief, now=clock.now)
    settlement.publish_round(place.round, actor=place.chief, now=clock.now)
    plan = PrizePlan(((Tier.FIRST, 1),))
    overall.set_terms(place.contest, Terms(prizes=plan), actor=place.chief, now=clock.now)
    return place


def test_a_final_standing_is_settled_published_and_read(world, anyone, refused):
    path = f"contests/{world.contest.slug}"
    chief = signed_in(world.chief)
    refused(anyone("GET", f"{path}/standings"), 404, "results-not-public")
    refused(chief("POST", f"{path}/publish"), 409, "overall-not-settled")

    status, settled = chief("POST", f"{path}/settle", {})
    assert (status, settled["edition"], settled["numbers"]) == (200, 1, {"people": 2, "rounds": 1})
    refused(anyone("GET", f"{path}/standings"), 404, "results-not-public")
    assert chief("POST", f"{path}/publish")[0] == 200

    status, page = anyone("GET", f"{path}/standings?limit=1")
    assert (status, page["sheet_hash"], page["people"], page["next"]) == (200, settled["sheet_hash"], 2, 1)
    assert page["results"][0]["name"] == "Nguyễn T. A."
    assert (page["results"][0]["prize"], page["out_of_date"]) == ("first", False)
    refused(chief("POST", f"{path}/settle", {}), 400, "reason-missing")
    refused(chief("POST", f"{path}/publish"), 409, "overall-published")
