"""The ranking of units wherever a result is read: minutes, Excel, verification, pages, API."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from contest.actions import live_join
from contest.live import commands as c
from contest.live import moves
from contest.live.rules import LiveRules
from contest.models import LiveRound
from contest.queries import live_results, live_sheets, live_story
from frontend import live_journal
from tests.contest.queries.test_live_minutes import confirmed_by_two, minutes_of, to_the_end
from tests.live_builders import hall

pytestmark = pytest.mark.django_db
PEOPLE = {
    "An": "Chi đoàn xã Hòa Bình",
    "Bình": "CHI ĐOÀN XÃ HOÀ BÌNH",
    "Cường": "Chi đoàn xã Hòa Bình",
    "Dung": "Chi đoàn <b>",
}
PLACES = [(1, "Chi đoàn xã Hòa Bình", 3, 10.0), (2, "Chi đoàn <b>", 1, 5.0)]


@pytest.fixture
def ended():
    """An, Bình and Dung are right in one of one question; the best two of a unit count."""
    place = hall(questions=1, rules=LiveRules(ask_unit=True, units_best_of=2))
    for name, unit in PEOPLE.items():
        place.seats[name] = live_join.join(place.id, live_join.Wish(name, unit), now=place.now)
    place.ask()
    for name in ("An", "Bình", "Dung"):
        place.answer(name, "b")
    to_the_end(place)
    return place


def told(lines):
    return [(line.rank, line.name, line.people, line.points) for line in lines]


def verified(place):
    said = StringIO()
    call_command("verify_result", live=place.id, stdout=said)
    return said.getvalue()


def test_minutes_and_excel_have_the_units(ended):
    assert told(minutes_of(ended).unit_places) == PLACES
    assert any("trung bình của 2 người cao điểm nhất" in rule for rule in minutes_of(ended).rules)
    with translation.override("vi"):
        found = live_sheets.sheets(ended.id, words=live_journal.words(ended.state.rules))
    assert told(found.units) == PLACES


def test_units_are_verified_with_the_rest(ended):
    assert "4 entrants, 2 units, identical" in verified(ended)

    edition = LiveRound.objects.get(pk=ended.id).editions.get()
    edition.sheet = edition.sheet.replace('"points":1000', '"points":1001')
    edition.save()
    with pytest.raises(CommandError, match="differs"):
        verified(ended)


def test_a_correction_makes_an_edition_with_other_units(ended):
    confirmed_by_two(ended)
    assert told(live_results.units(live_story.released(ended.id))) == PLACES
    ended.do(c.VoidRun(1, "Đề sai"), role=moves.JURY)

    assert told(live_results.units(live_story.released(ended.id))) == PLACES  # until the next one is out
    assert told(live_results.units_of(ended.state)) == [
        (1, "Chi đoàn <b>", 1, 0), (1, "Chi đoàn xã Hòa Bình", 3, 0),
    ]  # fmt: skip
    confirmed_by_two(ended)
    assert told(live_results.units(live_story.released(ended.id)))[0] == (1, "Chi đoàn <b>", 1, 0)
    assert "identical" in verified(ended)


def test_staff_see_the_units(ended, client):
    client.force_login(ended.chief)
    page = client.get(f"/to-chuc/truc-tiep/{ended.id}/ket-qua/").content.decode()
    assert "Xếp hạng đơn vị" in page
    assert "Chi đoàn &lt;b&gt;" in page
    assert "Điểm trung bình của 2 người cao điểm nhất" in page


def test_the_public_sees_the_units_of_the_published_edition(ended, client):
    confirmed_by_two(ended)
    page = client.get(f"/phong/{ended.id}/ket-qua/").content.decode()
    assert "Xếp hạng đơn vị" in page
    assert "Chi đoàn &lt;b&gt;" in page
    assert "10,00" in page

    found = client.get(f"/api/v1/live/{ended.id}/result?limit=2").json()
    assert [(one["rank"], one["name"], one["people"], one["points"]) for one in found["units"]] == PLACES
    assert client.get(f"/api/v1/live/{ended.id}/result?limit=2&cursor=2").json()["units"] == []


def test_a_round_without_units_shows_none(client):
    place = hall("An", questions=1)
    place.ask()
    to_the_end(place)
    confirmed_by_two(place)

    assert minutes_of(place).unit_places == ()
    assert "Xếp hạng đơn vị" not in client.get(f"/phong/{place.id}/ket-qua/").content.decode()
    assert client.get(f"/api/v1/live/{place.id}/result").json()["units"] == []
    assert "1 entrants, identical" in verified(place)


def test_a_unit_has_a_letter_or_digit_and_nothing_unseen():
    place = hall(rules=LiveRules(ask_unit=True))
    live_join.join(place.id, live_join.Wish("An", "Tổ\u200b \u31647"), now=place.now)
    assert [player.unit for player in place.state.players.values()] == ["Tổ 7"]
    with pytest.raises(live_join.Refusal, match="unit-missing"):
        live_join.join(place.id, live_join.Wish("Bình", "\u3164 –"), now=place.now)
