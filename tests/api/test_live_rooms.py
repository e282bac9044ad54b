"""Live rounds over HTTP: joining, tickets, remotes, and the fallback of the socket."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client

from api import throttles
from api.live import lobby, workers
from api.live.polls import Polls
from contest.actions import live as moving
from contest.live import commands
from contest.live.rules import BellRules, LiveRules
from contest.models import LivePlayer, LiveRound
from tests import builders
from tests.api.conftest import Api
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_time(monkeypatch):
    """The doors' clock, set to the hall's."""

    def at(made):
        monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)

    return at


def bearer(token):
    return Api(Authorization=f"Bearer {token}")


def staff(user, **options):
    client = Client(**options)
    client.force_login(user)
    return Api(client)


def ticket_of(made, role="host", user=None):
    status, body = staff(user or made.chief)("POST", f"live/{made.id}/tickets", {"role": role})
    assert status == 201
    return body["ticket"]


def test_a_person_joins_by_pin_and_sees_the_room(anyone):
    made = hall()
    found = anyone("GET", f"live/lookup?pin={made.row.pin}")
    assert found == (
        200,
        {
            "round": made.id,
            "contest": "Hội thi",
            "title": "Vòng chung kết",
            "phase": "lobby",
            "ask_unit": False,
            "locked": False,
            "late_join": True,
        },
    )

    status, seated = anyone("POST", "live/join", {"pin": f" {made.row.pin} ", "name": "Lê Thị Hoa"})
    assert (status, seated["name"], seated["seat"]) == (201, "Lê Thị Hoa", 1)

    status, room = bearer(seated["token"])("GET", f"live/{made.id}/state")
    assert (status, room["type"], room["role"]) == (200, "welcome", "player")
    assert room["me"]["name"] == "Lê Thị Hoa"
    assert room["player"]["phase"] == "lobby"


def test_a_person_joins_by_the_token_of_the_qr_code(anyone):
    made = hall(rules=LiveRules(ask_unit=True))
    address = f"live/lookup?token={made.row.join_token}"
    assert anyone("GET", address)[1]["ask_unit"] is True
    body = {"token": made.row.join_token, "name": "Lê Thị Hoa", "unit": "Chi đoàn 1"}
    assert anyone("POST", "live/join", body)[0] == 201
    assert LivePlayer.objects.get(round=made.row).unit == "Chi đoàn 1"


def test_joining_is_refused_by_code(anyone, refused):
    made = hall(rules=LiveRules(ask_unit=True))
    pin = made.row.pin
    refused(anyone("POST", "live/join", {"pin": "000000x", "name": "An"}), 404, "no-such-pin")
    refused(anyone("POST", "live/join", {"token": "0" * 32, "name": "An"}), 404, "not-found")
    refused(anyone("POST", "live/join", {"pin": pin, "name": " . "}), 400, "name-empty")
    refused(anyone("POST", "live/join", {"pin": pin, "name": "An"}), 400, "unit-missing")
    refused(anyone("POST", "live/join", {"pin": pin, "name": 7}), 400, "malformed")
    made.do(commands.Lock(True))
    refused(anyone("POST", "live/join", {"pin": pin, "name": "An", "unit": "x"}), 409, "lobby-locked")
    assert LivePlayer.objects.count() == 0


@pytest.mark.parametrize("odd", ["%00", "12%00", "%C2%B2", "9" * 300])
def test_no_address_of_a_room_is_a_fault_of_ours(anyone, refused, odd):
    hall()
    refused(anyone("GET", f"live/lookup?pin={odd}"), 404, "no-such-pin")
    refused(anyone("GET", f"live/lookup?token={odd}"), 404, "not-found")
    refused(anyone("POST", "live/join", {"token": unquote(odd), "name": "An"}), 404, "not-found")
    assert Client().get(f"/phong/{odd}/").status_code == 404
    assert Client().get(f"/phong/q/{odd}/").status_code == 404


def test_a_room_whose_number_no_column_holds_is_not_found():
    for digits, status in ((18, 401), (19, 401), (5000, 404)):
        assert Client().get(f"/api/v1/live/{'9' * digits}/state").status_code == status


def test_a_value_too_deep_to_read_is_malformed(refused):
    made = hall("An")
    deep = '{"run":1,"key":"key-00000001","value":' + "[" * 20_000 + "]" * 20_000 + "}"
    phone = bearer(made.seats["An"].token)
    refused(phone("POST", f"live/{made.id}/answers", deep.encode()), 400, "malformed")
    refused(staff(made.chief)("POST", f"live/{made.id}/tickets", b"[" * 60_000), 400, "malformed")


def test_a_place_of_five_thousand_digits_is_malformed(on_time, refused):
    made = hall("An", content=builders.order)
    state = made.ask()
    made.now = commands_moment(state.current.opens_at + 1000)
    on_time(made)
    given = {"run": 1, "key": "key-00000001", "value": ["a:" + "9" * 5000]}
    phone = bearer(made.seats["An"].token)
    refused(phone("POST", f"live/{made.id}/answers", given), 400, "response-malformed")


def test_a_banned_device_is_kept_out_at_every_door(anyone, refused):
    made = hall("Hà")
    body = {"pin": made.row.pin, "name": "An", "device": "d" * 32}
    seated = anyone("POST", "live/join", body)[1]
    again = anyone("POST", "live/join", body)[1]
    assert again["player"] == seated["player"]
    made.do(commands.Kick(seated["player"], ban=True))
    refused(anyone("POST", "live/join", body | {"name": "Bình"}), 403, "banned")
    ha = {"seat": made.seats["Hà"].seat, "code": made.seats["Hà"].code, "device": "d" * 32}
    refused(anyone("POST", f"live/{made.id}/come-back", ha), 403, "banned")
    own = {"seat": seated["seat"], "code": seated["code"]}
    refused(anyone("POST", f"live/{made.id}/come-back", own), 403, "banned")
    assert anyone("POST", "live/join", body | {"device": "e" * 32})[0] == 201


def test_a_ban_reaches_the_phone_that_took_the_place_over(anyone, refused):
    made = hall("Hà")
    ha = {"seat": made.seats["Hà"].seat, "code": made.seats["Hà"].code, "device": "d" * 32}
    assert anyone("POST", f"live/{made.id}/come-back", ha)[0] == 200
    made.do(commands.Kick(made.seats["Hà"].player, ban=True))
    body = {"pin": made.row.pin, "name": "An", "device": "d" * 32}
    refused(anyone("POST", "live/join", body), 403, "banned")


def test_who_was_banned_on_the_page_is_kept_out_of_the_api_in_the_same_words(refused):
    made = hall()
    browser = Client()
    browser.post(f"/phong/{made.row.pin}/", {"action": "join", "name": "An"})
    made.do(commands.Kick(LivePlayer.objects.get(round=made.row).pk, ban=True))
    assert browser.cookies["thiet_bi"]["path"] == "/"
    body = {"pin": made.row.pin, "name": "Bình", "device": "e" * 32}
    status, problem = Api(browser)("POST", "live/join", body)
    refused((status, problem), 403, "banned")
    page = browser.post(f"/phong/{made.row.pin}/", {"action": "join", "name": "Bình"})
    assert problem["detail"] in page.content.decode()


def test_where_nobody_has_a_socket_who_polls_has_a_line(on_time, monkeypatch):
    monkeypatch.setattr(lobby, "polls", Polls())
    made = hall("An", "Bình", "Chi", rules=LiveRules(mode="bell", bell=BellRules(grace=True)))
    made.ask()
    made.answer("An", "b")
    made.now += timedelta(seconds=2)
    on_time(made)
    binh = bearer(made.seats["Bình"].token)
    assert binh("GET", f"live/{made.id}/state")[0] == 200
    made.now = moving.moment(made.state.due_at) + timedelta(seconds=3)
    on_time(made)
    assert binh("GET", f"live/{made.id}/state")[1]["player"]["phase"] == "closed"
    lost = [name for name, seat in made.seats.items() if made.state.players[seat.player].loss]
    assert lost == ["Chi"]


def test_five_hundred_join_from_one_address_at_once(anyone):
    """Row 19: a hall is one address. Half a minute is the least the limits must allow; no window is hit here."""
    made = hall()
    token = made.row.join_token
    taken = [anyone("POST", "live/join", {"token": token, "name": f"Người {n}"}) for n in range(500)]
    assert {status for status, _ in taken} == {201}
    assert len({body["token"] for _, body in taken}) == 500
    assert len(made.state.players) == 500


def from_address(number):
    return Api(Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250 + 1}"))


def test_guessing_pins_is_throttled_by_address_even_when_it_hits(refused):
    made = hall()
    guesser = from_address(1)
    for _ in range(throttles.MISSES["live-pin"].address):
        refused(guesser("GET", "live/lookup?pin=1"), 404, "no-such-pin")
    refused(guesser("GET", f"live/lookup?pin={made.row.pin}"), 429, "throttled")
    refused(guesser("POST", "live/join", {"pin": made.row.pin, "name": "An"}), 429, "throttled")
    assert from_address(2)("GET", f"live/lookup?pin={made.row.pin}")[0] == 200
    assert guesser("GET", f"live/lookup?token={made.row.join_token}")[0] == 200


def test_guessing_pins_from_many_addresses_alarms_and_a_clean_client_still_gets_in(refused):
    """Row 18: misses from fifty addresses, each within its own limit."""
    made = hall()
    address = "/api/v1/live/lookup?pin=1"
    guesses = [Client(REMOTE_ADDR=f"10.9.9.{number % 50}").get(address).status_code for number in range(420)]
    assert set(guesses) == {404, 429}
    assert guesses.count(404) <= throttles.MISSES["live-pin"].total + 50
    assert from_address(77)("GET", f"live/lookup?pin={made.row.pin}")[0] == 200


def test_a_person_comes_back_on_another_phone(anyone, refused):
    made = hall("An")
    seated = made.seats["An"]
    address = f"live/{made.id}/come-back"
    refused(anyone("POST", address, {"seat": 1, "code": "AAAAAA"}), 403, "code-wrong")
    status, again = anyone("POST", address, {"seat": 1, "code": seated.code.lower()})
    assert (status, again["player"], again["name"]) == (200, seated.player, "An")
    refused(bearer(seated.token)("GET", f"live/{made.id}/state"), 401, "token-invalid")
    assert bearer(again["token"])("GET", f"live/{made.id}/state")[0] == 200


def test_guessing_the_code_of_a_seat_is_throttled_from_anywhere(refused):
    made = hall("An")
    address = f"live/{made.id}/come-back"
    for number in range(throttles.MISSES["live-code"].address):
        refused(from_address(number)("POST", address, {"seat": 1, "code": "AAAAAA"}), 403, "code-wrong")
    right = {"seat": 1, "code": made.seats["An"].code}
    refused(from_address(99)("POST", address, right), 429, "throttled")


def test_the_snapshot_is_polled_with_its_tag(on_time):
    made = hall("An", "Bình")
    on_time(made)
    phone = bearer(made.seats["An"].token)
    first = phone.send("GET", f"live/{made.id}/state?role=player&v=0")
    same = phone.send("GET", f"live/{made.id}/state?role=player&v=3", **{"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["Cache-Control"]) == (304, b"", "private, no-cache")

    made.ask()
    on_time(made)
    moved = phone.send("GET", f"live/{made.id}/state?role=player&v=3", **{"If-None-Match": first["ETag"]})
    assert moved.status_code == 200
    assert moved.json()["player"]["question"]["options"]

    made.answer("An", "b", key="key-00000001")
    answered = phone.send("GET", f"live/{made.id}/state", **{"If-None-Match": moved["ETag"]})
    assert answered.status_code == 200
    assert answered.json()["answer"]["key"] == "key-00000001"


def test_the_snapshot_closes_what_is_due(on_time):
    """Where nobody has a socket the polls move the round; a question ends at its time whenever they come."""
    made = hall("An")
    state = made.ask()
    made.now = commands_moment(state.due_at + lobby.SOCKETS_FIRST_MS)
    on_time(made)
    status, room = bearer(made.seats["An"].token)("GET", f"live/{made.id}/state")
    assert (status, room["player"]["phase"]) == (200, "closed")
    assert made.state.current.closed_at == state.current.closes_at


def commands_moment(ms):
    from contest.actions.live import moment  # noqa: PLC0415

    return moment(ms + 1)


def test_who_is_put_out_is_told_no_more(refused):
    made = hall("An", "Bình")
    made.do(commands.Kick(made.seats["An"].player))
    phone = bearer(made.seats["An"].token)
    refused(phone("GET", f"live/{made.id}/state"), 403, "not-a-player")
    body = {"run": 1, "key": "key-00000001", "value": "b"}
    refused(phone("POST", f"live/{made.id}/answers", body), 403, "not-a-player")


def test_a_ticket_needs_the_role_and_the_session(refused):
    made, other = hall("An"), hall()
    stranger = staff(other.chief)
    refused(stranger("POST", f"live/{made.id}/tickets", {"role": "host"}), 404, "not-found")
    refused(Api()("POST", f"live/{made.id}/tickets", {"role": "host"}), 401, "sign-in-needed")
    refused(staff(made.chief)("POST", f"live/{made.id}/tickets", {"role": "player"}), 400, "malformed")

    host = ticket_of(made)
    refused(bearer(host)("GET", f"live/{made.id}/state?role=host"), 403, "not-allowed")
    chief = staff(made.chief)
    chief.headers = {"Authorization": f"Bearer {host}"}
    assert chief("GET", f"live/{made.id}/state?role=host")[1]["host"]["next_key"]["right"] == ["b"]
    refused(chief("GET", f"live/{made.id}/state?role=jury"), 401, "token-invalid")
    refused(chief("GET", f"live/{other.id}/state?role=host"), 401, "token-invalid")

    projector = bearer(ticket_of(made, "projector"))
    status, room = projector("GET", f"live/{made.id}/state?role=projector")
    assert status == 200
    assert "next_key" not in str(room)
    refused(projector("GET", f"live/{made.id}/state?role=host"), 401, "token-invalid")


def test_a_command_over_http_is_done_in_the_name_of_who_is_signed_in(on_time, refused):
    made = hall("An")
    on_time(made)
    chief = staff(made.chief)
    chief.headers = {"Authorization": f"Bearer {ticket_of(made)}"}
    seen = chief("GET", f"live/{made.id}/state?role=host")[1]["host"]["next_step"]

    body = {"id": "c1", "command": {"do": "advance", "seen": seen}}
    done = chief("POST", f"live/{made.id}/commands", body)

    assert done == (200, {"type": "done", "id": "c1", "version": made.state.version})
    assert made.state.phase == "title"
    phone = bearer(made.seats["An"].token)
    refused(phone("POST", f"live/{made.id}/commands", body), 401, "token-invalid")
    forged = {"id": "c2", "command": {"do": "join", "players": []}}
    refused(chief("POST", f"live/{made.id}/commands", forged), 400, "malformed")


def test_a_remote_is_paired_once_and_revoked(anyone, refused):
    made = hall("An")
    chief = staff(made.chief)
    status, offer = chief("POST", f"live/{made.id}/remotes")
    assert (status, offer["seconds"]) == (201, 120)
    status, remote = anyone("POST", "live/remotes/pair", {"code": offer["code"]})
    assert (status, remote["round"]) == (201, made.id)
    refused(anyone("POST", "live/remotes/pair", {"code": offer["code"]}), 404, "pairing-over")

    phone = bearer(remote["token"])
    status, room = phone("GET", f"live/{made.id}/state?role=remote")
    assert status == 200
    assert "An" not in str(room)
    assert "next_key" not in room["host"]
    body = {"id": "c1", "command": {"do": "advance", "seen": room["host"]["next_step"]}}
    assert phone("POST", f"live/{made.id}/commands", body)[0] == 200
    kick = {"id": "c2", "command": {"do": "kick", "player": made.seats["An"].player}}
    refused(phone("POST", f"live/{made.id}/commands", kick), 403, "not-allowed")

    assert chief("DELETE", f"live/{made.id}/remotes")[0] == 204
    refused(phone("GET", f"live/{made.id}/state?role=remote"), 401, "token-invalid")


@pytest.mark.django_db(transaction=True)
def test_an_answer_over_http_is_acknowledged_from_disk_and_again_for_its_key(on_time, refused):
    made = hall("An", "Bình")
    state = made.ask()
    made.now = commands_moment(state.current.opens_at + 1000)
    on_time(made)
    phone = bearer(made.seats["An"].token)
    body = {"run": 1, "key": "key-00000001", "value": "b"}
    try:
        first = phone("POST", f"live/{made.id}/answers", {"type": "answer", **body})
        again = phone("POST", f"live/{made.id}/answers", body)
        other = phone("POST", f"live/{made.id}/answers", {**body, "key": "key-00000002"})
        made.wait()
        on_time(made)
        late = phone("POST", f"live/{made.id}/answers", body)
        too_late = bearer(made.seats["Bình"].token)("POST", f"live/{made.id}/answers", body)
    finally:
        lobby.commits.stop()
        workers.restart()
    assert first[0] == 200
    assert set(first[1]) == {"type", "run", "key", "at", "receipt"}
    assert first == again == late
    refused(other, 409, "already-answered")
    refused(too_late, 409, "question-closed")


def test_a_person_objects_to_a_question_once_it_is_revealed(on_time, refused):
    made = hall("An", "Bình")
    made.ask()
    on_time(made)
    phone, address = bearer(made.seats["An"].token), f"live/{made.id}/appeals"
    objection = {"run": 1, "text": "Điều lệ ghi khác"}
    refused(phone("POST", address, objection), 409, "no-such-run")
    made.wait()
    made.advance()
    on_time(made)
    status, filed = phone("POST", address, objection)
    assert (status, filed["text"], filed["decision"]) == (201, "Điều lệ ghi khác", "")
    again = phone("POST", address, {**objection, "text": "Điều 5 ghi khác"})
    assert again == (201, {**filed, "text": "Điều 5 ghi khác"})
    refused(phone("POST", address, {**objection, "text": " "}), 400, "appeal-empty")
    refused(bearer("0" * 32)("POST", address, objection), 401, "token-invalid")


def test_the_jury_finds_objections_and_receipts_and_decides(on_time, refused):
    made = hall("An", "Bình")
    made.ask()
    kept = made.answer("An", "b")
    made.wait()
    made.advance()
    on_time(made)
    text = {"run": 1, "text": "Điều lệ ghi khác"}
    filed = bearer(made.seats["An"].token)("POST", f"live/{made.id}/appeals", text)[1]
    jury = staff(made.chief)

    (line,) = jury("GET", f"live/{made.id}/appeals/all")[1]["results"]
    assert (line["id"], line["name"], line["text"], line["decision"]) == (filed["id"], "An", text["text"], "")
    address = f"live/{made.id}/appeals/{filed['id']}"
    refused(jury("POST", address, {"decision": "rejected"}), 400, "reason-missing")
    refused(jury("POST", address, {"decision": "perhaps", "remark": "x"}), 400, "decision-unknown")
    assert jury("POST", address, {"decision": "rejected", "remark": "Đáp án đúng"}) == (204, None)
    refused(jury("POST", address, {"decision": "granted", "remark": "x"}), 409, "appeal-decided")
    assert jury("GET", f"live/{made.id}/appeals/all")[1]["results"][0]["decision"] == "rejected"

    told = f"live/{made.id}/appeals/own"
    own = bearer(made.seats["An"].token)("GET", told)
    assert own == (200, {"appeals": [{**filed, "decision": "rejected", "remark": "Đáp án đúng"}]})
    assert bearer(made.seats["Bình"].token)("GET", told) == (200, {"appeals": []})

    for query in (kept.receipt, "1", "an"):
        (found,) = jury("GET", f"live/{made.id}/receipts?q={query}")[1]["results"]
        assert (found["receipt"], found["name"], found["run"]) == (kept.receipt, "An", 1)
    refused(jury("GET", f"live/{made.id}/receipts"), 400, "malformed")
    refused(staff(hall().chief)("GET", f"live/{made.id}/receipts?q=1"), 404, "not-found")


def test_a_session_is_needed_beside_a_ticket_after_signing_out(refused):
    made = hall()
    chief = staff(made.chief)
    ticket = ticket_of(made)
    chief.headers = {"Authorization": f"Bearer {ticket}"}
    assert chief("GET", f"live/{made.id}/state?role=host")[0] == 200
    key = chief.client.cookies[settings.SESSION_COOKIE_NAME].value
    chief.client.logout()
    chief.client.cookies[settings.SESSION_COOKIE_NAME] = key
    refused(chief("GET", f"live/{made.id}/state?role=host"), 403, "not-allowed")


def test_a_draft_has_no_room(anyone, refused):
    made = hall(open_=False)
    assert LiveRound.objects.get(pk=made.id).pin is None
    refused(anyone("GET", "live/lookup?pin="), 404, "no-such-pin")
    refused(bearer("0" * 32)("GET", f"live/{made.id}/state"), 404, "not-found")
