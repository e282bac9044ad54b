"""An organiser rehearses a round with simulated people, clears it, and plays the round itself: nothing of it stays."""

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import LAPTOP, Hall

pytestmark = pytest.mark.once  # the deeds are tested on every database without a browser
PEOPLE = 12
ROUNDS = {"rehearsed": {"plan": ["single"], "lobby": False, "rules": {"board_every": 0, "seconds": 60}}}


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def test_a_rehearsal_leaves_nothing_behind(place, live_site, new_device, axe):
    hall = Hall(live_site, place, "rehearsed", new_device)
    office = hall.device("chief", viewport=LAPTOP).new_page()
    draft = f"/to-chuc/truc-tiep/{hall.id}/"
    office.goto(draft)
    office.locator("[name=people]").fill(str(PEOPLE))
    office.get_by_role("button", name="Mở phòng diễn tập").click()
    office.wait_for_url(re.compile(r"/truc-tiep/\d+/ket-qua/"))
    expect(office.locator(".rehearsal")).to_contain_text("DIỄN TẬP")
    rehearsal = int(re.findall(r"truc-tiep/(\d+)/", office.url)[0])
    assert rehearsal != hall.id

    made_up = play_with_the_made_up(live_site, place, new_device, rehearsal)
    office.reload()
    expect(office.locator("main")).to_contain_text(made_up[0])
    assert axe(office) == []
    assert office.get_by_role("link", name="Tải biên bản").count() == 0
    papers = [f"/to-chuc/truc-tiep/{rehearsal}/{name}" for name in ("bien-ban.pdf", "ket-qua.xlsx")]
    assert [office.request.get(paper).status for paper in papers] == [409, 409]

    office.get_by_role("button", name="Xóa dữ liệu diễn tập").click()
    expect(office.locator("main")).to_contain_text("Đã xóa dữ liệu diễn tập.")
    assert "Diễn tập:" not in office.locator("main").inner_text()
    assert office.request.get(f"/to-chuc/truc-tiep/{rehearsal}/ket-qua/").status == 404
    assert live_site.stage("tests.journeys.live_stage:rows", round=rehearsal) == {}

    hall = open_for_real(hall, office, draft)
    text = play_for_real(hall, office)
    assert "Nguyễn An" in text
    assert [name for name in made_up if name in text] == []
    assert "diễn tập" not in text.lower()


def play_with_the_made_up(live_site, place, new_device, rehearsal):
    """From the lobby to the end; nobody has a phone, and the hall sees that it is a rehearsal. Their names."""
    facts = {"rounds": {"rehearsal": live_site.stage("tests.journeys.live_stage:facts", round=rehearsal)}}
    hall = Hall(live_site, {**place, **facts}, "rehearsal", new_device)
    host, projector = hall.host(), hall.projector()
    projector.sees("DIỄN TẬP", f"{PEOPLE} người đã vào")
    hall.look("lobby")
    hall.ask(host)
    projector.sees(re.compile(rf"[1-9]\d*/{PEOPLE} đã trả lời"))
    hall.close(host)
    projector.sees(re.compile(r"[1-9]\d* câu trả lời"))
    hall.look("reveal")
    made_up = host.page.locator("[data-person] [data-slot=name]").all_inner_texts()
    assert len(set(made_up)) > 1
    hall.finish(host)
    projector.sees("DIỄN TẬP", re.compile("tạm thời", re.IGNORECASE))
    for screen in list(hall.others):
        hall.leave(screen)
    return made_up


def open_for_real(hall, office, draft):
    """The draft is as it was; its lobby is opened from its page."""
    office.goto(draft)
    office.get_by_role("button", name="Mở phòng", exact=True).click()
    office.locator("dialog[open]").get_by_role("button", name="Mở phòng").click()
    office.wait_for_url("**/dieu-khien/")
    hall.facts = hall.site.stage("tests.journeys.live_stage:facts", round=hall.id)
    return hall


def play_for_real(hall, office):
    """One person, one question; what the minutes say."""
    host, projector = hall.host(), hall.projector()
    phone = hall.phone("Nguyễn An")
    projector.sees("1 người đã vào")
    projector.sees_no("DIỄN TẬP")
    hall.ask(host)
    phone.answer(hall.item(1), hall.item(1)["right"])
    hall.close(host)
    hall.finish(host)
    assert hall.standing()["people"] == ["Nguyễn An"]
    minutes = office.request.get(f"/to-chuc/truc-tiep/{hall.id}/bien-ban.pdf")
    pages = pypdfium2.PdfDocument(minutes.body())
    return "".join(page.get_textpage().get_text_range() for page in pages)
