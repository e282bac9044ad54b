"""Everybody who may come to the doors, as a browser that is signed in or holds an entrant's cookie."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client

from api import throttles
from api.units import UnitSearch
from contest.actions.live_remotes import offer_remote
from contest.models import Attempt, Contest, ContestStaff, Entrant, Exclusion, LiveAppeal, User
from contest.queries import board, snapshots, tokens
from question_bank.models import Media, QuestionVersion
from tests import builders
from tests.live_builders import Hall, hall

Role = ContestStaff.Role
ROOT = Path(__file__).resolve().parents[2]
SIGNING_IN = ("django_session", 'SET "last_login" = ')
ROLES = ("stranger", "entrant", "other", "viewer", "organiser", "chief", "foreign", "curator", "approver")


@dataclass(frozen=True)
class Cast:
    """Two contests: one with an attempt in progress and a live round in its lobby, where one person sits, and another
    contest whose people have no business in the first.

    The roles: `stranger` (nobody in particular), `entrant` (of the contest, owner of the attempt), `other` (entrant of
    the other contest), `viewer`, `organiser`, `chief` (of the contest), `foreign` (chief of the other contest),
    `curator` (writes questions), `approver` (approves them).
    """

    world: builders.World
    elsewhere: builders.World
    attempt: Attempt
    users: dict[str, User]
    entrants: dict[str, Entrant]
    live: Hall
    remote_code: str

    def known(self) -> dict[str, Any]:
        """What fills the parts of an address."""
        return {
            "round_id": self.world.round.pk,
            "room_id": 999_999,
            "pin": "000000",
            "token": "no-such-token",
            "live_id": self.live.id,
            "appeal_id": LiveAppeal.objects.values_list("pk", flat=True).get(),
            "run_no": 1,
            "public_id": self.attempt.public_id,
            "slug": self.world.contest.slug,
            "entrant_id": self.attempt.entrant_id,
            "exclusion_id": Exclusion.objects.values_list("pk", flat=True).get(),
            "digest": Media.objects.values_list("digest", flat=True).get(),
            "code": self.attempt.receipt or "TH0000000000",
            "version_id": QuestionVersion.objects.order_by("pk").values_list("pk", flat=True)[0],
        }

    def browser(self, role: str, **options: Any) -> Client:
        """The role's browser."""
        client = Client(**options)
        if role in self.users:
            client.force_login(self.users[role])
        if role in self.entrants:
            entrant = self.entrants[role]
            client.cookies[f"entrant_{entrant.contest_id}"] = tokens.write_entrant(entrant.pk)
        return client


def cast(**rules: Any) -> Cast:
    """The people; `rules` change the round's."""
    world, elsewhere = builders.world(**rules), builders.world()
    users = {
        "viewer": _staff(world.contest, Role.VIEWER),
        "organiser": _staff(world.contest, Role.ORGANISER),
        "chief": world.chief,
        "foreign": elsewhere.chief,
        "curator": builders.user(can_write_questions=True),
        "approver": builders.user(can_approve_questions=True),
    }
    entrants = {
        "entrant": world.entrant("Nguyễn Thị Phương Thảo"),
        "other": elsewhere.entrant("Trần Văn Hòa"),
    }
    attempt = world.start(entrants["entrant"], now=builders.at(2))
    Exclusion.objects.create(
        contest=world.contest, person_key="0" * 64, label="Lê Thị Hoa", reason="Tổ thư ký"
    )
    _picture(QuestionVersion.objects.order_by("pk")[0])
    live = hall("An", questions=1, contest=world.contest, chief=world.chief)
    remote_code = offer_remote(live.id, actor=world.chief, now=builders.at(2))
    LiveAppeal.objects.create(
        round=live.row, run=1, player_id=live.seats["An"].player, text="Điều lệ ghi khác", at=0
    )
    return Cast(world, elsewhere, attempt, users, entrants, live, remote_code)


def _picture(version: QuestionVersion) -> None:
    Media.objects.create(
        version=version, kind="picture", content=b"\x89PNG", content_type="image/png", digest="ab" * 32, size=4,
        alt="Lá cờ", width=1, height=1,
    )  # fmt: skip


def _staff(contest: Contest, role: Role) -> User:
    user = builders.user()
    ContestStaff.objects.create(contest=contest, user=user, role=role)
    return user


def forget_everything() -> None:
    """Drops what the process keeps: as if it had just been started."""
    for forget in (snapshots.forget_all, board.forget_all, throttles.meter.forget, UnitSearch.forget):
        forget()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is undone, and nothing is kept in the process."""
    forget_everything()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_everything()


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that write, but for those of signing in."""
    found: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        verb = sql.lstrip().split(" ", 1)[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE"} and not any(part in sql for part in SIGNING_IN):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
