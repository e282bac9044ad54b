"""What comes in, as an organiser sees it: charts, units with their insides, and the same alone for a page left open."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from contest.actions import units
from contest.queries import turnout
from contest.queries.turnout import Flow
from contest.rules.windows import VIETNAM
from frontend import charts
from tests.frontend.test_organise import (  # noqa: F401  (fixtures)
    bank,
    begin,
    chief,
    contest,
    desk,
    enter,
    fresh_site,
    settled,
    take,
)

pytestmark = pytest.mark.django_db
PREDICTED = {"prediction": "attempts", "chain": "points,prediction_error,submitted_at,attempt_id"}


@pytest.fixture
def tree():
    root = units.add_unit("Tỉnh đoàn", member_count=200)
    ward = units.add_unit("Đoàn phường", parent=root, member_count=40)
    return {
        "root": root,
        "ward": ward,
        "branch": units.add_unit("Chi đoàn 1", parent=ward),
        "silent": units.add_unit("Đoàn xã chưa có ai", parent=root, member_count=30),
    }


def at(round):
    return f"/to-chuc/vong/{round.pk}/so-lieu/"


def test_a_single_root_is_opened_and_its_units_are_rolled_up(desk, contest, bank, tree):  # noqa: F811
    round = begin(desk, contest)
    take(round, enter(contest, 1, "An", tree["branch"]), right=2, minutes=3)
    take(round, enter(contest, 2, "Bình", tree["ward"]), right=1, minutes=3)

    found = turnout.below(round, "", now=timezone.now())

    assert (found.unit.name, found.unit.people, found.unit.percent) == ("Tỉnh đoàn", 2, 1.0)
    assert [(share.name, share.people, share.percent, share.deeper) for share in found.below] == [
        ("Đoàn phường", 2, 5.0, True),
        ("Đoàn xã chưa có ai", 0, 0.0, False),
    ]


def test_a_unit_is_opened_with_the_way_back(desk, contest, bank, tree):  # noqa: F811
    round = begin(desk, contest)
    take(round, enter(contest, 1, "An", tree["branch"]), right=2, minutes=3)

    page = desk.get(at(round), {"don-vi": tree["ward"].path})

    found = page.context["turnout"]
    assert ([share.name for share in found.trail], found.unit.name) == (["Tỉnh đoàn"], "Đoàn phường")
    assert [(share.name, share.people, share.percent) for share in found.below] == [("Chi đoàn 1", 1, None)]
    assert f"?don-vi={tree['root'].path}" in page.content.decode()


def test_an_unknown_unit_shows_the_top(desk, contest, bank, tree):  # noqa: F811
    round = begin(desk, contest)

    assert desk.get(at(round), {"don-vi": "9999/"}).context["turnout"].unit.name == "Tỉnh đoàn"


def test_people_of_no_unit_stand_beside_the_roots(desk, contest, bank, tree):  # noqa: F811
    round = begin(desk, contest)
    take(round, enter(contest, 1, "An"), right=2, minutes=3)

    found = turnout.below(round, "", now=timezone.now())

    assert found.unit is None
    assert [(share.name, share.people) for share in found.below] == [("Tỉnh đoàn", 0), ("", 1)]


def test_attempts_are_counted_by_day_and_hour_in_vietnam(desk, contest, bank):  # noqa: F811
    round = begin(desk, contest)
    first = take(round, enter(contest, 1, "An"), right=2, minutes=3)
    now = datetime(2026, 3, 2, 9, 30, tzinfo=VIETNAM)
    round.opens_at, round.closes_at = now - timedelta(days=2), now + timedelta(days=1)
    type(first).objects.update(started_at=datetime(2026, 3, 2, 0, 10, tzinfo=VIETNAM))

    flow = turnout.flow(round, now=now)

    assert flow.days == ((date(2026, 2, 28), 0, 0), (date(2026, 3, 1), 0, 0), (date(2026, 3, 2), 1, 1))
    assert flow.hours == ((0, 1), *((hour, 0) for hour in range(1, 10)))


def test_no_chart_tells_what_is_predicted(desk, contest, bank, tree):  # noqa: F811
    round = begin(desk, contest, **PREDICTED)
    take(round, enter(contest, 1, "An", tree["branch"]), right=2, minutes=3)

    assert turnout.flow(round, now=timezone.now()) is None
    for address in (at(round), f"/to-chuc/vong/{round.pk}/"):
        page = desk.get(address).content.decode()
        assert "chart__" not in page
        assert "Người dự thi" not in page.replace("Số liệu dự thi", "")


def test_the_part_is_for_people_of_the_contest(client, desk, contest, bank, django_user_model):  # noqa: F811
    round = begin(desk, contest)
    client.force_login(django_user_model.objects.create_user("la", password="x"))

    assert client.get(at(round)).status_code == 404


def test_the_open_page_keeps_itself_current_and_the_settled_one_does_not(desk, contest, bank):  # noqa: F811
    round = begin(desk, contest)
    assert f'data-url="{at(round)}?don-vi="' in desk.get(f"/to-chuc/vong/{round.pk}/").content.decode()


def test_before_the_opening_units_tell_who_registered(desk, contest, bank, tree):  # noqa: F811
    later = {
        name: (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
        for name, days in (("opens_at", 1), ("closes_at", 2))
    }
    round = begin(desk, contest, **later)
    enter(contest, 1, "An", tree["branch"])

    page = desk.get(f"/to-chuc/vong/{round.pk}/")

    assert [(share.registered, bar) for share, bar in page.context["shares"]] == [(1, 100), (0, 0)]
    assert "Người dự thi" not in page.content.decode()


def test_a_settled_round_shows_how_scores_are_spread(desk, contest, bank):  # noqa: F811
    round = settled(desk, contest)

    page = desk.get(f"/to-chuc/vong/{round.pk}/")

    heights = [
        (column.label, column.bars[0][0]) for column in page.context["by_score"].columns if column.bars[0][1]
    ]
    assert heights == [("5", "1"), ("10", "1")]
    assert "live-parts" not in page.content.decode()


def test_columns_are_measured_against_the_highest():
    chart = charts.columns([("a", (1, 1000)), ("b", (0, 500))])

    assert [[bar[1:] for bar in column.bars] for column in chart.columns] == [
        [(1, 99), (100, 0)],
        [(0, 100), (50, 50)],
    ]
    assert [column.peak for column in chart.columns] == [True, False]
    assert charts.columns([("a", (0,))]).empty


def test_a_day_without_anybody_keeps_its_place():
    chart = charts.by_day(Flow(((date(2026, 3, 1), 2, 3), (date(2026, 3, 2), 0, 0)), ()))

    assert [column.label for column in chart.columns] == ["01/03", "02/03"]
