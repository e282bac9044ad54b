"""What Vite built, as tags: `{% asset "site" %}` writes the styles and the script of src/entries/site.ts."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

BUILT = "frontend/dist"
DIST = Path(__file__).resolve().parent.parent / "static" / BUILT


@register.simple_tag
def asset(entry: str) -> SafeString:
    """Links to the styles, shared ones first, then the module script of an entry.

    ImproperlyConfigured when the client is not built or has no such entry.
    """
    styles, script = files_of(entry, manifest())
    links = format_html_join("", '<link rel="stylesheet" href="{}">', ((address(name),) for name in styles))
    return format_html('{}<script type="module" src="{}"></script>', links, address(script))


def files_of(entry: str, chunks: dict[str, Any]) -> tuple[list[str], str]:
    """(style files in the order of the cascade, script file) of an entry, from the chunks of a manifest."""
    key = f"src/entries/{entry}.ts"
    if key not in chunks:
        raise ImproperlyConfigured(f"the client has no entry {entry!r}: there is no {key} in its manifest")
    return list(dict.fromkeys(_styles(key, chunks, set()))), chunks[key]["file"]


def everything_of(entry: str) -> list[str]:
    """The URLs of all that an entry needs: its styles, its script and the scripts these import."""
    chunks = manifest()
    styles, _script = files_of(entry, chunks)
    return [address(name) for name in [*styles, *_scripts(f"src/entries/{entry}.ts", chunks)]]


def source_of(entry: str) -> str:
    """The script of an entry as text; ImproperlyConfigured unless it stands alone."""
    chunks = manifest()
    _styles, script = files_of(entry, chunks)
    if len(_scripts(f"src/entries/{entry}.ts", chunks)) > 1:
        raise ImproperlyConfigured(f"the entry {entry!r} must import nothing that other entries share")
    return (DIST / script).read_text("utf-8")


def manifest(dist: Path = DIST) -> dict[str, Any]:
    """The chunks that Vite wrote; read anew at every call while DEBUG is on, else once a process."""
    path = dist / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns if settings.DEBUG else 0)
    except FileNotFoundError as missing:
        raise ImproperlyConfigured(
            f"the client is not built: {path} is missing; run `make client`"
        ) from missing


def address(name: str) -> str:
    """The URL of a built file."""
    return static(f"{BUILT}/{name}")


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _styles(key: str, chunks: dict[str, Any], seen: set[str]) -> list[str]:
    """What a chunk imports or shares comes before its own, so that the entry's own rules win.

    Vite lists an entry's own file first; a shared file is one that is a chunk by itself.
    """
    if key in seen:
        return []
    seen.add(key)
    imported = [style for name in chunks[key].get("imports", []) for style in _styles(name, chunks, seen)]
    shared = {chunk["file"] for chunk in chunks.values()}
    return [*imported, *sorted(chunks[key].get("css", []), key=lambda style: style not in shared)]


def _scripts(key: str, chunks: dict[str, Any]) -> list[str]:
    imported = [name for other in chunks[key].get("imports", []) for name in _scripts(other, chunks)]
    return list(dict.fromkeys([chunks[key]["file"], *imported]))
