"""The Excel file of a live round, read back."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from contest.documents.live_sheet import Answer, Entry, LiveRound, Person, Question, workbook
from contest.documents.minutes import Place, UnitPlace

MOMENT = datetime(2026, 11, 20, 1, 2, 3, 456_000, tzinfo=UTC)
PERSON = Person(1, 7, "Nguyễn Thị Ánh", "Chi bộ 1", "Đội Xanh", 2, 12.5, 12_345, "Đồng hạng")
ANSWER = Answer(3, 7, "Nguyễn Thị Ánh", "A. 03/02/1930", "right", MOMENT, 1_234, 56, 10, "K7Q2")
QUESTION = Question(
    3, "Lịch sử", "Ngày nào?", "A. 1\nB. 2", "A. 1", 2, 10, 20, MOMENT, None, 4, 3, "Chấm lại"
)
ENTRY = Entry(9, MOMENT, "Ông Hồ Tùng Mậu", "Mở câu 3", "")
NASTY = ["=1+1", "+84 912", "-2", "@SUM(A1)", "\t=1", "\r=2", '=HYPERLINK("http://x","y")', "#REF!", "#N/A"]


def read(people=(PERSON,), answers=(ANSWER,), questions=(QUESTION,), journal=(ENTRY,)):
    return load_workbook(BytesIO(workbook(LiveRound(people, answers, questions, journal))))


def values(page):
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_row_a_person():
    heads, row = values(read()["Kết quả"])

    assert heads == [
        "Hạng", "Số báo danh", "Họ và tên", "Đơn vị", "Đội", "Câu đúng", "Điểm", "Thời gian (giây)", "Ghi chú",
    ]  # fmt: skip
    assert row == [1, 7, "Nguyễn Thị Ánh", "Chi bộ 1", "Đội Xanh", 2, 12.5, 12.345, "Đồng hạng"]


def test_a_row_an_answer_to_the_millisecond_in_vietnamese_time():
    page = read()["Câu trả lời"]
    row = values(page)[1]

    assert row[:5] == [3, 7, "Nguyễn Thị Ánh", "A. 03/02/1930", "Đúng"]
    assert row[5] == datetime(2026, 11, 20, 8, 2, 3, 456_000)  # noqa: DTZ001
    assert row[6:] == [1_234, 56, 10, "K7Q2"]
    assert page["F2"].number_format == "dd/mm/yyyy hh:mm:ss.000"


@pytest.mark.parametrize(
    ("verdict", "word"),
    [("wrong", "Sai"), ("void", "Huỷ câu"), ("open", "Chưa chấm"), ("unheard", "Không tới lượt")],
)
def test_a_verdict_is_a_word(verdict, word):
    changed = Answer(3, None, "A", "B", verdict, MOMENT, 1, 0, 0, "K")

    assert read(answers=[changed])["Câu trả lời"]["E2"].value == word


def test_questions_and_journal():
    book = read()

    assert values(book["Câu hỏi"])[1][:8] == [3, "Lịch sử", "Ngày nào?", "A. 1\nB. 2", "A. 1", 2, 10, 20]
    assert values(book["Câu hỏi"])[1][9:] == [None, 4, 3, "Chấm lại"]
    assert values(book["Nhật ký"])[1] == [
        9, datetime(2026, 11, 20, 8, 2, 3, 456_000), "Ông Hồ Tùng Mậu", "Mở câu 3", None,  # noqa: DTZ001
    ]  # fmt: skip


@pytest.mark.parametrize("typed", NASTY)
def test_what_people_typed_stays_text(typed):
    book = read(
        people=[Person(1, 1, typed, typed, typed, 0, 0, 0, typed)],
        answers=[Answer(1, 1, typed, typed, "wrong", MOMENT, 0, 0, 0, typed)],
        questions=[Question(1, typed, typed, typed, typed, 1, 1, 1, None, None, 0, 0, typed)],
        journal=[Entry(1, MOMENT, typed, typed, typed)],
    )

    cells = [cell for page in book.worksheets for row in page.iter_rows(min_row=2) for cell in row]
    shown = [cell for cell in cells if isinstance(cell.value, str) and cell.value.strip() == typed.strip()]
    assert len(shown) == 15
    assert {cell.data_type for cell in shown} == {"s"}


def test_texts_that_excel_refuses_are_mended():
    page = read(answers=[Answer(1, 1, "a\x00b", "x" * 40_000, "wrong", MOMENT, 0, 0, 0, "K")])["Câu trả lời"]

    assert page["C2"].value == "ab"
    assert len(page["D2"].value) == 32_767


def test_an_empty_round_has_its_headings():
    book = read((), (), (), ())

    assert book.sheetnames == ["Kết quả", "Câu trả lời", "Câu hỏi", "Nhật ký"]
    assert all(page.max_row == 1 and page.freeze_panes == "A2" for page in book.worksheets)


def test_a_row_a_team_where_teams_play():
    teams = [Place(1, "=Đội Sen", 3, 26.67, 61_234, "", "Điều chỉnh -3 điểm")]
    book = load_workbook(BytesIO(workbook(LiveRound((PERSON,), (), (), (), teams=teams))))
    [heads, row] = book["Đội"].iter_rows(values_only=True)
    assert heads == ("Hạng", "Đội", "Câu đúng", "Điểm", "Thời gian (giây)", "Ghi chú")
    assert row == (1, "=Đội Sen", 3, 26.67, 61.234, "Điều chỉnh -3 điểm")


def test_a_row_a_unit_where_units_are_ranked():
    units = [UnitPlace(1, "=Chi đoàn thôn 1", 7, 82.5, 12, 61_234)]
    book = load_workbook(BytesIO(workbook(LiveRound((PERSON,), (), (), (), units))))

    assert book.sheetnames == ["Kết quả", "Đơn vị", "Câu trả lời", "Câu hỏi", "Nhật ký"]
    assert values(book["Đơn vị"]) == [
        ["Hạng", "Đơn vị", "Số người", "Điểm trung bình", "Câu đúng", "Thời gian (giây)"],
        [1, "=Chi đoàn thôn 1", 7, 82.5, 12, 61.234],
    ]
    assert book["Đơn vị"]["B2"].data_type == "s"
    assert "Đơn vị" not in read().sheetnames


def test_rows_may_come_from_iterators():
    people = (Person(place, place, "A", "B", "", 1, 1, 1) for place in range(1, 501))

    assert read(people=people)["Kết quả"].max_row == 501
