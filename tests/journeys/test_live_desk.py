"""The operator's desk: every button and key, seen where the hall sees it; a remote, in a round that is in English."""

import re

import pytest
from playwright.sync_api import expect

from contest.documents import qr
from tests.journeys.catalogue import not_in_english
from tests.journeys.live_hall import Hall
from tests.journeys.live_screens import PATIENCE

pytestmark = pytest.mark.once  # where the database matters the official mode goes the same ways
ROUNDS = {
    "deeds": {"plan": ["single"] * 3, "rules": {"board_every": 1}},
    "sizes": {"plan": ["multi"]},
    "english": {
        "title": "Grand final",
        "plan": [
            {"of": "slide", "stem": "Welcome", "text": "Water is at the back."},
            "single",
            "poll",
            "truefalse",
        ],
        "rules": {"board_every": 1},
    },
}


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


@pytest.fixture
def hall(place, live_site, new_device):
    """The round of the buttons, with two people in the lobby."""
    made = Hall(live_site, place, "deeds", new_device)
    made.host_page, made.projector_page = made.host(), made.projector()
    for name in ("Nguyễn An", "Trần Bình"):
        made.phone(name)
    made.projector_page.sees("2 người đã vào")
    return made


def test_the_operators_buttons_and_keys(hall):
    shut_and_darken(hall)
    item = hall.item(1)
    hall.ask(hall.host_page)
    for phone, value in zip(hall.phones, (item["right"], item["wrong"]), strict=True):
        phone.answer(item, value)
    peek_at_the_answer(hall, item)
    open_panels_by_key(hall)
    hide_the_places(hall)
    void_and_take_it_back(hall)
    ask_again(hall)
    finish_early(hall)


def shut_and_darken(hall):
    """The door and the projector, before anything is asked."""
    host, projector = hall.host_page, hall.projector_page
    host.do("lock")
    host.wait_for("lock", on=True)
    locked = projector.page.locator(".hall-lobby__locked")
    expect(locked).to_be_visible(timeout=PATIENCE)
    with hall.api() as client:
        late = client.post("/join", json={"pin": hall.facts["pin"], "name": "Lê Chi"})
    assert (late.status_code, late.json()["code"]) == (409, "lobby-locked")
    hall.look("locked")
    host.do("lock")
    host.wait_for("lock", on=False)
    expect(locked).to_be_hidden(timeout=PATIENCE)

    host.do("blank")
    host.wait_for("blank", on=True)
    expect(projector.page.locator(".hall-blank")).to_be_attached(timeout=PATIENCE)
    projector.sees_no("Trần Bình")
    expect(host.page.locator("[data-slot=dark]")).to_be_visible()
    hall.phones[0].at("lobby")
    host.do("blank")
    host.wait_for("blank", on=False)
    projector.sees("Trần Bình")


def peek_at_the_answer(hall, item):
    """The right answer is on the host's screen only while key or button are held, and nowhere else."""
    host, page = hall.host_page, hall.host_page.page
    right = item["texts"][item["right"]]
    hold = page.locator("[data-hold]")
    expect(host.answer_key).to_be_hidden()

    page.keyboard.down("c")
    expect(host.answer_key).to_contain_text(right)
    hall.look("peek")
    page.keyboard.up("c")
    expect(host.answer_key).to_be_hidden()
    assert host.answer_key.text_content() == ""

    hold.hover()
    page.mouse.down()
    expect(host.answer_key).to_contain_text(right)
    page.mouse.up()
    expect(host.answer_key).to_be_hidden()

    # Another window comes to the front while the key is down: its release is never heard.
    page.keyboard.down("c")
    expect(host.answer_key).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    expect(host.answer_key).to_be_hidden()
    page.keyboard.up("c")


def open_panels_by_key(hall):
    """A, N and R: before the answer is shown they give nothing away."""
    host, page = hall.host_page, hall.host_page.page
    spread, notes = page.locator("[data-slot=spread]"), page.locator("[data-slot=notes]")
    page.keyboard.press("a")
    page.keyboard.press("n")
    expect(spread).to_have_text("Phân bố câu trả lời hiện ra sau khi công bố đáp án.")
    expect(notes).to_have_text("Lời giải thích hiện ra sau khi công bố đáp án.")
    hall.close(host)
    expect(spread.locator(".bars")).to_be_visible(timeout=PATIENCE)
    expect(spread).to_contain_text("1 (50%)")
    expect(notes).to_contain_text("Nguồn")
    page.keyboard.press("r")
    expect(page.locator("[data-tab-panel=ranking]")).to_contain_text("Nguyễn An")
    hall.look("panels")
    page.keyboard.press("a")
    page.keyboard.press("n")
    expect(spread).to_be_hidden()
    expect(notes).to_be_hidden()


def hide_the_places(hall):
    """Nobody sees a rank while the board is kept secret."""
    host, projector = hall.host_page, hall.projector_page
    hall.phones[1].sees(re.compile("Hạng ?2"))
    host.do("hide-board")
    host.wait_for("hide-board", on=True)
    hall.phones[1].sees_no(re.compile("Hạng ?2"))
    host.next()
    hall.at("board")
    projector.sees("Bảng xếp hạng đang được giữ kín")
    projector.sees_no("Nguyễn An")
    hall.phones[1].sees_no("Nguyễn An")
    hall.look("secret")
    host.do("hide-board")
    host.wait_for("hide-board", on=False)
    projector.sees("Nguyễn An", "Trần Bình")
    hall.phones[1].sees("Nguyễn An", re.compile("Hạng ?2"))


def void_and_take_it_back(hall):
    """A question is void with its reason on every screen, and counts again when that is undone."""
    host, projector, first = hall.host_page, hall.projector_page, hall.phones[0]
    item = hall.item(2)
    hall.ask(host)
    first.answer(item, item["right"])
    hall.close(host)
    first.sees("20 điểm")
    host.do("void")
    host.give_reason("Hai phương án cùng đúng")
    projector.sees("Câu hỏi này không tính: Hai phương án cùng đúng")
    first.sees("Câu này không tính cho ai", "Hai phương án cùng đúng")
    expect(first.page.locator("[data-points]")).to_contain_text("10")
    hall.look("void")
    undo = host.page.locator("button[data-do=undo]")
    expect(undo).to_have_text("Hoàn tác: hủy câu hỏi", timeout=PATIENCE)
    undo.click()
    expect(undo).not_to_have_text("Hoàn tác: hủy câu hỏi", timeout=PATIENCE)
    projector.sees_no("Câu hỏi này không tính")
    first.sees("Đúng", "20 điểm")


def ask_again(hall):
    """The same question a second time: what was answered before is nothing, and everybody answers anew."""
    host, (first, second) = hall.host_page, hall.phones
    item = hall.item(2)
    host.do("replay")
    host.give_reason("Âm thanh hội trường bị hỏng")
    hall.at("reading")
    hall.projector_page.sees(item["stem"])
    host.next()
    hall.at("open")
    assert first.chosen() == []
    first.answer(item, item["wrong"])
    second.answer(item, item["right"])
    hall.close(host)
    first.sees("Chưa đúng", "10 điểm")
    second.sees("Đúng", "10 điểm")
    assert [name for name, _, _ in hall.standing()["answers"]["3"]] == ["Nguyễn An", "Trần Bình"]


def finish_early(hall):
    """The third question is open, and is never counted."""
    host, (first, _) = hall.host_page, hall.phones
    host.next()
    hall.at("board")
    hall.ask(host)
    first.answer(hall.item(3), hall.item(3)["right"])
    host.do("finish")
    host.give_reason("Hết giờ mượn hội trường")
    for screen in hall.screens:
        screen.at("ended")
    first.sees("10")
    hall.look("finished")
    held = hall.standing()
    assert (held["phase"], held["verdict"]) == ("ended", "provisional")


def test_a_round_in_english_led_from_a_phone(place, live_site, new_device):
    hall = Hall(live_site, place, "english", new_device, language="en")
    host = hall.host()
    hall.projector()
    for name in ("An Nguyen", "Binh Tran"):
        hall.phone(name)
    remote = pair(hall, host)
    hall.others.append(remote)
    hall.at("lobby")
    speaks_english(hall, "lobby")

    remote.next()
    hall.at("slide")
    speaks_english(hall, "slide")
    for item in hall.facts["items"][1:]:
        remote.next()
        hall.at("reading")
        speaks_english(hall, "reading")
        remote.next()
        hall.at("open")
        hall.options_are_up()
        for phone, mark in zip(hall.phones, ("right", "wrong"), strict=True):
            phone.answer(item, "a" if item["type"] == "poll" else item[mark])
        speaks_english(hall, "open")
        remote.page.locator("[data-do=close-now]").click()
        hall.at("closed")
        speaks_english(hall, "closed")
        remote.next()
        hall.at("reveal")
        speaks_english(hall, "reveal")
        if item["type"] == "question" and item is not hall.facts["items"][-1]:
            remote.next()
            hall.at("board")
            speaks_english(hall, "board")
    unpair(hall, host, remote)
    hall.finish(host)
    speaks_english(hall, "ended")


# What is lower than a thumb needs; an address in a line of text is no button.
TOO_LOW = """() => [...document.querySelectorAll("button, input, select, header a")]
  .map((one) => [one, one.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < 47.5)
  .map(([one, height]) => `${Math.round(height)} ${one.className} ${one.textContent.trim()}`)"""
DRAGS_NOTHING = """() => [...document.querySelectorAll("button")]
  .filter((one) => getComputedStyle(one).touchAction === "none")
  .map((one) => one.matches("[data-hold]"))"""
# A pair for a phone that lies: what is not wholly on it.
OUT_OF_SIGHT = """() => [...document.querySelectorAll("[data-next], [data-do], [data-slot=clock], [data-slot=place]")]
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.top < 0 || box.bottom > innerHeight || box.right > innerWidth))
  .map(([one, box]) => `${one.textContent.trim()} ends at ${Math.round(box.bottom)}`)"""


def test_the_desks_are_in_reach_on_a_tablet_zoomed_in_and_on_a_phone_that_lies(place, live_site, new_device):
    hall = Hall(live_site, place, "sizes", new_device)
    host = hall.host()
    host.next()
    hall.at("reading")
    host.next()
    hall.at("open")
    page = host.page
    page.set_viewport_size({"width": 768, "height": 1024})
    for tab in ("people", "ranking", "room"):
        host.tab(tab)
        assert page.evaluate(TOO_LOW) == []
    assert page.evaluate(DRAGS_NOTHING) == [True]

    page.set_viewport_size({"width": 640, "height": 400})  # a laptop at 200 %
    stem = page.locator("[data-slot=question]")
    stem.scroll_into_view_if_needed()
    dock, asked = page.locator(".lh-dock").bounding_box(), stem.bounding_box()
    assert dock["y"] >= asked["y"] + asked["height"]

    host.do("remote")
    address = page.locator("dialog[data-dialog=remote] [data-slot=address]")
    expect(address).to_contain_text("/phong/tu-xa/")
    remote = hall.remote(address.inner_text())
    remote.pair()
    remote.at("open")
    for width, height in ((568, 320), (740, 360), (360, 740)):
        remote.page.set_viewport_size({"width": width, "height": height})
        assert remote.page.evaluate(OUT_OF_SIGHT) == [], (width, height)


def speaks_english(hall, step):
    """No word of the product is Vietnamese on any screen; what the organisers wrote is theirs."""
    found = {screen.name: words for screen in hall.screens if (words := not_in_english(screen.page))}
    assert found == {}, step
    hall.look(f"english-{step}", phones=1)


def pair(hall, host):
    """The code on the host's screen makes one phone the remote, and no second one."""
    host.do("remote")
    dialog = host.page.locator("dialog[data-dialog=remote]")
    address = dialog.locator("[data-slot=address]")
    expect(address).to_contain_text("/phong/tu-xa/")
    link = address.inner_text()
    drawn = dialog.locator("[data-slot=code] svg path").last.get_attribute("d")
    assert f'd="{drawn}"' in qr.svg(link).decode()
    expect(host.page.locator("button[data-do=lock]")).to_have_text("Lock the room")
    hall.look("pairing")
    remote = hall.remote(link)
    assert not_in_english(remote.page) == []
    remote.pair()
    remote.is_connected()
    remote.at("lobby")

    other = hall.remote(link)
    other.pair()
    expect(other.page.locator("[data-slot=trouble]")).to_contain_text(re.compile("code", re.IGNORECASE))
    expect(other.page.locator("[data-slot=controls]")).to_be_hidden()
    assert not_in_english(other.page) == []
    other.page.context.close()
    dialog.locator("[data-leave]").click()
    return remote


def unpair(hall, host, remote):
    """The remote's tab comes back as the remote after a reload, until the host ends it; then it leads nothing."""
    remote.page.reload()
    remote.is_connected()
    host.do("remote")
    dialog = host.page.locator("dialog[data-dialog=remote]")
    dialog.locator("[data-revoke]").click()
    expect(dialog.locator("[data-slot=state]")).to_have_text(re.compile("^1 phone"))
    dialog.locator("[data-leave]").click()
    before = hall.standing()["version"]
    remote.next()
    expect(remote.page.locator("[data-slot=trouble]")).to_be_visible(timeout=PATIENCE)
    expect(remote.page.locator("live-remote")).to_have_attribute("data-link", "forbidden", timeout=PATIENCE)
    assert not_in_english(remote.page) == []
    remote.picture("revoked")
    assert hall.standing()["version"] == before
    remote.page.reload()
    expect(remote.page.locator("live-remote")).to_have_attribute("data-link", "forbidden")
    hall.leave(remote)
