"""The official mode from the lobby to the published result: every kind of question, five phones, projector, operator,
jury.
"""

import io
import re

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import Hall

ROUNDS = {
    "official": {
        "title": "Vòng chung kết",
        "rules": {"board_every": 3, "title_s": 0, "chain": ["points", "right"]},
        "plan": [
            "single",
            "picture",
            "multi",
            "slide",
            "truefalse",
            {"of": "fill", "weight": 2},
            "poll",
            "order",
            "match",
        ],
    }
}
# Who answers which question of the plan right; the others answer wrong, "-" not at all.
SIGNED = ("THƯ KÝ", "TRƯỞNG BAN GIÁM KHẢO", "TRƯỞNG BAN TỔ CHỨC", "(Ký, ghi rõ họ tên)")
RIGHT = {
    "Nguyễn An": "RRRRRRR",
    "Trần Thị Bình": "RRRRRRR",
    "Lê Chi": "RRWRWRW",
    "Phạm Dung": "RRWWRRW",
    "Hoàng Hà": "-------",
}


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def ask(hall, host, item, axe):
    """From whatever was before to the open question; everybody answers by RIGHT; to the reveal."""
    number = sum(1 for one in hall.facts["items"][: item["no"]] if one["type"] == "question")
    host.next()
    hall.at("reading")
    for phone in hall.phones:
        phone.sees(item["stem"])
        assert phone.targets.count() == 0
    first = axe if item["no"] == 1 else None
    hall.look(f"{item['kind']}-reading", first)
    host.next()
    hall.at("open")
    hall.options_are_up()
    for phone, answers in zip(hall.phones, RIGHT.values(), strict=True):
        if item["type"] == "poll":
            phone.answer(item, "a" if answers.startswith("R") else "b")
        elif answers[number - 1] != "-":
            value = item["right"] if answers[number - 1] == "R" else item["wrong"]
            phone.answer(item, value)
    given = (
        5 if item["type"] == "poll" else sum(1 for answers in RIGHT.values() if answers[number - 1] != "-")
    )
    hall.projector_page.sees(f"{given}/5 đã trả lời")
    hall.look(f"{item['kind']}-open", first)
    if first is None:  # what differs between the kinds is the phone's way to answer
        assert axe(hall.phones[item["no"] % 2].page) == []
    host.do("close-now")
    hall.at("closed")
    hall.look(f"{item['kind']}-closed", first)
    host.next()
    hall.at("reveal")
    hall.look(f"{item['kind']}-reveal", axe if number in {1, 5} else None)


def test_a_whole_official_round(place, live_site, new_device, axe):
    hall = Hall(live_site, place, "official", new_device)
    projector, host = hall.projector(), hall.host()
    hall.projector_page = projector
    for number, name in enumerate(RIGHT):
        scheme = "dark" if number == 1 else "light"
        hall.phone(name, way=("pin", "qr", "", "", "")[number], color_scheme=scheme)
    pin = hall.facts["pin"]
    projector.sees(f"{pin[:3]} {pin[3:]}", "5 người đã vào", "HoiTruong / 12345678", *RIGHT)
    hall.at("lobby")
    hall.look("lobby", axe)

    for item in hall.facts["items"]:
        if item["type"] == "slide":
            host.next()
            hall.at("slide")
            projector.sees(item["stem"])
            hall.look("slide", axe)
            continue
        ask(hall, host, item, axe)
        asked = sum(1 for one in hall.facts["items"][: item["no"]] if one["type"] == "question")
        if item["type"] == "question" and asked in {3, 6}:
            host.next()
            hall.at("board")
            projector.sees(*RIGHT)
            hall.phones[0].sees(re.compile("Hạng ?1"))
            hall.look(f"board-{asked}", axe if asked == 3 else None)
    hall.finish(host, axe)
    # Without time in the chain who has as much shares the place, on the podium too.
    projector.sees(re.compile("tạm thời", re.IGNORECASE), "Đồng hạng 1")
    correct_and_publish(hall, axe)


def correct_and_publish(hall, axe):
    """The jury takes another typed answer for right, which swaps two people; two confirm it, one publishes it."""
    second, chief = hall.jury("second"), hall.jury("chief")
    ranking = second.page.locator("[data-slot=ranking]")
    expect(ranking).to_contain_text(re.compile("Phạm Dung.*Lê Chi", re.DOTALL))
    second.verdict("confirm")
    chief.sees("Lê Quang Vinh xác nhận")

    typed = hall.facts["items"][5]
    line = second.page.locator(".lh-run", has_text=typed["stem"][:40])
    line.locator("[data-correct]").click()
    dialog = second.page.locator("dialog[data-dialog=correction]")
    dialog.locator("label", has_text=typed["wrong"]).click()
    dialog.locator("[name=reason]").fill("Cách viết này cũng đúng")
    dialog.locator("[data-preview]").click()
    swing = dialog.locator("[data-slot=preview] tr", has_text="Lê Chi").locator("td")
    expect(swing).to_have_text(["Lê Chi", "4", "3", "40", "60"])
    second.picture("official-correction")
    assert axe(second.page) == []
    dialog.locator("[data-apply]").click()
    expect(ranking).to_contain_text(re.compile("Lê Chi.*Phạm Dung", re.DOTALL))
    # The signature was for another result.
    expect(chief.page.locator("[data-slot=verdict]")).to_have_text("Kết quả tạm thời")
    hall.phones[2].sees(re.compile("Hạng ?3"))

    second.verdict("confirm")
    expect(second.page.locator("[data-verdict-deed=confirm]")).to_be_hidden()
    hall.projector_page.sees(re.compile("tạm thời", re.IGNORECASE))
    chief.verdict("confirm")
    hall.projector_page.sees("Kết quả đã được xác nhận")
    chief.verdict("publish")
    hall.projector_page.sees("đã công bố")
    hall.phones[2].sees(re.compile("công bố"))
    hall.look("published", axe)
    second.picture("official-published")

    read_the_papers(hall, chief, axe)
    prove_the_result(hall, chief, axe)


def read_the_papers(hall, chief, axe):
    """Minutes and sheet as files, the result as staff and as anybody sees it."""
    base = f"/to-chuc/truc-tiep/{hall.id}"
    office = chief.page.context.new_page()
    assert office.goto(f"{base}/ket-qua/").status == 200
    assert axe(office) == []
    minutes = chief.page.context.request.get(f"{base}/bien-ban.pdf")
    assert (minutes.status, minutes.body()[:5]) == (200, b"%PDF-")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(minutes.body()))
    assert {name for name in RIGHT if name in text} == set(RIGHT)
    assert "Cách viết này cũng đúng" in text
    assert {line for line in SIGNED if line in text} == set(SIGNED)
    assert hall.sheet_hash() in "".join(text.split())
    sheet = chief.page.context.request.get(f"{base}/ket-qua.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sheet.body()))
    cells = {str(cell.value) for one in book for row in one.iter_rows() for cell in row}
    assert set(RIGHT) <= cells
    public = hall.device().new_page()
    assert public.goto(f"/phong/{hall.id}/ket-qua/").status == 200
    # Whoever did not register for publication stands there shortened, with the seat that only they and the hall know.
    rows = public.locator("main table tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.nth(2)).to_contain_text("Số 3")
    assert not [name for name in RIGHT if name in public.locator("main").inner_text()]
    assert axe(public) == []


def prove_the_result(hall, chief, axe):
    """The stored result is computed again from the journal, and the journal is read step by step."""
    said = hall.site.manage("verify_result", "--live", str(hall.id))
    assert "edition 2: 5 entrants, identical" in said
    assert said.count(hall.sheet_hash()) == 2

    office = chief.page.context.new_page()
    assert office.goto(f"/to-chuc/truc-tiep/{hall.id}/dien-lai/?v=1").status == 200
    shown = office.locator(".screen")
    expect(shown).to_contain_text("0 người trong phòng")
    office.get_by_text("Đi đến câu").click()
    with office.expect_navigation():
        office.locator("details a", has_text="Câu 1").first.click()
    for _ in range(60):
        if shown.locator("[data-right]").count():
            break
        with office.expect_navigation():
            office.get_by_role("link", name="Sau").click()
    expect(shown.locator("[data-right]")).to_have_count(1)
    expect(shown).to_contain_text(hall.item(1)["stem"])
    expect(shown).to_contain_text("4/4 đúng")
    assert axe(office) == []
    office.goto(f"/to-chuc/truc-tiep/{hall.id}/dien-lai/")
    expect(office.locator("[aria-current=step]")).to_contain_text("công bố")
    office.close()
