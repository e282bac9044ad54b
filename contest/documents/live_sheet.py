"""A live round as an Excel file: the result, the units where they are ranked, every answer, the questions, the journal.

Written row by row, so that a hall of 2,000 with 40,000 answers takes little memory; the rows may come from iterators.
What people typed is text, never a formula. Moments are aware datetimes, shown in Vietnamese time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from contest.documents.minutes import Place, UnitPlace
from contest.documents.standings_sheet import RISKY, Value, put
from contest.rules.windows import VIETNAM

VERDICTS = {
    "right": "Đúng",
    "wrong": "Sai",
    "void": "Huỷ câu",
    "open": "Chưa chấm",
    "unheard": "Không tới lượt",
}
TO_THE_MS = "dd/mm/yyyy hh:mm:ss.000"
SPOKEN = RISKY + "#"  # errors of Excel begin with #
PLAIN = 1_000  # longer texts go the careful way

RESULT = {
    "Hạng": 7, "Số báo danh": 12, "Họ và tên": 28, "Đơn vị": 36, "Đội": 18, "Câu đúng": 10, "Điểm": 10,
    "Thời gian (giây)": 16, "Ghi chú": 30,
}  # fmt: skip
TEAMS = {"Hạng": 7, "Đội": 28, "Câu đúng": 10, "Điểm": 10, "Thời gian (giây)": 16, "Ghi chú": 30}
UNITS = {
    "Hạng": 7,
    "Đơn vị": 60,
    "Số người": 10,
    "Điểm trung bình": 15,
    "Câu đúng": 10,
    "Thời gian (giây)": 16,
}
ANSWERS = {
    "Câu": 6, "Số báo danh": 12, "Họ và tên": 28, "Câu trả lời": 40, "Đúng/sai": 10, "Nhận lúc": 25,
    "Thời gian làm (ms)": 18, "Bù trễ (ms)": 12, "Điểm": 10, "Mã biên nhận": 14,
}  # fmt: skip
QUESTIONS = {
    "Câu": 6, "Chủ đề": 22, "Nội dung": 60, "Phương án": 50, "Đáp án đúng": 30, "Phiên bản đáp án": 16, "Điểm": 8,
    "Giây": 8, "Mở lúc": 25, "Đóng lúc": 25, "Lượt trả lời": 12, "Lượt đúng": 10, "Ghi chú": 40,
}  # fmt: skip
JOURNAL = {"Phiên bản": 10, "Thời điểm": 25, "Người thực hiện": 26, "Việc": 50, "Lý do": 50}


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the result, in its order; None as rank is unranked."""

    rank: int | None
    seat: int | None
    name: str
    unit: str
    team: str
    right: int
    points: float
    time_ms: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One counted or uncounted answer of one person: `elapsed_ms` is after the compensation was taken off.

    `unheard`: a press of the buzzer that never had its turn.
    """

    question: int
    seat: int | None
    name: str
    answer: str
    verdict: Literal["right", "wrong", "void", "open", "unheard"]
    received_at: datetime
    elapsed_ms: int
    compensation_ms: int
    points: float
    receipt: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was played; options and right answers as lines, `remark` tells what was decided about it."""

    number: int
    topic: str
    stem: str
    options: str
    answers: str
    key_version: int
    points: float
    seconds: float
    opened_at: datetime | None
    closed_at: datetime | None
    answered: int
    right: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the journal; `version` is the round's number after it."""

    version: int
    at: datetime
    actor: str
    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LiveRound:
    """The rows of the sheets, each in its order; each is gone through once. Teams and units have a sheet where there
    are any.
    """

    people: Iterable[Person]
    answers: Iterable[Answer]
    questions: Iterable[Question]
    journal: Iterable[Entry]
    units: Sequence[UnitPlace] = ()
    teams: Sequence[Place] = ()


def workbook(live: LiveRound) -> bytes:
    """The .xlsx file."""
    book = Workbook(write_only=True)
    _fill(book, "Kết quả", RESULT, map(_person, live.people))
    if live.teams:
        _fill(book, "Đội", TEAMS, map(_team, live.teams))
    if live.units:
        _fill(book, "Đơn vị", UNITS, map(_unit, live.units))
    _fill(book, "Câu trả lời", ANSWERS, map(_answer, live.answers))
    _fill(book, "Câu hỏi", QUESTIONS, map(_question, live.questions))
    _fill(book, "Nhật ký", JOURNAL, map(_entry, live.journal))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


Row = Iterator[Value | datetime]


def _person(one: Person) -> Row:
    yield from (one.rank, one.seat, one.name, one.unit, one.team, one.right, one.points)
    yield from (one.time_ms / 1000, one.remark)


def _team(one: Place) -> Row:
    yield from (one.rank, one.name, one.right, one.points, one.time_ms / 1000, one.remark)


def _unit(one: UnitPlace) -> Row:
    yield from (one.rank, one.name, one.people, one.points, one.right, one.ms / 1000)


def _answer(one: Answer) -> Row:
    yield from (one.question, one.seat, one.name, one.answer, VERDICTS[one.verdict], one.received_at)
    yield from (one.elapsed_ms, one.compensation_ms, one.points, one.receipt)


def _question(one: Question) -> Row:
    yield from (one.number, one.topic, one.stem, one.options, one.answers, one.key_version, one.points)
    yield from (one.seconds, one.opened_at, one.closed_at, one.answered, one.right, one.remark)


def _entry(one: Entry) -> Row:
    yield from (one.version, one.at, one.actor, one.what, one.reason)


def _fill(book: Workbook, title: str, columns: dict[str, int], rows: Iterable[Row]) -> None:
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    for number, width in enumerate(columns.values(), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    heads = [put(WriteOnlyCell(page), heading) for heading in columns]
    for head in heads:
        head.font = Font(bold=True)
    page.append(heads)
    blank = WriteOnlyCell(page)
    for row in rows:
        page.append([_cell(blank, value) for value in row])


def _cell(blank: Cell, value: Value | datetime) -> Value | Cell:
    """What to append for a value: itself where nothing can be mistaken, else a cell of its own."""
    if isinstance(value, datetime):
        cell = WriteOnlyCell(blank.parent, value.astimezone(VIETNAM).replace(tzinfo=None))
        cell.number_format = TO_THE_MS
        return cell
    if not value or not isinstance(value, str):
        return None if value == "" else value
    if value[0] in SPOKEN or len(value) > PLAIN or ILLEGAL_CHARACTERS_RE.search(value):
        return put(WriteOnlyCell(blank.parent), value)
    return value
