"""The bank as the plan of a live round uses it: what a line asks, and drawing lines that are not in the plan yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from contest.models import LiveRound
from contest.rules import paper
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.live_plan import Line
from contest.rules.paper import PoolItem
from question_bank.models import QuestionVersion
from question_bank.queries import pool
from question_bank.rules.review import State


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the bank as a line of a plan shows it. `usable`: approved, so that the lobby may open with it."""

    code: str
    stem: str
    kind: str
    level: str
    topic: str
    usable: bool


def asked(lines: Sequence[Line]) -> dict[int, Asked]:
    """The questions of these lines by version id; one that is gone is missing."""
    wanted = {line.version_id for line in lines if line.version_id}
    rows = QuestionVersion.objects.filter(id__in=wanted).select_related("question__topic")
    return {
        row.pk: Asked(
            row.question.code,
            row.stem,
            row.kind,
            row.level,
            f"{row.question.topic.key} {row.question.topic.title}",
            row.state == State.APPROVED,
        )
        for row in rows
    }


def draw(cell: Cell, *, without: Collection[int], seed: str) -> list[int]:
    """Version ids that fill the cell, least used first. Refusal: `pool-too-small` (`shortages`)."""
    items = [
        PoolItem(found.version_id, found.topic, found.level, found.kind, found.drawn)
        for found in pool.approved()
        if found.version_id not in without
    ]
    return [place.version_id for place in paper.draw(Blueprint((cell,)), items, seed)]


def of_contest(contest_id: int) -> list[LiveRound]:
    """The live rounds of a contest in order."""
    return list(LiveRound.objects.filter(contest_id=contest_id).order_by("number"))
