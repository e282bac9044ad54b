"""Live rounds as their documents get them: an empty one, a short one, one of any size."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from contest.documents.minutes import (
    Incident,
    Minutes,
    Participant,
    Place,
    Question,
    Ruling,
    Step,
)

START = datetime(2026, 11, 20, 1, 12, 3, tzinfo=UTC)  # 08:12:03 in Vietnam
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi")
MIDDLE = ("Thị Ánh", "Văn", "Hoàng Yến", "Đức", "Ngọc Bảo", "Thị Phương")
GIVEN = ("Tuyết", "Dũng", "Thuỷ", "Hưởng", "Quỳnh", "Nghĩa", "Kiệt")
UNIT = "Chi đoàn Trường Trung học phổ thông chuyên Lê Hồng Phong, phường {}"


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def name(index: int) -> str:
    return f"{FAMILY[index % 10]} {MIDDLE[index % 6]} {GIVEN[index % 7]}"


def question(number: int, **changes) -> Question:
    plain = Question(
        number=number,
        topic="Lịch sử Đảng",
        stem="Đảng Cộng sản Việt Nam được thành lập vào ngày, tháng, năm nào?",
        options=("A. 03/02/1930", "B. 19/05/1941", "C. 02/09/1945", "D. 22/12/1944"),
        answers=("A. 03/02/1930",),
        key_version=1,
        points=10,
        seconds=20,
        opened_at=at(60 * number),
        closed_at=at(60 * number + 20),
        answered=4,
        right=3,
    )
    return replace(plain, **changes)


EMPTY = Minutes(
    contest="Tìm hiểu 96 năm truyền thống vẻ vang của Đảng",
    organiser="ĐẢNG UỶ PHƯỜNG BẾN NGHÉ\nBAN TỔ CHỨC CUỘC THI",
    round="Vòng chung kết",
    place="Thành phố Hồ Chí Minh",
    mode="Chính thức",
    game=False,
    status="provisional",
    written_at=at(7200),
    started_at=at(0),
    ended_at=None,
    rules=(),
    participants=(),
    questions=(),
    incidents=(),
    places=(),
    steps=(),
    sha256=HASH,
    receipts=0,
)

SHORT = replace(
    EMPTY,
    ended_at=at(3600),
    rules=(
        "Xếp hạng theo số câu đúng, rồi tổng điểm, rồi tổng thời gian của các câu đúng; còn bằng nhau thì đồng hạng.",
        "Mỗi câu đúng được 10 điểm; câu đầu tiên gửi lên được tính.",
        "Bù trễ đường truyền theo độ trễ đo được, nhiều nhất 500 mili giây mỗi câu.",
    ),
    participants=(
        Participant(1, "Nguyễn Thị Ánh Tuyết", at(-600), "Chi bộ Khu phố 1", "Đội Xanh"),
        Participant(
            2, "Trần Văn Dũng", at(-540), "Chi bộ Khu phố 2", "Đội Đỏ", "Mất kết nối 30 giây ở câu 2"
        ),
        Participant(3, "Lê Hoàng Yến", at(-480), "Chi bộ Quân sự", "Đội Xanh"),
        Participant(None, "Khách vãng lai", None, "", "", "Bị mời ra khỏi phòng"),
    ),
    questions=(
        question(1),
        question(
            2, rulings=(Ruling("remarked", "Nhận thêm đáp án B.", "Bà Võ Thị Sáu", at(4000)),), key_version=2
        ),
        question(
            3, rulings=(Ruling("voided", "Đề in sai năm.", "Ông Phan Đình Phùng", at(4100)),), options=()
        ),
    ),
    incidents=(
        Incident(at(130), "outage", "Máy chủ", "Mất kết nối của 12 người trong 30 giây", "Wi-Fi hội trường"),
        Incident(at(140), "override", "Ông Hồ Tùng Mậu", "Thêm 10 giây cho câu 2", "Bù thời gian mất mạng"),
    ),
    places=(
        Place(1, "Nguyễn Thị Ánh Tuyết", 2, 20, 12_345, "Chi bộ Khu phố 1"),
        Place(1, "Lê Hoàng Yến", 2, 20, 12_345, "Chi bộ Quân sự"),
        Place(3, "Trần Văn Dũng", 1, 12.5, 1_083_045, "Chi bộ Khu phố 2", "Xét lại câu 2"),
        Place(None, "Khách vãng lai", 0, 0, 0, "", "Không xếp hạng"),
    ),
    steps=(
        Step("provisional", "Ông Hồ Tùng Mậu", at(3700)),
        Step("confirmed", "Bà Võ Thị Sáu", at(5000)),
        Step("second", "Ông Phan Đình Phùng", at(5100)),
        Step("published", "Bà Nguyễn Thị Định", at(6000)),
    ),
    receipts=11,
    status="published",
)


def crowd(people: int, questions: int = 20) -> Minutes:
    """A round of that size, with the long names of real units."""
    return replace(
        SHORT,
        participants=tuple(
            Participant(index + 1, name(index), at(index % 600 - 600), UNIT.format(index % 90), "")
            for index in range(people)
        ),
        questions=tuple(question(number, answered=people, right=people // 2) for number in range(1, questions + 1)),
        places=tuple(
            Place(index + 1, name(index), 20 - index * 20 // people, 200 - index * 200 // people, 61_005 + index,
                  UNIT.format(index % 90))
            for index in range(people)
        ),
        receipts=people * questions,
    )  # fmt: skip
