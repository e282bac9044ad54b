"""Recomputes a published ranking from the stored rows and compares it byte for byte."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contest.actions import settlement
from contest.models import Round


class Command(BaseCommand):
    """`manage.py verify_result ROUND`."""

    help = "Recomputes the newest ranking of a round from its attempts and compares it with the stored sheet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, help="id of the round")

    def handle(self, *args: Any, **options: Any) -> None:
        round = Round.objects.filter(pk=options["round"]).first()
        stored = round.settlements.order_by("-edition").first() if round else None
        if round is None or stored is None:
            raise CommandError(f"round {options['round']} has no settled result")
        outcome = settlement.compute(round, stored.basis)
        self.stdout.write(f"stored     {stored.sheet_hash}\nrecomputed {outcome.sheet_hash}")
        if outcome.sheet != stored.sheet:
            raise CommandError("the recomputed ranking differs from the stored one")
        self.stdout.write(f"edition {stored.edition}: {len(outcome.settlement.rows)} entrants, identical")
