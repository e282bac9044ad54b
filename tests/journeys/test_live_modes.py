"""A whole round in each of the other modes: five phones, the projector, the operator."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import Hall
from tests.journeys.live_screens import PATIENCE

pytestmark = pytest.mark.once  # where the database matters the official mode goes the same ways
PEOPLE = ["Nguyễn An", "Trần Thị Bình", "Lê Chi", "Phạm Dung", "Hoàng Hà"]
ROUNDS = {
    "game": {"mode": "game", "rules": {"board_every": 1, "points": 1000, "game": {"streaks": True}},
             "plan": ["single", {"of": "truefalse", "weight": 2}, {"of": "single", "weight": 0}]},
    "teams": {"mode": "teams", "rules": {"board_every": 1}, "plan": ["single", "multi"]},
    "captain": {"mode": "teams", "rules": {"board_every": 0, "teams": {"answers": "captain"}}, "plan": ["single"]},
    "majority": {"mode": "teams", "plan": ["single"],
                 "rules": {"board_every": 0, "compensate": False, "teams": {"answers": "majority"}}},
    "bell": {"mode": "bell", "rules": {"board_every": 0, "bell": {"columns": 3, "last": 3}},
             "plan": ["single", "truefalse", {"of": "single", "bell": True}]},
    "buzzer": {"mode": "buzzer", "plan": ["single", "fill"],
               "rules": {"board_every": 0, "compensate": False,
                         "buzzer": {"tie_ms": 1000, "answer_s": 60, "early": True, "penalty": 5, "floor": False}}},
}  # fmt: skip


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


@pytest.fixture
def hall(request, place, live_site, new_device):
    """The round named like the test, with everybody in the lobby."""
    name = request.node.name.removeprefix("test_").split("_")[0]
    made = Hall(live_site, place, name, new_device)
    made.host_page, made.projector_page = made.host(), made.projector()
    for person in PEOPLE:
        made.phone(person)
    made.projector_page.sees("5 người đã vào")
    return made


def answer(hall, item, marks):
    """R right, W wrong, - nothing, a letter a phone."""
    for phone, mark in zip(hall.phones, marks, strict=True):
        if mark != "-":
            phone.answer(item, item["right"] if mark == "R" else item["wrong"])


def points(hall):
    """What each phone says its owner has, once it knows what the question just revealed has brought."""
    for phone in hall.phones:
        expect(phone.page.locator(".live-standing")).to_be_visible(timeout=PATIENCE)
    return [phone.page.locator("[data-points]").inner_text() for phone in hall.phones]


def test_game(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    first, second, third, *_ = hall.phones
    projector.sees(re.compile("trò chơi", re.IGNORECASE))
    first.sees(re.compile("trò chơi", re.IGNORECASE))
    hall.look("lobby", axe)
    hall.ask(host)
    answer(hall, hall.item(1), "RRWR-")
    hall.look("open")
    hall.close(host)
    hall.look("reveal", axe)
    host.next()
    hall.at("board")
    hall.look("board", axe)
    # Twice the points, and a bonus for the second right answer in a row.
    hall.ask(host)
    projector.sees("nhân 2")
    answer(hall, hall.item(2), "RWRR-")
    hall.close(host)
    first.sees("Chuỗi 2 câu đúng liên tiếp", "thưởng +100 điểm", re.compile(r"\+(1\.\d{3}|2\.000) điểm"))
    second.sees("Chưa đúng")
    third.sees(re.compile(r"\+(1\.\d{3}|2\.000) điểm"))
    third.sees_no("thưởng")
    hall.look("streak")
    before = points(hall)
    host.next()
    hall.at("board")
    # A question that is only practice moves nobody.
    hall.ask(host)
    projector.sees("câu thử, không tính điểm")
    first.sees("Không tính điểm")
    answer(hall, hall.item(3), "RRRRR")
    hall.close(host)
    hall.phones[4].sees("Đúng")
    hall.look("practice")
    assert points(hall) == before
    hall.finish(host)
    projector.sees(*PEOPLE[:4])
    for phone, held in zip(hall.phones, before, strict=True):
        expect(phone.page.locator("[data-points]")).to_have_text(held)


def form_teams(hall, *lines):
    """The host writes the teams; everybody sees their own."""
    hall.host_page.do("teams")
    dialog = hall.host_page.page.locator("dialog[data-dialog=teams]")
    dialog.locator("[name=list]").fill("\n".join(lines))
    hall.host_page.picture("teams-dialog")
    dialog.locator("button[type=submit]").click()
    hall.projector_page.sees("Đội Sao Mai", "Đội Bình Minh")


def test_teams(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    form_teams(hall, "Đội Sao Mai: 1, 2", "Đội Bình Minh: 3, 4, 5")
    for phone, team in zip(hall.phones, ["Sao Mai"] * 2 + ["Bình Minh"] * 3, strict=True):
        phone.sees(team)
    hall.look("lobby", axe)
    hall.ask(host)
    answer(hall, hall.item(1), "RWRRW")
    hall.close(host)
    hall.look("reveal", axe)
    host.next()
    hall.at("board")
    # The mean of the best two: 10 and 0 make 5, 10 and 10 make 10.
    expect(projector.page.locator(".hall-row__name")).to_have_text(["Đội Bình Minh", "Đội Sao Mai"])
    expect(projector.page.locator(".hall-row__points")).to_have_text(["10 điểm", "5 điểm"], timeout=PATIENCE)
    hall.look("board", axe)
    hall.ask(host)
    answer(hall, hall.item(2), "RR---")
    hall.close(host)
    hall.finish(host)


def test_captain(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    form_teams(hall, "Đội Sao Mai: 2, 1", "Đội Bình Minh: 3, 4, 5")
    captains, others = [hall.phones[1], hall.phones[2]], [hall.phones[0], *hall.phones[3:]]
    for phone in captains:
        phone.sees("Bạn là đội trưởng")
    hall.look("lobby", axe)
    hall.ask(host)
    item = hall.item(1)
    for phone in others:
        phone.sees("Câu này bạn theo dõi")
        assert phone.page.locator("button.live-target:enabled:not([aria-disabled=true])").count() == 0
    for phone, mark in zip(captains, ("right", "wrong"), strict=True):
        phone.answer(item, item[mark])
    projector.sees("2/2 đã trả lời")
    hall.look("open", axe)
    hall.close(host)
    assert [("Đúng" in words, "10 điểm" in words) for words in told(hall)] == [(True, True)] * 2 + [
        (False, False)
    ] * 3
    hall.finish(host)
    projector.sees("Đội Sao Mai")


def test_majority(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    form_teams(hall, "Đội Sao Mai: 1, 2, 3", "Đội Bình Minh: 4, 5")
    hall.ask(host)
    # Two of three are right; of two who differ the one whose vote came first: it is on disk before the other taps.
    answer(hall, hall.item(1), "RWRWR")
    projector.sees("5/5 đã trả lời")
    hall.close(host)
    hall.look("reveal", axe, phones=5)
    assert ["10 điểm" in words for words in told(hall)] == [True] * 3 + [False] * 2
    hall.finish(host)
    projector.sees("Đội Sao Mai")


def told(hall):
    """What each phone says of the question just revealed, once it knows."""
    for phone in hall.phones:
        expect(phone.page.locator(".live-standing")).to_be_visible(timeout=PATIENCE)
    return [phone.page.locator(".live-result").inner_text() for phone in hall.phones]


def test_bell(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    hall.look("lobby")
    hall.ask(host)
    answer(hall, hall.item(1), "RRRW-")
    dialog = host.person("Hoàng Hà")
    dialog.locator("[name=reason]").fill("Điện thoại mất mạng")
    host.picture("bell-person-dialog")
    dialog.locator("button[value=loss]").click()
    hall.close(host)
    projector.sees("Còn 3")
    hall.phones[3].sees(re.compile("theo dõi", re.IGNORECASE))
    hall.phones[4].sees(re.compile("giám khảo", re.IGNORECASE))
    hall.phones[3].picture("bell-out")
    hall.phones[4].picture("bell-waiting")
    hall.look("reveal", axe)
    # By the number on the seat.
    rescue(host, by="seats", seats="5", reason="Giám khảo cho ở lại")
    projector.sees("Còn 4")
    hall.look("rescued")
    hall.ask(host)
    # Who is off the floor goes on answering. Only one of those who leave has points, so that the
    # rescue by place does not hang on whose finger was quicker.
    answer(hall, hall.item(2), "RRWWW")
    hall.close(host)
    projector.sees("Còn 2")
    hall.look("reveal-2")
    # By a criterion: of all who left, the one with the best place.
    rescue(host, by="rank", count="1", reason="Cứu trợ theo thể lệ")
    projector.sees("Còn 3", re.compile("Được cứu trợ: Lê Chi"))
    hall.phones[2].sees_no(re.compile("theo dõi", re.IGNORECASE))
    hall.phones[4].sees(re.compile("theo dõi", re.IGNORECASE))
    hall.look("rescued-by-rank")
    hall.ask(host)
    projector.sees(re.compile("rung chuông vàng", re.IGNORECASE))
    hall.look("bell-open", axe)
    answer(hall, hall.item(3), "RWW--")
    hall.close(host)
    hall.look("bell-reveal", axe)
    hall.finish(host)
    expect(projector.page.locator(".hall-stage")).to_contain_text("Nguyễn An", timeout=PATIENCE)


def rescue(host, *, by, reason, **fields):
    """The host's dialog that brings people back onto the floor."""
    host.do("rescue")
    dialog = host.page.locator("dialog[data-dialog=rescue]")
    dialog.locator(f"[name=by][value={by}]").check()
    for name, value in {**fields, "reason": reason}.items():
        dialog.locator(f"[name={name}]").fill(value)
    host.picture(f"bell-rescue-{by}")
    dialog.locator("button[type=submit]").click()


def press_together(phones):
    """Both at one moment of the machine's clock, two seconds from now: a second tap from here might come too late."""
    for phone in phones:
        expect(phone.page.locator(".live-buzzer")).to_be_enabled()
    moment = 1000 * time.time() + 2000
    for phone in phones:
        phone.page.evaluate(
            "(at) => { setTimeout(() => document.querySelector('.live-buzzer').click(), at - Date.now()) }",
            moment,
        )


def test_buzzer(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    hall.look("lobby")
    # Whoever cannot wait for the end of the question pays for a wrong answer.
    host.next()
    hall.at("reading")
    hall.look("early", axe)
    hall.phones[1].page.locator(".live-buzzer").click()
    hall.at("judging")
    projector.sees("Giành quyền trả lời", "Trần Thị Bình")
    hall.phones[1].sees("Mời bạn trả lời!")
    hall.phones[0].sees("Trần Thị Bình đang trả lời.")
    hall.look("judging", axe)
    host.page.locator("[data-judge=wrong]").click()
    hall.at("reading")
    host.next()
    hall.at("open")
    hall.options_are_up()
    hall.phones[0].may_answer()
    hall.look("open", axe)
    hall.phones[1].sees("Bạn đã trả lời chưa đúng nên không bấm chuông được nữa ở câu này.")
    hall.phones[1].picture("buzzer-locked")
    press_together(hall.phones[2:4])
    hall.at("judging")
    projector.sees("Bấm cùng lúc", "Lê Chi", "Phạm Dung")
    hall.look("tie", axe)
    # The jury hears the second answer, on its own page; the operator's clock runs as the hall's does.
    expect(host.page.locator("[data-slot=clock]")).to_be_visible(timeout=PATIENCE)
    jury = hall.jury()
    expect(jury.page.locator("[data-slot=buzz-list] li")).to_have_count(2, timeout=PATIENCE)
    assert axe(jury.page) == []
    # Whose finger was quicker does not matter: the jury says who was right.
    line = jury.page.locator("[data-slot=buzz-list] li", has_text="Lê Chi")
    line.locator("[data-judge=right]").click()
    hall.at("closed")
    expect(jury.page.locator("[data-slot=buzz]")).to_be_hidden(timeout=PATIENCE)
    host.next()
    hall.at("reveal")
    hall.look("reveal", axe)
    hall.phones[1].sees(re.compile("[-−]5 điểm"))
    hall.phones[2].sees("+10 điểm")
    # Nobody presses.
    hall.ask(host)
    hall.close(host)
    hall.finish(host)
    projector.sees("Lê Chi")
