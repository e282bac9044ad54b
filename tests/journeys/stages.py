"""Worlds of the journeys, made inside the site's own environment (see stage.py); everything returned is plain JSON."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from contest.actions import contests, rounds, units
from contest.actions import entrants as registration
from contest.models import Attempt, Contest, Round, User
from contest.queries import snapshots, tokens
from contest.rules.attempts import AttemptRule
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from question_bank.actions import starter

PASSWORD = "mat-khau-thu-2026"


def bare_contest() -> dict[str, Any]:
    """A published contest over the starter bank, still without a round; a chief who may sign in."""
    contest, chief = _contest(timezone.now())
    return {"slug": contest.slug, "chief": chief.username, "password": PASSWORD}


def open_round(
    *, limit_s: int = 600, prediction: bool = False, attempts: int = 3, questions: int = 5
) -> dict[str, Any]:
    """A published contest over the starter bank with an open round; a chief who may sign in."""
    now = timezone.now()
    contest, chief = _contest(now)
    rules = Rules(
        blueprint=Blueprint((Cell("II.1", questions - 1, kind="single"), Cell("II.2", 1, kind="truefalse"))),
        limit_s=limit_s,
        attempts=AttemptRule(attempts),
        prediction=PredictionRule(Kind.PEOPLE_PARTICIPATING) if prediction else None,
        prizes=PrizePlan(((Tier.FIRST, 1),)),
        board=BoardPolicy.LIVE,
        review=ReviewPolicy.AFTER_PUBLICATION,
    )
    round = rounds.create_round(
        contest,
        title="Tuần 1",
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
        rules=rules,
    )
    rounds.announce_round(round, actor=chief, now=now)
    return {"slug": contest.slug, "round": round.pk, "chief": chief.username, "password": PASSWORD}


def stored(public_id: str) -> dict[str, Any]:
    """What the database holds of an attempt; answers that were left blank are left out."""
    attempt = Attempt.objects.get(public_id=public_id)
    answers = {number: response for number, response in attempt.answers.items() if response}
    return {
        "answers": answers,
        "state": attempt.state,
        "prediction": attempt.prediction,
        "score": attempt.score,
    }


def right_answers(public_id: str) -> dict[str, Any]:
    """The accepted answer of every item of an attempt's paper."""
    paper = snapshots.paper(Attempt.objects.get(public_id=public_id).paper_id)
    return {number: key["accepted"][0] for number, key in paper.keys.items()}


def let_it_close(round: int) -> None:
    """Moves a round and its attempts an hour into the past, so that it has closed; nothing else changes."""
    now = timezone.now()
    Round.objects.filter(pk=round).update(closes_at=now - timedelta(minutes=1))
    Attempt.objects.filter(round=round, state="in_progress").update(deadline=now - timedelta(minutes=1))


def pass_seconds(public_id: str, seconds: int) -> None:
    """Lets time pass for an open attempt: it was started, and ends, so many seconds earlier."""
    attempt = Attempt.objects.get(public_id=public_id)
    earlier = timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=attempt.started_at - earlier, deadline=attempt.deadline - earlier
    )


def seconds_left(public_id: str) -> float:
    """The time left of an open attempt, by the server's clock."""
    return (Attempt.objects.get(public_id=public_id).deadline - timezone.now()).total_seconds()


def leave_seconds(public_id: str, seconds: int) -> None:
    """Moves the deadline of an open attempt to so many seconds from now."""
    Attempt.objects.filter(public_id=public_id).update(deadline=timezone.now() + timedelta(seconds=seconds))


def entrants(round: int, names: list[str]) -> list[str]:
    """Registers people for the round's contest; the token of each."""
    contest = Round.objects.select_related("contest").get(pk=round).contest
    return [
        tokens.write_entrant(
            registration.register(
                contest,
                registration.Registration(
                    name=name,
                    birth_year=1995,
                    phone=f"09{contest.pk:04d}{number:04d}",
                    other_unit="Chi đoàn thôn Bắc",
                    consents={"take_part": "Tôi đồng ý tham gia."},
                ),
                now=timezone.now(),
            ).pk
        )
        for number, name in enumerate(names)
    ]


def _contest(now: datetime) -> tuple[Contest, User]:
    number = User.objects.count()
    chief = User.objects.create_user(f"chief{number}", password=PASSWORD, can_organise=True)
    author = User.objects.create_user(f"author{number}")
    starter.load(author=author, approver=User.objects.create_user(f"approver{number}"), now=now)
    root = units.add_unit(f"Tỉnh đoàn Sông Thao {number}")
    units.add_unit(
        "Chi đoàn Trung tâm Ứng dụng tiến bộ khoa học, kỹ thuật và Dịch vụ nông nghiệp tổng hợp", parent=root
    )
    contest = contests.create_contest(
        slug=f"thi-{number}", title="Tìm hiểu công tác xây dựng Đảng", organiser="Tỉnh đoàn Sông Thao",
        creator=chief, unit_root=root, now=now,
    )  # fmt: skip
    contests.publish_contest(contest, actor=chief, now=now)
    return contest, chief
