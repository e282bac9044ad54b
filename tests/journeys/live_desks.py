"""The hall's own screens in a browser: the projector, the operator's laptop, the jury's."""

from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.journeys.live_screens import PATIENCE, Screen


class Projector(Screen):
    """The hall's screen."""

    SCENES: Mapping[str, str] = {
        "reading": "question", "open": "question", "judging": "question", "closed": "question", "ended": "podium",
    }  # fmt: skip

    def at(self, phase: str, within: int = PATIENCE) -> None:
        scene = self.SCENES.get(phase, phase)
        expect(self.page.locator(".hall-stage")).to_have_attribute("data-scene", scene, timeout=within)
        if scene == "question":
            expect(self.page.locator(".hall-question")).to_have_attribute(
                "data-phase", phase, timeout=PATIENCE
            )

    def is_connected(self, within: int = PATIENCE) -> None:
        expect(self.page.locator("[data-line]")).to_be_hidden(timeout=within)


class Desk(Screen):
    """Somebody who leads or judges at a laptop, and gives reasons."""

    def agree(self) -> None:
        """To what the dialog that is up asks."""
        self.page.locator("dialog[open] [data-slot=confirm]").click()
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def give_reason(self, reason: str) -> None:
        """In the dialog that is up; then confirms."""
        dialog = self.page.locator("dialog[open]")
        dialog.locator("[name=reason]").fill(reason)
        dialog.locator("button[type=submit], button.button--primary, button.button--danger").last.click()


class Host(Desk):
    """The operator at the laptop."""

    def is_connected(self, within: int = PATIENCE) -> None:
        expect(self.page.locator("[data-slot=link]")).to_have_text("Đã kết nối", timeout=within)

    @property
    def answer_key(self) -> Locator:
        """Where the right answer stands while it is held."""
        return self.page.locator("[data-slot=key]")

    def wait_for(self, name: str, *, on: bool) -> None:
        """Until one of the switches stands so."""
        switch = self.page.locator(f"button[data-do={name}]").last
        expect(switch).to_have_attribute("aria-pressed", str(on).lower(), timeout=PATIENCE)

    @property
    def next_key(self) -> Locator:
        return self.page.locator("[data-next]")

    def at(self, phase: str, within: int = PATIENCE) -> None:
        expect(self.page.locator("live-host")).to_have_attribute("data-phase", phase, timeout=within)

    def next(self) -> None:
        """The one next key, by the keyboard, as soon as it leads somewhere."""
        expect(self.next_key).not_to_have_attribute("aria-disabled", "true", timeout=PATIENCE)
        self.page.keyboard.press("Space")

    def do(self, name: str) -> None:
        """One of the buttons; those of the room's tab are brought up first."""
        button = self.page.locator(f"button[data-do={name}]").last
        if not button.is_visible():
            self.tab("room")
        expect(button).to_be_enabled(timeout=PATIENCE)
        button.click()

    def tab(self, name: str) -> None:
        """people, ranking or room."""
        self.page.locator(f"[data-tab={name}]").click()

    def person(self, name: str) -> Locator:
        """The dialog of a participant."""
        self.tab("people")
        self.page.locator("[data-person]", has_text=name).click()
        return self.page.locator("dialog[data-dialog=person]")

    def line_of(self, name: str) -> Locator:
        return self.page.locator("[data-person]", has_text=name)


class Jury(Desk):
    """A member of the jury at a laptop."""

    def at(self, phase: str, within: int = PATIENCE) -> None:
        del phase
        self.is_connected(within)

    def is_connected(self, within: int = PATIENCE) -> None:
        expect(self.page.locator("[data-slot=link]")).to_have_text("Đã kết nối", timeout=within)

    def weigh(self, reason: str) -> None:
        """In the dialog that is up: gives the reason, looks at what would change, and applies it."""
        dialog = self.page.locator("dialog[open]")
        dialog.locator("[name=reason]").fill(reason)
        dialog.locator("[data-preview]").click()
        dialog.locator("[data-apply]").click()
        expect(dialog).to_have_count(0)

    def verdict(self, deed: str) -> None:
        """confirm or publish, and yes."""
        self.page.locator(f"[data-verdict-deed={deed}]").click()
        self.agree()


class Remote(Screen):
    """The host's phone with the one large key."""

    def pair(self) -> None:
        """Takes the code of the address."""
        self.page.locator("[data-pair]").click()

    def at(self, phase: str, within: int = PATIENCE) -> None:
        expect(self.page.locator("live-remote")).to_have_attribute("data-phase", phase, timeout=within)

    def is_connected(self, within: int = PATIENCE) -> None:
        expect(self.page.locator("live-remote")).to_have_attribute("data-link", "open", timeout=within)

    def next(self) -> None:
        """The one next key, as soon as it leads somewhere."""
        key = self.page.locator("[data-next]")
        expect(key).not_to_have_attribute("aria-disabled", "true", timeout=PATIENCE)
        key.click()
