"""The Excel file of a result."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from contest.documents.standings_sheet import Sheet, workbook

NASTY = ["=1+1", "+84 912", "-2", "@SUM(A1)", "\t=1", "\r=2", '=HYPERLINK("http://x","y")']


def read(sheets):
    return load_workbook(BytesIO(workbook(sheets)))


@pytest.mark.parametrize("typed", NASTY)
def test_what_people_typed_stays_text(typed):
    page = read([Sheet("Bảng", ("Họ tên", typed), [(typed, 1)])]).worksheets[0]

    assert page["A2"].data_type == "s"
    assert page["B1"].data_type == "s"
    assert page["A2"].value.strip() == typed.strip()


def test_numbers_are_numbers():
    page = read([Sheet("Bảng", ("Hạng", "Giây"), [(1, 12.345), (2, None)])]).worksheets[0]

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Hạng", "Giây"],
        [1, 12.345],
        [2, None],
    ]


def test_sheets_stand_in_their_order():
    assert read([Sheet("Xếp hạng", ("A",), []), Sheet("Đơn vị", ("B",), [])]).sheetnames == [
        "Xếp hạng",
        "Đơn vị",
    ]


def test_titles_and_texts_that_excel_refuses_are_mended():
    page = read([Sheet("Vòng 1/2: [thử]" + "x" * 40, ("A",), [("a\x00b",)])]).worksheets[0]

    assert len(page.title) == 31
    assert page.title.startswith("Vòng 12 thử")
    assert page["A2"].value == "ab"
