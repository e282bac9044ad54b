"""What the load test finds in the database: a contest with one open round of twenty questions, and its entrants.

Everything but the crowd is made by the product's own actions. Called through `Site.stage`, JSON in and out.
"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from contest.actions import contests, entrants, rounds, settlement, units
from contest.models import Attempt, Contest, Entrant, Paper, Round, Unit, User
from contest.queries import board, tokens
from contest.rules.attempts import AttemptRule
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy
from question_bank.actions import starter
from tests.load import crowd

CONSENTS = {"take_part": {"at": "2026-11-01T00:00:00+07:00", "text_hash": "0" * 64}}
QUESTIONS = 20
RANK_LOOKS = 200


def seed(*, people: int) -> dict[str, Any]:
    """An open round and `people` entrants; {"round": id, "entrants": [token, …]}."""
    now = timezone.now()
    with transaction.atomic():
        contest, chief = _contest(now)
        round = _round(contest, chief, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=6))
        ids = _register(contest, people, now)
    _gather_statistics()
    return {"round": round.pk, "entrants": [tokens.write_entrant(pk) for pk in ids]}


def fill_board(*, round_id: int, people: int) -> dict[str, Any]:
    """`people` more entrants, each with a finished attempt on the board; how long that took (s)."""
    began = time.perf_counter()
    round = Round.objects.get(pk=round_id)
    ids = crowd.add(round, people)
    crowd.onto_board(round, ids)
    _gather_statistics()
    return {"seconds": time.perf_counter() - began}


def look_up_ranks(*, round_id: int) -> dict[str, Any]:
    """How long (ms, sorted) the product takes for the own place of entrants spread over the whole board."""
    now = timezone.now()
    ids = list(
        Attempt.objects.filter(round_id=round_id, score__isnull=False).values_list("entrant_id", flat=True)
    )
    step = max(1, len(ids) // RANK_LOOKS)
    board.own_place(round_id, ids[0], now=now)
    took = []
    for entrant_id in ids[::step][:RANK_LOOKS]:
        began = time.perf_counter()
        place = board.own_place(round_id, entrant_id, now=now)
        took.append((time.perf_counter() - began) * 1000)
        if place is None or place.rank is None:
            raise RuntimeError(f"entrant {entrant_id} has no rank")
    return {"ms": sorted(took), "board": len(ids)}


def settle(*, people: int) -> dict[str, Any]:
    """A second round, over since two days, with `people` attempts of which 1 % are still open; its settlement timed."""
    now = timezone.now()
    contest, chief = Contest.objects.get(), User.objects.get(username="chief")
    round = _round(contest, chief, opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=2))
    crowd.add(round, people, unfinished_every=100)
    _gather_statistics()
    rounds.begin_closing(now=now)
    began, cpu = time.perf_counter(), time.process_time()
    done = settlement.settle_round(round, actor=chief, now=now)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "attempts": done.numbers["attempts"],
        "ranked": done.standings.count(),
    }


def _contest(now: datetime) -> tuple[Contest, User]:
    chief = User.objects.create(username="chief", password="!", can_organise=True)
    writer = User.objects.create(username="writer", password="!", can_write_questions=True)
    starter.load(author=writer, approver=chief, now=now - timedelta(days=30))
    root = units.add_unit("Tỉnh đoàn Sông Thao", member_count=5000)
    for number in range(1, 21):
        units.add_unit(f"Đoàn xã số {number}", parent=root, member_count=200)
    contest = contests.create_contest(
        slug="tai-trong",
        title="Tìm hiểu công tác xây dựng Đảng",
        organiser="Tỉnh đoàn Sông Thao",
        creator=chief,
        unit_root=root,
        now=now - timedelta(days=20),
    )
    return contests.publish_contest(contest, actor=chief, now=now - timedelta(days=19)), chief


def _round(contest: Contest, chief: User, *, opens_at: datetime, closes_at: datetime) -> Round:
    cells = [Cell(f"II.1.{item}", 2) for item in range(1, 6)] + [
        Cell(f"II.2.{item}", 1) for item in range(1, 11)
    ]
    rules = Rules(
        blueprint=Blueprint(tuple(cells)), limit_s=600, attempts=AttemptRule(1), board=BoardPolicy.LIVE
    )
    round = rounds.create_round(
        contest, title="Tuần tải trọng", opens_at=opens_at, closes_at=closes_at, rules=rules, paper_count=6
    )
    round = rounds.announce_round(round, actor=chief, now=opens_at - timedelta(hours=1), seed="load")
    if any(len(paper.items) != QUESTIONS for paper in Paper.objects.filter(round=round)):
        raise RuntimeError(f"a paper does not have {QUESTIONS} questions")
    return round


def _register(contest: Contest, people: int, now: datetime) -> list[int]:
    """As `entrants.register` writes them, in bulk."""
    leaves = list(Unit.objects.filter(children__isnull=True))
    rows = (
        Entrant(
            contest=contest,
            name="Nguyễn Thị Phương Thảo",
            sort_key=f"thao nguyen thi phuong {number}",
            search="nguyen thi phuong thao",
            birth_year=1995,
            phone=f"+849{number:08d}",
            person_key=entrants.person_key(f"+849{number:08d}"),
            code="23456789",
            unit=(unit := leaves[number % len(leaves)]),
            unit_path=unit.path,
            unit_name=unit.full_name,
            consents=CONSENTS,
            registered_at=now,
        )
        for number in range(people)
    )
    Entrant.objects.bulk_create(rows, batch_size=500)
    return list(Entrant.objects.filter(contest=contest).order_by("id").values_list("id", flat=True))


def _gather_statistics() -> None:
    """The planner must know what it deals with, as it does after a while in production."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
