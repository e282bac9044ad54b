"""An organiser settles and publishes a round on a desktop; what entrants and onlookers then see."""

import pytest
from playwright.sync_api import expect

NAME = "Nguyễn Thị Phương Thảo"


@pytest.fixture
def place(live_site):
    """A round of its own: nobody else's attempt is still on its way to the board or the numbers."""
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


def take_part(page, slug):
    """Answers the first question and submits; the address of the result."""
    page.goto(f"/cuoc-thi/{slug}/")
    page.get_by_role("button", name="Vào thi").click()
    page.wait_for_url("**/bai-thi/*/")
    page.locator("#cau-1 input[type=radio]").first.check()
    page.locator(".attempt-foot button[value=submit]").click()
    page.locator("[data-confirm]").click()
    page.wait_for_url("**/ket-qua/")
    return page.url


def sign_in(page, place):
    page.goto(f"/dang-nhap/?next=/to-chuc/vong/{place['round']}/")
    page.fill("[name=username]", place["chief"])
    page.fill("[name=password]", place["password"])
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"**/to-chuc/vong/{place['round']}/")


def test_a_row_appears_on_an_open_board_without_a_reload(phone, desktop, new_device, place):
    other = new_device().new_page()
    for board in (desktop, other):
        board.goto(f"/vong/{place['round']}/bang/")
        expect(board.locator("[data-live-state]")).to_contain_text("Trực tiếp", timeout=15_000)
        board.evaluate("window.sameDocument = true")
        expect(board.locator("[data-rows] tr[data-rank]")).to_have_count(0)

    register(phone, place["slug"], "0912345701")
    take_part(phone, place["slug"])

    for board in (desktop, other):
        expect(board.locator("[data-rows] tr[data-rank]")).to_have_count(1, timeout=15_000)
        assert board.evaluate("window.sameDocument") is True


def test_the_organisers_page_counts_a_new_attempt_without_a_reload(phone, desktop, place, axe):
    sign_in(desktop, place)
    desktop.evaluate("window.sameDocument = true")
    people = desktop.locator("[data-part=arrivals] .stat__value").first
    expect(people).to_have_text("0")

    register(phone, place["slug"], "0912345703")
    take_part(phone, place["slug"])

    expect(people).to_have_text("1", timeout=15_000)
    expect(desktop.locator(".chart__value").first).to_be_visible()
    assert desktop.evaluate("window.sameDocument") is True
    assert axe(desktop) == []


def test_settle_publish_and_read_the_result(phone, desktop, live_site, place, axe):
    register(phone, place["slug"], "0912345702")
    result = take_part(phone, place["slug"])
    expect(phone.locator("#xem-lai")).to_have_count(0)
    live_site.stage("tests.journeys.stages:let_it_close", round=place["round"])

    sign_in(desktop, place)
    assert axe(desktop) == []
    desktop.get_by_role("button", name="Chốt kết quả").click()
    expect(desktop.locator("main table.board tbody tr")).to_have_count(1)
    assert axe(desktop) == []
    phone.goto(result)
    expect(phone.locator("#xem-lai")).to_have_count(0)
    desktop.get_by_role("button", name="Công bố kết quả").click()
    expect(desktop.get_by_role("link", name="Xem kết quả công khai")).to_be_visible()

    phone.goto(result)
    expect(phone.locator("h1")).to_contain_text("Hạng 1")
    expect(phone.locator("#xem-lai .review")).to_have_count(5)
    expect(phone.locator("#xem-lai .review__why").first).to_be_visible()
    assert axe(phone) == []
    for page, address in (
        (phone, f"/vong/{place['round']}/ket-qua/"),
        (desktop, f"/to-chuc/vong/{place['round']}/"),
        (desktop, f"/to-chuc/{place['slug']}/"),
        (desktop, "/to-chuc/"),
    ):
        page.goto(address)
        assert axe(page) == [], address
