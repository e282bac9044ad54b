"""Prints the journal of a live round, event by event, with what the state is after it."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contest.live import events
from contest.live.story import Step
from contest.models import LiveRound
from contest.queries import live_story


class Command(BaseCommand):
    """`manage.py replay_live ROUND [--to VERSION] [--full]`."""

    help = "Replays a live round from its journal: version, time, role, event, phase; --full prints the event's body."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, help="id of the live round")
        parser.add_argument("--to", type=int, default=None, metavar="VERSION", help="stop after this version")
        parser.add_argument("--full", action="store_true", help="print the events' bodies, too")

    def handle(self, *args: Any, **options: Any) -> None:
        if not LiveRound.objects.filter(pk=options["round"]).exists():
            raise CommandError(f"there is no live round {options['round']}")
        last = None
        for step in live_story.story(options["round"]):
            if options["to"] is not None and step.entry.version > options["to"]:
                break
            self.stdout.write(line_of(step))
            if options["full"]:
                self.stdout.write(f"      {events.encode(step.entry.event)}")
            last = step
        if last is None:
            self.stdout.write("the journal is empty")


def line_of(step: Step) -> str:
    """One event on a line."""
    entry, after = step.entry, step.after
    at = datetime.fromtimestamp(entry.at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    kind = str(entry.event.__struct_config__.tag)
    late = f"  ({step.late_ms / 1000:.1f} s late)" if step.late_ms else ""
    return f"{entry.version:>5} {at}Z {entry.role:<6} {kind:<18} -> {after.phase.value} run {after.run}{late}"
