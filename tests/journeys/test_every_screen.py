"""Walks every screen in every state and lets axe look: in Vietnamese by day as it is mostly seen, then in English, in
the dark and at the other width. What is seen lives in screens.py and gallery.py. With PICTURES=folder in the
environment each look is also saved as a picture there, for people to look at.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.journeys.devices import Devices
from tests.journeys.screens import SCREENS, unfold

pytestmark = pytest.mark.once  # what a screen looks like does not depend on the database
PICTURES = os.environ.get("PICTURES", "")
STAFF = {"chief", "writer", "approver", "nobody"}
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
STORES = "local_storage,indexeddb,cache_storage"
LOOKS = ({"language": "vi", "scheme": "light"}, {"language": "en", "scheme": "dark"})


class Window(NamedTuple):
    """A device that is kept for all screens, and the hand that empties it."""

    device: BrowserContext
    line: CDPSession


class Windows:
    """The four devices at which the screens are looked at: a new one for each of them takes longer than its look."""

    def __init__(self, devices: Devices) -> None:
        self.devices = devices
        self.made: dict[tuple[bool, str], Window] = {}

    @contextmanager
    def page(self, *, wide: bool, scheme: str) -> Iterator[Page]:
        """A new tab on a device that remembers nobody."""
        if (wide, scheme) not in self.made:
            device = self.devices.make(
                desktop=wide,
                viewport=WIDE if wide else NARROW,
                color_scheme=scheme,
                service_workers="block",
            )
            self.made[wide, scheme] = Window(device, device.new_cdp_session(device.new_page()))
        window = self.made[wide, scheme]
        window.device.clear_cookies()
        window.line.send("Storage.clearDataForOrigin", {"origin": self.devices.url, "storageTypes": STORES})
        page = window.device.new_page()
        yield page
        page.close()


@pytest.fixture(scope="module")
def gallery(live_site):
    return live_site.stage("tests.journeys.gallery:every_state")


@pytest.fixture(scope="module")
def windows(browser, playwright, live_site):
    devices = Devices(browser, playwright, live_site.url)
    yield Windows(devices)
    devices.close()


def cookies_of(screen, facts, language):
    """Who looks, and in which language."""
    named = {"django_language": language}
    if screen.who == "entrant":
        named[f"entrant_{facts['contest']}"] = facts["entrant"]
    elif screen.who in STAFF:
        named["sessionid"] = facts["sessions"][screen.who]
    return [{"name": name, "value": value, "url": facts["site"].url} for name, value in named.items()]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_axe_finds_nothing_serious(screen, gallery, live_site, windows, axe):
    windows.devices.faults.clear()
    for number, look in enumerate(LOOKS):
        facts = {**gallery["shared"], **gallery["looks"][number], "site": live_site}
        with windows.page(wide=(screen.who in STAFF) is (number == 0), scheme=look["scheme"]) as page:
            page.context.add_cookies(cookies_of(screen, facts, look["language"]))
            look_at(page, screen, facts, look, axe)
    assert windows.devices.faults == []


def look_at(page, screen, facts, look, axe):
    """Goes to the screen; it is the one, in one of its languages, without a fault, and as wide as the window."""
    assert page.goto(screen.path.format(**facts)).status == screen.status
    if screen.then is not None:
        screen.then(page, facts)

    # A live screen is drawn by script, when its room has answered: wait for what it shows.
    page.locator(screen.sees.format(**facts)).first.wait_for(state="attached")
    unfold(page)
    assert page.locator("html").get_attribute("lang") in {look["language"], "vi"}
    assert page.locator("h1").count() == 1
    assert axe(page) == [], look
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(
            path=Path(PICTURES) / f"{screen}-{look['language']}-{look['scheme']}.png", full_page=True
        )
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == 0, f"{too_wide} px wider than the screen ({look})"


def test_axe_sees_what_is_wrong(phone, axe):
    phone.goto("/tra-cuu/")
    phone.evaluate("document.querySelector('main label').remove()")

    assert [fault.split(" ")[0] for fault in axe(phone)] == ["label"]
