"""Devices of the people in a journey, whose pages tell on every fault."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Playwright, Request

PHONE = "Pixel 7"
DESKTOP = {"viewport": {"width": 1366, "height": 768}}
# Chromium reports every answer of 400 and more, and every request without a network, as a console error; journeys
# provoke both on purpose. So do sockets whose server is killed.
EXPECTED_IN_CONSOLE = ("Failed to load resource", "WebSocket connection to 'ws://127.0.0.1")


class Devices:
    """Makes devices, and writes down every fault of their pages: a page threw, broke the Content-Security-Policy, or
    asked another host for anything.
    """

    def __init__(self, browser: Browser, playwright: Playwright, url: str) -> None:
        self.browser, self.playwright, self.url = browser, playwright, url
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def make(self, *, desktop: bool = False, **options: Any) -> BrowserContext:
        """A device with cookies and storage of its own."""
        device = DESKTOP if desktop else self.playwright.devices[PHONE]
        context = self.browser.new_context(
            **{
                **device,
                "base_url": self.url,
                "locale": "vi-VN",
                "timezone_id": "Asia/Ho_Chi_Minh",
                **options,
            }
        )
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._on_request)
        self.contexts.append(context)
        return context

    def close(self) -> None:
        """Switches all of them off."""
        for context in self.contexts:
            context.close()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED_IN_CONSOLE):
            self.faults.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != urlsplit(self.url).netloc:
            self.faults.append(f"asked another host: {request.url}")
