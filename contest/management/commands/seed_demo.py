"""Fills an empty database with the demo contest and prints how to look at it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from contest.actions import demo
from contest.models import Contest


class Command(BaseCommand):
    """`manage.py seed_demo [--people N]`."""

    help = "Fills an empty database with a demo contest; does nothing when a contest is there already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=400)

    def handle(self, *args: Any, **options: Any) -> None:
        made = demo.seed(now=timezone.now(), people=options["people"])
        if made is not None:
            self.stdout.write(f"Demo contest made: {demo.attempts_made(made)} attempts.")
        if not Contest.objects.filter(slug=demo.SLUG).exists():
            return
        names = ", ".join(name for name, _, _ in demo.ACCOUNTS)
        self.stdout.write(
            f"\nDemo accounts (password {demo.PASSWORD}): {names}\n"
            f"  /                                  home, as a union member sees it\n"
            f"  /cuoc-thi/{demo.SLUG}/   the contest: register, then 'Vào thi'\n"
            f"  /to-chuc/                          organisers (truongban, thuky)\n"
            f"  /to-chuc/truc-tiep/2/              live round 2: rehearse it with simulated people, or open its room\n"
            f"                                     (thuky leads; giamkhao and truongban are the jury)\n"
            f"  /phong/2/dieu-khien/               host of round 2; projector /phong/2/man-chieu/; phones /phong/\n"
            f"  /phong/1/ket-qua/                  a live round that was played and published\n"
            f"  /bien-tap/                         curators (bientap, duyet)\n"
            f"  /api/v1/docs                       the API\n"
        )
