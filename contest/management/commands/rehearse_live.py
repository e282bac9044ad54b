"""Rehearses a live round with simulated people, in a room of its own."""

import random
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from contest import rehearsal
from contest.actions import live_rehearsal
from contest.actions.live_crowd import Crowd
from contest.errors import Refusal


class Command(BaseCommand):
    """`manage.py rehearse_live ROUND [--people N] [--seed N] [--lead]`."""

    help = (
        "Opens a rehearsal of a live round (or joins the rehearsal named), lets simulated people join and answer, and "
        "waits until it has ended. Lead it in a browser, or with --lead let it be led."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, help="id of the live round, or of a rehearsal that is open")
        parser.add_argument("--people", type=int, default=100)
        parser.add_argument("--seed", type=int, default=None)
        parser.add_argument("--lead", action="store_true", help="press the host's next key, too")

    def handle(self, *args: Any, **options: Any) -> None:
        people = options["people"]
        try:
            row = live_rehearsal.room_for(options["round"], people=people, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(f"no rehearsal: {refusal.code} {refusal.facts or ''}") from None
        self.stdout.write(
            f"{row.title}: PIN {row.pin}, host /phong/{row.pk}/dieu-khien/, projector /phong/{row.pk}/man-chieu/"
        )
        seed = options["seed"] if options["seed"] is not None else random.randrange(2**31)  # noqa: S311
        stop = threading.Event()
        before = [
            (name, signal.signal(name, lambda *_: stop.set())) for name in (signal.SIGTERM, signal.SIGINT)
        ]
        try:
            rehearsal.play(Crowd(row.pk, people, seed=seed), stop, lead=options["lead"])
        finally:
            for name, handler in before:
                signal.signal(name, handler)
        self.stdout.write(f"over (seed {seed})")
