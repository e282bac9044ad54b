"""A result as an Excel file. Every cell is text or a number: what people typed can never become a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # of a cell, by the file format
WIDEST = 60
RISKY = "=+-@\t\r"  # what a formula may begin with
FORBIDDEN_IN_TITLES = str.maketrans("", "", "[]:*?/\\")

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title of at most 31 characters, headings, and rows as long as the headings."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The .xlsx file with these sheets in their order; the headings stay in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title.translate(FORBIDDEN_IN_TITLES)[:31]), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for column, heading in enumerate(sheet.headings, start=1):
        _write(page, 1, column, heading).font = Font(bold=True)
        widest = max((len(str(row[column - 1] or "")) for row in sheet.rows), default=0)
        page.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(len(heading), widest) + 2)
    for number, row in enumerate(sheet.rows, start=2):
        for column, value in enumerate(row, start=1):
            _write(page, number, column, value)
    page.freeze_panes = "A2"


def put(cell: Cell, value: Value) -> Cell:
    """Numbers as numbers; all else as text, whatever sign it begins with."""
    if isinstance(value, int | float):
        cell.value = value
    elif value:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_CHARACTERS]
        cell.data_type = "s"
        cell.quotePrefix = value[0] in RISKY
    return cell


def _write(page: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell = page.cell(row=row, column=column)
    assert isinstance(cell, Cell)  # noqa: S101  No merged cells on our sheets.
    return put(cell, value)
