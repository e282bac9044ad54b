"""The curators' desk: what waits, how the outline is covered, the list of questions, a version and its moves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from contest.models import User
from frontend import curation_phrases as words
from frontend import phrases
from frontend.forms.curate import FilterForm
from question_bank import permissions
from question_bank.actions import review
from question_bank.errors import Refusal
from question_bank.models import QuestionVersion
from question_bank.queries import browse, coverage, media
from question_bank.queries.coverage import Axis
from question_bank.queries.media import MediaRef
from question_bank.rules import kinds
from question_bank.rules.problems import Problem
from question_bank.rules.review import Command, State

# A cell of the heat map is one class darker from each of these counts on.
HEAT_STEPS = (1, 3, 6, 11)


def curator(request: HttpRequest) -> User:
    """The user. Refusal("not-allowed") for whoever neither writes nor approves questions."""
    if not isinstance(request.user, User) or not permissions.may_write(request.user):
        raise Refusal("not-allowed")
    return request.user


def version_for(version_id: int) -> QuestionVersion:
    """The version with its question and topic. Refusal("not-found")."""
    rows = QuestionVersion.objects.select_related("question__topic", "author", "approver")
    found = rows.prefetch_related("citations").filter(pk=version_id).first()
    if found is None:
        raise Refusal("not-found")
    return found


def item_of(content: Any, *, media: Sequence[MediaRef] = ()) -> dict[str, Any]:
    """A version or content as an entrant's paper would hold it; no key."""
    shown = {"no": 1, "points": 1, "kind": content.kind, "stem": content.stem, "body": content.body}
    return shown | {"media": [ref.to_json() for ref in media]}


def told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems in words, as the templates list them."""
    return [{"text": words.sentence(problem), "severity": problem.severity.value} for problem in problems]


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, my drafts, what came back; below it the outline as a heat map."""
    user = curator(request)
    queue = browse.queue(user.pk)
    context = {
        "tab": "desk",
        "lists": _lists(queue, may_approve=permissions.may_approve(user)),
        **_heat(request.GET.get("theo", "")),
    }
    return render(request, "frontend/curate/desk.html", context)


@login_required
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The bank as a list, narrowed by topic, state, level, kind and words."""
    curator(request)
    form = FilterForm(request.GET)
    page = browse.browse(form.wanted(), page=request.GET.get("page"))
    context = {"tab": "questions", "form": form, "page": page, "rows": [_row(row) for row in page]}
    return render(request, "frontend/curate/questions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """A version with its history; POST carries out the move named by the button, `move`, with `remark`."""
    user = curator(request)
    shown = version_for(version_id)
    error = ""
    if request.method == "POST":
        try:
            _move(shown, request, user)
        except Refusal as refusal:
            error = phrases.sentence(refusal)
        else:
            messages.success(request, str(words.MOVED[request.POST["move"]]))
            return redirect("curate-version", version_id=shown.pk)
    context = _version_context(shown, user) | {"error": error, "remark": request.POST.get("remark", "")}
    return render(request, "frontend/curate/version.html", context, status=409 if error else 200)


def _move(shown: QuestionVersion, request: HttpRequest, user: User) -> None:
    now, remark = timezone.now(), request.POST.get("remark", "")
    moves: Mapping[str, Callable[[], QuestionVersion]] = {
        Command.SUBMIT: lambda: review.submit(shown, actor=user, now=now),
        Command.WITHDRAW: lambda: review.withdraw(shown, actor=user, now=now),
        Command.APPROVE: lambda: review.approve(shown, actor=user, now=now, remark=remark),
        Command.RETURN: lambda: review.return_with_remarks(shown, actor=user, remark=remark, now=now),
        Command.RETIRE: lambda: review.retire(shown, actor=user, now=now, remark=remark),
    }
    deed = moves.get(request.POST.get("move", ""))
    if deed is None:
        raise Refusal("malformed")
    deed()


def _version_context(shown: QuestionVersion, user: User) -> dict[str, Any]:
    others = shown.question.versions.order_by("-number")
    busy = any(row.state in {State.DRAFT, State.IN_REVIEW} for row in others)
    kind = kinds.get(shown.kind)
    return {
        "tab": "questions",
        "version": shown,
        "row": _row(shown),
        "item": item_of(shown, media=media.of_version(shown.pk)),
        "answers": [kind.answer_lines(shown.body, answer) for answer in shown.key.get("accepted", [])],
        "problems": told(review.problems_of(shown)),
        "versions": [_row(row) for row in others.select_related("question__topic", "author")],
        "decisions": [_decision(row) for row in shown.decisions.select_related("actor")],
        "moves": [command.value for command in review.moves_for(shown, user)],
        "may_edit": shown.state == State.DRAFT and shown.author_id in {user.pk, None},
        "may_revise": not busy,
    }


def _decision(row: Any) -> dict[str, Any]:
    return {
        "move": words.MOVES.get(row.move, row.move),
        "actor": row.actor,
        "at": row.at,
        "remark": row.remark,
    }


def _row(row: QuestionVersion) -> dict[str, Any]:
    """A version as lists show it; `badge` is the name of its state for parts/state_badge.html."""
    returned = getattr(row, "last_move", "") == Command.RETURN and row.state == State.DRAFT
    badge = "review" if row.state == State.IN_REVIEW else "returned" if returned else row.state
    return {
        "id": row.pk,
        "code": row.question.code,
        "number": row.number,
        "topic": row.question.topic,
        "stem": row.stem,
        "kind": words.KINDS.get(row.kind, row.kind),
        "level": words.LEVELS.get(row.level, row.level),
        "author": row.author,
        "created_at": row.created_at,
        "badge": badge,
    }


def _lists(queue: browse.Queue, *, may_approve: bool) -> dict[str, list[dict[str, Any]]]:
    return {
        "waiting": [_row(row) for row in queue.waiting] if may_approve else [],
        "returned": [_row(row) for row in queue.returned],
        "drafts": [_row(row) for row in queue.drafts],
        "sent": [_row(row) for row in queue.sent],
    }


def _heat(chosen: str) -> dict[str, Any]:
    """The outline as a heat map by level, or by what is chosen: kind or state."""
    axis = Axis(chosen) if chosen in set(Axis) else Axis.LEVEL
    lines = [_heat_line(line, axis) for line in coverage.coverage(axis)]
    gaps = sum(not cell["count"] for line in lines if not line["line"].whole for cell in line["cells"])
    return {
        "axis": axis.value,
        "axes": [(code.value, words.AXES[code]) for code in Axis],
        "columns": [
            (value, words.HEADS.get(value, value), words.NAMES[axis][value]) for value in axis.values
        ],
        "heat": lines,
        "gaps": 0 if axis is Axis.STATE else gaps,
    }


def _heat_line(line: coverage.Line, axis: Axis) -> dict[str, Any]:
    cells = [
        {"value": value, "count": count, "shade": sum(count >= step for step in HEAT_STEPS)}
        for value, count in zip(axis.values, line.counts, strict=True)
    ]
    return {"line": line, "cells": cells, "depth": line.key.count(".")}
