"""What a phone shows when a page can't be reached, and what it keeps."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_weekly_round import answer, enter, register, saved


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.stages:open_round")


def worker_ready(page):
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")


def test_a_page_that_is_not_reached_says_so_and_opens_when_the_network_is_back(phone, place, axe):
    phone.goto("/")
    worker_ready(phone)
    phone.context.set_offline(True)

    answered = phone.goto(f"/cuoc-thi/{place['slug']}/")

    assert answered.status == 503
    expect(phone.locator("h1")).to_have_text("Mất mạng")
    expect(phone.locator('[data-when="page"]').first).to_contain_text("trang tự mở lại")
    assert phone.locator("h1").evaluate("(node) => getComputedStyle(node).color") != "rgb(0, 0, 0)"
    assert axe(phone) == []
    phone.context.set_offline(False)
    expect(phone.locator("h1")).to_contain_text("Tìm hiểu công tác xây dựng Đảng", timeout=15_000)


def test_an_attempt_reloaded_without_a_network_tells_what_is_kept_and_sends_it(phone, live_site, place):
    register(phone, place["slug"], "0912345620")
    public_id = enter(phone, place["slug"])
    worker_ready(phone)
    phone.context.set_offline(True)
    given = [answer(phone, 1), answer(phone, 2)]
    expect(phone.locator("[data-save-state]")).to_contain_text("Mất mạng", timeout=15_000)

    phone.reload()

    expect(phone.locator("h1")).to_have_text("Mất mạng")
    expect(phone.locator('[data-when="kept"]').first).to_contain_text("2 câu trả lời chưa gửi")
    expect(phone.locator('[data-when="attempt"]').first).to_contain_text("tính theo máy chủ")
    assert given[0][1] not in phone.locator("main").inner_text().split()
    phone.context.set_offline(False)
    expect(phone.locator(f"#cau-2 input[value={given[1][1]}]")).to_be_checked(timeout=15_000)
    saved(phone)
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"] == dict(given)


def test_a_form_sent_without_a_network_is_still_there_to_send_again(phone, place):
    phone.goto(f"/cuoc-thi/{place['slug']}/vao-lai/")
    worker_ready(phone)
    phone.fill("[name=phone]", "0912 345 621")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Vào lại").click()

    expect(phone.locator("h1")).to_have_text("Mất mạng")
    expect(phone.locator('[data-when="sent"]').first).to_contain_text("chưa được gửi")
    phone.context.set_offline(False)
    phone.go_back()

    expect(phone.locator("[name=phone]")).to_have_value("0912 345 621")


def test_nothing_personal_is_kept_on_a_phone_that_passes_from_hand_to_hand(phone, place):
    register(phone, place["slug"], "0912345622")
    worker_ready(phone)
    enter(phone, place["slug"])
    answer(phone, 1)
    saved(phone)
    for address in ("/tra-cuu/", f"/vong/{place['round']}/bang/", "/"):
        phone.goto(address)

    kept = phone.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) {
              found.push(new URL(request.url).pathname);
            }
          }
          return found;
        }"""
    )

    assert "/ngoai-tuyen/" in kept
    assert [
        path for path in kept if path != "/ngoai-tuyen/" and not path.startswith("/static/frontend/")
    ] == []
