"""Verifies that every citation's quote stands in a plan document, and reports what the bank covers."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from question_bank.actions import starter
from question_bank.management.commands.load_outline import read
from question_bank.models import QuestionVersion
from question_bank.rules import citations
from question_bank.rules.review import State

LEVELS = ("NB", "TH", "VD", "VDC")
KINDS = ("single", "multi", "truefalse", "fill", "order", "match")


class Command(BaseCommand):
    """`manage.py check_sources FILE [--starter]`."""

    help = "Checks the quotes of all approved questions (or, with --starter, of the starter bank) against a document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--starter", action="store_true", help="check the data files instead of the database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = read(options["file"])
        cover: Counter[tuple[str, str]] = Counter()
        wrong = []
        quotes = 0
        for code, topic, level, kind, cited in starter_rows() if options["starter"] else bank_rows():
            cover[topic, level] += 1
            cover[topic, kind] += 1
            for key, quote in cited:
                quotes += 1
                if not citations.quote_found(quote, document.subtree_text(key)):
                    wrong.append(f"{code}: “{quote}” does not stand in {key}")
        self._report(cover)
        for line in wrong:
            self.stderr.write(line)
        self.stdout.write(f"{quotes} quotes, {len(wrong)} not found")
        if wrong:
            raise CommandError("some quotes are not in the document")

    def _report(self, cover: Counter[tuple[str, str]]) -> None:
        columns = (*LEVELS, *KINDS)
        topics = sorted({topic for topic, _ in cover}, key=_order)
        self.stdout.write(f"{'topic':10}" + "".join(f"{column:>10}" for column in (*columns, "all")))
        for topic in topics:
            counts = [cover[topic, column] for column in columns]
            self.stdout.write(f"{topic:10}" + "".join(f"{n or '·':>10}" for n in (*counts, sum(counts[:4]))))
        totals = [sum(cover[topic, column] for topic in topics) for column in columns]
        self.stdout.write(f"{'all':10}" + "".join(f"{n:>10}" for n in (*totals, sum(totals[:4]))))


Row = tuple[str, str, str, str, list[tuple[str, str]]]


def bank_rows() -> list[Row]:
    """(code, topic, level, kind, citations) of every approved version."""
    versions = QuestionVersion.objects.filter(state=State.APPROVED).select_related("question__topic")
    return [
        (
            v.question.code,
            v.question.topic.key,
            v.level,
            v.kind,
            [(c.topic_key, c.quote) for c in v.citations.all()],
        )
        for v in versions.prefetch_related("citations")
    ]


def starter_rows() -> list[Row]:
    """The same of the data files."""
    return [
        (code, topic, content.level, content.kind, list(content.citations))
        for code, topic, content in starter.read_folder()
    ]


def _order(key: str) -> tuple[object, ...]:
    """2.10 comes after 2.9."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part) for part in key.replace("/", ".").split(".")
    )
