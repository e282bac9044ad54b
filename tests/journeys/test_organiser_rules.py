"""An organiser makes a round by rules of her own, helps somebody whose power failed, and excludes a person."""

from datetime import datetime, timedelta, timezone

from playwright.sync_api import expect

VIETNAM = timezone(timedelta(hours=7))
NAME = "Nguyễn Thị Phương Thảo"


def moment(**shift):
    return (datetime.now(VIETNAM) + timedelta(**shift)).strftime("%Y-%m-%dT%H:%M")


def sign_in(page, place):
    page.goto(f"/dang-nhap/?next=/to-chuc/{place['slug']}/")
    page.fill("[name=username]", place["chief"])
    page.fill("[name=password]", place["password"])
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"**/to-chuc/{place['slug']}/")


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


def fill_in_the_rules(page):
    """Open every day by weekly hours, and ranked by right answers, then speed, then lots."""
    page.fill("[name=title]", "Tuần của chúng tôi")
    page.fill("[name=opens_at]", moment(hours=-1))
    page.fill("[name=closes_at]", moment(days=1))
    page.fill("[name=attempts]", "2")
    page.locator("summary", has_text="Giờ thi trong tuần").click()
    page.select_option("[name=hours]", "daily")
    for box in page.locator("[name=daily_days]").all():
        box.check()
    page.fill("[name=daily_opens]", "00:00")
    page.fill("[name=daily_closes]", "00:00")
    page.select_option("[name=cell-0-topic]", "II.1")
    page.select_option("[name=cell-0-kind]", "single")
    page.fill("[name=cell-0-count]", "3")
    page.select_option("[name=chain]", "own")
    for place, code in enumerate(("correct", "duration_second", "lottery", ""), start=1):
        page.select_option(f"[name=criterion-{place}]", code)
    page.select_option("[name=shared]", "skipping")
    page.fill("[name=prize_first]", "1")


def minutes_left(page):
    minutes, _ = page.locator("[data-clock]").inner_text().split(":")
    return int(minutes)


def test_rules_of_ones_own_extra_time_and_an_exclusion(phone, desktop, live_site, axe):
    place = live_site.stage("tests.journeys.stages:bare_contest")
    sign_in(desktop, place)
    desktop.get_by_role("link", name="Thêm vòng thi").click()
    expect(desktop.locator("[name=daily_opens]")).to_be_hidden()
    expect(desktop.locator("[name=criterion-1]")).to_be_hidden()
    fill_in_the_rules(desktop)
    assert axe(desktop) == []
    desktop.get_by_role("button", name="Lưu vòng thi").click()
    desktop.get_by_role("button", name="Công bố vòng thi").click()
    desktop.get_by_role("link", name="Tìm lượt thi, thêm giờ cho một người").click()

    register(phone, place["slug"], "0912345801")
    phone.goto(f"/cuoc-thi/{place['slug']}/")
    phone.get_by_role("button", name="Vào thi").click()
    phone.wait_for_url("**/bai-thi/*/")
    assert minutes_left(phone) in {14, 15}

    desktop.get_by_label("Tìm lượt thi").fill("phuong thao")
    desktop.get_by_role("button", name="Tìm").click()
    desktop.locator("summary", has_text="Thêm hoặc bớt giờ").click()
    desktop.get_by_label("Số phút").fill("5")
    desktop.get_by_role("textbox", name="Lý do").fill("Mất điện ở nhà văn hóa xã")
    assert axe(desktop) == []
    desktop.get_by_role("button", name="Đổi giờ nộp bài").click()
    expect(desktop.locator(".messages")).to_contain_text("nộp muộn nhất lúc")
    expect(desktop.get_by_text("Mất điện ở nhà văn hóa xã")).to_be_visible()
    phone.locator("#cau-1 input[type=radio]").first.check()
    expect(phone.locator("[data-save-state]")).to_contain_text("Đã lưu", timeout=15_000)
    assert minutes_left(phone) in {19, 20}

    phone.locator(".attempt-foot button[value=submit]").click()
    phone.locator("[data-confirm]").click()
    phone.wait_for_url("**/ket-qua/")

    desktop.get_by_role("link", name=NAME).click()
    desktop.locator("summary", has_text="Loại trừ thí sinh này").click()
    desktop.locator("#exclude_reason").fill("Thành viên tổ ra đề")
    assert axe(desktop) == []
    desktop.get_by_role("button", name="Loại trừ").click()
    expect(desktop.get_by_text("Bị loại trừ: Thành viên tổ ra đề")).to_be_visible()
    for address in ("thi-sinh/", "thi-sinh/?trung=1", "loai-tru/"):
        desktop.goto(f"/to-chuc/{place['slug']}/{address}")
        assert axe(desktop) == [], address
    expect(desktop.get_by_role("heading", name=NAME)).to_be_visible()

    phone.goto(f"/cuoc-thi/{place['slug']}/")
    phone.get_by_role("button", name="Vào thi").click()
    expect(phone.locator("main")).to_contain_text("Thành viên tổ ra đề")

    phone.goto(f"/cuoc-thi/{place['slug']}/the-le/")
    told = phone.locator("main").inner_text()
    for sentence in (
        "Trong tuần chỉ thi được: từ 00:00 thứ Hai đến 24:00 Chủ nhật.",
        "(1) nhiều câu đúng hơn; (2) thời gian làm bài ngắn hơn, tính đến giây; (3) kết quả bốc thăm có biên bản",
        "Người bằng nhau ở mọi tiêu chí được xếp đồng hạng",
        "Khi số người đồng hạng nhiều hơn số giải còn lại",
        "ban tổ chức có thể thêm giờ cho một lượt đang làm",
        "Lượt tốt nhất theo thứ tự xét giải",
    ):
        assert sentence in told
    assert axe(phone) == []
