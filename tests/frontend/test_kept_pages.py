"""Pages drawn once for a whole hall: everybody gets their own words, and nobody gets somebody else's."""

import re

import pytest
from django.core.cache import cache
from django.template import loader
from django.test import Client

from contest.models import LivePlayer, LiveRound
from contest.queries import live
from tests import builders
from tests.live_builders import hall

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def room():
    live.forget()
    cache.clear()
    return hall("Hà")


@pytest.fixture
def drawings(monkeypatch):
    """The names of the templates that were drawn."""
    drawn = []
    original = loader.render_to_string

    def counted(name, *arguments, **named):
        drawn.append(name)
        return original(name, *arguments, **named)

    monkeypatch.setattr("frontend.kept_pages.render_to_string", counted)
    return drawn


def enter(room, name, **options):
    """A phone that came in by the form, token and all."""
    client = Client(enforce_csrf_checks=True, **options)
    door = f"/phong/{room.row.pin}/"
    token = TOKEN.search(client.get(door).content.decode())[1]
    entered = client.post(door, {"action": "join", "name": name, "csrfmiddlewaretoken": token})
    assert entered.status_code == 302
    return client


def page_of(client, room):
    return client.get(f"/phong/{room.id}/thi/").content.decode()


def test_a_hall_costs_one_drawing_of_each_page(room, drawings):
    for number in range(5):
        page_of(enter(room, f"Người {number}"), room)

    assert drawings == ["frontend/live/join.html", "frontend/live/play.html"]


def test_everybody_gets_their_own_words(room):
    names = ["An", "Bình"]
    phones = [enter(room, name) for name in names]
    pages = [page_of(phone, room) for phone in phones]

    for number, (name, phone) in enumerate(zip(names, phones, strict=True)):
        page, other = pages[number], pages[1 - number]
        player = LivePlayer.objects.get(round_id=room.id, name=name)
        token = phone.cookies[f"phong_{room.id}"].value
        for own in (
            f'data-place="{player.pk}"',
            f'data-token="{token}"',
            f">{player.seat}</span>",
            f">{name}</span>",
        ):
            assert own in page
            assert own not in other
        assert "hole" not in page


def test_a_name_is_text_whatever_it_holds(room):
    page = page_of(enter(room, '<b onclick="x()">&amp;'), room)

    assert "&lt;b onclick=&quot;x()&quot;&gt;&amp;amp;" in page
    assert "<b onclick" not in page


def test_two_languages_are_two_pages(room):
    vietnamese = enter(room, "An")
    english = enter(room, "Ann", headers={"accept-language": "en"})

    assert 'lang="vi"' in page_of(vietnamese, room)
    assert 'lang="en"' in page_of(english, room)
    assert 'lang="vi"' in page_of(vietnamese, room)


@pytest.mark.parametrize("door", ["pin", "join_token"])
def test_a_link_preview_does_not_draw_the_page_for_the_hall(room, door):
    """It asks by HEAD, and the page has no way back then for whoever changes the language."""
    address = f"/phong/q/{room.row.join_token}/" if door == "join_token" else f"/phong/{room.row.pin}/"
    assert Client().head(address).status_code == 200
    assert 'name="next"' in Client().get(address).content.decode()


def test_a_new_title_is_told(room):
    phone = enter(room, "An")
    LiveRound.objects.filter(pk=room.id).update(title="Chung kết hội thi")

    assert "Chung kết hội thi" in page_of(phone, room)
    assert "Chung kết hội thi" in Client().get(f"/phong/{room.row.pin}/").content.decode()


def test_who_is_signed_in_gets_a_page_of_their_own(room, drawings):
    page_of(enter(room, "An"), room)
    drawings.clear()
    staff = enter(room, "Trưởng ban")
    staff.force_login(builders.user("somebody"))

    page = page_of(staff, room)

    assert ">Trưởng ban</span>" in page
    assert drawings == []


def test_the_form_of_another_visitor_is_refused(room):
    stranger = Client(enforce_csrf_checks=True)
    door = f"/phong/{room.row.pin}/"
    token = TOKEN.search(Client().get(door).content.decode())[1]

    assert (
        stranger.post(door, {"action": "join", "name": "An", "csrfmiddlewaretoken": token}).status_code == 403
    )
