"""The message catalogues: `python tests/messages.py write` brings frontend/locale/en up to date with the sources.

Django's own makemessages needs GNU gettext; this does the same with Babel alone. New messages are added untranslated;
messages that are gone are dropped. `check` fails when a message is missing, unused or untranslated.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("api", "contest", "frontend", "question_bank")
CATALOGUE = ROOT / "frontend" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


def messages() -> Iterator[tuple[str | tuple[str, ...], str, str | None]]:
    """(message id, place, context or None) of every message in templates and modules."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if "node_modules" in path.parts or path.suffix not in {".py", ".html"}:
                continue
            source = path.read_text("utf-8")
            if path.suffix == ".html":
                source = "\n".join(
                    line.lstrip() for line in templatize(source, origin=str(path)).splitlines()
                )
            for _, found, _, context in extract(
                "python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}
            ):
                yield found, str(path.relative_to(ROOT)), context


def brought_up_to_date() -> Catalog:
    """The catalogue with exactly the messages of the sources, known translations kept."""
    known = Catalog(locale="en")
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as file:
            known = read_po(file, locale="en")
    fresh = Catalog(locale="en", project="timhieu", charset="utf-8", fuzzy=False)
    for found, place, context in messages():
        if not found or found == ("", ""):
            continue
        old = known.get(found if isinstance(found, str) else found[0], context)
        flags = {"python-format"} if re.search(r"%\(\w+\)[sd]", str(found)) else set()
        string = old.string if old else None
        fresh.add(found, string=string, locations=[(place, None)], flags=flags, context=context)
    return fresh


def problems() -> list[str]:
    """What keeps English from being whole; empty when nothing does."""
    fresh = brought_up_to_date()
    with CATALOGUE.open("rb") as file:
        kept = {_name(message) for message in read_po(file, locale="en") if message.id}
    used = {_name(message) for message in fresh if message.id}
    found = [f"not in the catalogue: {new}" for new in used - kept]
    found += [f"no longer used: {gone}" for gone in kept - used]
    found += [f"untranslated: {message.id}" for message in fresh if message.id and not message.string]
    found += [
        f"placeholders differ: {message.id}"
        for message in fresh
        if message.id and message.string and _holes(message.id) != _holes(message.string)
    ]
    return found


def _name(message: Message) -> tuple[object, str | None]:
    """Two messages of one text differ by their context: a deed's name and what the journal says of it."""
    return message.id, message.context


def _holes(text: object) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}|</?[a-z]+", str(text)))


def main(verb: str) -> int:
    """`write` or `check`; the exit code."""
    settings.configure()
    if verb == "write":
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        written = io.BytesIO()
        write_po(written, brought_up_to_date(), width=0, sort_output=True, omit_header=False)
        # Without its moment: it says nothing, and every two changes side by side would meet in it.
        CATALOGUE.write_bytes(re.sub(rb'"POT-Creation-Date.*\n', b"", written.getvalue()))
        return 0
    found = problems()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
