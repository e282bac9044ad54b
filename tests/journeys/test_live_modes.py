"""A whole round in each of the other modes: five phones, the projector, the operator."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import Hall
from tests.journeys.live_screens import PATIENCE

pytestmark = pytest.mark.once  # where the database matters the official mode goes the same ways
PEOPLE = ["Nguyễn An", "Trần Thị Bình", "Lê Chi", "Phạm Dung", "Hoàng Hà"]
ROUNDS = {
    "game": {"mode": "game", "rules": {"board_every": 1, "game": {"streaks": True}},
             "plan": ["single", {"of": "truefalse", "weight": 2}]},
    "teams": {"mode": "teams", "rules": {"board_every": 1}, "plan": ["single", "multi"]},
    "bell": {"mode": "bell", "rules": {"board_every": 0, "bell": {"columns": 3, "last": 2}},
             "plan": ["single", "truefalse", {"of": "single", "bell": True}]},
    "buzzer": {"mode": "buzzer", "rules": {"board_every": 0, "buzzer": {"tie_ms": 1000, "answer_s": 10}},
               "plan": ["single", "fill"]},
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


def test_game(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    projector.sees(re.compile("trò chơi", re.IGNORECASE))
    hall.phones[0].sees(re.compile("trò chơi", re.IGNORECASE))
    hall.look("lobby", axe)
    hall.ask(host)
    answer(hall, hall.item(1), "RRWR-")
    hall.look("open")
    hall.close(host)
    hall.look("reveal", axe)
    host.next()
    hall.at("board")
    hall.look("board", axe)
    hall.ask(host)
    answer(hall, hall.item(2), "RWRR-")
    hall.close(host)
    hall.finish(host)
    projector.sees(*PEOPLE[:4])


def test_teams(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    host.do("teams")
    dialog = host.page.locator("dialog[data-dialog=teams]")
    dialog.locator("[name=list]").fill("Đội Sao Mai: 1, 2\nĐội Bình Minh: 3, 4, 5")
    host.picture("teams-dialog")
    dialog.locator("button[type=submit]").click()
    projector.sees("Đội Sao Mai", "Đội Bình Minh")
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
    dialog = host.person("Hoàng Hà")
    dialog.locator("[name=reason]").fill("Giám khảo cho ở lại")
    dialog.locator("button[value=rescue]").click()
    projector.sees("Còn 4")
    hall.look("rescued")
    hall.ask(host)
    # Who is off the floor goes on answering.
    answer(hall, hall.item(2), "RRWRW")
    hall.close(host)
    projector.sees("Còn 2")
    hall.look("reveal-2")
    hall.ask(host)
    projector.sees(re.compile("rung chuông vàng", re.IGNORECASE))
    hall.look("bell-open", axe)
    answer(hall, hall.item(3), "RW---")
    hall.close(host)
    hall.look("bell-reveal", axe)
    hall.finish(host)
    expect(projector.page.locator(".hall-stage")).to_contain_text("Nguyễn An", timeout=PATIENCE)


def test_buzzer(hall, axe):
    host, projector = hall.host_page, hall.projector_page
    hall.look("lobby")
    hall.ask(host)
    hall.phones[1].may_answer()
    hall.look("open", axe)
    hall.phones[1].page.locator(".live-buzzer").click()
    hall.at("judging")
    projector.sees("Giành quyền trả lời", "Trần Thị Bình")
    hall.look("judging", axe)
    host.page.locator("[data-judge=wrong]").click()
    hall.at("open")
    hall.phones[0].may_answer()
    hall.phones[1].picture("buzzer-locked")
    for phone in hall.phones[2:4]:
        phone.page.locator(".live-buzzer").click()
    hall.at("judging")
    projector.sees("Bấm cùng lúc", "Lê Chi", "Phạm Dung")
    hall.look("tie", axe)
    # The jury hears the second answer, on its own page; the operator's clock runs as the hall's does.
    expect(host.page.locator("[data-slot=clock]")).to_be_visible(timeout=PATIENCE)
    jury = hall.jury()
    expect(jury.page.locator("[data-slot=buzz-list] li")).to_have_count(2, timeout=PATIENCE)
    assert axe(jury.page) == []
    jury.page.locator("[data-judge=right]").first.click()
    hall.at("closed")
    expect(jury.page.locator("[data-slot=buzz]")).to_be_hidden(timeout=PATIENCE)
    host.next()
    hall.at("reveal")
    hall.look("reveal", axe)
    # Nobody presses.
    hall.ask(host)
    hall.close(host)
    hall.finish(host)
    projector.sees("Lê Chi")
