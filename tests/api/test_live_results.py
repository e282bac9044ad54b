"""The published result of a live round over the API."""

import pytest

from contest.models import Contest
from tests.contest.queries.test_live_minutes import confirmed_by_two, to_the_end
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    place = hall("Nguyễn Thị An", "Trần Văn Bình", questions=1)
    place.ask()
    place.answer("Nguyễn Thị An", "b", after_s=2)
    to_the_end(place)
    return place


def test_it_is_out_once_it_is_published(ended, anyone, refused):
    path = f"live/{ended.id}/result"
    refused(anyone("GET", path), 404, "results-not-public")
    refused(anyone("GET", "live/999999/result"), 404, "not-found")
    confirmed_by_two(ended)

    status, page = anyone("GET", f"{path}?limit=1")
    assert (status, page["next"], page["edition"], page["reviewed"]) == (200, 1, 1, False)
    assert page["results"] == [
        {"rank": 1, "seat": 1, "name": "Nguyễn T. A.", "unit": "", "points": 10, "right": 1, "ms": 2000}
    ]
    status, page = anyone("GET", f"{path}?limit=1&cursor=1")
    assert (page["next"], [line["name"] for line in page["results"]]) == (None, ["Trần V. B."])
    refused(anyone("GET", f"{path}?limit=0"), 400, "malformed")


def test_it_costs_no_body_when_nothing_is_new(ended, anyone):
    confirmed_by_two(ended)
    reply = anyone.send("GET", f"live/{ended.id}/result")

    again = anyone.send("GET", f"live/{ended.id}/result", **{"If-None-Match": reply["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_contest_in_draft_shows_nothing(ended, anyone, refused):
    confirmed_by_two(ended)
    Contest.objects.update(state=Contest.State.DRAFT)

    refused(anyone("GET", f"live/{ended.id}/result"), 404, "not-found")
