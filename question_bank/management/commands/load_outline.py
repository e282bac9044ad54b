"""Loads a plan document into the topic tree, after showing what would change."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from question_bank.actions import outline as actions
from question_bank.errors import Refusal
from question_bank.formats import sources
from question_bank.rules import outline

KINDS = ("section", "group", "item", "bullet", "paragraph")
EXPECTED = {
    "text": "some text, but the file is empty",
    "section-heading": 'a section heading such as "I- MỤC ĐÍCH, YÊU CẦU"',
    "second-heading": "a second heading after the first",
}


class Command(BaseCommand):
    """`manage.py load_outline FILE [--dry-run] [--format json] [--retire-missing]`."""

    help = (
        "Parses a plan document (.txt, .md, .docx) and loads it as the outline; shows the difference first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="json prints the parsed nodes"
        )
        parser.add_argument(
            "--retire-missing", action="store_true", help="allow topics that own questions to be retired"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = read(options["file"])
        as_json = options["format"] == "json"
        if as_json:
            self.stdout.write(json.dumps(outline.as_json(document), ensure_ascii=False, indent=1))
        entries = [entry_of(node) for node in document.nodes]
        change = actions.difference(entries)
        if not as_json:
            self._show(document, change)
        if options["dry_run"]:
            return
        if change.kept and not options["retire_missing"]:
            raise CommandError(
                f"these topics own questions and are not in the file: {', '.join(change.kept)}"
            )
        actions.apply(entries, title=document.title, source=document.source, now=timezone.now())

    def _show(self, document: outline.Document, change: actions.Difference) -> None:
        kinds = [node.kind.value for node in document.nodes]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in KINDS)
        self.stdout.write(f"{document.title or 'untitled'}: {counts}")
        for sign, keys in (
            ("+", change.added),
            ("~", change.changed),
            ("-", change.removed),
            ("!", change.kept),
        ):
            for key in keys:
                self.stdout.write(f"{sign} {key}")
        for node in document.nodes:
            for warning in node.warnings:
                self.stdout.write(f"? {node.key} (line {node.line_first}): {warning.value}")
        if change.empty:
            self.stdout.write("nothing to change")


def read(name: str) -> outline.Document:
    """The parsed document of a file; CommandError says what was expected and at which line it failed."""
    path = Path(name)
    if not path.is_file():
        raise CommandError(f"{name}: no such file")
    try:
        return outline.parse(sources.read_source(path.name, path.read_bytes()))
    except Refusal as refusal:
        facts = refusal.facts
        if refusal.code == "not-an-outline":
            expected = EXPECTED.get(str(facts.get("expected")), facts.get("expected"))
            where = f"{name}, line {facts.get('line')}"
            raise CommandError(
                f"{where}: this is no outline; expected {expected}, found {facts.get('found')!r}"
            ) from None
        raise CommandError(f"{name}: {refusal.code} {facts or ''}".rstrip()) from None


def entry_of(node: outline.Node) -> actions.Entry:
    """A parsed node as the outline stores it; a new topic takes the corrected title."""
    return actions.Entry(
        key=node.key,
        kind=node.kind.value,
        number=node.number,
        parent=node.parent,
        title=node.display_title,
        text=node.text,
        start=node.start,
        end=node.end,
        warnings=tuple(warning.value for warning in node.warnings),
    )
