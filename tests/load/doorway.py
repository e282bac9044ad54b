"""A phone's whole way into a hall as a browser goes it for the first time: the door, what it is made of, the form, the
player's page. Cookies and the form's token are kept as a browser keeps them.
"""

import asyncio
import gzip
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.load.room import NotReached

_ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
_FORM = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_TOKEN = re.compile(rb'data-token="([0-9a-f]{32})"')
# What a browser asks for that shows no picture it does not need.
_NOT_FETCHED = (b".png", b"favicon.svg")


class Browser:
    """One phone's connection, kept for all it asks, with its cookies."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._cookies: dict[str, str] = {}
        self._seen: set[bytes] = set()
        self.requests = 0

    async def page(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        """(status, Location, body) after what the page is made of has been fetched, each thing once."""
        status, location, body = await self._ask(method, path, form)
        for asset in _ASSET.findall(body):
            if asset not in self._seen and not asset.endswith(_NOT_FETCHED):
                self._seen.add(asset)
                await self._ask("GET", asset.decode())
        return status, location, body

    async def _ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        self.requests += 1
        content = urlencode(form).encode() if form is not None else b""
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
        if self._cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(content)}"]
        self._writer.write("\r\n".join([*lines, "\r\n"]).encode() + content)
        first, *fields = (await self._reader.readuntil(b"\r\n\r\n"))[:-4].decode("latin-1").split("\r\n")
        length, location, is_packed = 0, "", False
        for name, _, value in (field.partition(": ") for field in fields):
            match name.lower():
                case "set-cookie":
                    self._cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
                case "content-length":
                    length = int(value)
                case "location":
                    location = value
                case "content-encoding":
                    is_packed = value == "gzip"
        body = await self._reader.readexactly(length)
        return int(first.split(" ")[1]), location, gzip.decompress(body) if is_packed else body

    def close(self) -> None:
        """Hangs up."""
        self._writer.close()


async def come_in(port: int, join_token: str, name: str, *, source: str, seconds: float) -> str:
    """The participant's token. NotReached when the form does not lead to the player's page."""
    async with asyncio.timeout(seconds):
        browser = Browser(*await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0)))
        try:
            door = f"/phong/q/{join_token}/"
            _, _, body = await browser.page("GET", door)
            form = _FORM.search(body)
            if form is None:
                raise NotReached("no form at the door")
            fields = {"csrfmiddlewaretoken": form[1].decode(), "action": "join", "name": name}
            status, location, _ = await browser.page("POST", door, fields)
            if status != 302:
                raise NotReached(f"HTTP {status} at the door")
            _, _, body = await browser.page("GET", location)
            token = _TOKEN.search(body)
            if token is None:
                raise NotReached("no token on the player's page")
            return token[1].decode()
        finally:
            browser.close()
