"""Small worlds for tests: a bank of a few questions, a contest with one open round, entrants in a tree of units."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from types import MappingProxyType

from contest.actions import attempts as attempt_actions
from contest.actions import contests, entrants, rounds, units
from contest.models import Attempt, Contest, Entrant, Round, Unit, User
from contest.queries import snapshots
from contest.queries.tokens import AttemptToken
from contest.rules.attempts import AttemptRule
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.ranking import Chain
from contest.rules.rulebook import PREDICTION_CHAIN, Rules
from question_bank.actions import media, outline, questions
from question_bank.models import QuestionVersion, Topic
from question_bank.rules.media import MediaKind
from question_bank.rules.review import State

OPENS = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # a Monday, 08:00 in Vietnam
CLOSES = OPENS + timedelta(days=5)
CONSENTS = {"take_part": "Tôi đồng ý tham gia."}
_numbers = count(1)


def at(minutes: float = 0, *, seconds: float = 0, days: float = 0) -> datetime:
    """A moment counted from the opening of the round."""
    return OPENS + timedelta(days=days, minutes=minutes, seconds=seconds)


def user(name: str = "", **flags: bool) -> User:
    """A member of staff without a usable password."""
    return User.objects.create(username=name or f"user{next(_numbers)}", password="!", **flags)


def single(number: int) -> questions.Content:
    """A single-choice question whose right option is `b`."""
    options = [{"key": key, "text": f"Phương án {key} của câu {number}", "fixed": False} for key in "abcd"]
    return questions.Content(
        kind="single",
        level="NB",
        stem=f"Câu hỏi số {number} hỏi điều gì?",
        explanation=f"Giải thích của câu {number}.",
        body={"options": options},
        key={"accepted": ["b"]},
        citations=[("II.1.1", "Kết luận số 21-KL/TW")],
    )


def order(number: int) -> questions.Content:
    """An ordering question whose right order is `b`, `c`, `a`."""
    items = [{"key": key, "text": f"Việc {key} của câu {number}"} for key in "abc"]
    return replace(single(number), kind="order", body={"items": items}, key={"accepted": [["b", "c", "a"]]})


def approved(
    content: questions.Content,
    *,
    topic: str = "II.1.1",
    files: Mapping[MediaKind, bytes] = MappingProxyType({}),
) -> QuestionVersion:
    """An approved version in the bank, with its picture and sound."""
    kept = outline.load_shipped(now=OPENS - timedelta(days=90))
    author, approver = user(), user()
    version = questions.create_question(
        code=f"T-{next(_numbers):06}",
        topic=Topic.objects.get(outline=kept, key=topic),
        content=content,
        author=author,
        now=OPENS - timedelta(days=60),
    )
    for kind, data in files.items():
        media.attach(version, kind=kind, data=data, alt=f"Tệp {kind}", actor=author)
    version.refresh_from_db()
    version.state, version.approver, version.approved_at = (
        State.APPROVED.value,
        approver,
        OPENS - timedelta(days=50),
    )
    version.save()
    return version


@dataclass
class World:
    """A published contest with one announced round."""

    contest: Contest
    round: Round
    chief: User
    unit: Unit
    phones: "count[int]" = field(default_factory=lambda: count(1))

    def entrant(self, name: str = "Nguyễn Thị Phương Thảo", *, unit: Unit | None = None) -> Entrant:
        """A registered entrant."""
        registration = entrants.Registration(
            name=name,
            birth_year=1995,
            phone=f"09{next(self.phones):08d}",
            unit=unit or self.unit,
            consents=CONSENTS,
        )
        return entrants.register(self.contest, registration, now=at(-60))

    def start(self, entrant: Entrant, *, now: datetime | None = None, key: str = "") -> Attempt:
        """A new (or the same) attempt."""
        return attempt_actions.start_attempt(
            round_id=self.round.pk,
            entrant_id=entrant.pk,
            start_key=key or f"start-key-{next(_numbers)}",
            now=now or at(1),
        )

    def finish(
        self,
        entrant: Entrant,
        *,
        right: int,
        now: datetime,
        seconds: float = 60,
        prediction: int | None = None,
    ) -> Attempt:
        """An attempt with the first `right` items answered right and the others wrong."""
        attempt = self.start(entrant, now=now)
        paper = snapshots.paper(attempt.paper_id)
        answers = {str(item["no"]): "b" if place < right else "a" for place, item in enumerate(paper.items)}
        work = attempt_actions.Work(attempt.revision + 1, answers, prediction)
        return attempt_actions.submit_attempt(token_of(attempt), work, now=now + timedelta(seconds=seconds))


def token_of(attempt: Attempt) -> AttemptToken:
    """The token of the page that has the attempt open now."""
    return AttemptToken(attempt.public_id, attempt.entrant_id, attempt.epoch)


def world(
    *, questions_asked: int = 4, rules: Rules | None = None, papers: int = 1, **changes: object
) -> World:
    """A world whose round asks `questions_asked` single-choice questions; `changes` go into the rules."""
    snapshots.forget_all()
    for number in range(questions_asked):
        approved(single(number))
    chief = user(can_organise=True)
    root = units.add_unit(f"Tỉnh đoàn {next(_numbers)}", member_count=500)
    unit = units.add_unit("Đoàn xã Đồng Mít", parent=root, member_count=60)
    contest = contests.create_contest(
        slug=f"cuoc-thi-{next(_numbers)}",
        title="Tìm hiểu công tác xây dựng Đảng",
        organiser="Tỉnh đoàn",
        creator=chief,
        unit_root=root,
        now=OPENS - timedelta(days=10),
    )
    contest = contests.publish_contest(contest, actor=chief, now=OPENS - timedelta(days=9))
    chain = Chain(
        tuple(code for code in PREDICTION_CHAIN if code != "prediction_error" or changes.get("prediction"))
    )
    settings = {"limit_s": 600, "attempts": AttemptRule(2), "chain": chain, **changes}
    plan = Blueprint((Cell("II.1.1", questions_asked),))
    round = rounds.create_round(
        contest,
        title="Tuần 1",
        opens_at=OPENS,
        closes_at=CLOSES,
        rules=rules or Rules(blueprint=plan, **settings),  # type: ignore[arg-type]
        paper_count=papers,
    )
    round = rounds.announce_round(round, actor=chief, now=OPENS - timedelta(days=1), seed="seed")
    return World(contest, round, chief, unit)
