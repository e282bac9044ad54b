"""A phone's way into a live room: by PIN or QR, with a name; back again on the same device and on another."""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from contest.actions import live_join
from contest.live import modes
from contest.live.commands import Kick, Lock, Readmit
from contest.live.rules import CRITERIA, LiveRules
from contest.models import LivePlayer
from contest.queries import live, tokens
from frontend.views import live_play
from tests import builders
from tests.live_builders import hall

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    live.forget()
    cache.clear()


@pytest.fixture
def room():
    return hall("Hà", "Tú")


def enter(client, room, **fields):
    return client.post(
        f"/phong/{room.row.pin}/", {"action": "join", "name": "Nguyễn Thị Phương Thảo", **fields}
    )


def token_of(client, room):
    return client.cookies[f"phong_{room.id}"].value


def test_the_pin_leads_to_the_door_however_it_is_typed(room):
    pin = room.row.pin
    found = Client().get("/phong/", {"ma": f" {pin[:3]} {pin[3:]} "})
    assert found["Location"] == f"/phong/{pin}/"


def test_the_home_page_has_the_field(room):
    page = Client().get("/").content.decode()
    assert 'action="/phong/"' in page
    assert 'name="ma"' in page


@pytest.mark.parametrize("address", ["/phong/?ma=000000", "/phong/000000/", "/phong/abc/"])
def test_a_wrong_pin_says_so_beside_the_field(room, address):
    found = Client().get(address)
    assert found.status_code == 404
    assert "Không có phòng thi nào đang mở với mã này" in found.content.decode()


def test_guessing_pins_is_slowed_down_even_for_a_right_one(room, monkeypatch):
    monkeypatch.setattr(live_play, "MISSES", 3)
    client = Client()
    assert [client.get(f"/phong/?ma=00000{n}").status_code for n in range(4)] == [404, 404, 404, 429]
    right = client.get("/phong/", {"ma": room.row.pin})
    assert right.status_code == 429
    assert int(right["Retry-After"]) > 0
    # A scanned code is not guessed.
    assert client.get(f"/phong/q/{room.row.join_token}/").status_code == 200


def test_right_pins_are_not_counted(room, monkeypatch):
    monkeypatch.setattr(live_play, "MISSES", 3)
    assert {Client().get("/phong/", {"ma": room.row.pin}).status_code for _ in range(10)} == {302}


@pytest.mark.parametrize("door", ["pin", "join_token"])
def test_a_name_is_enough_without_script(room, door):
    client = Client()
    address = f"/phong/{room.row.pin}/" if door == "pin" else f"/phong/q/{room.row.join_token}/"
    assert client.get(address).status_code == 200
    joined = client.post(address, {"action": "join", "name": "Nguyễn Thị Phương Thảo"})
    assert joined["Location"] == f"/phong/{room.id}/thi/"
    page = client.get(joined["Location"]).content.decode()
    assert f'data-token="{token_of(client, room)}"' in page
    assert re.search(r'"\s*>\s*<header class="live-bar">', page)
    assert "Nguyễn Thị Phương Thảo" in page
    assert [player.name for player in room.state.players.values()] == ["Hà", "Tú", "Nguyễn Thị Phương Thảo"]


def test_the_token_is_in_no_address_and_no_script_can_read_its_cookie(room):
    client = Client()
    joined = enter(client, room)
    token = token_of(client, room)
    assert token not in joined["Location"]
    assert client.cookies[f"phong_{room.id}"]["httponly"]
    assert client.cookies["thiet_bi"]["httponly"]
    assert "no-store" in client.get(joined["Location"])["Cache-Control"]


def test_the_same_device_keeps_its_place(room):
    client = Client()
    enter(client, room)
    first = token_of(client, room)
    assert client.get(f"/phong/{room.row.pin}/")["Location"] == f"/phong/{room.id}/thi/"
    assert token_of(client, room) == first
    del client.cookies[f"phong_{room.id}"]
    enter(client, room, name="Ai khác")
    assert LivePlayer.objects.filter(round=room.row).count() == 3


def test_a_form_sent_twice_is_one_participant(room):
    client = Client()
    client.get(f"/phong/{room.row.pin}/")
    device = client.cookies["thiet_bi"].value
    for _ in range(2):
        again = Client()
        again.cookies["thiet_bi"] = device
        enter(again, room)
    assert LivePlayer.objects.filter(round=room.row).count() == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Xin nhập tên của bạn"),
        (" \u200b ", "Xin nhập tên của bạn"),
        ("a" * 41, "dài quá 40 ký tự"),
    ],
)
def test_a_name_that_is_refused_says_why_and_is_kept(room, name, said):
    page = enter(Client(), room, name=name)
    assert page.status_code == 200
    assert said in page.content.decode()


@pytest.mark.parametrize("name", ["An", "Tú Anh", "Nguyễn Hoàng Phương Thảo Trần Lê Vũ Ánh", "Đ"])
def test_vietnamese_names_of_one_to_forty_characters_are_taken(room, name):
    assert enter(Client(), room, name=name).status_code == 302


def test_a_name_is_text_whatever_it_holds(room):
    client = Client()
    enter(client, room, name="<script>alert(1)</script>")
    page = client.get(f"/phong/{room.id}/thi/").content.decode()
    assert "<script>alert" not in page


def test_the_unit_is_asked_where_the_rules_say_so():
    room = hall(rules=LiveRules(ask_unit=True))
    client = Client()
    assert 'name="unit"' in client.get(f"/phong/{room.row.pin}/").content.decode()
    assert "Xin chọn đơn vị" in enter(client, room).content.decode()
    assert enter(client, room, unit="Chi đoàn 1").status_code == 302
    assert LivePlayer.objects.get(round=room.row).unit == "Chi đoàn 1"


def test_a_locked_room_says_so(room):
    room.do(Lock(on=True))
    assert "Phòng thi đang khóa" in enter(Client(), room).content.decode()


def test_a_registered_entrant_is_offered_the_name_and_stays_known(room):
    world = builders.world()
    entrant = world.entrant()
    entrant.contest = room.contest
    entrant.save()
    client = Client()
    client.cookies[f"entrant_{room.contest.pk}"] = tokens.write_entrant(entrant.pk)
    assert f'value="{entrant.name}"' in client.get(f"/phong/{room.row.pin}/").content.decode()
    enter(client, room, name=entrant.name)
    assert LivePlayer.objects.get(round=room.row, name=entrant.name).entrant == entrant
    other = Client()
    other.cookies[f"entrant_{room.contest.pk}"] = tokens.write_entrant(entrant.pk)
    enter(other, room, name="Người khác")
    assert LivePlayer.objects.get(round=room.row, name="Người khác").entrant is None


def test_another_phone_takes_over_by_seat_and_code(room):
    seated = room.seats["Hà"]
    phone = Client()
    back = {"action": "return", "seat": seated.seat, "code": seated.code.lower()}
    assert phone.post(f"/phong/{room.row.pin}/", back)["Location"] == f"/phong/{room.id}/thi/"
    assert live.player_by_token(room.id, token_of(phone, room)).pk == seated.player
    assert live.player_by_token(room.id, seated.token) is None
    assert seated.code in phone.get(f"/phong/{room.id}/thi/").content.decode()


def test_the_old_phone_is_led_to_the_door(room):
    old = Client()
    enter(old, room)
    player = live.player_by_token(room.id, token_of(old, room))
    live_join.come_back(room.id, seat=player.seat, code=live_join.code_of(player))
    assert old.get(f"/phong/{room.id}/thi/")["Location"] == f"/phong/{room.row.pin}/"
    assert "Đã ở trong phòng bằng máy khác?" in old.get(f"/phong/{room.row.pin}/").content.decode()


def test_a_wrong_code_is_refused_and_guessing_it_is_slowed_down(room, monkeypatch):
    monkeypatch.setattr(live_play, "RETURNS", 2)
    client = Client()
    back = {"action": "return", "seat": room.seats["Hà"].seat, "code": "AAAAAA"}
    replies = [client.post(f"/phong/{room.row.pin}/", back) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert "Số ghế hoặc mã vào lại không đúng." in replies[0].content.decode()


def test_nobody_shuts_somebody_else_s_way_back(room, monkeypatch):
    """Wrong codes count for the address that sent them, right ones for nobody."""
    monkeypatch.setattr(live_play, "RETURNS", 2)
    seated = room.seats["Hà"]
    wrong = {"action": "return", "seat": seated.seat, "code": "AAAAAA"}
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    statuses = [stranger.post(f"/phong/{room.row.pin}/", wrong).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert [come_back(Client(), room, seated).status_code for _ in range(4)] == [302] * 4
    assert come_back(stranger, room, seated).status_code == 429


def test_whoever_was_sent_out_may_come_in_as_somebody_new_unless_banned(room):
    client = Client()
    enter(client, room)
    player = live.player_by_token(room.id, token_of(client, room))
    room.do(Kick(player.pk))
    assert client.get(f"/phong/{room.row.pin}/").status_code == 200
    enter(client, room, name="Lần hai")
    second = live.player_by_token(room.id, token_of(client, room))
    assert second.pk != player.pk
    room.do(Kick(second.pk, ban=True))
    assert "không cho thiết bị này" in enter(client, room, name="Lần ba").content.decode()


def come_back(client, room, seated):
    back = {"action": "return", "seat": seated.seat, "code": seated.code}
    return client.post(f"/phong/{room.row.pin}/", back)


def test_a_banned_device_may_take_over_nobody_s_place(room):
    client = Client()
    enter(client, room)
    room.do(Kick(live.player_by_token(room.id, token_of(client, room)).pk, ban=True))
    assert "không cho thiết bị này" in come_back(client, room, room.seats["Hà"]).content.decode()
    assert live.player_by_token(room.id, room.seats["Hà"].token) is not None


def test_a_ban_holds_on_every_phone_the_place_has_been_on(room):
    seated, phones = room.seats["Hà"], [Client(), Client()]
    for phone in phones:
        assert come_back(phone, room, seated).status_code == 302
    room.do(Kick(seated.player, ban=True))
    for phone in phones:
        assert "không cho thiết bị này" in enter(phone, room, name="Ai khác").content.decode()
    room.do(Readmit(seated.player))
    assert enter(phones[1], room, name="Ai khác").status_code == 302
    assert live.player_by_token(room.id, token_of(phones[1], room)).pk == seated.player


@pytest.mark.parametrize("cookie", ["", "0" * 32, "zz", "x" * 5000])
def test_the_player_page_without_a_place_leads_to_the_door(room, cookie):
    client = Client()
    client.cookies[f"phong_{room.id}"] = cookie
    assert client.get(f"/phong/{room.id}/thi/")["Location"] == f"/phong/{room.row.pin}/"


def test_a_draft_lets_nobody_in():
    room = hall(open_=False)
    page = Client().get(f"/phong/q/{room.row.join_token}/").content.decode()
    assert "Phòng thi chưa mở" in page


def test_unknown_rooms_and_codes_are_not_found(room):
    assert Client().get("/phong/q/no-such-token/").status_code == 404
    assert Client().get("/phong/999999/thi/").status_code == 404


def test_a_game_is_labelled_as_one_and_an_official_round_is_not(room):
    client = Client()
    enter(client, room)
    page = client.get(f"/phong/{room.id}/thi/").content.decode()
    assert "live-bar__game" not in page


# Those that the code chooses among.
TERMS = {f"terms-{name}" for name in (
    "captain", "majority", "all-stay", "all-leave", "bell", "to-bell", "late-on", "late-off", "penalty",
    "penalty-floor",
)}  # fmt: skip


def test_every_word_the_script_asks_for_is_on_the_page(room):
    """The names of sentences in the client's code, against the attributes of the page."""
    source = Path(__file__).resolve().parents[2] / "frontend/client/src"
    code = "".join(
        path.read_text()
        for path in [
            *source.glob("live/player/**/*.ts"),
            source / "elements/live-player.ts",
            source / "live/terms.ts",
        ]
        if not path.name.endswith(".test.ts")
    )
    asked = set(re.findall(r'words\(\s*"([a-z0-9-]+)"', code))
    assert len(asked) > 50
    asked |= {f"mode-{mode}" for mode in modes.REGISTRY} | {f"chain-{name}" for name in CRITERIA}
    asked |= {f"order-{name}" for name in ("up", "down", "keep", "moved")}
    asked |= {f"verdict-{name}" for name in ("provisional", "confirmed", "published")}
    links = ("connecting", "open", "polling", "lost", "replaced", "forbidden", "unknown", "outdated")
    asked |= {f"link-{name}" for name in links} | {*TERMS}
    asked |= {
        "right",
        "wrong",
        "unanswered",
        "not-pressed",
        "behind",
        "level",
        "recorded",
        "pressed",
        "late-offline",
    }
    asked |= {"buzz-own", "buzz-other", "buzz-tie", "buzz-tie-own", "reading-buzzer", "banned", "kicked"}
    asked |= {"buzz-over", "time-up", "board-hidden", "podium-wait"}
    client = Client()
    enter(client, room)
    page = client.get(f"/phong/{room.id}/thi/").content.decode()
    assert {name for name in asked if f'data-msg-{name}="' not in page} == set()
