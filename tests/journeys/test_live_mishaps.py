"""What happens in a hall: a page reloaded, a phone without a network, a place taken to another phone, people who come
late or are sent out, an operator whose laptop dies.
"""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import HANDHELD, Hall
from tests.journeys.live_screens import PATIENCE, Phone

AWAY_S = 30
TAKEN_OVER_S = 10
BACK = 30_000  # ms: longest wait between two tries of a phone, and its way back
ROUNDS = {
    "phones": {"plan": ["single", "fill"]},
    "pause": {"plan": ["picture", "single"], "rules": {"seconds": 60}},
    # The first question ends by its time, and leaves enough of it to answer; what follows passes too fast to be met.
    "laptop": {
        "plan": [{"of": "single", "seconds": 12}, {"of": "single", "seconds": 120}],
        "rules": {"title_s": 2, "reading_s": 3, "auto_advance_s": 2},
    },
}


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def seconds_left(screen, selector):
    """What the screen's clock says; both "0:12" and "12" mean twelve seconds."""
    clock = screen.page.locator(selector)
    expect(clock).to_contain_text(re.compile(r"\d"))
    text = clock.inner_text()
    digits = [int(part) for part in re.findall(r"\d+", text)]
    return digits[-1] + 60 * (digits[0] if len(digits) > 1 else 0)


def stands_at(seconds):
    """A clock that says so many seconds, in one of its two ways."""
    minutes, rest = divmod(seconds, 60)
    return re.compile(rf"(?<!\d)(?:{seconds}|0?{minutes}:{rest:02})(?!\d)")


def test_half_a_minute_without_a_network_loses_nothing(place, live_site, new_device):
    hall = Hall(live_site, place, "phones", new_device)
    host, projector = hall.host(), hall.projector()
    steady, sleeper, first = (hall.phone(name) for name in ("Nguyễn An", "Trần Bình", "Lê Chi"))
    code = first.page.locator(".live-code .code").text_content()
    item = hall.item(1)
    hall.ask(host)
    steady.answer(item, item["right"])

    # Half a minute under a bridge, with an answer in the pocket.
    sleeper.may_answer()
    sleeper.page.evaluate("window.stayed = true")
    sleeper.page.context.set_offline(True)
    fell_asleep = time.monotonic()
    sleeper.press(item["letters"][item["wrong"]])
    sleeper.has_state("late")
    reload_keeps_the_answer(steady, item)
    moved = move_to_another_phone(hall, first, code)
    moved.answer(item, item["wrong"])
    come_late_and_be_sent_out(hall, host)
    expect(sleeper.page.locator("[data-pill]")).not_to_have_attribute("data-state", "open", timeout=BACK)
    projector.sees("2/3 đã trả lời")
    hall.look("offline")
    sleeper.page.wait_for_timeout(1000 * max(0.0, AWAY_S - (time.monotonic() - fell_asleep)))
    sleeper.page.context.set_offline(False)
    sleeper.is_recorded(BACK)
    projector.sees("3/3 đã trả lời")
    assert sleeper.page.evaluate("window.stayed")
    assert sleeper.chosen() == [item["letters"][item["wrong"]]]
    answers = hall.standing()["answers"]["1"]
    assert [name for name, _, _ in answers] == ["Nguyễn An", "Lê Chi", "Trần Bình"]
    hall.close(host)
    sleeper.sees("Chưa đúng")
    late_is_told_so(hall, host, sleeper)


def reload_keeps_the_answer(phone, item):
    """The page is loaded anew: the same answer, the same receipt."""
    receipt = phone.page.locator(".live-status").inner_text()
    phone.page.reload()
    phone.at("open")
    phone.is_recorded()
    assert phone.page.locator(".live-status").inner_text() == receipt
    assert phone.chosen() == [item["letters"][item["right"]]]


def move_to_another_phone(hall, first, code):
    """The place is taken over in the middle of a question, and the first phone says so."""
    second = Phone(hall.device(**HANDHELD).new_page(), "phone3b")
    second.page.goto(f"/phong/{hall.facts['pin']}/")
    second.come_back(seat=3, code=code)
    second.at("open")
    expect(first.page.locator("[data-end]")).to_be_visible(timeout=PATIENCE)
    first.picture("replaced")
    hall.phones[hall.phones.index(first)] = second
    return second


def come_late_and_be_sent_out(hall, host):
    """Who comes in the middle of a question may answer it; who is sent out is told so and may not."""
    late = hall.phone("Phạm Dung")
    late.at("open")
    late.may_answer()
    late.picture("late-join")
    dialog = host.person("Phạm Dung")
    dialog.locator("[name=reason]").fill("Đi nhầm phòng")
    dialog.locator("button[value=kick]").click()
    late.at("gone")
    late.picture("kicked")
    hall.leave(late)
    expect(host.page.locator("[data-filter=removed]")).to_contain_text("1", timeout=PATIENCE)
    host.picture("kicked")
    assert hall.standing()["people"] == ["Nguyễn An", "Trần Bình", "Lê Chi"]


def late_is_told_so(hall, host, sleeper):
    """An answer whose phone comes back after the close: told so, clearly, and nothing is pretended."""
    typed = hall.item(2)
    late = hall.phone("Đỗ Em")
    hall.ask(host)
    late.answer(typed, typed["right"])
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
    assert [name for name, _, _ in hall.standing()["answers"]["2"]] == ["Đỗ Em"]


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
    # While it is paused every clock stands, so that ten more seconds are seen whole.
    host.do("add-time")
    for screen, selector, before in zip(
        (host, projector), ("[data-slot=clock]", ".hall-clock"), stopped, strict=True
    ):
        expect(screen.page.locator(selector)).to_contain_text(stands_at(before + 10), timeout=PATIENCE)
    host.page.keyboard.press("p")
    phone.may_answer()
    for screen, selector, before in zip(
        (host, projector), ("[data-slot=clock]", ".hall-clock"), stopped, strict=True
    ):
        expect(screen.page.locator(selector)).not_to_contain_text(stands_at(before + 10), timeout=PATIENCE)
    phone.answer(hall.item(1), hall.item(1)["right"])


def test_the_operators_laptop_dies_and_another_takes_over(place, live_site, new_device):
    hall = Hall(live_site, place, "laptop", new_device)
    projector, phone = hall.projector(), hall.phone("Nguyễn An")
    host = hall.host()
    for screen in hall.screens:
        screen.remember()
    host.next()
    host.has_seen("title")
    hall.leave(host)
    # The round goes on by the server's clock, and stops where somebody has to decide: with a host it would not.
    hall.at("open")
    phone.answer(hall.item(1), hall.item(1)["right"])
    hall.at("closed")
    for screen in hall.screens:
        screen.has_seen("title", "reading", "open", "closed")
    hall.look("without-host")
    projector.page.wait_for_timeout(1000 * (ROUNDS["laptop"]["rules"]["auto_advance_s"] + 1))
    hall.at("closed")
    assert [event["role"] for event in hall.journal()[-3:]] == ["clock"] * 3

    # A host is there again, and the round goes on at once, from the answer to the next question.
    host = hall.host()
    hall.at("open")
    for screen in (projector, phone):
        screen.has_seen("closed", "reveal", "title", "reading", "open")
    phone.has_read("reveal", "Đúng")
    hall.leave(host)
    gone = time.time()
    host = hall.host()
    host.do("add-time")
    led, opened = hall.event("closing-moved"), hall.event("options-opened")
    assert led["role"] == "host"
    assert led["body"]["closes_at"] - opened["body"]["closes_at"] == 10_000
    assert led["at"] / 1000 - gone < TAKEN_OVER_S
    phone.answer(hall.item(2), hall.item(2)["right"])
    host.remember()
    host.do("close-now")
    for screen in hall.screens:
        screen.has_seen("open", "closed", "reveal")
    projector.has_read("reveal", "1 câu trả lời, 1 đúng")
