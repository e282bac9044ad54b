"""One world that holds every state a screen can be in, made inside the site's own environment (see stage.py)."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from contest.actions import (
    attempts,
    contests,
    corrections,
    entrants,
    exclusions,
    live_appeals,
    live_remotes,
    live_setup,
    overall,
    rounds,
    settlement,
    units,
)
from contest.live import commands
from contest.models import Attempt, Contest, Entrant, Round, Unit, User
from contest.queries import snapshots, tokens
from contest.rules import overall as overall_rules
from contest.rules.attempts import AttemptRule
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Chain
from contest.rules.rulebook import PREDICTION_CHAIN, Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from frontend.views import errors
from frontend.views.public import LOOKUPS
from question_bank.actions import media, questions, review, starter
from question_bank.models import QuestionVersion, Topic
from question_bank.rules.media import MediaKind
from tests.journeys import gallery_live
from tests.live_builders import Hall
from tests.question_bank.formats import files

NAME = "Nguyễn Thị Phương Thảo"
LONG_UNIT = "Chi đoàn Trung tâm Ứng dụng tiến bộ khoa học, kỹ thuật và Dịch vụ nông nghiệp tổng hợp"
DAY = timedelta(days=1)
LOOKS = 2


def every_state() -> dict[str, Any]:
    """`shared` facts of the world, and under `looks` those that a single look at the screens uses up."""
    now = timezone.now()
    staff = _staff(now)
    contest, unit = _contest(staff["chief"], now)
    stood = {
        "draft": _round(contest, now + DAY, 5 * DAY),
        "coming": _round(contest, now + DAY, 5 * DAY, announced_by=staff["chief"]),
        "live": _round(contest, now - DAY, 5 * DAY, announced_by=staff["chief"], board=BoardPolicy.LIVE),
        "own": _round(contest, now - DAY, 5 * DAY, announced_by=staff["chief"], board=BoardPolicy.OWN),
        "frozen": _round(
            contest,
            now - DAY,
            5 * DAY,
            announced_by=staff["chief"],
            board=BoardPolicy.FROZEN,
            frozen_from=now - timedelta(hours=1),
        ),
        "hidden": _round(contest, now - DAY, 5 * DAY, announced_by=staff["chief"], board=BoardPolicy.HIDDEN),
        "closing": _round(contest, now - 9 * DAY, 8 * DAY, announced_by=staff["chief"]),
        "tied": _round(
            contest, now - 9 * DAY, 8 * DAY, announced_by=staff["chief"], chain=Chain(("points", "lottery"))
        ),
        "settled": _round(contest, now - 9 * DAY, 7 * DAY, announced_by=staff["chief"]),
        "published": _round(contest, now - 9 * DAY, 7 * DAY, announced_by=staff["chief"], predicted=True),
        "amended": _round(contest, now - 9 * DAY, 7 * DAY, announced_by=staff["chief"]),
    }
    people = [_entrant(contest, unit, number, now) for number in range(LOOKS + 5)]
    reason = "Thành viên ban tổ chức theo Quyết định 12."
    exclusions.exclude_entrant(people[-1], reason=reason, actor=staff["chief"], now=now - 9 * DAY)
    for person in people[:-1]:
        for name in ("closing", "tied", "settled", "published", "amended"):
            _finish(stood[name], person, now - 8 * DAY)
        _finish(stood["live"], person, now - timedelta(hours=6))
    for person in people[LOOKS:-1]:
        _finish(stood["frozen"], person, now - timedelta(hours=6))
    rounds.begin_closing(now=now)
    _settle(stood, staff["chief"], now)
    return {
        "shared": {
            "slug": contest.slug,
            "empty": _empty_contest(staff["chief"], now).slug,
            "over": _finished_contest(staff["chief"], unit, now).slug,
            "unit": unit.pk,
            "entrant_id": people[0].pk,
            "excluded_id": people[-1].pk,
            "sessions": {name: _session(user) for name, user in staff.items()},
            "contest": contest.pk,
            **_live_room(contest, staff["chief"], now),
            **{name: row.pk for name, row in stood.items()},
            **_versions(staff, now),
            **gallery_live.rounds(contest, staff["chief"], staff["approver"], now - DAY),
            **_drawn_alone(),
        },
        "looks": [_look(stood, people[number], number, now) for number in range(LOOKS)],
    }


def _staff(now: datetime) -> dict[str, User]:
    writer = User.objects.create(username="bientap", full_name="Lê Thị Hồng Nhung", can_write_questions=True)
    approver = User.objects.create(
        username="duyet", full_name="Phạm Quốc Bảo", can_write_questions=True, can_approve_questions=True
    )
    starter.load(author=writer, approver=approver, now=now - 30 * DAY)
    chief = User.objects.create(username="truongban", full_name=NAME, can_organise=True)
    return {
        "chief": chief,
        "writer": writer,
        "approver": approver,
        "nobody": User.objects.create(username="la"),
    }


def _live_room(contest: Contest, chief: User, now: datetime) -> dict[str, str | int]:
    """A room whose lobby is open, asking for the unit, and a draft."""
    draft = live_setup.create_live_round(contest, title="Vòng bán kết", actor=chief, now=now)
    row = live_setup.create_live_round(contest, title="Vòng chung kết tại hội trường", actor=chief, now=now)
    versions = QuestionVersion.objects.filter(state="approved", kind="single").values_list("pk", flat=True)[
        :3
    ]
    plan: list[dict[str, Any]] = [{"type": "question", "version_id": version} for version in versions]
    live_setup.edit_draft(row.pk, actor=chief, now=now, rules={"ask_unit": True}, plan=plan)
    row = live_setup.open_lobby(row.pk, actor=chief, now=now)
    ready = live_setup.create_live_round(contest, title="Vòng khởi động", actor=chief, now=now)
    between = [
        {"type": "slide", "stem": "Chào mừng các đội", "text": "Xin giữ trật tự."},
        {"type": "poll", "stem": "Bạn thích phần nào?", "kind": "single", "body": {"options": [
            {"key": "a", "text": "Khởi động"}, {"key": "b", "text": "Về đích"}]}},
    ]  # fmt: skip
    live_setup.edit_draft(ready.pk, actor=chief, now=now, rules={"mode": "bell"}, plan=[*plan, *between])
    live_setup.add_staff(ready.pk, username="duyet", role="jury", actor=chief, now=now)
    return {
        "live_pin": row.pin or "",
        "live_token": row.join_token,
        "live_room": row.pk,
        "live_draft": draft.pk,
        "live_ready": ready.pk,
        **_played(contest, chief, plan, now),
    }


def _played(contest: Contest, chief: User, plan: list[dict[str, Any]], now: datetime) -> dict[str, int]:
    """A room at the reveal of its first question, with an objection, and one that has ended and been signed once."""
    found = {}
    for name in ("live_running", "live_over"):
        row = live_setup.create_live_round(contest, title="Vòng thi giữa các cụm", actor=chief, now=now)
        live_setup.edit_draft(row.pk, actor=chief, now=now, place="Nhà văn hóa", plan=plan)
        place = Hall(contest, chief, live_setup.open_lobby(row.pk, actor=chief, now=now), now=now)
        place.join(NAME, "Trần Văn Hòa", "An")
        state = place.ask()
        options = [option["key"] for option in state.items[0].body["options"]]
        place.answer(NAME, options[0])
        place.answer("An", options[1], after_s=3)
        place.wait()
        place.advance()
        player = place.seats["An"].player
        words = "Phương án này cũng đúng theo tài liệu."
        live_appeals.file_appeal(row.pk, player=player, run=1, text=words, now=place.now)
        if name == "live_over":
            place.do(commands.Finish())
            place.do(commands.Confirm(chief.pk, NAME), role="jury")
        found[name] = row.pk
    return found


def offer_remote(live_round: int) -> str:
    """A code that pairs one phone."""
    chief = User.objects.get(username="truongban")
    return live_remotes.offer_remote(live_round, actor=chief, now=timezone.now())


def _session(user: User) -> str:
    """The cookie of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _contest(chief: User, now: datetime) -> tuple[Contest, Unit]:
    root = units.add_unit("Tỉnh đoàn Sông Thao", member_count=900)
    unit = units.add_unit(LONG_UNIT, parent=root, member_count=55)
    contest = contests.create_contest(
        slug="tim-hieu", title="Tìm hiểu công tác xây dựng Đảng, xây dựng hệ thống chính trị",
        organiser="Tỉnh đoàn Sông Thao phối hợp Ủy ban Mặt trận Tổ quốc tỉnh", introduction="Mỗi tuần một vòng.",
        contact="Ban Tuyên giáo", creator=chief, unit_root=root, now=now - 20 * DAY,
    )  # fmt: skip
    return contests.publish_contest(contest, actor=chief, now=now - 15 * DAY), unit


def _empty_contest(chief: User, now: datetime) -> Contest:
    """A contest of which nothing has been announced yet."""
    contest = contests.create_contest(
        slug="sap-toi", title="Cuộc thi sắp tới", organiser="Tỉnh đoàn", creator=chief, now=now
    )
    return contests.publish_contest(contest, actor=chief, now=now)


def _finished_contest(chief: User, unit: Unit, now: datetime) -> Contest:
    """A contest that is over: its only round and its final standing are published, with prizes."""
    contest = contests.create_contest(
        slug="da-xong", title="Cuộc thi đã kết thúc", organiser="Tỉnh đoàn Sông Thao", creator=chief,
        unit_root=unit.parent, now=now - 20 * DAY,
    )  # fmt: skip
    contest = contests.publish_contest(contest, actor=chief, now=now - 15 * DAY)
    terms = overall_rules.Terms(prizes=PrizePlan(((Tier.FIRST, 1), (Tier.CONSOLATION, 1))))
    overall.set_terms(contest, terms, actor=chief, now=now - 10 * DAY, reason="Bổ sung giải chung cuộc.")
    round = _round(contest, now - 9 * DAY, 7 * DAY, announced_by=chief)
    for number in range(4):
        _finish(round, _entrant(contest, unit, number, now), now - 8 * DAY)
    rounds.begin_closing(now=now)
    settlement.settle_round(round, actor=chief, now=now - DAY)
    settlement.publish_round(round, actor=chief, now=now - DAY)
    overall.settle_contest(contest, actor=chief, now=now - DAY)
    overall.publish_contest_result(contest, actor=chief, now=now - DAY)
    return contest


def _round(
    contest: Contest,
    opens_at: datetime,
    lasts: timedelta,
    *,
    announced_by: User | None = None,
    predicted: bool = False,
    **changes: Any,
) -> Round:
    cells = [Cell("II", 1, kind=kind) for kind in ("single", "multi", "truefalse", "fill", "order", "match")]
    settings = {
        "attempts": AttemptRule(3),
        "prediction": PredictionRule(Kind.PEOPLE_PARTICIPATING) if predicted else None,
        "prizes": PrizePlan(((Tier.FIRST, 1), (Tier.CONSOLATION, 1))),
        "review": ReviewPolicy.AFTER_PUBLICATION,
        **({"chain": Chain(PREDICTION_CHAIN)} if predicted else {}),
        **changes,
    }
    round = rounds.create_round(
        contest,
        title=f"Tuần {Round.objects.count() + 1}: Nội dung thường xuyên",
        opens_at=opens_at,
        closes_at=opens_at + lasts,
        rules=Rules(blueprint=Blueprint(tuple(cells)), **settings),
    )
    if announced_by is None:
        return round
    return rounds.announce_round(
        round, actor=announced_by, now=min(opens_at, contest.created_at + 16 * DAY) - timedelta(hours=1)
    )


def _entrant(contest: Contest, unit: Unit, number: int, now: datetime) -> Entrant:
    registration = entrants.Registration(
        name=NAME if number < LOOKS else f"Trần Văn Hòa {number}",
        birth_year=1995,
        phone=f"09{number:08d}",
        unit=unit,
        consents={"take_part": "x", "publish_name": "x"},
    )
    return entrants.register(contest, registration, now=now - 14 * DAY)


def _start(round: Round, person: Entrant, moment: datetime) -> Attempt:
    key = f"gallery-{person.pk}-{round.pk}-{Attempt.objects.count()}"
    return attempts.start_attempt(round_id=round.pk, entrant_id=person.pk, start_key=key, now=moment)


def _finish(round: Round, person: Entrant, moment: datetime) -> Attempt:
    attempt = _start(round, person, moment)
    paper = snapshots.paper(attempt.paper_id)
    answers = {number: key["accepted"][0] for number, key in list(paper.keys.items())[:4]}
    guess = 7 if snapshots.round_snapshot(round.pk).rules.prediction else None
    token = tokens.AttemptToken(attempt.public_id, person.pk, attempt.epoch)
    return attempts.submit_attempt(
        token, attempts.Work(1, answers, guess), now=moment + timedelta(seconds=95)
    )


def _settle(stood: dict[str, Round], chief: User, now: datetime) -> None:
    for name in ("settled", "published", "amended"):
        stood[name].refresh_from_db()
        settlement.settle_round(stood[name], actor=chief, now=now - DAY)
    for name in ("published", "amended"):
        settlement.publish_round(stood[name], actor=chief, now=now - DAY / 2)
    amended = stood["amended"]
    asked = Attempt.objects.filter(round=amended).select_related("paper")[0].paper.items[0]["version"]
    reason = "Cả hai phương án đều đúng theo Kế hoạch."
    corrections.correct_key(
        amended, version_id=asked, effect="accept_all", actor=chief, reason=reason, now=now - DAY / 3
    )
    settlement.settle_round(amended, actor=chief, now=now - DAY / 3, reason=reason)


def _versions(staff: dict[str, User], now: datetime) -> dict[str, int]:
    """A version in every state of review, and one that is far from ready."""
    writer, approver = staff["writer"], staff["approver"]
    model = QuestionVersion.objects.filter(Q(kind="single")).select_related("question__topic")[0]
    content = review.content_of(model)
    poor = questions.Content("multi", "NB", "Ngắn", "", {"options": []}, {"accepted": []}, [])

    def written(given: questions.Content) -> QuestionVersion:
        topic: Topic = model.question.topic
        return questions.create_question(
            code=questions.next_code(topic), topic=topic, content=given, author=writer, now=now
        )

    made = {name: written(content) for name in ("in_review", "returned", "retired")}
    made |= {"unfinished": written(poor), "ready": written(content), "illustrated": written(content)}
    illustrated = (
        (MediaKind.PICTURE, files.saved(files.drawn(1200, 675), "PNG"), "Một lá cờ, nửa bên trái màu đỏ"),
        (MediaKind.SOUND, files.wav(seconds=2), "Một tiếng còi dài"),
    )
    for kind, data, alt in illustrated:
        media.attach(made["illustrated"], kind=kind, data=data, alt=alt, actor=writer)
    for name in ("in_review", "returned", "retired"):
        review.submit(made[name], actor=writer, now=now)
    remark = "Phương án nhiễu thứ ba chưa rõ, xin viết lại."
    review.return_with_remarks(made["returned"], actor=approver, remark=remark, now=now)
    review.approve(made["retired"], actor=approver, now=now)
    review.retire(QuestionVersion.objects.get(pk=made["retired"].pk), actor=approver, now=now)
    kinds = {f"kind_{kind}": QuestionVersion.objects.filter(kind=kind, state="approved")[0].pk
             for kind in ("single", "multi", "truefalse", "fill", "order", "match")}  # fmt: skip
    return {f"v_{name}": version.pk for name, version in made.items()} | kinds


def _drawn_alone() -> dict[str, str]:
    """Pages for faults that a walk can not bring about, or only at the cost of all who look after it."""
    visitor = Client(headers={"Host": "127.0.0.1"})
    many = [visitor.get("/tra-cuu/?ma=x") for _ in range(LOOKUPS + 1)]
    pages = {
        "page_429": many[-1],
        "page_500": errors.alone("500", 500),
        "page_503": errors.alone("busy", 503),
    }
    return {name: page.content.decode() for name, page in pages.items()}


def _look(stood: dict[str, Round], person: Entrant, number: int, now: datetime) -> dict[str, Any]:
    """What one look uses up: the attempts of one entrant, a phone nobody has registered."""
    done = _finish(stood["own"], person, now - timedelta(hours=2))
    voided = _finish(stood["hidden"], person, now - timedelta(hours=2))
    Attempt.objects.filter(pk=voided.pk).update(state="voided")
    late = _start(stood["frozen"], person, now - timedelta(minutes=5))
    return {
        "entrant": tokens.write_entrant(person.pk),
        "open": _start(stood["live"], person, now).public_id,
        "done": done.public_id,
        "receipt": done.receipt,
        "voided": voided.public_id,
        "late": late.public_id,
        "released": Attempt.objects.get(round=stood["published"], entrant=person).public_id,
        "phone": f"03{number:08d}",
    }


def let_time_run_out(public_id: str) -> None:
    """The deadline of an attempt that is still open is over."""
    Attempt.objects.filter(public_id=public_id).update(deadline=timezone.now() - timedelta(minutes=1))
