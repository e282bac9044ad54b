"""The minutes of a live round as PDF: the sections of an official paper, in Vietnamese only.

Minutes are signed in Vietnamese whatever language the organiser reads the site in, so their words stand here and pass
through no catalogue. Long lists become annexes behind the signatures, so that a signed paper stays a few pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contest.documents import minutes_rows as rows_of
from contest.documents.minutes import Minutes
from contest.documents.paper import BODY, LEFT, ROOM, SMALL, Line, Paper, Rule
from contest.documents.tables import Column, Rows, table
from contest.documents.vietnamese import long_date, moment, number

PROVISIONAL = "KẾT QUẢ TẠM THỜI"
GAME = "TRÒ CHƠI"
MOST_IN_BODY = 40
FIRST_PLACES = 10
PROOF_AND_SIGNATURES = 240.0  # points

STATUSES = {
    "provisional": "tạm thời, chưa được ban giám khảo xác nhận",
    "confirmed": "đã được ban giám khảo xác nhận",
    "published": "đã công bố",
}
SIGNERS = ("THƯ KÝ", "TRƯỞNG BAN GIÁM KHẢO", "TRƯỞNG BAN TỔ CHỨC")


@dataclass(frozen=True, slots=True)
class Annex:
    """A list that stands behind the signatures."""

    title: str
    columns: Sequence[Column]
    rows: Rows


def pdf(minutes: Minutes) -> bytes:
    """The PDF file. The same minutes give the same bytes."""
    return _Writer(minutes).write()


class _Writer:
    def __init__(self, minutes: Minutes) -> None:
        self.minutes = minutes
        self.paper = Paper()
        self.annexes: list[Annex] = []
        self.sections = 0
        self.marks = [PROVISIONAL] if minutes.status == "provisional" else []
        self.marks += [GAME] if minutes.game else []

    def write(self) -> bytes:
        minutes = self.minutes
        for section in (
            self._head,
            self._general,
            self._attendance,
            self._questions,
            self._incidents,
            self._result,
            self._steps,
            self._proof,
            self._signatures,
            self._annexed,
        ):
            section()
        return self.paper.finish(
            title=f"Biên bản {minutes.round}",
            running=f"Biên bản {minutes.round} – {minutes.contest}",
            marks=" · ".join(self.marks),
            foot=f"SHA-256 của bảng kết quả: {minutes.sha256[:16]}…",
            at=minutes.written_at,
        )

    # --- Sections ---------------------------------------------------------------------------------

    def _head(self) -> None:
        minutes, paper = self.minutes, self.paper
        *above, organiser = minutes.organiser.strip().split("\n")
        lines = [Line(text, align="centre") for text in above]
        day = long_date(minutes.written_at)
        place = f"{minutes.place}, {day}" if minutes.place else day.capitalize()
        paper.side_by_side([
            (0.46, [*lines, Line(organiser, bold=True, align="centre")]),
            (0.54, [Line(place, align="centre")]),
        ])  # fmt: skip
        middle = LEFT + ROOM * 0.46 / 2
        paper.put(Rule(middle - 35, paper.y + 4, middle + 35, paper.y + 4))
        paper.space(26)
        paper.block([
            Line("BIÊN BẢN", bold=True, size=16, align="centre"),
            Line(minutes.round, bold=True, size=12, align="centre"),
            Line(minutes.contest, align="centre"),
        ])  # fmt: skip
        paper.space(8)
        for mark in self.marks:
            paper.framed(mark)
        paper.space(4)

    def _general(self) -> None:
        minutes = self.minutes
        self._heading("Thời gian, địa điểm, thể thức")
        span = f"từ {moment(minutes.started_at) or '…'} đến {moment(minutes.ended_at) or '…'} (giờ Việt Nam)"
        facts = [
            f"Thời gian: {span}.",
            f"Địa điểm: {minutes.place}." if minutes.place else "Địa điểm: …",
            f"Thể thức: {minutes.mode}.",
            f"Trạng thái kết quả khi lập biên bản: {STATUSES[minutes.status]}.",
        ]
        if minutes.game:
            facts.append("Vòng này là trò chơi có điểm tốc độ: thứ hạng không chỉ do kiến thức quyết định.")
        self.paper.block([Line(fact) for fact in facts])
        if minutes.rules:
            self.paper.space(4)
            self.paper.block([Line("Thể lệ áp dụng:", bold=True)], follow=2 * BODY)
            for rule in minutes.rules:
                self.paper.block([Line(f"– {rule}", indent=10)])

    def _attendance(self) -> None:
        people = self.minutes.participants
        self._heading("Thành phần dự thi")
        self.paper.block([Line(f"Số người đã vào phòng thi: {number(len(people))}.")])
        if people:
            self._list("Danh sách dự thi", *rows_of.attendance(people))

    def _questions(self) -> None:
        self._heading("Câu hỏi")
        if not self.minutes.questions:
            self.paper.block([Line("Chưa có câu hỏi nào được mở.")])
        for question in self.minutes.questions:
            self.paper.block(rows_of.question(question))
            self.paper.space(7)

    def _incidents(self) -> None:
        self._heading("Can thiệp và sự cố")
        if not self.minutes.incidents:
            self.paper.block([Line("Không có can thiệp hay sự cố nào được ghi lại.")])
            return
        table(self.paper, *rows_of.incidents(self.minutes.incidents))

    def _result(self) -> None:
        self._heading("Kết quả" + (" (tạm thời)" if self.minutes.status == "provisional" else ""))
        if not self.minutes.places and not self.minutes.team_places:
            self.paper.block([Line("Chưa có kết quả.")])
            return
        if self.minutes.places:
            self._ranking()
        if self.minutes.team_places:
            self.paper.space(6)
            self.paper.block([Line("Kết quả đồng đội", bold=True)], follow=60)
            self._list("Bảng kết quả đồng đội", *rows_of.places(self.minutes.team_places, "Đội"))
        if self.minutes.unit_places:
            self.paper.space(6)
            self.paper.block([Line("Kết quả đơn vị", bold=True)], follow=60)
            self._list("Bảng kết quả đơn vị", *rows_of.units(self.minutes.unit_places))

    def _ranking(self) -> None:
        columns, rows = rows_of.places(self.minutes.places)
        if len(rows) > MOST_IN_BODY:
            self.paper.block([Line(f"{FIRST_PLACES} dòng đầu của bảng kết quả:")], follow=60)
            table(self.paper, columns, rows[:FIRST_PLACES])
            self.paper.space(4)
        self._list("Bảng kết quả", columns, rows)

    def _steps(self) -> None:
        self._heading("Các bước công nhận kết quả")
        if not self.minutes.steps:
            self.paper.block([Line("Chưa có bước nào.")])
            return
        table(self.paper, *rows_of.steps(self.minutes.steps))

    def _proof(self) -> None:
        # Signatures don't stand on a page without a word of what they sign.
        self.paper.need(PROOF_AND_SIGNATURES)
        self._heading("Đối chiếu")
        self.paper.block([
            Line(
                f"Máy chủ đã xác nhận {number(self.minutes.receipts)} câu trả lời, mỗi câu có một mã biên nhận trên máy"
                " của người dự thi; ban giám khảo tra cứu được theo mã."
            ),
            Line("Mã SHA-256 của bảng kết quả chuẩn:"),
            Line(self.minutes.sha256, bold=True, size=SMALL, indent=10),
        ])  # fmt: skip
        for number_, annex in enumerate(self.annexes, start=1):
            self.paper.block(
                [Line(f"Kèm theo: Phụ lục {number_}. {annex.title} ({number(len(annex.rows))} dòng).")]
            )

    def _signatures(self) -> None:
        self.paper.space(20)
        named = zip(SIGNERS, self.minutes.signers, strict=True)
        self.paper.side_by_side([
            (1, [
                Line(role, bold=True, align="centre"),
                Line("(Ký, ghi rõ họ tên)", size=SMALL, align="centre"),
                *[Line("", size=BODY)] * 4,
                Line(name, bold=True, align="centre"),
            ])
            for role, name in named
        ])  # fmt: skip

    def _annexed(self) -> None:
        for place, annex in enumerate(self.annexes, start=1):
            self.paper.turn()
            self.paper.block([
                Line(f"PHỤ LỤC {place}", bold=True, align="centre"),
                Line(annex.title, bold=True, size=12, align="centre"),
            ])  # fmt: skip
            self.paper.space(8)
            table(self.paper, annex.columns, annex.rows)

    # --- Parts ------------------------------------------------------------------------------------

    def _heading(self, text: str) -> None:
        self.sections += 1
        self.paper.space(10)
        self.paper.block([Line(f"{self.sections}. {text}", bold=True, size=11)], follow=50)
        self.paper.space(2)

    def _list(self, title: str, columns: Sequence[Column], rows: Rows) -> None:
        """The list here, or, when it is long, as an annex that is named here."""
        if len(rows) <= MOST_IN_BODY:
            table(self.paper, columns, rows)
            return
        self.annexes.append(Annex(title, columns, rows))
        self.paper.block([Line(f"{title}: xem Phụ lục {len(self.annexes)}.")])
