"""Rows and paragraphs of the minutes: each record of the round in words."""

from collections import Counter
from collections.abc import Sequence

from contest.documents.minutes import Incident, Participant, Place, Question, Step, UnitPlace
from contest.documents.paper import Line
from contest.documents.tables import Column, Rows
from contest.documents.vietnamese import exact_moment, moment, number, seconds, share

STEPS = {
    "provisional": "Lập kết quả tạm thời",
    "confirmed": "Xác nhận, người thứ nhất",
    "second": "Xác nhận, người thứ hai",
    "published": "Công bố",
    "corrected": "Đính chính",
}
RULINGS = {"voided": "Huỷ câu", "remarked": "Chấm lại", "replaced": "Hỏi lại, lần này không tính"}
INCIDENTS = {"override": "Can thiệp", "outage": "Sự cố"}
TIED = "Đồng hạng"
INDENT = 10.0

Listing = tuple[Sequence[Column], Rows]


def attendance(people: Sequence[Participant]) -> Listing:
    """A row a participant; columns that nobody has anything in are left out."""
    columns = [
        (Column("STT", 1.4, "right"), [str(index) for index in range(1, len(people) + 1)]),
        (Column("Số báo danh", 1.5, "right"), [_plain(person.seat) for person in people]),
        (Column("Họ và tên", 4.8), [person.name for person in people]),
        (Column("Đơn vị", 6.7), [person.unit for person in people]),
        (Column("Đội", 2.4), [person.team for person in people]),
        (Column("Vào phòng lúc", 3.2), [moment(person.joined_at) for person in people]),
        (Column("Ghi chú", 3.2), [person.remark for person in people]),
    ]
    return _listing(columns, optional=("Số báo danh", "Đơn vị", "Đội", "Ghi chú"))


def places(ranked: Sequence[Place], whom: str = "Họ và tên") -> Listing:
    """A row a place; shared ranks are named as such."""
    sharing = Counter(place.rank for place in ranked)
    remarks = [
        "; ".join(filter(None, (TIED if place.rank and sharing[place.rank] > 1 else "", place.remark)))
        for place in ranked
    ]
    columns = [
        (Column("Hạng", 1.3, "centre"), [_plain(place.rank) or "–" for place in ranked]),
        (Column(whom, 5), [place.name for place in ranked]),
        (Column("Đơn vị", 6.6), [place.unit for place in ranked]),
        (Column("Câu đúng", 1.4, "right"), [number(place.right) for place in ranked]),
        (Column("Điểm", 1.8, "right"), [number(place.points) for place in ranked]),
        (Column("Thời gian (giây)", 2.2, "right"), [seconds(place.time_ms) for place in ranked]),
        (Column("Ghi chú", 3), remarks),
    ]
    return _listing(columns, optional=("Đơn vị", "Ghi chú"))


def units(ranked: Sequence[UnitPlace]) -> Listing:
    """A row a unit; shared ranks are named as such."""
    sharing = Counter(place.rank for place in ranked)
    columns = [
        (Column("Hạng", 1.3, "centre"), [_plain(place.rank) for place in ranked]),
        (Column("Đơn vị", 9), [place.name for place in ranked]),
        (Column("Số người", 1.6, "right"), [number(place.people) for place in ranked]),
        (Column("Điểm trung bình", 2, "right"), [number(place.points) for place in ranked]),
        (Column("Câu đúng", 1.4, "right"), [number(place.right) for place in ranked]),
        (Column("Thời gian (giây)", 2.2, "right"), [seconds(place.ms) for place in ranked]),
        (Column("Ghi chú", 2.2), [TIED if sharing[place.rank] > 1 else "" for place in ranked]),
    ]
    return _listing(columns, optional=("Ghi chú",))


def question(asked: Question) -> list[Line]:
    """A question as it was played, its key, its figures, and what was decided about it."""
    title = f"Câu {asked.number}" + (f" – {asked.topic}" if asked.topic else "")
    opened, closed = exact_moment(asked.opened_at), exact_moment(asked.closed_at)
    right = share(asked.right, asked.answered)
    return [
        Line(
            f"{title} ({number(asked.points)} điểm, {number(asked.seconds)} giây, đáp án phiên bản"
            f" {asked.key_version})",
            bold=True,
        ),
        Line(asked.stem),
        *[Line(option, indent=INDENT) for option in asked.options],
        Line(f"Đáp án đúng: {'; '.join(asked.answers) or '–'}", bold=True, indent=INDENT),
        Line(
            f"Mở lúc {opened or '…'}, đóng lúc {closed or '…'}. {number(asked.answered)} lượt trả lời,"
            f" {number(asked.right)} đúng{f' ({right})' if right else ''}.",
            indent=INDENT,
        ),
        *[
            Line(
                f"{RULINGS[ruling.kind]} ({moment(ruling.at)}, {ruling.who}): {ruling.reason}",
                bold=True,
                indent=INDENT,
            )
            for ruling in asked.rulings
        ],
    ]


def incidents(happened: Sequence[Incident]) -> Listing:
    """A row an override or outage, in the order given."""
    columns = [
        (Column("Thời điểm", 2.2), [exact_moment(one.at) for one in happened]),
        (Column("Loại", 1.6), [INCIDENTS[one.kind] for one in happened]),
        (Column("Người thực hiện", 2.8), [one.who for one in happened]),
        (Column("Việc", 4.2), [one.what for one in happened]),
        (Column("Lý do", 4.2), [one.reason for one in happened]),
    ]
    return _listing(columns)


def steps(taken: Sequence[Step]) -> Listing:
    """A row a step of the result's way, in the order given."""
    columns = [
        (Column("Bước", 3.2), [STEPS[one.kind] for one in taken]),
        (Column("Người thực hiện", 3.2), [one.who for one in taken]),
        (Column("Thời điểm", 2.4), [moment(one.at) for one in taken]),
        (Column("Ghi chú", 3.2), [one.note for one in taken]),
    ]
    return _listing(columns, optional=("Ghi chú",))


def _listing(columns: list[tuple[Column, list[str]]], optional: tuple[str, ...] = ()) -> Listing:
    shown = [(column, texts) for column, texts in columns if column.heading not in optional or any(texts)]
    return [column for column, _ in shown], list(zip(*(texts for _, texts in shown), strict=True))


def _plain(value: int | None) -> str:
    return "" if value is None else str(value)
