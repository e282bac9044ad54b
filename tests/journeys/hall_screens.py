"""The table of what the projector is looked at with: every phase in every mode, few and many, short and long."""

from typing import Any

from msgspec.structs import replace

from contest.live.views import (
    BuzzView,
    ClockView,
    LineView,
    OptionView,
    ProjectorView,
    QuestionView,
    SolutionView,
    TermsView,
)
from tests.journeys.hall_views import (
    AT,
    BELL_SOLVED,
    BOARD,
    CLOCK,
    COUNTED,
    EXPLANATION,
    FILL,
    LONG,
    LONG_QUESTION,
    LONG_SOLUTION,
    LONG_STEM,
    LONG_UNIT,
    MATCH,
    MOVED,
    NAME,
    NAMES,
    ORDER,
    PICTURE,
    POLL,
    SOLUTION,
    TIED,
    UNIT_80,
    UNITS,
    UNITS_LONG,
    UNITS_TIED,
    Shown,
    line,
    many,
    options,
    question,
    room,
    seats,
    view,
)

TEAMS = {f"Đội {UNIT_80[: number + 9]}": NAMES[:4] for number in range(8)}
VOIDED = replace(SOLUTION, voided="Hai phương án cùng đúng theo Điều lệ mới")
TYPED = {"5 năm": 90, "năm năm": 30, "4 năm": 20, "6 năm": 9, "không biết": 4, "x": 1, "y": 1}
FILLED = replace(SOLUTION, lines=("5 năm", "năm năm"), right=(), counts=TYPED)
IN_ORDER = tuple(entry.text for entry in ORDER.entries)
ORDERED = replace(SOLUTION, lines=IN_ORDER, right=(), counts={})
POLLED = SolutionView(counts={"a": 100, "b": 80, "c": 4}, answered=184)
TRUE_FALSE = question(kind="truefalse", options=(OptionView("true", "Đúng"), OptionView("false", "Sai")))
BELL_TERMS = TermsView(last=5, all_out="stay", to_bell=True)
BUZZER_TERMS = TermsView(
    tie_ms=150, answer_s=5, strict=True, penalty=5, floor=True, early=True, skip_next=True
)
BREAK = QuestionView(
    9,
    "slide",
    "Giải lao mười phút",
    text="Mời các đội uống nước tại hành lang.\nVòng hai bắt đầu lúc 9 giờ 30.",
)
LONG_SLIDE = QuestionView(9, "slide", LONG_STEM[:120], text=EXPLANATION * 8)
BUZZER = room("buzzer", terms=replace(BUZZER_TERMS, answer_s=15))
BELL_TITLE = question(bell=True, stem="", options=(), topic=LONG_UNIT)

LONGEST = NAMES[5]
LONG_SOLVED = {"question": LONG_QUESTION, "solution": LONG_SOLUTION}
RANKED = room(units_best_of=5)


def sharing(place: int, number: int, **changes: Any) -> tuple[LineView, ...]:
    """The first ten lines of a board on which so many share a place."""
    ranks = [place if place <= at < place + number else at for at in range(1, 11)]
    return tuple(line(at, rank, **changes) for at, rank in enumerate(ranks, start=1))


def shared(place: int, number: int) -> list[Shown]:
    """The podium with so many at a place: as it is told, then whole, without units and with them."""
    usual, longest = sharing(place, number), sharing(place, number, name=LONGEST)
    told = view("podium", step=4 - place, board=longest[place - 1 : place - 1 + number])
    name = f"podium-{number}-share-{place}"
    return [
        Shown(f"{name}-told", (told, told)),
        Shown(f"{name}-whole", (view("podium", step=4, board=usual),)),
        Shown(f"{name}-whole-long", (view("podium", step=4, board=longest),)),
        Shown(f"{name}-units", (view("podium", step=4, board=longest, units=UNITS, round=RANKED),)),
    ]


def _full() -> dict[str, ProjectorView]:
    """Every text as long as the bank allows it."""
    stem, entry, reason = ((LONG + " ") * 30)[:600], LONG * 3, EXPLANATION * 12
    entries = tuple(OptionView(f"k{number}", entry[:300]) for number in range(8))
    why = replace(LONG_SOLUTION, explanation=reason[:2000])
    listed = replace(why, right=(), counts={}, lines=tuple(one.text for one in entries))
    six = question(stem=LONG_STEM, kind="multi", options=options(*[entry[:200]] * 6))
    bell = {"seats": seats(100, 63), "left": 37}
    return {
        "reason-long": view("reveal", solution=replace(SOLUTION, explanation=reason[:2000])),
        "reason-long-six": view("reveal", question=six, solution=why),
        "reason-long-floor": view("reveal", "bell", solution=why, **bell),
        "order-full": view(
            "reveal", question=question(kind="order", stem=stem, options=(), entries=entries), solution=listed
        ),
        "open-order-full": view(
            "open", clock=CLOCK, question=question(kind="order", stem=stem, options=(), entries=entries)
        ),
        "open-match-full": view(
            "open",
            clock=CLOCK,
            question=question(kind="match", stem=stem, options=(), left=entries, right=entries),
        ),
    }


FULL = _full()

SCREENS = [
    Shown("lobby-empty", (view("lobby"),)),
    Shown("lobby-few", (view("lobby", names=many(9), joined=9),)),
    Shown("lobby-sixty", (view("lobby", names=many(60), joined=60),)),
    Shown("lobby-300-locked", (view("lobby", names=many(60), joined=300, locked=True),)),
    Shown("lobby-game", (view("lobby", "game", names=many(30), joined=30),)),
    Shown("lobby-bell", (view("lobby", round=room("bell", terms=BELL_TERMS), names=many(60), joined=300),)),
    Shown(
        "lobby-buzzer", (view("lobby", round=room("buzzer", terms=BUZZER_TERMS), names=many(9), joined=9),)
    ),
    Shown("lobby-teams", (view("lobby", "teams", joined=24, teams=TEAMS),)),
    Shown("lobby-teams-few", (view("lobby", "teams", joined=12, teams=dict(list(TEAMS.items())[:3])),)),
    Shown("title", (view("title", question=question(stem="", options=())),)),
    Shown("title-bell", (view("title", "bell", left=37, seats=seats(100, 63), question=BELL_TITLE),)),
    Shown("reading", (view("reading", question=question(options=())),)),
    Shown("reading-long", (view("reading", question=question(options=(), stem=LONG_STEM)),)),
    Shown("reading-picture", (view("reading", question=question(options=(), media=(PICTURE,))),)),
    Shown("open", (view("open", clock=CLOCK),), COUNTED),
    Shown("open-last-seconds", (view("open", clock=ClockView(AT - 17_000, AT + 3000, AT + 3250)),), COUNTED),
    Shown("open-long", (view("open", clock=CLOCK, question=LONG_QUESTION),), COUNTED),
    Shown("open-picture", (view("open", clock=CLOCK, question=question(media=(PICTURE,))),), COUNTED),
    Shown("open-truefalse", (view("open", clock=CLOCK, question=TRUE_FALSE),), COUNTED),
    Shown("open-fill", (view("open", clock=CLOCK, question=FILL),), COUNTED),
    Shown("open-order", (view("open", clock=CLOCK, question=ORDER),), COUNTED),
    Shown("open-match", (view("open", clock=CLOCK, question=MATCH),), COUNTED),
    Shown(
        "open-game", (view("open", "game", clock=CLOCK, question=question(points=1000, weight=2)),), COUNTED
    ),
    Shown("open-buzzer", (view("open", "buzzer", clock=CLOCK),), COUNTED),
    Shown("paused", (view("open", clock=ClockView(AT - 8000, AT + 12_000, 0, True, 12_000)),), COUNTED),
    Shown("closed", (view("open", clock=ClockView(AT - 9000, AT - 500)), view("closed")), COUNTED),
    Shown("reveal", (view("reveal", solution=SOLUTION),)),
    Shown("reveal-long", (view("reveal", question=LONG_QUESTION, solution=LONG_SOLUTION),)),
    *(Shown(f"full-{name}", (shown,), COUNTED) for name, shown in FULL.items()),
    Shown(
        "reveal-picture",
        (view("reveal", question=replace(LONG_QUESTION, media=(PICTURE,)), solution=LONG_SOLUTION),),
    ),
    Shown("reveal-voided", (view("reveal", solution=VOIDED),)),
    Shown("reveal-fill", (view("reveal", question=FILL, solution=FILLED),)),
    Shown("reveal-order", (view("reveal", question=ORDER, solution=ORDERED),)),
    Shown("reveal-poll", (view("reveal", question=POLL, solution=POLLED),)),
    Shown(
        "board", (view("board", board=BOARD), view("reveal", solution=SOLUTION), view("board", board=MOVED))
    ),
    Shown("board-hidden", (view("board"),)),
    Shown("slide", (view("slide", question=BREAK),)),
    Shown("slide-long", (view("slide", question=LONG_SLIDE),)),
    Shown("floor-100", (view("board", "bell", seats=seats(100, 63, 2), left=37),)),
    Shown("floor-300", (view("board", "bell", seats=seats(300, 163), left=137),)),
    Shown("floor-12", (view("board", "bell", seats=seats(12, 3), left=9, round=room("bell", columns=6)),)),
    Shown(
        "floor-falls",
        (
            view("reveal", "bell", seats=seats(100, 20), left=80, **BELL_SOLVED),
            view("reveal", "bell", seats=seats(100, 63), left=37, rescued=NAMES[:3], **BELL_SOLVED),
        ),
    ),
    *(
        Shown(
            f"floor-{many_}-{name}",
            (view("reveal", "bell", seats=seats(many_, 63), left=many_ - 63, **solved),),
        )
        for many_ in (100, 150, 200, 300)
        for name, solved in {"reveal": BELL_SOLVED, "reveal-long": LONG_SOLVED}.items()
    ),
    *(
        Shown(f"floor-{many_}", (view("board", "bell", seats=seats(many_, 163), left=many_ - 163),))
        for many_ in (200, 500, 2000)
    ),
    Shown(
        "buzzer-first",
        (view("judging", "buzzer", question=question(options=()), buzz=BuzzView((1,), (NAME,))),),
    ),
    Shown(
        "buzzer-answers",
        (view("judging", "buzzer", round=BUZZER, buzz=BuzzView((1,), (NAME,), AT + 12_000)),),
    ),
    Shown(
        "buzzer-closed", (view("judging", "buzzer", buzz=BuzzView((1,), (NAME,))), view("closed", "buzzer"))
    ),
    Shown(
        "buzzer-tie-many",
        (
            view(
                "judging",
                "buzzer",
                question=LONG_QUESTION,
                buzz=BuzzView((1, 2, 3, 4, 5), NAMES[:5], more=12),
            ),
        ),
    ),
    Shown(
        "buzzer-tie",
        (
            view(
                "judging",
                "buzzer",
                question=question(options=(), stem=LONG_STEM),
                buzz=BuzzView((1, 2, 3), NAMES[:3]),
            ),
        ),
    ),
    Shown("podium-third", (view("podium", step=1, board=BOARD[2:3]),)),
    Shown(
        "podium-first", (view("podium", step=2, board=BOARD[1:3]), view("podium", step=3, board=BOARD[:3]))
    ),
    Shown("podium-tied", (view("podium", step=3, board=TIED[:5]),)),
    Shown("podium-whole", (view("podium", step=4, board=BOARD),)),
    Shown("podium-whole-tied", (view("podium", step=4, board=TIED),)),
    Shown("podium-all-first", (view("podium", step=4, board=tuple(line(n, 1) for n in range(1, 11))),)),
    *(shown for place in (1, 2, 3) for number in (4, 6) for shown in shared(place, number)),
    Shown("podium-five-and-five", (view("podium", step=4, board=(*sharing(1, 5)[:5], *sharing(6, 5)[5:])),)),
    Shown("podium-whole-long", (view("podium", step=4, board=sharing(1, 1, name=LONGEST)),)),
    Shown("podium-units", (view("podium", step=4, board=BOARD, units=UNITS, round=room(units_best_of=5)),)),
    Shown(
        "podium-units-tied",
        (view("podium", step=4, board=TIED, units=UNITS_TIED, round=room(units_best_of=3)),),
    ),
    Shown(
        "podium-units-long",
        (view("podium", step=4, board=BOARD, units=UNITS_LONG, round=room("game", units_best_of=10)),),
    ),
    Shown(
        "podium-units-all-first",
        (
            view(
                "podium",
                step=4,
                board=tuple(line(n, 1) for n in range(1, 11)),
                units=UNITS_LONG,
                round=room(units_best_of=1),
            ),
        ),
    ),
    Shown(
        "ended-units-few",
        (
            view(
                "ended",
                step=4,
                board=BOARD[:3],
                units=UNITS[:3],
                verdict="confirmed",
                round=room(units_best_of=2),
            ),
        ),
    ),
    Shown("lobby-units", (view("lobby", names=many(30), joined=30, round=room(units_best_of=5)),)),
    Shown(
        "ended-confirmed",
        (
            view("ended", step=4, board=BOARD, verdict="provisional"),
            view("ended", step=4, board=BOARD, verdict="confirmed"),
        ),
    ),
    Shown("ended-published", (view("ended", "game", step=4, board=BOARD, verdict="published"),)),
    Shown("blank", (view("open", clock=CLOCK, blank=True),)),
]
