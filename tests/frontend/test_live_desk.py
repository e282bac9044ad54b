"""The pages of operator, jury and remote, and what their scripts ask the server for."""

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from contest.actions import live_appeals, live_join, live_remotes, live_setup
from contest.live import commands
from contest.live.evolving.registry import INVERSE
from contest.live.rules import LiveRules
from contest.models import LivePlayer, LiveRemote
from frontend import live_desk_words
from tests import builders
from tests.live_builders import hall

pytestmark = pytest.mark.django_db
CLIENT = Path(__file__).resolve().parents[2] / "frontend" / "client" / "src"


@pytest.fixture
def place():
    """One question is revealed."""
    made = hall("An", "Bình")
    made.ask()
    made.answer("An", "b")
    made.answer("Bình", "a")
    made.wait()
    made.advance()
    return made


def staff(place, role):
    user = builders.user()
    live_setup.add_staff(place.id, username=user.username, role=role, actor=place.chief, now=place.now)
    return user


def ask(client, name, place, *more, **query):
    return client.get(reverse(name, args=[place.id, *more]), query)


def tell(client, name, place, body):
    address = reverse(name, args=[place.id])
    return client.post(address, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("sent", ["[" * 100_000, '{"command":' + "[" * 900 + "]" * 900 + "}"])
@pytest.mark.parametrize("name", ["live-jury-preview", "live-jury-appeals"])
def test_what_is_too_deep_to_read_is_malformed(client, place, name, sent):
    client.force_login(place.chief)
    reply = client.post(reverse(name, args=[place.id]), sent, content_type="application/json")
    assert (reply.status_code, reply.json()["code"]) == (400, "malformed")


def test_receipts_are_looked_for_by_whatever_was_typed(client, place):
    client.force_login(place.chief)
    for typed in ("AB\x00CD", "9" * 90, "²"):
        assert ask(client, "live-jury-receipts", place, q=typed).json() == {"receipts": []}


class TestWhoMay:
    @pytest.mark.parametrize(("role", "page", "status"), [
        ("host", "live-host", 200), ("host", "live-jury", 403),
        ("jury", "live-jury", 200), ("jury", "live-host", 403),
    ])  # fmt: skip
    def test_each_role_has_its_own_page(self, client, place, role, page, status):
        client.force_login(staff(place, role))
        assert ask(client, page, place).status_code == status

    @pytest.mark.parametrize("page", ["live-host", "live-jury", "live-jury-appeals", "live-jury-receipts"])
    def test_strangers_learn_nothing(self, client, place, page):
        client.force_login(builders.user())
        assert ask(client, page, place).status_code == 404

    def test_a_draft_leads_to_its_organiser_s_page(self, client):
        draft = hall(open_=False)
        client.force_login(draft.chief)
        for page in ("live-host", "live-jury"):
            assert ask(client, page, draft)["Location"] == reverse("organise-live", args=[draft.id])


def test_no_page_holds_a_key(client, place):
    client.force_login(place.chief)
    for page in ("live-host", "live-jury"):
        text = ask(client, page, place).content.decode()
        assert "Giải thích của câu" not in text
        assert '"accepted"' not in text
        assert reverse("sign-in") in text


class TestJury:
    def test_the_effect_of_a_deed_is_told(self, client, place):
        client.force_login(staff(place, "jury"))
        command = {"do": "accept", "run": 1, "reason": "đều đúng", "everything": True}
        answer = tell(client, "live-jury-preview", place, {"command": command})
        assert answer.status_code == 200
        (swing,) = answer.json()["changed"]
        assert (swing["name"], swing["before"]["points"], swing["after"]["points"]) == ("Bình", 0, 10)

    def test_what_moves_among_the_units_is_told_too(self, client):
        made = hall(open_=True, rules=LiveRules(ask_unit=True, units_best_of=1))
        for name, unit in (("An", "Xã Tân Tiến"), ("Bình", "Xã Phú Lợi")):
            made.seats[name] = live_join.join(made.id, live_join.Wish(name, unit), now=made.now)
        made.ask()
        made.answer("An", "b")
        made.answer("Bình", "a")
        made.wait()
        made.advance()
        client.force_login(staff(made, "jury"))
        command = {"do": "adjust", "player": made.seats["Bình"].player, "points": 15, "reason": "phụ đề tắt"}
        told = tell(client, "live-jury-preview", made, {"command": command}).json()
        assert told["unit_lines"] == 2
        assert told["units"] == [
            {"name": "Xã Phú Lợi", "before": {"rank": 2, "points": 0}, "after": {"rank": 1, "points": 1500}},
            {
                "name": "Xã Tân Tiến",
                "before": {"rank": 1, "points": 1000},
                "after": {"rank": 2, "points": 1000},
            },
        ]

    def test_a_technical_loss_is_weighed_before_it_is_noted(self, client):
        made = hall("An", "Bình", "Chi", rules=LiveRules(mode="bell"))
        made.ask()
        for name, value in (("An", "b"), ("Bình", "b"), ("Chi", "a")):
            made.answer(name, value)
        made.wait()
        made.advance()
        client.force_login(staff(made, "jury"))
        loss = {"do": "mark-loss", "player": made.seats["Chi"].player, "run": 1, "reason": "máy tắt"}
        told = tell(client, "live-jury-preview", made, {"command": loss}).json()
        assert (told["back"], told["reopens"]) == (0, False)
        assert not made.state.floor.waiting
        rescue = {"do": "rescue", "players": [made.seats["Chi"].player], "reason": "cứu trợ"}
        assert tell(client, "live-jury-preview", made, {"command": rescue}).json()["back"] == 1

    def test_the_page_hears_the_buzzer_and_has_every_deed_about_a_person(self, client, place):
        client.force_login(staff(place, "jury"))
        page = ask(client, "live-jury", place).content.decode()
        assert 'data-slot="buzz-list"' in page
        for deed in ("adjust", "rescue", "mark-loss"):
            assert f'value="{deed}"' in page

    @pytest.mark.parametrize(("body", "status", "code"), [
        ({}, 400, "malformed"),
        ([], 400, "malformed"),
        ({"command": {"do": "finish"}}, 400, "malformed"),
        ({"command": {"do": "void", "run": 1, "reason": ""}}, 409, "reason-missing"),
    ])  # fmt: skip
    def test_what_cannot_be_weighed_is_refused_in_words(self, client, place, body, status, code):
        client.force_login(staff(place, "jury"))
        answer = tell(client, "live-jury-preview", place, body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["detail"]

    def test_given_answers_and_receipts_for_scripts(self, client, place):
        client.force_login(staff(place, "jury"))
        assert len(ask(client, "live-jury-run", place, 1).json()["answers"]) == 2
        assert ask(client, "live-jury-run", place, 9).status_code == 409
        assert len(ask(client, "live-jury-receipts", place, q="An").json()["receipts"]) == 1

    def test_an_appeal_is_decided_once(self, client, place):
        filed = live_appeals.file_appeal(
            place.id, player=place.seats["Bình"].player, run=1, text="Xin xem lại", now=place.now
        )
        client.force_login(staff(place, "jury"))
        body = {"appeal": filed.pk, "decision": "granted", "remark": "Đúng là vậy"}
        (told,) = tell(client, "live-jury-appeals", place, body).json()["appeals"]
        assert (told["decision"], told["remark"]) == ("granted", "Đúng là vậy")
        assert tell(client, "live-jury-appeals", place, body).json()["code"] == "appeal-decided"

    @pytest.mark.parametrize("change", [{"appeal": "1"}, {"remark": None}, {"decision": 3}])
    def test_a_decision_of_another_shape_is_malformed(self, client, place, change):
        client.force_login(staff(place, "jury"))
        body = {"appeal": 1, "decision": "granted", "remark": "x"} | change
        assert tell(client, "live-jury-appeals", place, body).status_code == 400


class TestHost:
    def test_a_code_pairs_one_phone(self, client, place):
        client.force_login(place.chief)
        told = tell(client, "live-host-pair", place, {}).json()
        assert told["svg"].startswith("<svg")
        code = told["url"].rstrip("/").rsplit("/", 1)[1]
        live_remotes.pair_remote(code, now=timezone.now())
        assert tell(client, "live-host-unpair", place, {}).json() == {"count": 1}
        assert LiveRemote.objects.get().revoked_at > 0

    def test_the_code_to_come_back_is_that_person_s(self, client, place):
        client.force_login(place.chief)
        player = LivePlayer.objects.get(pk=place.seats["An"].player)
        told = ask(client, "live-host-code", place, nguoi=player.pk).json()
        assert told == {"seat": 1, "code": live_join.code_of(player)}

    @pytest.mark.parametrize("asked", ["", "x", "0", "99999999999999"])
    def test_nobody_s_code_is_refused(self, client, place, asked):
        client.force_login(place.chief)
        assert ask(client, "live-host-code", place, nguoi=asked).json()["code"] == "no-such-player"

    def test_people_of_another_round_are_nobody_here(self, client, place):
        other = hall("Dung")
        client.force_login(place.chief)
        told = ask(client, "live-host-code", place, nguoi=other.seats["Dung"].player)
        assert told.status_code == 409


def test_opening_the_remote_s_page_uses_no_code_up(client, place):
    code = live_remotes.offer_remote(place.id, actor=place.chief, now=timezone.now())
    page = client.get(reverse("live-remote", args=[code]))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert LiveRemote.objects.get().token_hash is None


def test_after_the_end_the_result_page_says_who_signed(client, place):
    place.do(commands.Finish())
    place.do(commands.Confirm(1, "Giám khảo Một"), role="jury")
    client.force_login(place.chief)
    page = ask(client, "organise-live", place).content.decode()
    assert "Giám khảo Một" in page
    assert "Còn cần 1 người" in page


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("live-host", live_desk_words.host),
        ("live-jury", live_desk_words.jury),
        ("live-remote", live_desk_words.remote),
    ],
)
def test_every_sentence_an_entry_asks_for_is_there(entry, words):
    """Keys written out in what the entry imports, wherever it imports it."""
    known = words()
    for key in keys_of(CLIENT / "elements" / f"{entry}.ts", set()):
        assert key in known, f"{entry} asks for {key}"


def test_whatever_can_be_taken_back_is_called_by_a_word():
    tags = {event.__struct_config__.tag for event in INVERSE}
    assert "buzz-judged" in tags
    assert {f"undo.{tag}" for tag in tags} <= live_desk_words.host().keys()


def keys_of(path, seen):
    """Literal keys in a module and in the desk's modules that it imports."""
    if path in seen:
        return set()
    seen.add(path)
    text = path.read_text()
    found = {key for key in re.findall(r'say\(\s*"([a-z0-9.-]+)"', text) if "." in key}
    for name in re.findall(r'from "((?:\.\./live/desk|\.)/[a-z-]+)"', text):
        target = (path.parent / f"{name}.ts").resolve()
        if target.parent.name == "desk" and target.exists():
            found |= keys_of(target, seen)
    return found


@pytest.mark.parametrize(("mode", "floor"), [("official", False), ("buzzer", False), ("bell", True)])
def test_only_a_round_with_a_floor_speaks_of_it_and_of_rescues(client, mode, floor):
    made = hall("An", rules=LiveRules(mode=mode))
    client.force_login(made.chief)
    page = ask(client, "live-host", made)

    words = page.context["words"]
    assert ("sàn" in words["void.text"]) is floor
    hint = page.content.decode().partition('id="person-reason-hint">')[2].partition("<")[0]
    assert ("cứu trợ" in hint) is floor


def test_one_deed_has_one_name_and_a_closed_question_is_not_called_out_of_time(client, place):
    client.force_login(place.chief)
    deed = "Ghi nhận sự cố kỹ thuật"
    host, jury = (ask(client, name, place).content.decode() for name in ("live-host", "live-jury"))
    assert deed in host
    assert deed in jury
    assert live_desk_words.host()["undo.loss-marked"] == deed[0].lower() + deed[1:]
    assert "p95" not in host
    for words in (live_desk_words.host(), live_desk_words.jury(), live_desk_words.remote()):
        assert words["phase.closed"] == "Đã đóng câu hỏi"
