"""The projector in every phase, with the longest texts: nothing is cut off or outside, and axe finds nothing.

The page is the real one; the socket is played, so that every phase stands still to be looked at. PICTURES=/tmp/pictures
keeps the pictures.
"""

import io
import json
import os
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from contest.live.views import MediaView
from tests.journeys.browser import ROOT
from tests.journeys.hall_screens import SCREENS
from tests.journeys.hall_views import (
    AT,
    BOARD,
    CLOCK,
    MOVED,
    NAMES,
    PICTURE,
    SOLUTION,
    question,
    view,
    welcome,
)
from tests.journeys.senses import COVER, EARS, LOCKS, MOVES, TIME

pytestmark = pytest.mark.once  # what a screen looks like does not depend on the database
SIZES: dict[str, dict[str, Any]] = {
    "hall": {"viewport": {"width": 1920, "height": 1080}},
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "english": {"viewport": {"width": 1280, "height": 800}, "locale": "en-US"},
}
# A drum roll lasts 1.6 s; rows of a board wait 1.5 s and move for 0.6 s.
SETTLED_MS = 2500
# Time is skipped; the screen draws itself a few times at its end.
FRAMES_MS = 60
# What is shortened on purpose has an ellipsis or a clamp of lines.
CUT_OFF = """() => {
  const shortened = (one) => {
    const style = getComputedStyle(one);
    return style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  };
  const faults = [];
  for (const one of document.querySelectorAll(".hall-stage *")) {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    if (box.width === 0 || style.visibility === "hidden" || one.closest("svg, .visually-hidden")) continue;
    if (shortened(one) || shortened(one.parentElement)) continue;
    const tell = (fault) => faults.push(`${fault}: ${one.className} “${one.textContent.slice(0, 40)}”`);
    const [over, high] = [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight];
    if ([...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "")) {
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) tell("outside");
      // A line lower than its letters is a matter of type, not of room.
      if (style.display !== "inline" && (over > 1 || high > one.clientHeight * 0.4)) tell("too small");
    }
    if (style.overflow === "hidden" && (over > 3 || high > 3)) tell("cut off");
  }
  for (const place of document.querySelectorAll(".hall-podium__main, .hall-place__names, .hall-units")) {
    const room = place.getBoundingClientRect();
    const over = (box) => box.height > 0 && (box.top < room.top - 2 || box.bottom > room.bottom + 2);
    const rows = [...place.querySelectorAll(".hall-plate, .hall-row, .hall-units__title")];
    if (rows.some((one) => over(one.getBoundingClientRect()))) faults.push(`no room: ${place.className}`);
  }
  const told = document.querySelectorAll(".hall-reveal__sum, .hall-because__source, .hall-answer__line, .hall-entry");
  for (const one of told) {
    const place = one.closest(".hall-reveal__body, .hall-question__body").getBoundingClientRect();
    if (one.getBoundingClientRect().bottom > place.bottom + 2) faults.push(`lost: ${one.className}`);
  }
  for (const seat of document.querySelectorAll(".hall-seat")) {
    const [room, number] = [seat, seat.querySelector("b")].map((one) => one.getBoundingClientRect());
    if (number.left < room.left || number.right > room.right) faults.push(`wider than its seat: ${seat.textContent}`);
    if (number.height > room.height * 1.3) faults.push(`higher than its seat: ${seat.textContent}`);
  }
  return faults;
}"""


def hum(seconds: int = 20, rate: int = 8000) -> bytes:
    """A tone as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(bytes(128 + 60 * (number // 10 % 2) for number in range(seconds * rate)))
    return file.getvalue()


@pytest.fixture(scope="module")
def room(live_site):
    return live_site.stage("tests.journeys.hall_views:a_room")


class Hall:
    """The projector's page with a played socket, on a clock that the test turns."""

    def __init__(self, page: Any, room: Any) -> None:
        self.page = page
        self.version = 0
        self.socket: Any = None
        self.tickets = 0
        self.greeted_with = ""
        self.current: Any = view("lobby")
        self.reachable = True
        page.clock.install(time=AT / 1000 - 1)
        page.clock.pause_at(AT / 1000)
        page.route("**/api/v1/live/*/tickets", self.give_ticket)
        page.route_web_socket("**/ws/phong/*", self.connected)
        page.goto(f"/phong/{room['id']}/man-chieu/")
        page.locator("hall-screen[data-version]").wait_for(state="attached")

    def give_ticket(self, route: Any) -> None:
        self.tickets += 1
        if self.reachable:
            route.fulfill(json={"ticket": f"ticket {self.tickets}"})
        else:
            route.abort()

    def connected(self, socket: Any) -> None:
        if not self.reachable:
            socket.close()
            return
        self.socket = socket
        socket.on_message(self.heard)

    def heard(self, text: str) -> None:
        said = json.loads(text)
        if said["type"] == "ping":
            self.socket.send(json.dumps({"type": "pong", "t": said["t"], "at": AT, "n": 1}))
        elif said["type"] == "hello":
            self.greeted_with = said["token"]
            self.say(self.current)

    def say(self, shown: Any) -> None:
        """Says a view."""
        self.current = shown
        self.version += 1
        self.socket.send(welcome(shown, self.version))

    def show(self, *shown: Any, tick: dict[str, int] | None = None) -> None:
        """Shows views, one after the other, each until nothing moves any more."""
        for one in shown:
            self.say(one)
            self.page.locator(f"hall-screen[data-version='{self.version}']").wait_for(state="attached")
            if tick:
                self.socket.send(json.dumps({"type": "tick", **tick}))
            self.page.clock.fast_forward(SETTLED_MS)
            self.page.clock.run_for(FRAMES_MS)
        self.page.evaluate("document.fonts.ready")

    def axe(self, check: Callable[[Any], list[str]]) -> list[str]:
        """What axe finds; it needs a clock that runs."""
        self.page.clock.resume()
        found = check(self.page)
        # Far enough ahead for a busy machine to be there before it: a clock cannot be stopped in the past.
        self.page.clock.pause_at((self.page.evaluate("Date.now()") + 8000) / 1000)
        return found

    def until(self, happened: Callable[[], bool]) -> None:
        """Lets the time of the page pass until something has happened; fails after a minute of it."""
        for _ in range(120):
            if happened():
                return
            self.page.clock.run_for(500)
        raise AssertionError("it did not happen")


@pytest.fixture
def hall(new_device, live_site, room):
    def open_at(size: str, **options: Any) -> Hall:
        context = new_device(desktop=True, service_workers="block", **SIZES[size], **options)
        context.add_init_script(TIME + EARS + LOCKS)
        context.grant_permissions(["screen-wake-lock"])
        context.add_cookies([{"name": "sessionid", "value": room["session"], "url": live_site.url}])
        return Hall(context.new_page(), room)

    return open_at


@pytest.mark.parametrize("size", SIZES)
def test_every_phase_stands_whole_on_the_screen(hall, axe, size):
    shown, faults = hall(size, reduced_motion="reduce"), {}
    for screen in SCREENS:
        shown.show(view("open", blank=True))
        shown.show(*screen.views, tick=screen.tick)
        found = shown.page.evaluate(CUT_OFF)
        if size == "hall":
            found += shown.axe(axe)
        if found:
            faults[screen.name] = found
        if folder := os.environ.get("PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            shown.page.screenshot(path=Path(folder) / f"hall-{screen.name}-{size}.png")

    assert faults == {}


def test_the_measure_sees_what_is_cut_off(hall):
    shown = hall("desk")
    shown.show(view("reading"))
    assert shown.page.evaluate(CUT_OFF) == []

    shown.page.evaluate("document.querySelector('.hall-stem').textContent = 'Một câu hỏi dài '.repeat(90)")

    assert any(fault.startswith("cut off: hall-question__body") for fault in shown.page.evaluate(CUT_OFF))


def test_old_data_says_so_until_the_room_is_back(hall):
    shown = hall("desk")
    line = shown.page.locator("[data-line]")
    shown.show(view("open", clock=CLOCK))
    assert line.is_hidden()

    shown.reachable = False
    shown.socket.close()
    shown.until(line.is_visible)
    assert "Mất kết nối. Màn hình dừng ở lúc" in line.text_content()
    shown.reachable = True

    shown.until(line.is_hidden)
    assert shown.greeted_with.startswith("ticket ")


def test_one_key_switches_the_sounds_off_and_the_choice_is_kept(hall):
    shown = hall("desk")
    button = shown.page.locator("[data-sound]")
    shown.show(view("lobby"))
    assert button.text_content() == "Hiệu ứng âm thanh: bật (M)"

    shown.page.keyboard.press("m")
    assert button.text_content() == "Hiệu ứng âm thanh: tắt (M)"
    shown.page.reload()
    shown.page.locator("hall-screen[data-version]").wait_for(state="attached")
    assert button.text_content() == "Hiệu ứng âm thanh: tắt (M)"


def test_a_quiet_round_is_silent_until_somebody_wants_it_otherwise(hall):
    shown = hall("desk")
    lobby = view("lobby")
    shown.show(replace(lobby, round=replace(lobby.round, quiet=True)))
    shown.page.locator(".hall-lobby__title").click()
    assert shown.page.evaluate("window.ear === undefined || isSilent()")
    shown.page.keyboard.press("m")
    assert shown.page.evaluate("isHeard()")


def test_sounds_are_heard_after_a_gesture_and_m_silences_them(hall):
    shown = hall("desk")
    page = shown.page
    shown.show(view("lobby"))
    assert page.evaluate("window.ear === undefined")

    page.locator(".hall-lobby__title").click()
    assert page.evaluate("isHeard()")
    page.keyboard.press("m")
    assert page.evaluate("isSilent()")
    page.keyboard.press("m")
    assert page.evaluate("isHeard()")


def test_m_leaves_the_sound_of_a_question_alone(hall):
    shown = hall("desk")
    page = shown.page
    page.route("**/tep/quoc-ca.wav", lambda route: route.fulfill(body=hum(), content_type="audio/wav"))
    shown.show(view("lobby"))
    page.locator(".hall-lobby__title").click()
    sound = MediaView("sound", "/tep/quoc-ca.wav", "Quốc ca")
    shown.show(view("open", clock=CLOCK, question=question(media=(sound,))))
    sound_of = "const { paused, muted, currentTime } = document.querySelector('audio');"
    plays = f"becomes(() => {{ {sound_of} return !paused && !muted && currentTime > 0 }})"
    assert page.evaluate(plays)

    page.keyboard.press("m")

    assert page.locator("[data-sound]").text_content() == "Hiệu ứng âm thanh: tắt (M)"
    assert page.evaluate(plays)


def test_a_picture_that_failed_is_fetched_again(hall):
    shown = hall("desk")
    page, asked = shown.page, []
    picture = replace(PICTURE, url="/tep/la-co.png")

    def give(route: Any) -> None:
        asked.append(route.request.url)
        if len(asked) < 3:
            route.abort()
        else:
            route.fulfill(path=ROOT / "frontend/static/frontend/icons/touch.png")

    page.route("**/tep/la-co.png", give)
    shown.show(view("title", question=question(media=(picture,))))  # begins to fetch it, and fails
    shown.say(view("reading", question=question(media=(picture,))))
    words = page.locator(".hall-media__alt")
    expect(words).to_have_text("Không tải được: Búa liềm trên nền hoa sen")
    shown.until(lambda: len(asked) == 3)

    expect(words).to_be_hidden()
    expect(page.locator(".hall-media__picture")).to_be_visible()
    assert page.evaluate("document.querySelector('.hall-media__picture').naturalWidth") > 0


def test_the_screen_stays_on_and_is_kept_on_after_it_was_covered(hall):
    shown = hall("desk")
    assert shown.page.evaluate("isAwake()")

    shown.page.evaluate(COVER, "hidden")
    assert shown.page.evaluate("locks.every((lock) => lock.released)")
    shown.page.evaluate(COVER, "visible")

    assert shown.page.evaluate("isAwake()")
    assert shown.page.evaluate("locks.length") == 2


def test_f_fills_the_screen_and_leaves_it(hall):
    shown = hall("desk")
    full = shown.page.locator("html:fullscreen")
    shown.page.keyboard.press("f")
    expect(full).to_have_count(1)

    shown.page.keyboard.press("f")
    expect(full).to_have_count(0)


def test_the_pin_is_an_eighth_of_the_screen_and_the_code_fills_it(hall):
    shown = hall("hall")
    page = shown.page
    shown.show(view("lobby", names=NAMES, joined=len(NAMES)))
    assert page.locator(".hall-lobby__pin").bounding_box()["height"] >= 1080 / 8

    page.get_by_role("button", name="Phóng to mã QR").click()
    large = page.locator("dialog.hall-enlarged")
    expect(large).to_be_visible()
    code = large.locator(".hall-enlarged__code").bounding_box()
    assert min(code["width"], code["height"]) > 1080 * 0.6
    expect(large).to_contain_text("482 913")
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    page.get_by_role("button", name="Phóng to mã QR").click()
    large.click()
    expect(large).to_be_hidden()


ENDED = {
    verdict: view("ended", step=4, board=BOARD, verdict=verdict)
    for verdict in ("provisional", "confirmed", "published")
}


def test_paper_falls_once_when_the_jury_confirms(hall):
    shown = hall("desk")
    paper = shown.page.locator("canvas.hall-confetti")
    shown.show(view("podium", step=3, board=BOARD[:3]), ENDED["provisional"])
    assert paper.count() == 0
    shown.show(ENDED["confirmed"])
    assert paper.count() == 1
    shown.page.clock.run_for(6_100)
    assert paper.count() == 0
    shown.show(ENDED["published"])
    assert paper.count() == 0

    # Whoever comes later has missed the moment.
    shown.current = ENDED["confirmed"]
    shown.page.reload()
    shown.page.locator("hall-screen[data-version]").wait_for(state="attached")
    shown.page.clock.run_for(1_000)
    assert paper.count() == 0


def test_no_paper_falls_over_a_blank_screen(hall):
    shown = hall("desk")
    dark = {name: replace(ended, blank=True) for name, ended in ENDED.items()}
    shown.show(ENDED["provisional"], dark["provisional"], dark["confirmed"], ENDED["confirmed"])

    assert shown.page.locator("canvas.hall-confetti").count() == 0
    assert shown.page.locator(".hall-ribbon[data-final]").count() == 1


def test_no_paper_falls_where_motion_is_unwelcome(hall):
    shown = hall("desk", reduced_motion="reduce")
    shown.show(ENDED["provisional"], ENDED["confirmed"])

    assert shown.page.locator("canvas.hall-confetti").count() == 0
    assert shown.page.locator(".hall-ribbon[data-final]").count() == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (4001, "Màn chiếu này đã được thay bằng một màn chiếu khác"),
        (4403, "Phiên đăng nhập đã hết"),
        (4404, "Phòng thi này không còn mở"),
        (4426, "Cần tải lại màn chiếu"),
    ],
)
def test_an_end_of_the_line_is_told(hall, code, said):
    shown = hall("desk")
    page = shown.page
    shown.show(view("lobby"))
    page.evaluate("sessionStorage.setItem('hall-renewed', String(Date.now()))")  # it has just done so
    shown.socket.close(code=code)

    expect(page.locator("[data-line]")).to_contain_text(said)
    expect(page.locator("[data-sign-in]")).to_be_visible(visible=code == 4403)
    expect(page.locator("[data-reload]")).to_be_visible(visible=code in {4404, 4426})


def test_an_outdated_page_loads_itself_anew(hall):
    shown = hall("desk")
    shown.show(view("lobby"))
    with shown.page.expect_event("load"):
        shown.socket.close(code=4426)

    shown.page.locator("hall-screen[data-version]").wait_for(state="attached")
    assert shown.page.evaluate("sessionStorage.getItem('hall-renewed')")


@pytest.mark.parametrize(
    "storage",
    [
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })",
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
    ],
)
def test_an_outdated_page_that_may_keep_nothing_loads_itself_anew_once(hall, storage):
    shown = hall("desk")
    page = shown.page
    page.add_init_script(storage)
    page.reload()
    page.locator("hall-screen[data-version]").wait_for(state="attached")
    with page.expect_event("load"):
        shown.socket.close(code=4426)
    page.locator("hall-screen[data-version]").wait_for(state="attached")

    page.evaluate("window.still = true")
    shown.socket.close(code=4426)
    expect(page.locator("[data-reload]")).to_be_visible()
    page.clock.run_for(2000)
    assert page.evaluate("window.still")


def test_rows_of_the_board_move_after_the_pause(hall):
    shown = hall("desk")
    shown.show(view("board", board=BOARD), view("reveal", solution=SOLUTION))
    # An animation lasts 0.6 s of the machine's time, which the page's clock does not stop: it is counted as it begins.
    shown.page.evaluate(MOVES)
    shown.say(view("board", board=MOVED))
    shown.page.locator(f"hall-screen[data-version='{shown.version}']").wait_for(state="attached")
    shown.page.clock.run_for(1_400)
    assert shown.page.evaluate("moves") == 0
    assert shown.page.locator(".hall-row__name").first.text_content() == BOARD[0].name

    shown.page.clock.run_for(200)
    assert shown.page.evaluate("moves") > 5
    assert shown.page.locator(".hall-row__name").first.text_content() == MOVED[0].name
