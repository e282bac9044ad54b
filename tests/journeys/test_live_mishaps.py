"""What happens in a hall: a page reloaded, a phone without a network, a place taken to another phone, people who come
late or are sent out, an operator whose laptop dies.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import HANDHELD, Hall
from tests.journeys.live_screens import PATIENCE, Phone

BACK = 30_000  # ms: longest wait between two tries of a phone, and its way back
ROUNDS = {
    "phones": {"plan": ["single", "fill", "single"], "rules": {"seconds": 120}},
    "late": {"plan": ["single", "single", "single"], "rules": {"seconds": 60}},
    "pause": {"plan": ["picture", "single"], "rules": {"seconds": 20}},
    "laptop": {"plan": ["single", "single"], "rules": {"seconds": 6, "title_s": 2, "reading_s": 3}},
}


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def seconds_left(screen, selector):
    """What the screen's clock says; both "0:12" and "12" mean twelve seconds."""
    text = screen.page.locator(selector).inner_text()
    digits = [int(part) for part in re.findall(r"\d+", text)]
    return digits[-1] + 60 * (digits[0] if len(digits) > 1 else 0)


def test_a_phone_reloaded_or_without_a_network_loses_nothing(place, live_site, new_device):
    hall = Hall(live_site, place, "phones", new_device)
    host, projector = hall.host(), hall.projector()
    steady, sleeper = hall.phone("Nguyễn An"), hall.phone("Trần Bình")
    item = hall.item(1)
    hall.ask(host)
    steady.answer(item, item["right"])
    receipt = steady.page.locator(".live-status").inner_text()

    steady.page.reload()
    steady.at("open")
    steady.is_recorded()
    assert steady.page.locator(".live-status").inner_text() == receipt
    assert steady.chosen() == [item["letters"][item["right"]]]

    # Half a minute under a bridge, with an answer in the pocket; the page may even be closed and opened meanwhile.
    sleeper.may_answer()
    sleeper.page.context.set_offline(True)
    sleeper.press(item["letters"][item["wrong"]])
    sleeper.has_state("late")
    expect(sleeper.page.locator("[data-pill]")).not_to_have_attribute("data-state", "open", timeout=BACK)
    hall.look("offline")
    projector.sees("1/2 đã trả lời")
    sleeper.page.context.set_offline(False)
    sleeper.is_recorded(BACK)
    projector.sees("2/2 đã trả lời")

    # Too late: told so, clearly, and nothing is pretended.
    hall.close(host)
    typed = hall.item(2)
    hall.ask(host)
    sleeper.may_answer()
    sleeper.page.context.set_offline(True)
    sleeper.answer(typed, typed["right"], recorded=False)
    sleeper.has_state("late")
    host.do("close-now")
    host.at("closed")
    sleeper.page.context.set_offline(False)
    sleeper.at("closed", BACK)
    sleeper.has_state("refused")
    sleeper.sees(re.compile("hết giờ|đã đóng|đóng rồi", re.IGNORECASE))
    hall.look("too-late")
    assert [name for name, _, _ in hall.standing()["answers"]["1"]] == ["Nguyễn An", "Trần Bình"]
    assert "2" not in hall.standing()["answers"]


def test_a_place_moves_to_another_phone_and_the_first_says_so(place, live_site, new_device):
    hall = Hall(live_site, place, "late", new_device)
    host = hall.host()
    first = hall.phone("Nguyễn An")
    code = first.page.locator(".live-code .code").text_content()

    second = Phone(hall.device(**HANDHELD).new_page(), "phone2")
    second.page.goto(f"/phong/{hall.facts['pin']}/")
    second.come_back(seat=1, code=code)
    second.at("lobby")
    second.sees("Nguyễn An")
    expect(first.page.locator("[data-end]")).to_be_visible(timeout=PATIENCE)
    first.picture("replaced")
    hall.phones.append(second)
    hall.phones.remove(first)

    # Who comes late plays from the next question on.
    hall.ask(host)
    item = hall.item(1)
    second.answer(item, item["right"])
    late = hall.phone("Lê Chi")
    late.at("open")
    late.picture("late-join")
    hall.close(host)
    hall.ask(host)
    item = hall.item(2)
    late.answer(item, item["right"])

    # Sent out: the phone says so and may not answer any more.
    dialog = host.person("Lê Chi")
    dialog.locator("[name=reason]").fill("Đi nhầm phòng")
    dialog.locator("button[value=kick]").click()
    late.at("gone")
    late.picture("kicked")
    hall.phones.remove(late)
    expect(host.page.locator("[data-filter=removed]")).to_contain_text("1", timeout=PATIENCE)
    host.picture("kicked")
    assert hall.standing()["people"] == ["Nguyễn An"]


def test_a_pause_and_ten_more_seconds_are_on_every_screen(place, live_site, new_device):
    hall = Hall(live_site, place, "pause", new_device)
    host, projector, phone = hall.host(), hall.projector(), hall.phone("Nguyễn An")
    asked = []
    phone.page.on("request", lambda request: asked.append(request.url))
    host.next()
    hall.at("reading")
    picture = phone.page.locator("main img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    there = sum("/tep/" in url or "/media/" in url for url in asked)
    host.next()
    hall.at("open")
    phone.may_answer()
    # The picture was there before the clock started, and is not asked for again.
    assert sum("/tep/" in url or "/media/" in url for url in asked) == there == 1

    host.page.keyboard.press("p")
    for screen in hall.screens:
        screen.sees(re.compile("dừng", re.IGNORECASE))
    hall.look("paused")
    stopped = [seconds_left(host, "[data-slot=clock]"), seconds_left(projector, ".hall-clock")]
    assert abs(stopped[0] - stopped[1]) <= 1
    host.do("add-time")
    expect(host.page.locator("[data-slot=clock]")).to_contain_text(re.compile(r"\d"), timeout=PATIENCE)
    host.page.keyboard.press("p")
    phone.may_answer()
    assert seconds_left(host, "[data-slot=clock]") > 20
    assert seconds_left(projector, ".hall-clock") > 20
    phone.answer(hall.item(1), hall.item(1)["right"])


def test_the_operators_laptop_dies_and_another_takes_over(place, live_site, new_device):
    hall = Hall(live_site, place, "laptop", new_device)
    projector, phone = hall.projector(), hall.phone("Nguyễn An")
    host = hall.host()
    host.next()
    host.at("title")
    hall.leave(host)
    # The round goes on by the server's clock, and stops where somebody has to decide.
    hall.at("reading")
    hall.at("open")
    phone.answer(hall.item(1), hall.item(1)["right"])
    hall.at("closed")
    hall.look("without-host")

    host = hall.host()
    host.at("closed")
    host.next()
    hall.at("reveal")
    host.next()
    hall.at("reading")
    hall.leave(host)
    host = hall.host()
    hall.at("open")
    hall.leave(host)
    host = hall.host()
    host.at("open")
    phone.answer(hall.item(2), hall.item(2)["right"])
    hall.at("closed")
    host.next()
    hall.at("reveal")
    phone.sees("Đúng")
    projector.sees("1 câu trả lời, 1 đúng")
