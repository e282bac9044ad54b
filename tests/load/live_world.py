"""What the load test of the live round and the tests of faults find in the database: a round with its lobby open.

Made by the product's own actions. Called through `Site.stage`, JSON in and out.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from contest.actions import contests, live_setup
from contest.models import Contest, User
from question_bank.actions import starter
from question_bank.queries import pool

SLIDE = {"type": "slide", "stem": "Thể lệ vòng thi", "text": "Mỗi câu đúng được 10 điểm."}


def seed(
    *, questions: int, kinds: list[str] | None = None, slide: bool = False, **rules: Any
) -> dict[str, Any]:
    """A lobby with so many single-choice questions (or of the `kinds` named), and the session of its host.

    {"round", "join_token", "pin", "session", "keys"}; `keys`: what the bank accepts, by item number. With `slide` the
    first item is one.
    """
    now = timezone.now()
    chief = User.objects.filter(username="chief").first() or _people(now)
    contest = Contest.objects.filter(slug="hoi-truong").first() or _contest(chief, now)
    row = live_setup.create_live_round(contest, title="Đêm hội tìm hiểu", actor=chief, now=now)
    chosen = [found.version_id for found in pool.approved() if found.kind in (kinds or ["single"])]
    if not chosen:
        raise RuntimeError("the bank has no such question")
    wanted = [chosen[number % len(chosen)] for number in range(questions)]
    before = [SLIDE] if slide else []
    plan = [*before, *({"type": "question", "version_id": version} for version in wanted)]
    live_setup.edit_draft(row.pk, actor=chief, now=now, rules=rules, plan=plan)
    row = live_setup.open_lobby(row.pk, actor=chief, now=now)
    contents = pool.contents(wanted)
    return {
        "round": row.pk,
        "join_token": row.join_token,
        "pin": row.pin,
        "session": _session(chief),
        "keys": {
            str(number): contents[version].key for number, version in enumerate(wanted, start=len(before) + 1)
        },
    }


def _people(now: Any) -> User:
    chief = User.objects.create(username="chief", password="!", can_organise=True)
    writer = User.objects.create(username="writer", password="!", can_write_questions=True)
    starter.load(author=writer, approver=chief, now=now - timedelta(days=30))
    return chief


def _contest(chief: User, now: Any) -> Contest:
    contest = contests.create_contest(
        slug="hoi-truong",
        title="Tìm hiểu công tác xây dựng Đảng",
        organiser="Tỉnh đoàn Sông Thao",
        creator=chief,
        unit_root=None,
        now=now - timedelta(days=20),
    )
    return contests.publish_contest(contest, actor=chief, now=now - timedelta(days=19))


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key
