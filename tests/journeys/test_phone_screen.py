"""The phone in every phase, with the longest texts: nothing is wider than the screen, and axe finds nothing.

The page is the real one; the socket is played, so that every phase stands still to be looked at. PICTURES=/tmp/pictures
keeps the pictures.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contest.live.views import ClockView, MediaView
from tests.journeys.hall_views import AT, BOARD, CLOCK, FILL, LONG_QUESTION, question
from tests.journeys.live_hall import HANDHELD
from tests.journeys.live_screens import PATIENCE, Phone
from tests.journeys.phone_views import LAST, SCREENS, Shown, view, welcome
from tests.journeys.senses import COVER, LOCKS, MOTOR, TIME
from tests.question_bank.formats import files

pytestmark = pytest.mark.once  # what a screen looks like does not depend on the database
SIZES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 568}},
    "english": {"locale": "en-US"},
}
# Wider than the screen, or a text that has left its box; a target that no thumb hits.
FAULTS = """() => {
  const faults = [];
  const tell = (fault, one) => faults.push(`${fault}: ${one.className} “${one.textContent.slice(0, 40)}”`);
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push("the page is wider than the screen");
  for (const one of document.querySelectorAll("live-player *")) {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    if (box.width === 0 || style.visibility === "hidden" || one.closest("svg, .visually-hidden, option")) continue;
    if (box.left < -1 || box.right > width + 1) tell("outside", one);
    const isCut = style.textOverflow === "ellipsis" || style.display === "inline" || one.clientWidth === 0;
    if (!isCut && one.scrollWidth - one.clientWidth > 1) tell("too narrow", one);
    if (one.matches("button, summary, select, input, textarea") && box.height < 43.5) tell("too low", one);
  }
  return faults;
}"""

# What a thumb would hit in the middle of the button and near its edges, where it is not the button.
COVERED = """() => {
  const send = document.querySelector(".live-send");
  const box = send.getBoundingClientRect();
  for (const part of [0.1, 0.5, 0.9]) {
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
    if (!send.contains(hit)) return hit ? hit.className : "outside";
  }
  return null;
}"""


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted={"phone": {"plan": ["single"]}})


class Played:
    """A participant's page with a played socket, on a clock that the test turns."""

    def __init__(self, page: Page, pin: str) -> None:
        self.socket: Any = None
        self.page, self.version, self.moment, self.given = page, 0, AT, ""
        self.current = Shown("lobby", view("lobby"))
        page.route_web_socket("**/ws/phong/*", self.connected)
        page.route("**/tep/*", lambda route: route.fulfill(status=404))
        Phone(page, "phone").join(f"/phong/{pin}/", "Nguyễn An")
        page.clock.install(time=AT / 1000 - 1)
        page.clock.pause_at(AT / 1000)
        page.reload()
        page.locator("[data-pill][data-state=open]").wait_for()

    def connected(self, socket: Any) -> None:
        self.socket = socket
        socket.on_message(self.heard)

    def heard(self, text: str) -> None:
        said = json.loads(text)
        if said["type"] == "hello":
            self.tell(self.current)
        elif said["type"] == "answer":
            self.given = said["key"]

    def say(self, shown: Shown) -> None:
        """Says the screen; its clock begins now, for the page's clock is the server's too."""
        self.moment = self.page.evaluate("Date.now()")
        self.current = shown
        self.tell(shown)

    def tell(self, shown: Shown) -> None:
        self.version += 1
        self.socket.send(welcome(shown, self.version, self.moment))

    def refuse(self, code: str, text: str) -> None:
        """The answer that comes next does not count, or the one that came last."""
        end = time.monotonic() + PATIENCE / 1000
        while not self.given and time.monotonic() < end:
            self.page.evaluate("0")  # lets Playwright deliver what the page has sent
        self.socket.send(json.dumps({"type": "refused", "code": code, "text": text, "key": self.given}))

    def show(self, shown: Shown) -> None:
        """Shows the screen as if nothing had been before, and does what the person does then."""
        if self.current.tap:
            self.page.evaluate("sessionStorage.clear()")
            self.page.reload()
            self.page.locator("[data-pill][data-state=open]").wait_for()
        self.at(Shown("between", view("title", run=99)))
        self.at(shown)
        self.page.clock.run_for(2_000)
        if shown.tap:
            self.page.locator(shown.tap).first.click()
        self.page.evaluate("document.fonts.ready")

    def at(self, shown: Shown) -> None:
        """Says the screen, and waits until it stands there."""
        self.say(shown)
        scene = "gone" if shown.me.status != "in" else shown.view.phase
        self.page.locator(f"[data-stage][data-scene={scene}]").wait_for(state="attached")


@pytest.fixture
def phone(new_device, place) -> Iterator[Any]:
    def open_with(**options: Any) -> Played:
        context = new_device(**{**HANDHELD, "service_workers": "block", **options})
        context.add_init_script(TIME + LOCKS + MOTOR)
        context.grant_permissions(["screen-wake-lock"])
        return Played(context.new_page(), place["rounds"]["phone"]["pin"])

    return open_with


@pytest.mark.parametrize("size", SIZES)
def test_every_phase_stands_whole_on_the_screen(phone, axe, size):
    played, faults = phone(**SIZES[size]), {}
    for screen in SCREENS:
        played.show(screen)
        found = played.page.evaluate(FAULTS)
        if folder := os.environ.get("PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            played.page.screenshot(path=Path(folder) / f"phone-{screen.name}-{size}.png")
        if size in {"light", "dark"}:
            played.page.clock.resume()
            found += axe(played.page)
            # Far enough ahead for a busy machine to be there before it: a clock cannot be stopped in the past.
            played.page.clock.pause_at((played.page.evaluate("Date.now()") + 8000) / 1000)
        if found:
            faults[screen.name] = found

    assert faults == {}


def test_the_measure_sees_what_is_too_wide(phone):
    played = phone()
    played.show(Shown("open", view("open", clock=CLOCK)))
    assert played.page.evaluate(FAULTS) == []

    played.page.evaluate("document.querySelector('.live-stem').textContent = 'dài'.repeat(90)")
    played.page.evaluate("document.querySelector('.live-stem').style.overflowWrap = 'normal'")

    assert "the page is wider than the screen" in played.page.evaluate(FAULTS)


def test_the_phone_stays_on_and_is_kept_on_after_another_app(phone):
    page = phone().page
    assert page.evaluate("isAwake()")

    page.evaluate(COVER, "hidden")
    assert page.evaluate("locks.every((lock) => lock.released)")
    page.evaluate(COVER, "visible")

    assert page.evaluate("isAwake()")


def test_the_last_five_seconds_are_felt_by_who_has_not_answered(phone):
    played = phone()
    clock = ClockView(AT - 1000, AT + 10_000, AT + 10_250)
    played.show(Shown("open", view("open", clock=clock)))
    played.page.locator(".live-stem").click()
    played.page.clock.run_for(2_500)
    assert played.page.evaluate("shakes") == []
    played.page.clock.run_for(1_500)
    assert played.page.evaluate("shakes.splice(0)") == [[250, True]]

    played.show(Shown("open", view("open", clock=clock), answer="b"))
    played.page.locator(".live-stem").click()
    played.page.clock.run_for(4_000)
    assert played.page.evaluate("shakes") == []


def test_the_answer_on_disk_is_shown_though_a_later_tap_was_refused(phone):
    played = phone()
    given = played.page.locator(".live-given")
    played.show(Shown("open", view("open", clock=CLOCK, **LAST), answer="a", tap=".live-target:nth-child(2)"))
    played.refuse("question-closed", "Đã hết giờ trả lời câu này.")
    expect(played.page.locator(".live-status")).to_have_attribute("data-state", "refused")
    expect(played.page.locator("[aria-pressed=true] .opt__letter")).to_have_text("A")

    played.say(Shown("closed", view("closed", **LAST), answer="a"))

    expect(given).to_have_text("Đại hội đại biểu toàn quốc")
    expect(played.page.locator(".live-status")).to_have_attribute("data-state", "recorded")


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 740), (390, 844), (740, 360)])
@pytest.mark.parametrize("kind", ["multi", "fill"])
def test_a_change_is_sent_by_a_button_that_nothing_covers(phone, width, height, kind):
    played = phone(viewport={"width": width, "height": height})
    page, send = played.page, played.page.locator(".live-send")
    asked = FILL if kind == "fill" else LONG_QUESTION
    played.show(Shown("open", view("open", clock=CLOCK, question=asked, **LAST)))
    choose(page, kind, "1")
    send.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "live-status"
    first = played.given
    page.clock.run_for(4_000)
    expect(page.locator(".live-status")).to_have_attribute("data-state", "late")
    expect(page.locator(".live-status__again")).to_be_visible()

    choose(page, kind, "2")

    expect(page.locator(".live-status__again")).to_be_hidden()
    assert page.evaluate(COVERED) is None
    send.click()
    expect(send).to_be_hidden()
    assert played.given != first


@pytest.mark.parametrize(("width", "height"), [(568, 320), (740, 360)])
def test_a_phone_on_its_side_has_the_answers_beside_the_question(phone, width, height):
    played = phone(viewport={"width": width, "height": height})
    played.show(Shown("open", view("open", clock=CLOCK)))
    assert played.page.evaluate(FAULTS) == []
    expect(played.page.locator(".live-target").first).to_be_in_viewport(ratio=1)
    expect(played.page.locator(".live-stem")).to_be_in_viewport(ratio=0.5)

    played.show(Shown("open-buzzer", view("open", "buzzer", clock=CLOCK, question=question(options=()))))

    expect(played.page.locator(".live-buzzer")).to_be_in_viewport(ratio=1)


def test_a_picture_that_comes_late_moves_no_option_and_is_asked_for_again(phone):
    played = phone()
    page, asked = played.page, []
    data = files.saved(files.drawn(1200, 675), "PNG")

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=503) if len(asked) < 3 else route.fulfill(body=data, content_type="image/png")

    page.route("**/tep/la-co.png", answer)
    picture = MediaView("picture", "/tep/la-co.png", "Lá cờ", 1200, 675)
    played.show(Shown("open", view("open", clock=CLOCK, question=question(media=(picture,)))))
    top = page.locator(".live-target").first.bounding_box()["y"]
    image = page.locator(".media__picture")

    while len(asked) < 3:
        expect(image).to_have_js_property("complete", True)
        assert page.evaluate("document.querySelector('.media__picture').naturalWidth") == 0
        with page.expect_response("**/tep/la-co.png"):
            page.clock.run_for(3_100)

    expect(image).to_have_js_property("naturalWidth", 1200)
    assert page.locator(".live-target").first.bounding_box()["y"] == top


def choose(page: Page, kind: str, what: str) -> None:
    if kind == "fill":
        page.locator(".live-field").fill(f"Nghị quyết {what}")
    else:
        page.locator(f".live-target:nth-child({what})").click()


def test_a_place_is_told_after_the_drum_of_the_hall(phone):
    played = phone()
    places = played.page.locator(".live-board__rank")
    played.show(Shown("podium", view("podium", step=0)))
    played.say(Shown("podium", view("podium", step=1, board=BOARD[2:3])))
    played.page.clock.run_for(1_500)
    expect(places).to_have_count(0)

    played.page.clock.run_for(200)
    expect(places).to_have_text(["3"])
