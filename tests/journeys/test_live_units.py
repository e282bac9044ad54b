"""Units in a hall: nobody sees them before the podium is whole; then the hall, every phone and the operator do."""

import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import Hall
from tests.journeys.live_screens import PATIENCE

pytestmark = pytest.mark.once  # where the database matters the official mode goes the same ways
ROUNDS = {
    "units": {"rules": {"board_every": 1, "ask_unit": True, "units_best_of": 2}, "plan": ["single", "single"]}
}
PEOPLE = {
    "Nguyễn An": "Chi đoàn xã Hòa Bình",
    "Trần Thị Bình": "CHI ĐOÀN XÃ HOÀ BÌNH",
    "Lê Chi": "Chi đoàn thôn 2",
    "Phạm Dung": "Chi đoàn thôn 2",
}


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def test_units(place, live_site, new_device, axe):
    hall = Hall(live_site, place, "units", new_device)
    host, projector = hall.host(), hall.projector()
    for name, unit in PEOPLE.items():
        hall.phone(name, unit=unit)
    projector.sees("4 người đã vào", "Đơn vị: trung bình 2 người giỏi nhất")
    units = projector.page.locator(".hall-units .hall-row")

    for number, marks in enumerate(("RRRW", "WRRR"), start=1):
        hall.ask(host)
        item = hall.item(number)
        for phone, mark in zip(hall.phones, marks, strict=True):
            phone.answer(item, item["right"] if mark == "R" else item["wrong"])
        hall.close(host)
        expect(units).to_have_count(0)
        if number == 1:
            host.next()
            hall.at("board")
            expect(units).to_have_count(0)
    hall.finish(host, axe)

    expect(units).to_have_count(2, timeout=PATIENCE)
    expect(units.locator(".hall-row__points")).to_have_text(["15", "15"])
    for phone in hall.phones:
        expect(phone.page.locator(".live-fact", has_text="Hạng đơn vị")).to_be_visible(timeout=PATIENCE)
    host.page.keyboard.press("r")
    expect(host.page.locator("[data-slot=units] tr")).to_have_count(2, timeout=PATIENCE)
    expect(host.page.locator("[data-slot=units] tr").first).to_contain_text("2 người")
    hall.look("ended-units", axe, phones=1)

    second = hall.jury("second")
    second.page.locator(".lh-run", has_text=hall.item(1)["stem"][:40]).locator("[data-correct]").click()
    dialog = second.page.locator("dialog[data-dialog=correction]")
    item = hall.item(1)
    dialog.locator("label", has_text=item["texts"][item["wrong"]]).click()
    dialog.locator("[name=reason]").fill("Đáp án này cũng đúng")
    dialog.locator("[data-preview]").click()
    tables = dialog.locator("[data-slot=preview] table")
    expect(tables).to_have_count(2)
    moved = tables.last.locator("tbody tr").first
    expect(moved).to_contain_text("Chi đoàn thôn 2")
    expect(moved.locator("td").nth(3)).to_have_text("15")
    expect(moved.locator("td").nth(4)).to_have_text("20")
    second.picture("units-weighed")
    assert axe(second.page) == []
