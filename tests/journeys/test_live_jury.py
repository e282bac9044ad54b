"""The jury's own work: an objection, a receipt looked up, and who stays on the floor after a technical loss."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import Hall
from tests.journeys.live_screens import PATIENCE

pytestmark = pytest.mark.once  # the deeds are tested on every database without a browser
GONE = re.compile("silent|offline")
BACK = 30_000  # ms: longest wait between two tries of a phone, and its way back
ROUNDS = {
    "inquiry": {
        "mode": "bell",
        "plan": ["single", "single"],
        "rules": {"board_every": 0, "bell": {"columns": 4}},
    }
}


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def test_an_inquiry_and_a_technical_loss(place, live_site, new_device, axe):
    hall = Hall(live_site, place, "inquiry", new_device)
    host, projector, jury = hall.host(), hall.projector(), hall.jury()
    steady, wrong, first, second = (
        hall.phone(name) for name in ("Nguyễn An", "Trần Bình", "Lê Chi", "Phạm Dung")
    )
    item = hall.item(1)
    hall.ask(host)
    steady.answer(item, item["right"])
    wrong.answer(item, item["wrong"])
    receipt = re.findall(r"mã (\S+)", wrong.page.locator(".live-status").inner_text())[0]
    for phone in (first, second):
        phone.page.context.set_offline(True)
    for name in ("Lê Chi", "Phạm Dung"):
        expect(host.line_of(name)).to_have_attribute("data-presence", GONE, timeout=BACK)
        dialog = host.person(name)
        dialog.locator("[name=reason]").fill("Mất mạng trước khi hết giờ")
        dialog.locator("button[value=loss]").click()
        expect(host.line_of(name)).to_contain_text("sự cố kỹ thuật", timeout=PATIENCE)
    close_without(hall, [first, second])

    decide_about_the_held(hall, jury, projector, (first, second), axe)
    look_up(jury, receipt, "Trần Bình")
    object_and_decide(hall, jury, wrong, axe)


def close_without(hall, gone):
    """The question is closed and its answer shown, on every screen that has a line."""
    hall.phones = [phone for phone in hall.phones if phone not in gone]
    hall.close(hall.others[0])
    hall.phones += gone


def decide_about_the_held(hall, jury, projector, gone, axe):
    """Two phones were seen without a line: neither falls by itself; the jury keeps one and lets the other go."""
    first, second = gone
    held = jury.page.locator("[data-slot=held]")
    expect(held).to_contain_text("Lê Chi", timeout=PATIENCE)
    expect(held).to_contain_text("Phạm Dung")
    expect(held).not_to_contain_text("Trần Bình")
    projector.sees("Còn 1")
    assert axe(jury.page) == []
    jury.picture("inquiry-held")
    held.locator("li", has_text="Lê Chi").get_by_role("button", name="Cho ở lại sàn").click()
    jury.weigh("Bộ phát sóng của hội trường hỏng")
    projector.sees("Còn 2")
    held.locator("li", has_text="Phạm Dung").get_by_role("button", name="Loại").click()
    jury.weigh("Máy tự tắt mạng")
    expect(jury.page.locator("[data-slot=held-part]")).to_be_hidden(timeout=PATIENCE)
    for phone in gone:
        phone.page.context.set_offline(False)
    for phone in gone:
        phone.is_connected(BACK)
        phone.at("reveal")
    second.sees(re.compile("theo dõi", re.IGNORECASE))
    expect(first.page.locator("[data-ribbon]")).to_be_hidden()
    hall.look("decided", phones=4)


def look_up(jury, receipt, name):
    """The receipt that a phone shows leads the jury to the answer."""
    jury.page.locator("[name=receipt]").fill(receipt)
    jury.page.locator("form[data-receipts] button").click()
    found = jury.page.locator("[data-slot=receipts] li")
    expect(found).to_have_count(1, timeout=PATIENCE)
    expect(found).to_contain_text(receipt)
    expect(found).to_contain_text(name)
    jury.page.locator("[name=receipt]").fill("KHONG-CO")
    jury.page.locator("form[data-receipts] button").click()
    expect(jury.page.locator("[data-slot=no-receipts]")).to_contain_text("KHONG-CO", timeout=PATIENCE)


def object_and_decide(hall, jury, phone, axe):
    """An objection goes to the jury, which decides it with a remark; the phone is told both."""
    phone.page.locator(".live-appeal summary").click()
    phone.page.locator(".live-appeal textarea").fill("Phương án của em đúng theo Điều lệ mới.")
    assert axe(phone.page) == []
    phone.page.locator(".live-appeal button[type=submit]").click()
    expect(phone.page.locator(".live-appeal")).to_contain_text("Đã gửi khiếu nại tới giám khảo.")
    line = jury.page.locator(".lh-appeal")
    expect(line).to_contain_text("Điều lệ mới", timeout=PATIENCE)
    expect(line).to_contain_text("Trần Bình")
    line.locator("[data-decide=rejected]").click()
    jury.give_reason("Điều lệ mới chưa có hiệu lực")
    expect(line).to_contain_text("Đã bác: Điều lệ mới chưa có hiệu lực", timeout=PATIENCE)
    jury.picture("inquiry-decided")
    expect(phone.page.locator(".live-objected")).to_have_text(
        re.compile("^Giám khảo bác khiếu nại về “.+”: Điều lệ mới chưa có hiệu lực$"), timeout=BACK
    )
    assert axe(phone.page) == []
    phone.picture("inquiry-told")
