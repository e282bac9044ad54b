"""A hall in a browser: a projector, an operator's laptop, phones; with hands to lead a round and eyes to see it.

Every step that changes the phase waits until all screens show it.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.live_desks import Host, Jury, Projector, Remote
from tests.journeys.live_screens import PATIENCE, Phone, Screen
from tests.journeys.site import Site

HANDHELD = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SCREEN, LAPTOP = {"width": 1920, "height": 1080}, {"width": 1280, "height": 800}
NewDevice = Callable[..., BrowserContext]
Axe = Callable[[Page], list[str]]


class Hall:
    """A round with whoever looks at it."""

    def __init__(
        self, site: Site, place: Mapping[str, Any], name: str, new_device: NewDevice, *, language: str = ""
    ) -> None:
        self.site, self.place, self.name, self.language = site, place, name, language
        self.facts: dict[str, Any] = dict(place["rounds"][name])
        self.new_device = new_device
        self.phones: list[Phone] = []
        self.others: list[Screen] = []
        self._looks = 0

    @property
    def id(self) -> int:
        return int(self.facts["id"])

    def item(self, number: int) -> dict[str, Any]:
        """A line of the plan, from 1."""
        return dict(self.facts["items"][number - 1])

    def device(self, who: str = "", **options: Any) -> BrowserContext:
        """A device of its own; `who` has signed in on it."""
        context = self.new_device(desktop=True, **options)
        named = {
            "sessionid": self.place["sessions"][who] if who else "",
            "django_language": self.language,
        }
        context.add_cookies(
            [{"name": name, "value": value, "url": self.site.url} for name, value in named.items() if value]
        )
        return context

    def phone(self, name: str, *, way: str = "", unit: str = "", **options: Any) -> Phone:
        """A phone that joins by `way`: "pin" types the PIN, "qr" scans the code; otherwise by the PIN's address.

        `unit` where the round asks for it, but by PIN.
        """
        phone = Phone(self.device(**{**HANDHELD, **options}).new_page(), f"phone{len(self.phones) + 1}")
        if way == "pin":
            phone.join_by_pin(self.facts["pin"], name)
        else:
            last = f"q/{self.facts['token']}" if way == "qr" else self.facts["pin"]
            phone.join(f"/phong/{last}/", name, **({"unit": unit} if unit else {}))
        self.phones.append(phone)
        return phone

    def remote(self, address: str) -> Remote:
        """The host's phone at the address that the QR code holds."""
        made = Remote(self.device(**HANDHELD).new_page(), "remote")
        assert made.page.goto(address).status == 200  # type: ignore[union-attr]
        return made

    def projector(self) -> Projector:
        made = Projector(self.device("chief", viewport=SCREEN).new_page(), "projector")
        made.page.goto(f"/phong/{self.id}/man-chieu/")
        self.others.append(made)
        return made

    def host(self, who: str = "chief") -> Host:
        made = Host(self.device(who, viewport=LAPTOP).new_page(), "host")
        made.page.goto(f"/phong/{self.id}/dieu-khien/")
        self.others.append(made)
        return made

    def jury(self, who: str = "second") -> Jury:
        made = Jury(self.device(who, viewport=LAPTOP).new_page(), f"jury-{who}")
        made.page.goto(f"/phong/{self.id}/giam-khao/")
        made.is_connected()
        return made

    def leave(self, screen: Screen) -> None:
        """The device is gone."""
        (self.phones if isinstance(screen, Phone) else self.others).remove(screen)  # type: ignore[arg-type]
        screen.page.context.close()

    @property
    def screens(self) -> list[Screen]:
        return [*self.others, *self.phones]

    def at(self, phase: str) -> None:
        """Every screen shows the phase."""
        for screen in self.screens:
            screen.at(phase)

    def look(self, step: str, axe: Axe | None = None, *, phones: int = 2) -> None:
        """A picture of projector, host and the first phones; with `axe` nothing serious is wrong on them."""
        self._looks += 1
        for screen in [*self.others, *self.phones[:phones]]:
            screen.picture(f"{self.name}-{self._looks:02}-{step}")
            if axe is not None:
                assert axe(screen.page) == [], (step, screen.name)

    def ask(self, host: Host) -> None:
        """The next question, with its options."""
        for phase in ("reading", "open"):
            host.next()
            self.at(phase)
        self.options_are_up()

    def options_are_up(self) -> None:
        """The options are sent a moment before they are shown everywhere at once."""
        for screen in self.screens:
            if isinstance(screen, Phone):
                expect(screen.page.locator(".live-foot")).to_be_visible(timeout=PATIENCE)
            elif isinstance(screen, Projector):
                expect(screen.page.locator(".hall-question__choices[data-waiting]")).to_have_count(
                    0, timeout=PATIENCE
                )

    def close(self, host: Host) -> None:
        """The question is over and its answer on the screens."""
        host.do("close-now")
        self.at("closed")
        host.next()
        self.at("reveal")

    def finish(self, host: Host, look: Axe | None = None) -> None:
        """From the last answer over the podium to the end; places that nobody has are passed over."""
        label = host.page.locator("[data-slot=next-label]")
        for step in range(1, 6):
            before = label.inner_text()
            host.next()
            expect(label).not_to_have_text(before, timeout=PATIENCE)
            phase = host.page.locator("live-host").get_attribute("data-phase")
            self.at(str(phase))
            self.look(f"{phase}-{step}", look if step in {1, 4, 5} else None)
            if phase == "ended":
                return

    def standing(self) -> dict[str, Any]:
        """What the database holds (see live_stage.standing)."""
        return dict(self.site.stage("tests.journeys.live_stage:standing", round=self.id))

    def journal(self) -> list[dict[str, Any]]:
        """Its events (see live_stage.journal)."""
        return list(self.site.stage("tests.journeys.live_stage:journal", round=self.id))

    def event(self, kind: str) -> dict[str, Any]:
        """The newest event of the kind, which has come, or does."""
        end = time.monotonic() + PATIENCE / 1000
        while not (found := [event for event in self.journal() if event["kind"] == kind]):
            assert time.monotonic() < end, f"no {kind}"
        return found[-1]

    def sheet_hash(self) -> str:
        """SHA-256 of the newest edition's sheet."""
        return str(self.site.stage("tests.journeys.live_stage:sheet_hash", round=self.id))

    def api(self) -> httpx.Client:
        """The round's API without a session."""
        return httpx.Client(base_url=f"{self.site.url}/api/v1/live")
