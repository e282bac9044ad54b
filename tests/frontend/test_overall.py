"""The prizes of a whole contest on the pages: set, settled, published, amended, exported."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from contest.actions import corrections, rounds, settlement
from contest.models import ContestStaff, Paper
from contest.queries import overall, snapshots
from tests.builders import CLOSES, at, user, world

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)
PLAN = {
    "action": "plan",
    "chain": "points,rounds_all_correct,duration,last_finish,entrant_id",
    "least_rounds": "1",
    "prize_first": "1",
    "prize_consolation": "1",
}


@pytest.fixture
def place(monkeypatch):
    """A contest whose only round is published."""
    monkeypatch.setattr(timezone, "now", lambda: AFTER)
    place = world()
    for name, right in (("Nguyễn Thị An", 4), ("Trần Văn Bình", 3), ("Lê Châu", 1)):
        place.finish(place.entrant(name), right=right, now=at(5))
    rounds.begin_closing(now=CLOSES)
    settlement.settle_round(place.round, actor=place.chief, now=AFTER)
    settlement.publish_round(place.round, actor=place.chief, now=AFTER)
    snapshots.forget_all()
    place.desk = f"/to-chuc/{place.contest.slug}/chung-cuoc/"
    place.public = f"/cuoc-thi/{place.contest.slug}/chung-cuoc/"
    return place


@pytest.fixture
def desk(place, client):
    client.force_login(place.chief)
    return client


def press(desk, place, **typed):
    return desk.post(place.desk, typed)


def decided(desk, place):
    for typed in (PLAN, {"action": "settle"}, {"action": "publish"}):
        answer = press(desk, place, **typed)
        assert answer.status_code == 302, answer.context["problem"]


def text_of(answer):
    return answer.content.decode()


def test_a_contest_goes_from_its_plan_to_the_public_result(desk, place):
    assert desk.get(place.public).status_code == 404
    decided(desk, place)

    page = text_of(Client().get(place.public))

    assert "Kết quả chung cuộc" in page
    assert "Nguyễn T. A." in page
    assert "Nguyễn Thị An" not in page
    assert overall.released(place.contest).sheet_hash in page
    assert "1 giải nhất, 1 giải khuyến khích" in text_of(
        Client().get(f"/cuoc-thi/{place.contest.slug}/the-le/")
    )
    assert place.public in text_of(Client().get(f"/cuoc-thi/{place.contest.slug}/"))


def test_the_page_says_that_a_round_has_changed_since(desk, place):
    decided(desk, place)
    version = Paper.objects.get(round=place.round).items[3]["version"]
    corrections.correct_key(
        place.round, version_id=version, effect="void", actor=place.chief, reason="sai đề", now=AFTER
    )
    settlement.settle_round(place.round, actor=place.chief, now=AFTER, reason="sai đề")

    assert "đã thay đổi sau khi" in text_of(Client().get(place.public))
    assert "Chốt lại và công bố bản mới" in text_of(desk.get(place.desk))
    assert press(desk, place, action="settle", reason="").status_code == 422
    assert press(desk, place, action="settle", reason="điều chỉnh vòng 1").status_code == 302
    assert "đã thay đổi sau khi" not in text_of(Client().get(place.public))


def test_what_was_typed_stays_when_it_is_refused(desk, place):
    answer = press(desk, place, **{**PLAN, "prize_first": "", "prize_consolation": "0", "least_rounds": "2"})

    assert answer.status_code == 422
    assert 'value="2"' in text_of(answer)
    assert overall.terms_of(place.contest) is None


def test_the_excel_file_holds_the_standing(desk, place):
    decided(desk, place)

    book = load_workbook(BytesIO(desk.get(f"/to-chuc/{place.contest.slug}/chung-cuoc.xlsx").content))

    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][:2] == (1, "Nguyễn Thị An")
    assert (rows[1][5], rows[1][9].lower(), rows[3][9]) == (4, "giải nhất", None)


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("organiser", 302)])
def test_organisers_plan_and_only_the_chief_publishes(place, client, role, status):
    member = user()
    ContestStaff.objects.create(contest=place.contest, user=member, role=role)
    client.force_login(member)

    assert client.get(place.desk).status_code == 200
    assert press(client, place, **PLAN).status_code == status
    assert press(client, place, action="publish").status_code == 403
