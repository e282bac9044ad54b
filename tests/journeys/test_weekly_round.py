"""A union member takes a weekly round on a phone, whatever the network does."""

import re

import pytest
from playwright.sync_api import expect

BUDGET = 60 * 1024
NAME = "Nguyễn Thị Phương Thảo"


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.stages:open_round")


def register(page, slug, phone):
    page.goto(f"/cuoc-thi/{slug}/dang-ky/")
    page.fill("[name=name]", NAME)
    page.fill("[name=phone]", phone)
    page.fill("[name=birth_year]", "1996")
    page.fill("[name=unit_query]", "ung dung tien bo")
    page.get_by_label("Chi đoàn Trung tâm Ứng dụng").check()
    page.check("[name=take_part]")
    page.get_by_role("button", name="Đăng ký").click()
    expect(page.locator("h1")).to_contain_text("Đã đăng ký")
    return page.locator(".receipt__code").inner_text().strip()


def enter(page, slug):
    page.goto(f"/cuoc-thi/{slug}/")
    page.get_by_role("button", name="Vào thi").click()
    page.wait_for_url("**/bai-thi/*/")
    return page.url.rstrip("/").rsplit("/", 1)[1]


def answer(page, position):
    """Chooses the first option of the question shown at a position; gives the item's number and the option's key."""
    card = page.locator(f"#cau-{position}")
    chosen = card.locator("input[type=radio]").first
    chosen.check()
    return card.get_attribute("data-no"), chosen.get_attribute("value")


def saved(page):
    expect(page.locator("[data-save-state]")).to_have_text(
        re.compile(r"^Đã lưu \d\d:\d\d:\d\d$"), timeout=15_000
    )


def submit(page):
    page.locator(".attempt-foot button[value=submit]").click()
    page.locator("[data-confirm]").click()
    page.wait_for_url("**/ket-qua/")


def test_register_answer_submit_and_find_the_receipt(phone, live_site, place, axe):
    register(phone, place["slug"], "0912345601")
    assert axe(phone) == []
    public_id = enter(phone, place["slug"])
    number, key = answer(phone, 1)
    saved(phone)
    assert axe(phone) == []
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"] == {number: key}

    submit(phone)
    receipt = phone.locator(".receipt__code").inner_text().strip()
    assert axe(phone) == []
    phone.goto("/tra-cuu/")
    phone.fill("[name=ma]", receipt.lower())
    phone.get_by_role("main").get_by_role("button").click()

    expect(phone.locator("main")).to_contain_text("Tuần 1")
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["state"] == "submitted"


def test_thirty_seconds_without_a_network_lose_nothing(phone, live_site, place):
    phone.clock.install()
    register(phone, place["slug"], "0912345602")
    public_id = enter(phone, place["slug"])
    given = [answer(phone, 1)]
    saved(phone)

    phone.context.set_offline(True)
    given.append(answer(phone, 2))
    # Thirty seconds for both: the page's timers run through them, and the server's clock is as far on.
    live_site.stage("tests.journeys.stages:pass_seconds", public_id=public_id, seconds=30)
    for second in range(30):
        phone.clock.run_for(1000)
        if second == 10:
            expect(phone.locator("[data-save-state]")).to_contain_text("Mất mạng · 1 chưa lưu")
        if second == 20:
            given.append(answer(phone, 3))
    expect(phone.locator("[data-save-state]")).to_contain_text("Mất mạng · 2 chưa lưu")
    expect(phone.locator("[data-alert-text]")).to_contain_text("tự gửi khi có mạng")
    held = live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"]
    phone.context.set_offline(False)
    saved(phone)

    assert held == dict(given[:1])
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"] == dict(given)
    expect(phone.locator("[data-alert]")).to_be_hidden()
    before = live_site.stage("tests.journeys.stages:seconds_left", public_id=public_id)
    minutes, seconds = phone.locator("[data-clock]").inner_text().split(":")
    after = live_site.stage("tests.journeys.stages:seconds_left", public_id=public_id)
    assert after - 1 < int(minutes) * 60 + int(seconds) < before + 2


def test_an_unsent_answer_survives_a_reload(phone, live_site, place):
    register(phone, place["slug"], "0912345603")
    public_id = enter(phone, place["slug"])
    phone.route("**/answers", lambda route: route.abort())
    number, key = answer(phone, 2)
    expect(phone.locator("[data-save-state]")).to_contain_text("Mất mạng", timeout=15_000)
    phone.unroute("**/answers")

    phone.reload()

    expect(phone.locator(f"#cau-2 input[value={key}]")).to_be_checked()
    saved(phone)
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"] == {number: key}


def test_a_second_device_takes_over_and_the_first_says_so(phone, new_device, live_site, place):
    code = register(phone, place["slug"], "0912345604")
    public_id = enter(phone, place["slug"])
    first = answer(phone, 1)
    saved(phone)

    other = new_device().new_page()
    other.goto(f"/cuoc-thi/{place['slug']}/vao-lai/")
    other.fill("[name=phone]", "0912 345 604")
    other.fill("[name=code]", code)
    other.get_by_role("button", name="Vào lại").click()
    assert enter(other, place["slug"]) == public_id
    expect(other.locator(f"#cau-1 input[value={first[1]}]")).to_be_checked()
    answer(phone, 2)
    expect(phone.locator("[data-alert-text]")).to_contain_text("máy hoặc trang khác")
    second = answer(other, 3)
    saved(other)

    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"] == dict(
        [first, second]
    )


def test_at_zero_the_attempt_submits_itself(phone, live_site, place):
    register(phone, place["slug"], "0912345605")
    public_id = enter(phone, place["slug"])
    live_site.stage("tests.journeys.stages:leave_seconds", public_id=public_id, seconds=15)
    phone.reload()
    number, key = answer(phone, 1)

    phone.wait_for_url("**/ket-qua/", timeout=30_000)

    stored = live_site.stage("tests.journeys.stages:stored", public_id=public_id)
    assert stored["answers"] == {number: key}
    assert stored["state"] in {"submitted", "auto_submitted"}


def test_a_prediction_that_is_no_number_is_pointed_at_and_nothing_is_lost(phone, live_site, axe):
    place = live_site.stage("tests.journeys.stages:open_round", prediction=True)
    register(phone, place["slug"], "0912345608")
    public_id = enter(phone, place["slug"])
    number, key = answer(phone, 1)
    prediction = phone.locator("[name=prediction]")
    prediction.fill("nhiều lắm")
    submits = []
    phone.on("request", lambda request: request.url.endswith("/submit") and submits.append(request.url))

    phone.locator(".attempt-foot button[value=submit]").click()
    phone.locator("[data-confirm]").click()

    expect(phone.locator("[data-fault]")).to_contain_text("Số dự đoán không hợp lệ")
    expect(prediction).to_be_focused()
    expect(phone.locator("[data-alert-text]")).to_contain_text("hãy sửa lại")
    assert axe(phone) == []
    assert len(submits) == 1
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"] == {number: key}
    prediction.fill("1.234")
    expect(phone.locator("[data-fault]")).to_have_count(0)
    saved(phone)
    submit(phone)
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["prediction"] == 1234


def test_a_busy_server_is_no_lost_network(phone, live_site, place):
    register(phone, place["slug"], "0912345609")
    public_id = enter(phone, place["slug"])
    asked = {"status": 429, "headers": {"Retry-After": "3"}, "json": {"code": "throttled", "detail": ""}}
    phone.route("**/answers", lambda route: route.fulfill(**asked))
    number, key = answer(phone, 1)

    expect(phone.locator("[data-save-state]")).to_contain_text("Máy chủ bận", timeout=15_000)
    expect(phone.locator("[data-alert-text]")).to_contain_text("tự gửi lại sau khoảng")
    phone.unroute("**/answers")
    saved(phone)
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["answers"] == {number: key}


def test_the_whole_attempt_works_as_a_plain_form(new_device, live_site):
    place = live_site.stage("tests.journeys.stages:open_round", prediction=True)
    page = new_device(java_script_enabled=False).new_page()
    page.goto(f"/cuoc-thi/{place['slug']}/dang-ky/")
    page.fill("[name=name]", NAME)
    page.fill("[name=phone]", "0912345606")
    page.fill("[name=birth_year]", "1996")
    page.fill("[name=unit_other]", "Chi đoàn thôn 1")
    page.check("[name=take_part]")
    page.get_by_role("button", name="Đăng ký").click()
    public_id = enter(page, place["slug"])
    number, key = answer(page, 1)
    page.fill("[name=prediction]", "1.234")

    page.locator("button[name=action][value=save]").click()
    held = live_site.stage("tests.journeys.stages:stored", public_id=public_id)
    page.locator(".attempt-foot button[value=submit]").click()
    expect(page.locator("main")).to_contain_text("Còn 4 câu chưa trả lời")
    page.locator("main form button[value=submit]").click()

    expect(page.locator(".receipt__code")).to_be_visible()
    assert {number: held["answers"][number]} == {number: key}
    assert held["prediction"] == 1234
    assert live_site.stage("tests.journeys.stages:stored", public_id=public_id)["state"] == "submitted"


def test_the_first_visit_to_the_attempt_page_costs_less_than_60_kb(new_device, live_site):
    place = live_site.stage("tests.journeys.stages:open_round", prediction=True, questions=20)
    earlier = new_device()
    page = earlier.new_page()
    register(page, place["slug"], "0912345607")
    public_id = enter(page, place["slug"])
    cookies = earlier.cookies()
    fresh = new_device()
    fresh.add_cookies([cookie for cookie in cookies if cookie["name"].startswith("entrant_")])
    page = fresh.new_page()
    session = fresh.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    page.goto(f"/bai-thi/{public_id}/", wait_until="networkidle")
    expect(page.locator("[data-question]")).to_have_count(20)
    page.evaluate("() => navigator.serviceWorker.ready")
    worker = fresh.service_workers[0].evaluate(
        "() => performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.transferSize, 0)"
    )
    script = int(page.request.get("/sw.js").headers["content-length"])

    assert 15_000 < sum(sizes) < BUDGET
    assert 500 < worker + script < 10_000
    assert sum(sizes) + worker + script < BUDGET
    print(f"first visit: page {sum(sizes)}, service worker {worker + script} bytes")
