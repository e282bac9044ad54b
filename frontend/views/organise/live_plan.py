"""The plan of a live round: its lines, questions picked or drawn from the bank, polls and slides between them."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contest.actions import live_setup
from contest.models import LiveRound, User
from contest.queries import dashboard, live_bank
from contest.rules import live_plan as plans
from contest.rules.live_plan import Line
from frontend import curation_phrases as words
from frontend import phrases
from frontend.forms.organise_live_plan import (
    DrawForm,
    LineForm,
    PickFilterForm,
    PollForm,
    SlideForm,
    line_forms,
)
from frontend.views.organise.live import live_for
from question_bank.errors import Refusal
from question_bank.queries import browse
from question_bank.rules.text import whole_number

MOVE = re.compile(r"(up|down|remove)-([0-9]{1,3})")
PICKS = 10


class Desk:
    """One request to the plan: what is stored, what was typed, and what went wrong."""

    def __init__(self, request: HttpRequest, row: LiveRound, user: User) -> None:
        self.request, self.row, self.user = request, row, user
        self.data = request.POST if request.method == "POST" else None
        self.action = request.POST.get("action", "")
        self.lines = plans.read(row.plan)
        edits = self.action == "save" or MOVE.fullmatch(self.action) is not None
        self.forms = line_forms(self.lines, self.data if edits else None)
        self.slide = SlideForm(self.data if self.action == "slide" else None)
        self.poll = PollForm(self.data if self.action == "poll" else None)
        self.draw = DrawForm(self.data if self.action == "draw" else None, topics=dashboard.topics())
        self.problem = ""

    def act(self) -> str:
        """Does what the form asks for and says so; "" when it could not be done."""
        if self.request.POST.get("stamp", "") != stamp(self.row):
            self.problem = _("Kịch bản vừa được sửa ở một trang khác. Đây là bản mới nhất; xin làm lại.")
            self.forms = line_forms(self.lines)
            return ""
        try:
            deed = self._deed()
            return deed() if deed else ""
        except Refusal as refusal:
            self.problem = _draw_problem(refusal)
            return ""

    def _deed(self) -> Callable[[], str] | None:
        move = MOVE.fullmatch(self.action)
        if move:
            return lambda: self._moved(move[1], int(move[2]))
        deeds: dict[str, Callable[[], str]] = {
            "save": self._saved,
            "add": self._picked,
            "draw": self._drawn,
            "slide": lambda: self._written(self.slide, _("Đã thêm trang thông tin.")),
            "poll": lambda: self._written(self.poll, _("Đã thêm câu thăm dò.")),
        }
        if self.action not in deeds:
            raise Refusal("malformed")
        return deeds[self.action]

    def _saved(self) -> str:
        return (
            self._store([form.edited() for form in self.forms], _("Đã lưu kịch bản.")) if self._ok() else ""
        )

    def _moved(self, move: str, number: int) -> str:
        """Keeps what was typed, then moves or removes the line."""
        if not self._ok() or not 1 <= number <= len(self.forms):
            return ""
        lines = [form.edited() for form in self.forms]
        line = lines.pop(number - 1)
        if move != "remove":
            lines.insert(max(0, number - 2) if move == "up" else number, line)
        return self._store(
            lines, _("Đã bỏ dòng %(line)s.") % {"line": number} if move == "remove" else _("Đã đổi thứ tự.")
        )

    def _picked(self) -> str:
        known = {line.version_id for line in self.lines}
        chosen = dict.fromkeys(map(whole_number, self.request.POST.getlist("version")))
        fresh = [
            Line("question", version_id=version)
            for version in chosen
            if version is not None and version not in known
        ]
        if not fresh:
            self.problem = _("Chưa chọn câu hỏi nào, hoặc các câu đó đã có trong kịch bản.")
            return ""
        return self._store([*self.lines, *fresh], _("Đã thêm %(count)s câu hỏi.") % {"count": len(fresh)})

    def _drawn(self) -> str:
        if not self.draw.is_valid():
            return ""
        used = {line.version_id for line in self.lines}
        found = live_bank.draw(self.draw.cell(), without=used, seed=secrets.token_hex(16))
        lines = [Line("question", version_id=version) for version in found]
        return self._store([*self.lines, *lines], _("Đã rút %(count)s câu hỏi.") % {"count": len(lines)})

    def _written(self, form: SlideForm | PollForm, done: str) -> str:
        return self._store([*self.lines, form.line()], done) if form.is_valid() else ""

    def _store(self, lines: list[Line], done: str) -> str:
        plan = plans.as_json(lines)
        live_setup.edit_draft(self.row.pk, actor=self.user, now=timezone.now(), plan=plan)
        return done

    def _ok(self) -> bool:
        checked = [form.is_valid() for form in self.forms]  # every form, so that each shows its errors
        return all(checked)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, live_id: int) -> HttpResponse:
    """The plan while it is a draft; `action`: save, up-N, down-N, remove-N, add, draw, slide, poll."""
    row, user = live_for(request, live_id)
    if row.phase and request.method != "POST":
        return redirect("organise-live", live_id=row.pk)
    desk = Desk(request, row, user)
    if request.method == "POST":
        done = desk.act()
        if done:
            messages.success(request, done)
            return redirect(request.get_full_path())
    status = 422 if request.method == "POST" else 200
    return render(request, "frontend/organise/live_plan.html", _context(desk), status=status)


def stamp(row: LiveRound) -> str:
    """Which plan a form was made from."""
    return hashlib.sha256(json.dumps(row.plan, sort_keys=True).encode()).hexdigest()[:16]


def _context(desk: Desk) -> dict[str, Any]:
    asked = live_bank.asked(desk.lines)
    picking = PickFilterForm(desk.request.GET)
    found = browse.browse(picking.wanted(), page=desk.request.GET.get("page"), size=PICKS)
    known = {line.version_id for line in desk.lines}
    return {
        "contest": desk.row.contest,
        "live": desk.row,
        "stamp": stamp(desk.row),
        "rows": [_row(form, asked) for form in desk.forms],
        "line_errors": [form for form in desk.forms if form.errors],
        "bell": desk.row.rules.get("mode") == "bell",
        "rules": desk.row.rules,
        "problem": desk.problem,
        "slide": desk.slide,
        "poll": desk.poll,
        "draw": desk.draw,
        "filter": picking,
        "page": found,
        "picks": [
            {
                "row": row,
                "kind": words.KINDS[row.kind],
                "level": words.LEVELS.get(row.level, row.level),
                "known": row.pk in known,
            }
            for row in found
        ],
    }


def _row(form: LineForm, asked: dict[int, live_bank.Asked]) -> dict[str, Any]:
    question = asked.get(form.line.version_id)
    return {
        "form": form,
        "number": form.number,
        "type": form.line.type,
        "question": question,
        "kind": words.KINDS.get(question.kind, "") if question else "",
        "level": words.LEVELS.get(question.level, "") if question else "",
        "options": [option["text"] for option in form.line.body.get("options", [])],
    }


def _draw_problem(refusal: Refusal) -> str:
    if refusal.code == "pool-too-small":
        shortages = refusal.facts.get("shortages")
        missing = sum(number for _cell, number in shortages) if isinstance(shortages, list) else 0
        return _("Ngân hàng còn thiếu %(count)s câu hỏi đã duyệt như vậy ngoài kịch bản.") % {
            "count": missing
        }
    return phrases.sentence(refusal)
