"""Fixtures of the browser journeys: a site, a browser, and phones that tell on every fault of a page."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.journeys.browser import ARGUMENTS, ROOT, find_browser
from tests.journeys.devices import Devices
from tests.journeys.site import Site, migrated_template, running_site

AXE = ROOT / "frontend" / "client" / "node_modules" / "axe-core" / "axe.min.js"
# How long a screen may take to follow, on a busy machine: it costs nothing where the screen follows at once.
expect.set_options(timeout=30_000)
# Colours are read at rest: halfway through a fade nothing has its contrast, and a fade may begin while axe looks.
LOOK = """async () => {
  const still = new CSSStyleSheet();
  still.replaceSync("*, *::before, *::after { animation: none !important; transition: none !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  const moving = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  await Promise.all(moving.map((one) => one.finished.catch(() => null)));
  const found = await axe.run({ resultTypes: ["violations"] });
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== still);
  return found;
}"""

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with migrated_template(tmp_path_factory.mktemp("template")) as name:
        yield name


@pytest.fixture(scope="module")
def live_site(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[Site]:
    """A site with empty tables, shared by the journeys of one file."""
    with running_site(tmp_path_factory.mktemp("site"), template) as site:
        yield site


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = find_browser()
    launched = playwright.chromium.launch(
        executable_path=found.executable, args=ARGUMENTS, env={**os.environ, **found.environment}
    )
    yield launched
    launched.close()


@pytest.fixture
def new_device(
    browser: Browser, playwright: Playwright, live_site: Site
) -> Iterator[Callable[..., BrowserContext]]:
    """Make a device with cookies and storage of its own: `new_device()` is a phone, `new_device(desktop=True)` is not.

    At the end the journey fails if a page had a fault.
    """
    devices = Devices(browser, playwright, live_site.url)
    yield devices.make
    devices.close()
    assert devices.faults == []


@pytest.fixture
def phone(new_device: Callable[..., BrowserContext]) -> Page:
    """A page on a phone."""
    return new_device().new_page()


@pytest.fixture
def desktop(new_device: Callable[..., BrowserContext]) -> Page:
    """A page on an organiser's or curator's screen."""
    return new_device(desktop=True).new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical on the page as it is now, once nothing moves: a line a fault."""
    source = Path(AXE).read_text()

    def check(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(LOOK)
        return [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['target']}"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]

    return check
