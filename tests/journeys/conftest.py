"""Fixtures of the browser journeys: a site, a browser, and phones that tell on every fault of a page."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

from tests.journeys.browser import ARGUMENTS, ROOT, find_browser
from tests.journeys.site import Site, migrated_template, running_site

AXE = ROOT / "frontend" / "client" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = "Pixel 7"
DESKTOP = {"viewport": {"width": 1366, "height": 768}}
# Chromium reports every answer of 400 and more, and every request without a network, as a console error; journeys
# provoke both on purpose. So do sockets whose server is killed.
EXPECTED_IN_CONSOLE = ("Failed to load resource", "WebSocket connection to 'ws://127.0.0.1")

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

    At the end the journey fails if a page threw, broke the Content-Security-Policy, or asked another host for anything.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    home = urlsplit(live_site.url).netloc

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED_IN_CONSOLE):
            faults.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != home:
            faults.append(f"asked another host: {request.url}")

    def make(*, desktop: bool = False, **options: Any) -> BrowserContext:
        device = DESKTOP if desktop else playwright.devices[PHONE]
        context = browser.new_context(
            **{
                **device,
                "base_url": live_site.url,
                "locale": "vi-VN",
                "timezone_id": "Asia/Ho_Chi_Minh",
                **options,
            }
        )
        context.on("console", on_console)
        context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
        context.on("request", on_request)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert faults == []


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
    """What axe finds serious or critical on the page as it is now: a line a fault."""
    source = Path(AXE).read_text()

    def check(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
        return [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['target']}"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]

    return check
