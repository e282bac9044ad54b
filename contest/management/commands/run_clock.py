"""Closes what is due, for ever (production: one beside the servers, with EMBEDDED_CLOCK=0 there)."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contest import clock


class Command(BaseCommand):
    """`manage.py run_clock [--once]`."""

    help = "Closes attempts and rounds whose time is up; --once does one beat and stops."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            closed, moved, live = clock.tick()
            self.stdout.write(f"{closed} attempts closed, {moved} rounds closing, {live} live rounds moved")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        clock.run_forever(stop)
