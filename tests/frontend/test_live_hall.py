"""The projector's page: who may open it, what it tells, and the QR code that it shows."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.html import escape

from contest.documents import qr
from contest.live import modes
from contest.models import ContestStaff, LiveRound, LiveStaff
from tests import builders

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TITLE = 'Vòng "chung kết" <b>tại</b> hội trường'


@pytest.fixture
def room():
    world = builders.world()
    return LiveRound.objects.create(
        contest=world.contest, number=1, title=TITLE, wifi="Hội trường / thao2026", pin="482913", join_token="a1" * 16,
        phase="lobby", version=1, created_by=world.chief, created_at=NOW,
    )  # fmt: skip


def somebody(room, role=None, *, live_role=None):
    """A user with a role in the contest, or in this room alone."""
    user = builders.user()
    if role:
        ContestStaff.objects.create(contest=room.contest, user=user, role=role)
    if live_role:
        LiveStaff.objects.create(round=room, user=user, role=live_role)
    return user


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ({"role": "organiser"}, 200),
        ({"role": "chief"}, 200),
        ({"live_role": "host"}, 200),
        ({"live_role": "jury"}, 200),
        ({"role": "viewer"}, 404),
        ({}, 404),
    ],
    ids=str,
)
@pytest.mark.parametrize("page", ["", "ma-qr.svg"])
def test_hosts_and_jury_alone_open_the_hall(client, room, roles, status, page):
    client.force_login(somebody(room, **roles))

    assert client.get(f"/phong/{room.pk}/man-chieu/{page}").status_code == status


def test_others_are_asked_to_sign_in(client, room):
    answer = client.get(f"/phong/{room.pk}/man-chieu/")

    assert answer.status_code == 302
    assert answer["Location"] == f"/dang-nhap/?next=/phong/{room.pk}/man-chieu/"


def test_the_page_tells_how_to_get_in(client, room):
    client.force_login(somebody(room, "chief"))

    page = client.get(f"/phong/{room.pk}/man-chieu/").content.decode()

    for told in ('data-pin="482913"', 'data-address="testserver/phong"', 'data-wifi="Hội trường / thao2026"',
                 f'data-ticket-url="/api/v1/live/{room.pk}/tickets"', "csrfmiddlewaretoken"):  # fmt: skip
        assert told in page
    assert escape(TITLE) in page
    assert TITLE not in page


def test_the_secret_of_the_code_stands_in_the_picture_alone(client, room):
    client.force_login(somebody(room, "chief"))

    page = client.get(f"/phong/{room.pk}/man-chieu/")
    picture = client.get(f"/phong/{room.pk}/man-chieu/ma-qr.svg")

    assert room.join_token not in page.content.decode()
    assert picture.content == qr.svg(f"http://testserver/phong/q/{room.join_token}/")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]


def test_a_draft_waits_and_comes_back_by_itself(client, room):
    LiveRound.objects.filter(pk=room.pk).update(phase="", pin=None)
    client.force_login(somebody(room, "chief"))

    page = client.get(f"/phong/{room.pk}/man-chieu/").content.decode()

    assert '<hall-waiting data-again="10">' in page
    assert "<hall-screen" not in page


def test_an_ended_room_has_no_pin_to_show(client, room):
    LiveRound.objects.filter(pk=room.pk).update(phase="ended", pin=None)
    client.force_login(somebody(room, "chief"))

    assert 'data-pin=""' in client.get(f"/phong/{room.pk}/man-chieu/").content.decode()


@pytest.mark.parametrize(
    ("host", "warned"), [("localhost", True), ("127.0.0.1", True), ("testserver", False)]
)
def test_an_address_that_phones_cannot_open_is_told_apart(client, room, settings, host, warned):
    settings.ALLOWED_HOSTS = ["*"]
    client.force_login(somebody(room, "chief"))

    page = client.get(f"/phong/{room.pk}/man-chieu/", headers={"Host": host}).content.decode()

    assert ("hall-tools__note" in page) is warned


def test_every_state_of_the_line_but_open_has_its_words(client, room):
    """The states are those of the client's own types; a bar without words would be an empty strip on the screen."""
    source = Path(__file__).resolve().parents[2] / "frontend/client/src/live"
    told = [
        re.search(r"^export type (?:Link|Reached) = (.+);$", (source / name).read_text(), re.MULTILINE)
        for name in ("room-socket.ts", "room-http.ts")
    ]
    states = {state for found in told if found for state in re.findall(r'"([a-z]+)"', found[1])}
    assert {"open", "connecting", "unknown", "outdated", "forbidden", "lost"} <= states
    client.force_login(somebody(room, "chief"))

    page = client.get(f"/phong/{room.pk}/man-chieu/").content.decode()

    assert {state for state in states - {"open"} if f'data-msg-line-{state}="' not in page} == set()


def test_every_word_the_script_asks_for_is_on_the_page(client, room):
    """The names of sentences in the client's code, both of a choice, against the attributes of the page."""
    source = Path(__file__).resolve().parents[2] / "frontend/client/src"
    files = [*source.glob("hall/*.ts"), source / "elements/hall-screen.ts", source / "live/terms.ts"]
    code = "".join(path.read_text() for path in files if ".test." not in path.name)
    asked = set(re.findall(r'words\(\s*"([a-z0-9-]+)"', code))
    for one, other in re.findall(
        r'words\([^()"]*(?:"[a-z]+"[^()"]*)?\? "([a-z0-9-]+)" : "([a-z0-9-]+)"', code
    ):
        asked |= {one, other}
    asked |= {f"terms-{name}" for name in ("captain", "majority")} | {
        f"mode-{mode}" for mode in modes.REGISTRY
    }
    assert {"terms-late-on", "terms-penalty-floor", "true", "and-more", "rules-last"} <= asked
    client.force_login(somebody(room, role="organiser"))
    page = client.get(f"/phong/{room.pk}/man-chieu/").content.decode()
    assert {name for name in asked if f'data-msg-{name}="' not in page} == set()
