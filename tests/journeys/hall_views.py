"""What a projector may be sent, phase by phase, with the longest texts it must hold. The clock begins at AT."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.utils import timezone

from contest.actions import contests
from contest.live import views
from contest.models import Contest, LiveRound, User
from tests.journeys.gallery import LONG_UNIT, NAME, _session

AT = 1_800_000_000_000
UNIT_80 = "Chi đoàn Trung tâm Ứng dụng tiến bộ khoa học và Dịch vụ nông nghiệp tổng hợp tỉnh"
NAMES = ("Nguyễn Thị Phương Thảo", "Trần Lê Nguyễn Phương Anh", "Hà", "Lò Văn Pành", "Đặng Hoàng Minh Quân",
         "Nguyễn Hoàng Phúc Gia Bảo Khánh Linh Chi", "<b>Phạm</b> & Sơn", "Vũ Đức", "K'Brôi", "Huỳnh Như")  # fmt: skip
STEM = "Theo Điều lệ Đảng Cộng sản Việt Nam, cơ quan lãnh đạo cao nhất của Đảng là cơ quan nào?"
LONG_STEM = (
    "Trong bài nói chuyện tại Đại hội Thi đua toàn quốc lần thứ nhất, Chủ tịch Hồ Chí Minh đã nhắc lại mục đích thi "
    "đua ái quốc và chỉ ra những việc mà các ngành, các giới, các nơi phải làm để kháng chiến thắng lợi, kiến "
    "quốc thành công; nội dung nào dưới đây nêu đúng và đầy đủ nhất?"
)
LONG = "Diệt giặc đói, diệt giặc dốt, diệt giặc ngoại xâm; toàn dân đủ ăn đủ mặc, toàn dân biết đọc biết viết"
EXPLANATION = (
    "Đại hội đại biểu toàn quốc là cơ quan lãnh đạo cao nhất của Đảng, họp thường lệ năm năm một lần; giữa hai kỳ đại "
    "hội, cơ quan lãnh đạo của Đảng là Ban Chấp hành Trung ương."
)
SOURCE = "II.3 Điều lệ Đảng Cộng sản Việt Nam, Điều 9 khoản 2"
CHAIN = ("points", "right", "time")


def room(mode: str = "official", **changes: Any) -> views.RoundView:
    """What never changes."""
    return views.RoundView(
        title="Vòng chung kết cuộc thi Tìm hiểu công tác xây dựng Đảng tỉnh Sông Thao năm 2026",
        mode=mode, items=22, questions=20, seconds=20, answer="first", lag_ms=250,
        **{"chain": CHAIN, "columns": 10 if mode == "bell" else 0, "game": mode == "game", **changes},
    )  # fmt: skip


def options(*texts: str) -> tuple[views.OptionView, ...]:
    """Options by letters."""
    return tuple(views.OptionView("abcdefgh"[index], text) for index, text in enumerate(texts))


def question(**changes: Any) -> views.QuestionView:
    """An ordinary question."""
    found = {
        "no": 8, "number": 7, "type": "question", "kind": "single", "stem": STEM, "points": 10,
        "topic": "Điều lệ Đảng và tổ chức bộ máy",
        "options": options("Đại hội đại biểu toàn quốc", "Ban Chấp hành Trung ương", "Bộ Chính trị", "Ban Bí thư"),
    }  # fmt: skip
    return views.QuestionView(**{**found, **changes})


LONG_QUESTION = question(stem=LONG_STEM, kind="multi", options=options(*[LONG] * 6), topic=LONG_UNIT)
CLOCK = views.ClockView(opens_at=AT - 8000, closes_at=AT + 12_000, due_at=AT + 12_250)
SOLUTION = views.SolutionView(
    lines=("Đại hội đại biểu toàn quốc",), right=("a",), explanation=EXPLANATION, source=SOURCE,
    counts={"a": 120, "b": 41, "c": 20, "d": 3}, answered=184, right_count=120,
)  # fmt: skip
LONG_SOLUTION = msgspec.structs.replace(
    SOLUTION, right=("a", "c"), explanation=EXPLANATION * 2, counts={"a": 150, "b": 20, "c": 90, "f": 4}
)


def line(place: int, rank: int | None = None, **changes: Any) -> views.LineView:
    """The line at a place of the board, long names and units among them."""
    found = {
        "id": place, "rank": rank or place, "name": NAMES[(place - 1) % len(NAMES)],
        "unit": UNIT_80 if place % 2 else "Xã Tân Tiến", "points": 180 - 10 * (rank or place),
        "right": 18 - (rank or place), "ms": 61_234 + 1700 * place,
    }  # fmt: skip
    return views.LineView(**{**found, **changes})


BOARD = tuple(line(place) for place in range(1, 11))


def units(*ranks: int, long: bool = False) -> tuple[views.UnitView, ...]:
    """Ranked units; every third has the longest name, or with `long` each."""
    return tuple(
        views.UnitView(
            rank, UNIT_80 if long or place % 3 == 0 else f"Chi đoàn thôn {place}, xã Long Khê", 17_250 - 833 * rank,
            70 - rank, 90_000, 5 + place,
        )
        for place, rank in enumerate(ranks, start=1)
    )  # fmt: skip


UNITS = units(*range(1, 11))
UNITS_TIED = units(1, 1, 3, 4, 4, 4, 7, 8, 9, 9)
UNITS_LONG = units(*range(1, 11), long=True)
_NEWCOMER = line(14, 10, name="Người mới vào mười người đứng đầu", points=95)
MOVED = (
    *(
        msgspec.structs.replace(BOARD[old], rank=rank, points=190 - 9 * rank)
        for rank, old in enumerate([3, 0, 1, 2, 4, 9, 5, 6, 7], start=1)
    ),
    _NEWCOMER,
)
TIED = (line(1, 1), line(2, 1), line(3, 3), line(4, 3), line(5, 3), *(line(place) for place in range(6, 11)))


def seats(many: int, out: int = 0, waiting: int = 0) -> dict[str, views.SeatView]:
    """Numbered seats; every third of the first is out, some wait for the jury."""
    gone = [number for number in range(1, many + 1) if number * 7 % 10 < 6][:out]
    stays = [number for number in range(1, many + 1) if number not in gone][:waiting]
    return {
        str(number): views.SeatView(
            number,
            NAMES[number % len(NAMES)],
            "out" if number in gone else "waiting" if number in stays else "in",
        )
        for number in range(1, many + 1)
    }


@dataclass(frozen=True)
class Shown:
    """A screen to look at: the views in the order in which they come, `tick` after them."""

    name: str
    views: tuple[views.ProjectorView, ...]
    tick: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def view(phase: str, mode: str = "official", **parts: Any) -> views.ProjectorView:
    """A view of the middle of a game."""
    playing = {} if phase == "lobby" else {"item": 8, "run": 7, "question": question(), "joined": 203}
    return views.ProjectorView(
        round=parts.pop("round", None) or room(mode), phase=phase, **{**playing, **parts}
    )


def many(count: int) -> tuple[str, ...]:
    return tuple(NAMES[index % len(NAMES)] for index in range(count))


PICTURE = views.MediaView("picture", "/static/frontend/icons/touch.png", "Búa liềm trên nền hoa sen")
POLL = question(
    type="poll", kind="single", number=0, points=0, topic="", stem="Các bạn thấy vòng thi hôm nay thế nào?",
    options=options("Vừa sức", "Hơi khó", "Quá dễ"),
)  # fmt: skip
FILL = question(
    kind="fill", stem="Đại hội đại biểu toàn quốc của Đảng họp thường lệ mấy năm một lần?", options=()
)
EVENTS = ("Thành lập Đảng", "Cách mạng Tháng Tám", "Chiến thắng Điện Biên Phủ", "Đổi mới")
ORDER = question(
    kind="order", stem="Sắp xếp các sự kiện theo thứ tự thời gian.", options=(), entries=options(*EVENTS)
)
MATCH = question(
    kind="match",
    stem="Ghép sự kiện với năm.",
    options=(),
    left=options(*EVENTS),
    right=options("1930", "1945", "1954", "1986"),
)
BELL_SOLVED = {"question": question(), "solution": SOLUTION}
COUNTED = {"run": 7, "connected": 203, "answered": 184, "of": 203}


def welcome(shown: views.ProjectorView, version: int) -> str:
    """The snapshot as the socket says it."""
    body = {"type": "welcome", "role": "projector", "version": version, "at": AT, "projector": shown}
    return msgspec.json.encode(body).decode()


def a_room() -> dict[str, Any]:
    """A room whose lobby is open, and its host's session; made inside the site (stage.py)."""
    now = timezone.now()
    chief = User.objects.create(username="nguoi-dieu-khien", full_name=NAME, can_organise=True)
    contest: Contest = contests.create_contest(
        slug="hoi-truong", title="Hội trường", organiser="Tỉnh đoàn Sông Thao", creator=chief, now=now
    )
    row = LiveRound.objects.create(
        contest=contest, number=1, title="Vòng chung kết", wifi="HoiTruong-5G, mật khẩu songthao2026", pin="482913",
        join_token="a" * 32, phase="lobby", version=1, created_by=chief, created_at=datetime.now(UTC),
    )  # fmt: skip
    return {"id": row.pk, "session": _session(chief)}
