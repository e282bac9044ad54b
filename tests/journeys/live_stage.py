"""Live rounds for the journeys, made inside the site's own environment (see stage.py); everything returned is JSON.

A plan is a list of lines: the name of a kind ("single", "multi", "truefalse", "fill", "order", "match"), "picture",
"poll" or "slide", or a mapping with `of` such a name and what else the line says (`seconds`, `weight`, `bell`, …).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any

from django.utils import timezone

from contest.actions import contests, live_setup
from contest.models import (
    Contest,
    ContestStaff,
    LiveAnswer,
    LiveAppeal,
    LiveEdition,
    LiveEvent,
    LivePlayer,
    LiveRemote,
    LiveRound,
    LiveStaff,
    User,
)
from contest.queries import live
from question_bank.actions import media, questions, review, starter
from question_bank.models import QuestionVersion
from question_bank.rules.media import MediaKind
from tests.journeys.gallery import _session
from tests.journeys.stages import PASSWORD
from tests.question_bank.formats import files

# Whoever plays opens the options and closes them: no question ends by itself while a slow machine is busy with it.
RULES = {"title_s": 0, "reading_s": 0, "seconds": 300}
OF_A_ROUND: tuple[Any, ...] = (
    LiveAnswer,
    LiveAppeal,
    LiveEdition,
    LiveEvent,
    LivePlayer,
    LiveRemote,
    LiveStaff,
)
POLL = {
    "stem": "Bạn biết hội thi này từ đâu?",
    "kind": "single",
    "body": {"options": [
        {"key": "a", "text": "Chi đoàn giới thiệu"},
        {"key": "b", "text": "Mạng xã hội"},
        {"key": "c", "text": "Bạn bè rủ"},
    ]},
}  # fmt: skip
SLIDE = {
    "stem": "Nghỉ giải lao năm phút",
    "text": "Nước uống ở cuối hội trường. Vòng thi tiếp tục lúc 9 giờ 30.",
}


def rounds(wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Live rounds by name, in one contest. Each: `mode`, `plan`, `rules` over RULES, `title`, `lobby` (False: a draft).

    Returns `slug`, `sessions` (cookies of chief, second, stranger), `password`, `chief` and under `rounds` by name:
    `id`, `pin`, `token` and `items` (`no`, `type`, `kind`, `right` and `wrong`: values, `letters` and
    `texts` of option keys).
    """
    contest, staff = _contest()
    versions = _by_kind()
    return {
        "slug": contest.slug,
        "password": PASSWORD,
        "chief": staff["chief"].username,
        "sessions": {name: _session(user) for name, user in staff.items()},
        "rounds": {
            name: _round(contest, staff, versions, title=spec.get("title", f"Vòng {name}"), **_without_title(spec))
            for name, spec in wanted.items()
        },
    }  # fmt: skip


def _without_title(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in spec.items() if name != "title"}


def _contest() -> tuple[Contest, dict[str, User]]:
    """The chief leads and judges, the second judges, the stranger has no role."""
    now, number = timezone.now(), User.objects.count()
    chief = User.objects.create_user(
        f"chief{number}", password=PASSWORD, full_name="Trần Thị Thu Hà", can_organise=True
    )
    second = User.objects.create_user(f"second{number}", full_name="Lê Quang Vinh")
    starter.load(
        author=User.objects.create_user(f"author{number}", can_write_questions=True),
        approver=User.objects.create_user(f"approver{number}", can_approve_questions=True),
        now=now,
    )
    contest = contests.create_contest(
        slug=f"hoi-thi-{number}", title="Hội thi tìm hiểu công tác xây dựng Đảng",
        organiser="Tỉnh đoàn Sông Thao", creator=chief, now=now,
    )  # fmt: skip
    ContestStaff.objects.get_or_create(
        contest=contest, user=chief, defaults={"role": ContestStaff.Role.CHIEF}
    )
    contests.publish_contest(contest, actor=chief, now=now)
    return contest, {
        "chief": chief,
        "second": second,
        "stranger": User.objects.create(username=f"la{number}"),
    }


def _round(
    contest: Contest,
    staff: Mapping[str, User],
    versions: Mapping[str, Iterator[QuestionVersion]],
    *,
    title: str,
    plan: Sequence[str | Mapping[str, Any]],
    mode: str = "official",
    rules: Mapping[str, Any] | None = None,
    lobby: bool = True,
) -> dict[str, Any]:
    now, chief = timezone.now(), staff["chief"]
    row = live_setup.create_live_round(contest, title=title, actor=chief, now=now)
    live_setup.edit_draft(
        row.pk,
        actor=chief,
        now=now,
        place="Hội trường lớn",
        wifi="HoiTruong / 12345678",
        rules={**RULES, "mode": mode, **(rules or {})},
        plan=[_line(entry, versions) for entry in plan],
    )
    live_setup.add_staff(row.pk, username=staff["second"].username, role="jury", actor=chief, now=now)
    if lobby:
        live_setup.open_lobby(row.pk, actor=chief, now=now)
    return facts(row.pk)


def facts(round: int) -> dict[str, Any]:
    """What a journey needs to know of a round; `items` once its lobby is open."""
    row = live.get(round)
    found = {"id": row.pk, "pin": row.pin, "token": row.join_token, "title": row.title, "items": []}
    if not row.phase:
        return found
    loaded = live.load(round)
    items = []
    for item in loaded.state.items:
        secret = loaded.secrets.get(item.no)
        right = secret.key["accepted"][0] if secret else None
        options = [option["key"] for option in item.body.get("options", [])] or ["true", "false"]
        items.append(
            {
                "no": item.no,
                "type": item.type,
                "kind": item.kind,
                "stem": item.stem,
                "right": right,
                "wrong": _wrong(item.kind, item.body, right) if secret else None,
                "letters": {key: chr(ord("A") + place) for place, key in enumerate(options)},
                "texts": {option["key"]: option["text"] for option in item.body.get("options", [])},
                "left": [entry["key"] for entry in item.body.get("left", [])],
            }
        )
    return {**found, "items": items}


def _line(
    entry: str | Mapping[str, Any], versions: Mapping[str, Iterator[QuestionVersion]]
) -> dict[str, Any]:
    name, more = (entry, {}) if isinstance(entry, str) else (entry["of"], {**entry})
    more.pop("of", None)
    if name == "poll":
        return {"type": "poll", **POLL, **more}
    if name == "slide":
        return {"type": "slide", **SLIDE, **more}
    version = _illustrated(versions) if name == "picture" else next(versions[name])
    return {"type": "question", "version_id": version.pk, **more}


def _by_kind() -> dict[str, Iterator[QuestionVersion]]:
    """Approved questions of the starter bank by kind, those with the longest texts first."""
    found = QuestionVersion.objects.filter(state="approved").select_related("question__topic")
    longest = sorted(found, key=lambda version: (-len(version.stem), version.pk))
    codes = {version.kind for version in longest}
    return {code: cycle([version for version in longest if version.kind == code]) for code in codes}


def _illustrated(versions: Mapping[str, Iterator[QuestionVersion]]) -> QuestionVersion:
    """An approved question like one of the bank's, with a picture."""
    model = next(versions["single"])
    author = User.objects.filter(can_write_questions=True)[0]
    approver = User.objects.filter(can_approve_questions=True)[0]
    made = questions.create_question(
        code=f"HINH-{QuestionVersion.objects.count()}",
        topic=model.question.topic,
        content=review.content_of(model),
        author=author,
        now=timezone.now(),
    )
    picture = files.saved(files.drawn(1200, 675), "PNG")
    media.attach(
        made, kind=MediaKind.PICTURE, data=picture, alt="Một lá cờ, nửa bên trái màu đỏ", actor=author
    )
    review.submit(made, actor=author, now=timezone.now())
    review.approve(made, actor=approver, now=timezone.now())
    return QuestionVersion.objects.get(pk=made.pk)


def _wrong(kind: str, body: Mapping[str, Any], right: Any) -> Any:
    """An answer in the kind's form that is not right."""
    match kind:
        case "single":
            return next(option["key"] for option in body["options"] if option["key"] != right)
        case "multi":
            return [next(option["key"] for option in body["options"] if option["key"] not in right)]
        case "truefalse":
            return "false" if right == "true" else "true"
        case "order":
            return list(reversed(right))
        case "match":
            keys = [pair[1] for pair in right]
            return [[pair[0], key] for pair, key in zip(right, [*keys[1:], keys[0]], strict=True)]
        case _:
            return "không phải câu này"


def standing(round: int) -> dict[str, Any]:
    """What the database holds: phase, run, pause, verdict, people in, and the answers of every run as they came."""
    loaded = live.load(round)
    state = loaded.state
    answers: dict[str, list[Any]] = {}
    for row in LiveAnswer.objects.filter(round_id=round).select_related("player").order_by("run", "pk"):
        answers.setdefault(str(row.run), []).append([row.player.name, row.value, row.receipt])
    return {
        "phase": state.phase.value,
        "run": state.run,
        "paused": bool(state.paused_at),
        "verdict": state.verdict,
        "version": state.version,
        "people": [player.name for player in state.players.values() if player.status == "in"],
        "answers": answers,
    }


def journal(round: int) -> list[dict[str, Any]]:
    """The events in their order: `version`, `kind`, `role` of who did it, `at` (ms by the server's clock), `body`."""
    rows = LiveEvent.objects.filter(round=round).order_by("version")
    return [
        {**row, "body": json.loads(row["body"])}
        for row in rows.values("version", "kind", "role", "at", "body")
    ]


def sheet_hash(round: int) -> str:
    """SHA-256 of the newest edition's sheet."""
    return LiveEdition.objects.filter(round=round).latest("edition").sheet_hash


def rows(round: int) -> dict[str, int]:
    """How many rows of each kind belong to the round; kinds with none are left out."""
    found = {model.__name__: model.objects.filter(round=round).count() for model in OF_A_ROUND}
    found["LiveRound"] = LiveRound.objects.filter(pk=round).count()
    return {name: count for name, count in found.items() if count}


def names(round: int) -> list[str]:
    """The names as the rows keep them, by seat."""
    return list(LivePlayer.objects.filter(round_id=round).order_by("seat").values_list("name", flat=True))
