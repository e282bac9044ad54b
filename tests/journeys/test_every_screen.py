"""Walks every screen in every state and lets axe look: in Vietnamese by day as it is mostly seen, then in English, in
the dark and at the other width. What is seen lives in screens.py and gallery.py. With PICTURES=folder in the
environment each look is also saved as a picture there, for people to look at.
"""

import os
from pathlib import Path

import pytest

from tests.journeys.screens import SCREENS, unfold

pytestmark = pytest.mark.once  # what a screen looks like does not depend on the database
PICTURES = os.environ.get("PICTURES", "")
STAFF = {"chief", "writer", "approver", "nobody"}
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
LOOKS = ({"language": "vi", "scheme": "light"}, {"language": "en", "scheme": "dark"})


@pytest.fixture(scope="module")
def gallery(live_site):
    return live_site.stage("tests.journeys.gallery:every_state")


def cookies_of(screen, facts, language):
    """Who looks, and in which language."""
    named = {"django_language": language}
    if screen.who == "entrant":
        named[f"entrant_{facts['contest']}"] = facts["entrant"]
    elif screen.who in STAFF:
        named["sessionid"] = facts["sessions"][screen.who]
    return [{"name": name, "value": value, "url": facts["site"].url} for name, value in named.items()]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_axe_finds_nothing_serious(screen, gallery, live_site, new_device, axe):
    for number, look in enumerate(LOOKS):
        facts = {**gallery["shared"], **gallery["looks"][number], "site": live_site}
        wide = (screen.who in STAFF) is (number == 0)
        device = new_device(
            desktop=wide,
            viewport=WIDE if wide else NARROW,
            color_scheme=look["scheme"],
            service_workers="block",
        )
        device.add_cookies(cookies_of(screen, facts, look["language"]))
        page = device.new_page()

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
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide == 0, f"{too_wide} px wider than the screen ({look})"
        device.close()


def test_axe_sees_what_is_wrong(phone, axe):
    phone.goto("/tra-cuu/")
    phone.evaluate("document.querySelector('main label').remove()")

    assert [fault.split(" ")[0] for fault in axe(phone)] == ["label"]
