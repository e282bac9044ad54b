"""After a live round: its result for staff, the minutes and the Excel file."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from contest import permissions
from contest.documents import live_sheet, minutes_pdf
from contest.live import modes, ranking
from contest.live.lines import answer_line
from contest.live.state import Run, State
from contest.live.story import question_facts
from contest.models import LiveAppeal, LiveRound
from contest.queries import live, live_minutes, live_results, live_rows, live_sheets, live_story
from frontend import live_journal, live_phrases
from frontend.views.organise.export import XLSX
from frontend.views.organise.live_access import contest_of, live_round_for

LINES_SHOWN = 50
MINUTES_LANGUAGE = "vi"  # the paper is signed in Vietnamese


@dataclass(frozen=True, slots=True)
class Asked:
    """A run as the page lists it."""

    no: int
    number: int
    stem: str
    answered: int
    right: int
    share: float
    accepted: list[str]
    voided: str
    replaced: bool
    everything: bool
    remarked: int


@login_required
@require_safe
def page(request: HttpRequest, live_id: int) -> HttpResponse:
    """Verdict, editions and their hashes, ranking, questions, appeals, downloads; for host and jury."""
    row, user = live_round_for(request, live_id)
    loaded = live.load(live_id)
    state, rows = loaded.state, live_rows.by_row(loaded)
    lines = ranking.board(state).lines if state.verdict else ()
    by_teams = state.rules.mode == "teams"
    scale = modes.get(state.rules.mode).scale
    seats = {} if by_teams else {player.id: player.seat for player in state.players.values()}
    editions = list(row.editions.select_related("settled_by", "published_by").order_by("-edition"))
    context: dict[str, Any] = {
        "live": row,
        "contest": contest_of(row, user),
        "state": state,
        "may_lead": "host" in permissions.live_roles(user, row),
        "mode": live_phrases.MODES.get(state.rules.mode, state.rules.mode),
        "phase": live_phrases.PHASES.get(row.phase, row.phase),
        "verdict": live_phrases.VERDICTS[state.verdict] if state.verdict else "",
        "people": sum(1 for player in state.players.values() if player.status == "in"),
        "by_teams": by_teams,
        "decimals": 2 if scale > 1 else 0,
        "lines": [(line, seats.get(line.id), line.total.points / scale) for line in lines[:LINES_SHOWN]],
        "more": max(0, len(lines) - LINES_SHOWN),
        "units": live_results.units_of(state) if state.verdict else [],
        "best_of": state.rules.units_best_of,
        "editions": editions,
        "is_out": any(edition.published_at for edition in editions),
        "signatures": [(by.name, live_story.moment(by.at)) for by in state.signatures],
        "asked": [_asked(state, rows, run) for run in state.runs.values() if live_minutes.was_played(run)],
        "questions": len({run.item for run in live_minutes.asked(state)}),
        "appeals": _appeals(row, state),
    }
    return render(request, "frontend/organise/live/result.html", context)


def _asked(state: State, rows: State, run: Run) -> Asked:
    item = state.items[run.item - 1]
    right = live_minutes.right_of(rows, run)
    return Asked(
        no=run.no,
        number=question_facts(state, run.no)["question"],
        stem=item.stem,
        answered=run.answered,
        right=right,
        share=100 * right / run.answered if run.answered else 0,
        accepted=[answer_line(item, value) for value in run.accepted],
        voided=run.voided,
        replaced=run.replaced,
        everything=run.everything,
        remarked=run.remarked,
    )


def _appeals(row: LiveRound, state: State) -> list[dict[str, Any]]:
    found = LiveAppeal.objects.filter(round=row).select_related("player", "decided_by").order_by("run", "id")
    return [
        {
            "appeal": appeal,
            "question": question_facts(state, appeal.run)["question"],
            "at": live_story.moment(appeal.at),
            "decided_at": live_story.moment(appeal.decided_at),
        }
        for appeal in found
    ]


@login_required
@require_safe
def minutes(request: HttpRequest, live_id: int) -> HttpResponse:
    """The minutes as PDF. Refusals: `not-settled`, `rehearsal-only`."""
    row, _user = live_round_for(request, live_id)
    with translation.override(MINUTES_LANGUAGE):
        words = live_journal.words(live.load(live_id).state.rules)
        body = minutes_pdf.pdf(live_minutes.minutes(live_id, words=words, now=timezone.now()))
    return _file(body, "application/pdf", f"{_name(row)}-bien-ban.pdf")


@login_required
@require_safe
def sheet(request: HttpRequest, live_id: int) -> HttpResponse:
    """The Excel file: a row a person, a row an answer, the questions, the journal. Refusals as `minutes`."""
    row, _user = live_round_for(request, live_id)
    with translation.override(MINUTES_LANGUAGE):
        words = live_journal.words(live.load(live_id).state.rules)
        body = live_sheet.workbook(live_sheets.sheets(live_id, words=words))
    return _file(body, XLSX, f"{_name(row)}.xlsx")


def _name(row: LiveRound) -> str:
    return f"{row.contest.slug}-truc-tiep-{row.number}"


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=kind, headers=headers)
