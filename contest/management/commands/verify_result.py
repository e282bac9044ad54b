"""Recomputes a published ranking from the stored rows and compares it byte for byte."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contest.actions import live_results, overall, settlement
from contest.errors import Refusal
from contest.models import Contest, Round
from contest.models.round import Edition


class Command(BaseCommand):
    """`manage.py verify_result ROUND`, `… --contest SLUG` or `… --live ROUND`."""

    help = (
        "Recomputes the newest ranking of a round from its attempts, of a contest from its rounds, or of a live round "
        "from its journal and answers, and compares it with the stored sheet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("round", type=int, nargs="?", help="id of the round")
        which.add_argument("--contest", metavar="SLUG", help="address of a contest: its final standing")
        which.add_argument("--live", metavar="ROUND", type=int, help="id of a live round")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["contest"]:
            self._contest(options["contest"])
        elif options["live"]:
            self._live(options["live"])
        else:
            self._round(options["round"])

    def _round(self, number: int) -> None:
        round = Round.objects.filter(pk=number).first()
        stored = round.settlements.order_by("-edition").first() if round else None
        if round is None or stored is None:
            raise CommandError(f"round {number} has no settled result")
        outcome = settlement.compute(round, stored.basis)
        self._compare(stored, outcome.sheet, outcome.sheet_hash, len(outcome.settlement.rows))

    def _contest(self, slug: str) -> None:
        contest = Contest.objects.filter(slug=slug).first()
        stored = contest.settlements.order_by("-edition").first() if contest else None
        if contest is None or stored is None:
            raise CommandError(f"contest {slug} has no settled final standing")
        outcome = overall.compute(contest, stored)
        self._compare(stored, outcome.sheet, outcome.sheet_hash, len(outcome.final.ranked))

    def _live(self, number: int) -> None:
        try:
            stored, sheet, sheet_hash = live_results.recomputed(number)
        except Refusal:
            raise CommandError(f"live round {number} has no result") from None
        self._compare(stored, sheet, sheet_hash, stored.numbers["people"], stored.numbers.get("units", 0))

    def _compare(self, stored: Edition, sheet: str, sheet_hash: str, people: int, units: int = 0) -> None:
        self.stdout.write(f"stored     {stored.sheet_hash}\nrecomputed {sheet_hash}")
        if sheet != stored.sheet:
            raise CommandError("the recomputed ranking differs from the stored one")
        counted = f"{people} entrants, {units} units" if units else f"{people} entrants"
        self.stdout.write(f"edition {stored.edition}: {counted}, identical")
