"""What a phone may be sent, phase by phase, with the longest texts it must hold. The clock begins at hall_views.AT."""

from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec.structs import replace

from contest.live import views
from tests.journeys.hall_screens import BREAK, FILLED, LONG_SLIDE, ORDERED, POLLED, TRUE_FALSE, VOIDED
from tests.journeys.hall_views import (
    AT,
    BOARD,
    CLOCK,
    FILL,
    LONG_QUESTION,
    LONG_SOLUTION,
    LONG_STEM,
    MATCH,
    NAMES,
    ORDER,
    PICTURE,
    POLL,
    SOLUTION,
    UNIT_80,
    question,
    room,
)

SOUND = views.MediaView(
    "sound", "/tep/quoc-ca.wav", "Đoàn quân Việt Nam đi, chung lòng cứu quốc, bước chân dồn vang."
)
LONG_NAME = "Nguyễn Hoàng Phúc Gia Bảo Khánh Linh Chi"
TEAM = "Đội Thanh niên xung kích Chi đoàn Trung tâm Ứng dụng"
ME = views.MeView(7, 112, LONG_NAME, UNIT_80)
RESULT = views.ResultView(
    7, right=True, answered=True, points=10, ms=4321, total=130, rights=13, total_ms=83_400, rank=4, of=203,
    ahead="Trần Lê Nguyễn Phương Anh", gap=10,
)  # fmt: skip
WRONG = replace(RESULT, right=False, points=0, total=120, rank=17, gap=0)
SECRET = replace(RESULT, rank=0, of=0, ahead="", gap=0)
TEAM_ME = replace(ME, team=TEAM, captain=True)
TEAM_RESULT = replace(RESULT, total=12_550, rank=2, of=8, ahead="Đội Bình Minh", gap=350)
TERMS = {
    "official": views.TermsView(),
    "game": views.TermsView(speed=True, streak_step=100),
    "teams": views.TermsView(team_answers="captain"),
    "bell": views.TermsView(last=10, all_out="stay"),
    "buzzer": views.TermsView(tie_ms=150, answer_s=10, penalty=5, skip_next=True, early=True),
}
GIVEN = {"run": 7, "key": "k", "at": AT - 2000, "receipt": "K7Q2MX"}
LATE = views.ClockView(AT - 17_000, AT + 3000, AT + 3250)
PAUSED = views.ClockView(AT - 8000, AT + 12_000, 0, paused=True, left_ms=12_000)


@dataclass(frozen=True)
class Shown:
    """A screen to look at; `answer`: what is on disk; `tap`: what the person does then."""

    name: str
    view: views.PlayerView
    me: views.MeView = ME
    answer: Any = None
    tap: str = ""

    def __str__(self) -> str:
        return self.name


def view(phase: str, mode: str = "official", **parts: Any) -> views.PlayerView:
    """A view of the middle of a game."""
    playing = {} if phase == "lobby" else {"item": 8, "run": 7, "question": question()}
    made = replace(
        room(mode, terms=TERMS[mode], scale=100 if mode == "teams" else 1), **parts.pop("of_round", {})
    )
    return views.PlayerView(round=made, phase=phase, **{"joined": 1203, **playing, **parts})


def welcome(shown: Shown, version: int, at: int) -> str:
    """The snapshot as the socket says it at a moment; the clocks of the view begin then."""
    body = {
        "type": "welcome",
        "role": "player",
        "version": version,
        "at": at,
        "player": _moved(shown.view, at - AT),
        "me": shown.me,
    }
    if shown.answer is not None:
        body["answer"] = {**GIVEN, "value": shown.answer}
    return msgspec.json.encode(body).decode()


def _moved(shown: views.PlayerView, by: int) -> views.PlayerView:
    clock, buzz = shown.clock, shown.buzz
    if clock.closes_at:
        clock = replace(clock, opens_at=clock.opens_at + by, closes_at=clock.closes_at + by)
    if buzz and buzz.until:
        buzz = replace(buzz, until=buzz.until + by)
    return replace(shown, clock=clock, buzz=buzz)


LAST = {"of_round": {"answer": "last"}}
OUT, WAITING = replace(ME, floor="out"), replace(ME, floor="waiting")
BUZZED = {"question": question(options=())}
FIVE = BOARD[:5]
TEAMS = tuple(
    replace(line, name=f"Đội {UNIT_80[: 20 + 12 * place]}", unit="", points=12_550 - 350 * place)
    for place, line in enumerate(FIVE)
)

SCREENS = [
    Shown("lobby", view("lobby")),
    Shown("lobby-game", view("lobby", "game"), replace(ME, name="Hà", unit="")),
    Shown("lobby-teams", view("lobby", "teams"), TEAM_ME),
    Shown("lobby-bell", view("lobby", "bell")),
    Shown("lobby-buzzer", view("lobby", "buzzer"), tap=".live-terms summary"),
    Shown("title", view("title", question=question(stem="", options=(), points=1000, topic=UNIT_80))),
    Shown("reading", view("reading", question=question(options=()))),
    Shown("reading-long", view("reading", question=question(options=(), stem=LONG_STEM))),
    Shown("reading-picture", view("reading", question=question(options=(), media=(PICTURE,)))),
    Shown("open", view("open", clock=CLOCK)),
    Shown("open-last-seconds", view("open", clock=LATE)),
    Shown("open-long", view("open", clock=CLOCK, question=LONG_QUESTION)),
    Shown("open-picture", view("open", clock=CLOCK, question=question(media=(PICTURE, SOUND)))),
    Shown("open-truefalse", view("open", clock=CLOCK, question=TRUE_FALSE)),
    Shown("open-fill", view("open", clock=CLOCK, question=FILL)),
    Shown("open-order", view("open", clock=CLOCK, question=ORDER)),
    Shown("open-match", view("open", clock=CLOCK, question=MATCH)),
    Shown("open-poll", view("open", clock=CLOCK, question=POLL)),
    Shown("open-paused", view("open", clock=PAUSED)),
    Shown("open-sending", view("open", clock=CLOCK), tap=".live-target"),
    Shown("open-recorded", view("open", clock=CLOCK), answer="b"),
    Shown("open-recorded-last", view("open", clock=CLOCK, question=LONG_QUESTION, **LAST), answer=["a", "c"]),
    Shown("open-captain-answers", view("open", "teams", clock=CLOCK), replace(TEAM_ME, captain=False, watching=True)),
    Shown("open-bell-out", view("open", "bell", clock=CLOCK), OUT),
    Shown("open-bell-waiting", view("open", "bell", clock=CLOCK, question=question(bell=True)), WAITING),
    Shown("open-buzzer", view("open", "buzzer", clock=CLOCK, **BUZZED)),
    Shown("open-buzzer-long", view("open", "buzzer", clock=CLOCK, question=LONG_QUESTION)),
    Shown("open-buzzer-pressed", view("open", "buzzer", clock=CLOCK, **BUZZED), answer=True),
    Shown("open-buzzer-locked", view("open", "buzzer", clock=CLOCK, **BUZZED), replace(ME, locked=True)),
    Shown("judging-own", view("judging", "buzzer", buzz=views.BuzzView((7,), (LONG_NAME,), AT + 7000), **BUZZED),
          replace(ME, first=True), answer=True),
    Shown("judging-other", view("judging", "buzzer", buzz=views.BuzzView((8,), (LONG_NAME,), AT + 7000), **BUZZED)),
    Shown("judging-tie", view("judging", "buzzer", buzz=views.BuzzView((1, 2, 3, 4, 7), NAMES[:5], more=12), **BUZZED),
          replace(ME, first=True), answer=True),
    Shown("closed", view("closed"), answer="b"),
    Shown("closed-long", view("closed", question=LONG_QUESTION), answer=["a", "c", "f"]),
    Shown("closed-nothing", view("closed")),
    Shown("closed-watching", view("closed", "teams"), replace(TEAM_ME, captain=False, watching=True)),
    Shown("closed-buzzer", view("closed", "buzzer", **BUZZED), answer=True),
    Shown("reveal-right", view("reveal", solution=SOLUTION), replace(ME, result=RESULT), answer="a"),
    Shown("reveal-wrong", view("reveal", question=LONG_QUESTION, solution=LONG_SOLUTION), replace(ME, result=WRONG),
          answer=["b", "c"]),
    Shown("reveal-nothing", view("reveal", solution=SOLUTION), replace(ME, result=replace(WRONG, answered=False))),
    Shown("reveal-secret", view("reveal", solution=SOLUTION), replace(ME, result=SECRET), answer="a"),
    Shown("reveal-voided", view("reveal", solution=VOIDED), replace(ME, result=WRONG), answer="b"),
    Shown("reveal-fill", view("reveal", question=FILL, solution=FILLED), replace(ME, result=RESULT), answer="năm năm"),
    Shown("reveal-order", view("reveal", question=ORDER, solution=ORDERED), replace(ME, result=WRONG),
          answer=["b", "a", "c", "d"]),
    Shown("reveal-poll", view("reveal", question=POLL, solution=POLLED), answer="a"),
    Shown("reveal-game", view("reveal", "game", solution=SOLUTION, question=question(points=1000)),
          replace(ME, result=replace(RESULT, points=1876, total=23_456, streak=5, bonus=400, gap=1234)), answer="a"),
    Shown("reveal-teams", view("reveal", "teams", solution=SOLUTION), replace(TEAM_ME, result=TEAM_RESULT), answer="a"),
    Shown("reveal-buzzer", view("reveal", "buzzer", solution=SOLUTION), replace(ME, result=replace(WRONG, points=-5)),
          answer=True),
    Shown("reveal-appeal", view("reveal", solution=SOLUTION), replace(ME, result=WRONG), answer="b",
          tap=".live-appeal summary"),
    Shown("board", view("board", board=FIVE), replace(ME, result=RESULT)),
    Shown("board-own", view("board", board=FIVE), replace(ME, id=2, result=replace(RESULT, rank=2))),
    Shown("board-teams", view("board", "teams", board=TEAMS), replace(TEAM_ME, team=TEAMS[1].name, result=TEAM_RESULT)),
    Shown("board-hidden", view("board"), replace(ME, result=SECRET)),
    Shown("slide", view("slide", question=BREAK)),
    Shown("slide-long", view("slide", question=LONG_SLIDE)),
    Shown("podium-waits", view("podium", step=0), replace(ME, result=SECRET)),
    Shown("podium", view("podium", step=4, board=FIVE), replace(ME, result=RESULT)),
    Shown("ended", view("ended", step=4, board=FIVE, verdict="provisional"), replace(ME, result=RESULT)),
    Shown("ended-teams", view("ended", "teams", step=4, board=TEAMS, verdict="confirmed"),
          replace(TEAM_ME, result=TEAM_RESULT)),
    Shown("ended-units", view("ended", step=4, board=FIVE, verdict="confirmed", of_round={"units_best_of": 5}),
          replace(ME, result=RESULT, unit_rank=12, units=104)),
    Shown("lobby-units", view("lobby", of_round={"units_best_of": 5}), tap=".live-terms summary"),
    Shown("ended-published", view("ended", step=4, board=FIVE, verdict="published"), replace(ME, result=RESULT)),
    Shown("kicked", view("open", clock=CLOCK), replace(ME, status="kicked")),
]  # fmt: skip
