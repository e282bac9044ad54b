"""The screens of a hall in a browser, each with the eyes and hands of whoever sits before it.

With PICTURES=folder in the environment `picture` saves what the window shows, for people to look at.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

PICTURES = os.environ.get("PICTURES", "")
PATIENCE = 30_000  # ms that a screen may take to follow, on a busy machine
RECORDED = re.compile("Đã ghi nhận|Recorded at")
# Writes every phase that the screen shows, and the words it showed in each, where they stay: a phase of two seconds may
# be over before a busy machine has looked.
REMEMBER = """() => {
  const main = document.querySelector("main");
  const places = ["live-host[data-phase]", ".hall-question[data-phase]", "[data-scene]"];
  const look = () => {
    const shown = places.map((place) => main.querySelector(place)).find(Boolean);
    const phase = shown?.dataset.phase ?? shown?.dataset.scene;
    const { dataset } = document.documentElement;
    if (!phase) return;
    if (dataset.passed?.split(" ").at(-1) !== phase) dataset.passed = `${dataset.passed ?? ""} ${phase}`;
    document.documentElement.setAttribute(`data-read-${phase}`, main.textContent);
  };
  new MutationObserver(look).observe(main, { subtree: true, childList: true, characterData: true, attributes: true });
  look();
}"""


class Screen:
    """A page of somebody in the hall."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        page.set_default_timeout(PATIENCE)

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        """The texts are on the screen now, or come."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text, timeout=PATIENCE)

    def sees_no(self, *texts: str | re.Pattern[str]) -> None:
        """The texts are not on the screen, or go."""
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text, timeout=PATIENCE)

    def at(self, phase: str, within: int = PATIENCE) -> None:
        """Waits until the screen shows the phase."""
        raise NotImplementedError

    def is_connected(self, within: int = PATIENCE) -> None:
        """Waits until the line to the server is whole."""
        raise NotImplementedError

    def remember(self) -> None:
        """From now on what passes is kept for `has_seen` and `has_read`, however short it stands."""
        self.page.evaluate(REMEMBER)

    def has_seen(self, *phases: str) -> None:
        """The phases have come one after the other, or do."""
        passed = re.compile(rf"(?:^| ){' '.join(phases)}(?: |$)")
        expect(self.page.locator("html")).to_have_attribute("data-passed", passed, timeout=PATIENCE)

    def has_read(self, phase: str, text: str) -> None:
        """The text stood on the screen in the phase."""
        expect(self.page.locator("html")).to_have_attribute(
            f"data-read-{phase}", re.compile(re.escape(text)), timeout=PATIENCE
        )

    def picture(self, name: str) -> None:
        """Saved as it is in the window, as a person sees it."""
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(PICTURES) / f"{name}-{self.name}.png")


class Phone(Screen):
    """Somebody who plays."""

    player = "live-player [data-stage]"

    def join(self, address: str, name: str, **fields: str) -> None:
        """Through the door at the address."""
        self.page.goto(address)
        self.fill_door(name, **fields)

    def join_by_pin(self, pin: str, name: str) -> None:
        """Types the PIN; the page goes on by itself when it is whole."""
        self.page.goto("/phong/")
        self.page.locator("[name=ma]").press_sequentially(pin)
        self.page.wait_for_url(f"**/phong/{pin}/")
        self.fill_door(name)

    def fill_door(self, name: str, **fields: str) -> None:
        door = self.page.locator("form:has([name=action][value=join])")
        for field, value in {"name": name, **fields}.items():
            door.locator(f"[name={field}]").fill(value)
        door.locator("button[type=submit]").click()
        self.page.wait_for_url("**/thi/")
        expect(self.page.locator(self.player)).to_have_attribute(
            "data-scene", re.compile("."), timeout=PATIENCE
        )

    def come_back(self, *, seat: int, code: str) -> None:
        """Takes one's place over from another phone."""
        door = self.page.locator("form:has([name=action][value=return])")
        self.page.locator("details:has([name=code]) summary").click()
        door.locator("[name=seat]").fill(str(seat))
        door.locator("[name=code]").fill(code)
        door.locator("button[type=submit]").click()
        self.page.wait_for_url("**/thi/")

    def at(self, phase: str, within: int = PATIENCE) -> None:
        expect(self.page.locator(self.player)).to_have_attribute("data-scene", phase, timeout=within)

    def is_connected(self, within: int = PATIENCE) -> None:
        expect(self.page.locator("[data-pill]")).to_have_attribute("data-state", "open", timeout=within)

    @property
    def targets(self) -> Locator:
        """The big buttons of a question with choices."""
        return self.page.locator("button.live-target")

    def may_answer(self) -> None:
        """Waits until the options are there and the clock runs."""
        form = self.page.locator(".live-answer")
        expect(form).to_be_visible(timeout=PATIENCE)
        expect(form.locator("[aria-disabled=true], fieldset:disabled, [readonly]")).to_have_count(
            0, timeout=PATIENCE
        )

    def answer(self, item: Mapping[str, Any], value: Any, *, recorded: bool = True) -> None:
        """Gives an answer as a person does it with this kind of question."""
        self.may_answer()
        GIVE[item["kind"]](self, item, value)
        if recorded:
            self.is_recorded()

    def press(self, letter: str) -> None:
        """Taps the target with this letter."""
        self.targets.filter(has=self.page.locator(".opt__letter", has_text=letter)).click()

    def is_recorded(self, within: int = PATIENCE) -> None:
        """The server has said that the answer is on disk."""
        self.has_state("recorded", within)
        expect(self.page.locator(".live-status")).to_contain_text(RECORDED)

    def has_state(self, state: str, within: int = PATIENCE) -> None:
        """sending, late, recorded, refused."""
        expect(self.page.locator(".live-status")).to_have_attribute("data-state", state, timeout=within)

    def chosen(self) -> list[str]:
        """Letters of the targets that are pressed."""
        return self.page.locator("button.live-target[aria-pressed=true] .opt__letter").all_text_contents()

    def send(self) -> None:
        self.page.locator(".live-send").click()


def _one(phone: Phone, item: Mapping[str, Any], value: str) -> None:
    phone.press(item["letters"][value])


def _several(phone: Phone, item: Mapping[str, Any], value: Iterable[str]) -> None:
    for key in value:
        phone.press(item["letters"][key])
    phone.send()


def _typed(phone: Phone, item: Mapping[str, Any], value: str) -> None:
    del item
    phone.page.locator(".live-field").fill(value)
    phone.send()


def _ordered(phone: Phone, item: Mapping[str, Any], value: list[str]) -> None:
    """From the first place to the last: bring the entry up until it stands there."""
    del item
    for place, key in enumerate(value):
        row = phone.page.locator(f".sequence__item[data-key={key}]")
        shown = phone.page.locator(".sequence__item").evaluate_all("rows => rows.map(row => row.dataset.key)")
        for _ in range(shown.index(key) - place):
            row.get_by_role("button").first.click()
    phone.send()


def _matched(phone: Phone, item: Mapping[str, Any], value: list[list[str]]) -> None:
    del item
    for left, right in value:
        phone.page.locator(f"#live-left-{left}").select_option(right)
    phone.send()


GIVE: Mapping[str, Callable[[Phone, Mapping[str, Any], Any], None]] = {
    "single": _one,
    "truefalse": _one,
    "multi": _several,
    "fill": _typed,
    "order": _ordered,
    "match": _matched,
}
