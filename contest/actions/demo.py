"""The demo: one contest with a published past round of several hundred entrants, one open round, one to come.

Everything goes through the product's own actions with moments in the past, so the demo shows what the product does.
Names and units are made up from common words; nobody is meant.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from contest.actions import (
    attempts,
    contests,
    demo_live,
    entrants,
    made_up,
    overall,
    rounds,
    settlement,
    units,
)
from contest.models import Attempt, Contest, ContestStaff, Entrant, Round, Unit, User
from contest.queries import snapshots
from contest.queries.tokens import AttemptToken
from contest.rules.attempts import AttemptRule, Per
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.overall import Terms
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Chain
from contest.rules.rulebook import PREDICTION_CHAIN, Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from question_bank.actions import starter

PASSWORD = "tim-hieu-2026"  # noqa: S105  (printed for whoever tries the demo; made for loopback only)
SLUG = "xay-dung-dang-2026"
ACCOUNTS: tuple[tuple[str, str, dict[str, bool]], ...] = (
    ("truongban", "Nguyễn Thị Phương Thảo", {"can_organise": True}),
    ("thuky", "Trần Văn Hòa", {"can_organise": True}),
    (*demo_live.JURY, {}),
    ("bientap", "Lê Thị Hồng Nhung", {"can_write_questions": True}),
    ("duyet", "Phạm Quốc Bảo", {"can_write_questions": True, "can_approve_questions": True}),
)
WARDS = ("Phường Bến Đá", "Phường Cầu Gỗ", "Xã Đồng Mít", "Xã Gò Sim", "Xã Hòa Lạc Thượng", "Phường Kim Đài",
         "Xã Long Khê", "Xã Mỹ Thuận Đông", "Phường Nam Bình", "Xã Phú Ninh Tây")  # fmt: skip
ROOT = "Tỉnh đoàn Sông Thao"
LONG_UNIT = "Chi đoàn Trung tâm Ứng dụng tiến bộ khoa học, kỹ thuật và Dịch vụ nông nghiệp tổng hợp"


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made, for the command to print."""

    contest: Contest
    past: Round
    current: Round
    coming: Round
    live: demo_live.LiveDemo


def seed(*, now: datetime, people: int = 400) -> Demo | None:
    """Fills an empty database; None (and nothing done) when a contest is there already."""
    if Contest.objects.exists():
        return None
    with transaction.atomic():
        staff = _accounts()
        starter.load(author=staff["bientap"], approver=staff["duyet"], now=now - timedelta(days=30))
        root = _plant()
        contest = _contest(staff, root, now)
        past = _round(
            contest,
            "Tuần 1: Nội dung trọng tâm",
            now - timedelta(days=9),
            now - timedelta(days=2),
            rules=_past_rules(),
            papers=4,
        )
        current = _round(
            contest,
            "Tuần 2: Nội dung thường xuyên",
            now - timedelta(days=1),
            now + timedelta(days=6),
            rules=_open_rules(),
            papers=6,
        )
        coming = _round(
            contest,
            "Tuần 3: Hình thức và tổ chức",
            now + timedelta(days=6),
            now + timedelta(days=13),
            rules=_open_rules("III", "IV"),
            papers=6,
        )
        rounds.announce_round(
            past, actor=staff["truongban"], now=past.opens_at - timedelta(days=1), seed="demo-1"
        )
        for row, seed_text in ((current, "demo-2"), (coming, "demo-3")):
            rounds.announce_round(row, actor=staff["truongban"], now=now - timedelta(days=2), seed=seed_text)
    crowd = _register(contest, people, now - timedelta(days=8))
    _play(past, crowd, random.Random(2022), past.opens_at, past.closes_at)  # noqa: S311  (a demo, not a draw)
    _play(current, crowd[: people // 3], random.Random(7), current.opens_at, now)  # noqa: S311
    rounds.begin_closing(now=now)
    settlement.settle_round(past, actor=staff["thuky"], now=past.closes_at + timedelta(hours=2))
    settlement.publish_round(past, actor=staff["truongban"], now=past.closes_at + timedelta(hours=20))
    return Demo(contest, past, current, coming, demo_live.seed(contest, staff, now=now))


def _accounts() -> dict[str, User]:
    password = make_password(PASSWORD)
    return {
        name: User.objects.create(username=name, full_name=full, password=password, **flags)
        for name, full, flags in ACCOUNTS
    }


def _plant() -> Unit:
    root = units.add_unit(ROOT, member_count=12_400)
    for place, ward in enumerate(WARDS):
        union = units.add_unit(
            f"Đoàn {ward[0].lower()}{ward[1:]}", parent=root, member_count=600 + 90 * place
        )
        for branch in range(1, 5):
            units.add_unit(f"Chi đoàn thôn {branch}", parent=union, member_count=40 + 7 * branch)
    units.add_unit(LONG_UNIT, parent=root, member_count=55)
    units.add_unit(
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sông Thao",
        parent=root,
        block=Unit.Block.FRONT,
        member_count=130,
    )
    return root


def _contest(staff: dict[str, User], root: Unit, now: datetime) -> Contest:
    contest = contests.create_contest(
        slug=SLUG,
        title="Tìm hiểu công tác xây dựng Đảng, xây dựng hệ thống chính trị",
        organiser="Tỉnh đoàn Sông Thao phối hợp Ủy ban Mặt trận Tổ quốc tỉnh",
        introduction="Ba tuần thi trên điện thoại, mỗi tuần 10 câu hỏi rút từ đề cương của Kế hoạch năm 2022.",
        contact="Ban Tuyên giáo Tỉnh đoàn Sông Thao",
        creator=staff["truongban"],
        unit_root=root,
        rules={"minimum_age": 14},
        now=now - timedelta(days=20),
    )
    ContestStaff.objects.create(contest=contest, user=staff["thuky"], role=ContestStaff.Role.ORGANISER)
    overall.set_terms(contest, _OVERALL, actor=staff["truongban"], now=now - timedelta(days=16))
    return contests.publish_contest(contest, actor=staff["truongban"], now=now - timedelta(days=15))


def _round(
    contest: Contest, title: str, opens_at: datetime, closes_at: datetime, *, rules: Rules, papers: int
) -> Round:
    return rounds.create_round(
        contest, title=title, opens_at=opens_at, closes_at=closes_at, rules=rules, paper_count=papers
    )


def _past_rules() -> Rules:
    cells = tuple(Cell(f"II.1.{item}", 2) for item in range(1, 6))
    return Rules(
        blueprint=Blueprint(cells),
        limit_s=600,
        attempts=AttemptRule(2),
        chain=Chain(PREDICTION_CHAIN),
        prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT),
        prizes=_PRIZES,
        board=BoardPolicy.OWN,
        review=ReviewPolicy.AFTER_PUBLICATION,
    )


def _open_rules(*topics: str) -> Rules:
    cells = tuple(Cell(topic, 5) for topic in topics) or tuple(
        Cell(f"II.2.{item}", 1) for item in range(1, 11)
    )
    return Rules(
        blueprint=Blueprint(cells),
        limit_s=600,
        attempts=AttemptRule(7, Per.WEEK),
        chain=Chain(("points", "duration", "submitted_at", "attempt_id")),
        prizes=_PRIZES,
        board=BoardPolicy.LIVE,
        review=ReviewPolicy.AFTER_CLOSE,
    )


_PRIZES = PrizePlan(
    ((Tier.FIRST, 1), (Tier.SECOND, 2), (Tier.THIRD, 3), (Tier.CONSOLATION, 10)), one_a_person=True
)


_OVERALL = Terms(
    least_rounds=2,
    prizes=PrizePlan(((Tier.FIRST, 1), (Tier.SECOND, 1), (Tier.THIRD, 2), (Tier.CONSOLATION, 5))),
)


def _register(contest: Contest, people: int, now: datetime) -> list[Entrant]:
    dice = random.Random(35)  # noqa: S311
    leaves = list(Unit.objects.filter(children__isnull=True).order_by("id"))
    found = []
    for number in range(people):
        name = made_up.name(dice)
        consents = {"take_part": "demo"} | ({"publish_name": "demo"} if dice.random() < 0.6 else {})
        registration = entrants.Registration(
            name=name if number else "Nguyễn Thị Phương Thảo",
            birth_year=dice.randint(1975, 2008),
            phone=f"09{number:08d}",
            unit=dice.choice(leaves) if number % 40 else leaves[-2],
            consents=consents,
        )
        found.append(entrants.register(contest, registration, now=now))
    return found


def _play(round: Round, crowd: list[Entrant], dice: random.Random, start: datetime, end: datetime) -> None:
    """Each entrant takes one attempt (some take two) at a moment between start and end."""
    span = (end - start).total_seconds() - 900
    for entrant in crowd:
        skill = dice.choice((0.45, 0.6, 0.75, 0.85, 0.97))
        moments = sorted(dice.random() * span for _ in range(1 + (dice.random() < 0.25)))
        for number, moment in enumerate(moments):
            began = start + timedelta(seconds=moment + 700 * number)
            if began + timedelta(seconds=620) < end:
                _attempt(round, entrant, began, skill, dice)


def _attempt(round: Round, entrant: Entrant, began: datetime, skill: float, dice: random.Random) -> None:
    attempt = attempts.start_attempt(
        round_id=round.pk, entrant_id=entrant.pk, start_key=f"demo-{dice.random()}", now=began
    )
    snapshot = snapshots.round_snapshot(round.pk)
    paper = snapshots.paper(attempt.paper_id)
    answers = {
        str(item["no"]): made_up.answer(
            item["kind"], item["body"], paper.keys[str(item["no"])], dice, skill=skill
        )
        for item in paper.items
    }
    guess = (
        dice.choice((10, 20, 30, 40, 50, 60, 80, 100)) + dice.randint(0, 9)
        if snapshot.rules.prediction
        else None
    )
    token = AttemptToken(attempt.public_id, entrant.pk, attempt.epoch)
    took = timedelta(milliseconds=dice.randint(70_000, 560_000))
    attempts.submit_attempt(token, attempts.Work(1, answers, guess), now=began + took)


def attempts_made(demo: Demo) -> int:
    """How many attempts the demo holds."""
    return Attempt.objects.filter(round__in=[demo.past, demo.current]).count()
