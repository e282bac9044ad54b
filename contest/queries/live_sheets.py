"""The rows of a live round's Excel file: result, units, answers, questions, journal; answers are read as written."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

from contest.documents.live_sheet import Answer, Entry, LiveRound, Person, Question
from contest.documents.minutes import Place
from contest.live import modes, ranking
from contest.live.lines import answer_line, option_lines, right_lines
from contest.live.state import Item, Mark, Player, Run, State
from contest.live.story import question_facts
from contest.live.telling import tell
from contest.models import LiveAnswer
from contest.queries import live, live_minutes, live_results, live_rows, live_story
from contest.queries.live import Loaded
from contest.queries.live_story import Words, moment

Verdict = Literal["right", "wrong", "void", "open", "unheard"]


def sheets(round_id: int, *, words: Words) -> LiveRound:
    """Rows for `contest.documents.live_sheet.workbook`. Refusals: `not-found`, `not-settled`, `rehearsal-only`."""
    live_story.newest_edition(live.get(round_id))
    loaded = live.load(round_id)
    rows = live_rows.by_row(loaded)
    return LiveRound(
        people=_people(loaded.state, rows, words),
        answers=_answers(loaded, rows, words),
        questions=_questions(loaded, rows, words),
        journal=_journal(round_id, words),
        units=live_results.units_of(loaded.state),
        teams=_teams(loaded.state, words),
    )


def _people(state: State, rows: State, words: Words) -> Iterator[Person]:
    """By rank; members stand below their team's rank, and whoever was removed at the end without one."""
    lines = {line.id: line for line in ranking.board(state).lines}
    by_teams = state.rules.mode == "teams"
    earned = modes.get(state.rules.mode).totals(rows)

    def rank_of(player: Player) -> int | None:
        line = lines.get(player.team if by_teams else player.id)
        return line.rank if line and player.status == "in" else None

    ordered = sorted(
        state.players.values(),
        key=lambda player: (rank_of(player) is None, rank_of(player) or 0, player.team, player.seat),
    )
    for player in ordered:
        total, team = earned[player.id], state.teams.get(player.team)
        line = lines.get(player.id) if not by_teams else None
        own = line.total if line else total
        remarks = [live_minutes.remark_of(state, player, words)]
        if player.status == "in" and not by_teams:
            remarks.append(live_minutes.place_remark(state, player.id, words))
        yield Person(
            rank=rank_of(player),
            seat=player.seat,
            name=player.name,
            unit=player.unit,
            team=team.name if team else "",
            right=own.right,
            points=own.points,
            time_ms=own.ms,
            remark="; ".join(filter(None, remarks)),
        )


def _teams(state: State, words: Words) -> tuple[Place, ...]:
    if state.rules.mode != "teams":
        return ()
    return tuple(live_minutes.places(state, ranking.board(state).lines, words))


def _answers(loaded: Loaded, rows: State, words: Words) -> Iterator[Answer]:
    """Every acknowledged answer, question by question, seat by seat; those of polls have no verdict."""
    state = loaded.state
    found = LiveAnswer.objects.filter(round_id=loaded.round_id).order_by("run", "player__seat")
    fields = ("run", "player_id", "value", "at", "ms", "lag_ms", "receipt")
    for run_no, player_id, value, at, ms, lag_ms, receipt in found.values_list(*fields).iterator(1000):
        run, player = state.runs.get(run_no), state.players.get(player_id)
        if run is None or player is None:
            continue
        item = state.items[run.item - 1]
        mark = rows.runs[run_no].marks.get(player_id)
        counts = not run.voided and not run.replaced
        yield Answer(
            question=question_facts(state, run_no)["question"],
            seat=player.seat,
            name=player.name,
            answer=written(state, item, value, words),
            verdict=_verdict(run, item, mark, heard=state.rules.mode != "buzzer" or player_id in run.judged),
            received_at=datetime.fromtimestamp(at / 1000, UTC),
            elapsed_ms=ms,
            compensation_ms=lag_ms,
            points=mark.points if mark and counts else 0,
            receipt=receipt,
        )


def written(state: State, item: Item, value: object, words: Words) -> str:
    """An answer as a person reads it; at the buzzer a press."""
    if state.rules.mode == "buzzer" and item.type == "question":
        return words.remark("press", {})
    return answer_line(item, value)


def _verdict(run: Run, item: Item, mark: Mark | None, *, heard: bool) -> Verdict:
    if run.voided or run.replaced:
        return "void"
    if not run.closed_at or item.type != "question":
        return "open"
    if not heard:
        return "unheard"
    return "right" if mark and mark.right else "wrong"


def _questions(loaded: Loaded, rows: State, words: Words) -> Iterator[Question]:
    state = loaded.state
    numbers = live_minutes.key_versions(state)
    for run in state.runs.values():
        item = state.items[run.item - 1]
        facts = question_facts(state, run.no)
        remarks = [] if item.type == "question" else [words.remark("poll", {})]
        remarks += [words.remark("voided", {"reason": words.reason(run.voided)})] if run.voided else []
        remarks += [words.remark("replaced", {})] if run.replaced else []
        remarks += [words.remark("everything", {})] if run.everything else []
        remarks += [words.remark("remarked", {"count": run.remarked})] if run.remarked else []
        yield Question(
            number=facts["question"],
            topic=item.topic,
            stem=item.stem,
            options="\n".join(option_lines(item)),
            answers="\n".join(right_lines(item, loaded.secrets.get(run.item), run)),
            key_version=numbers.get(item.version_id, 0),
            points=item.points * item.weight,
            seconds=item.seconds,
            opened_at=moment(run.opens_at),
            closed_at=moment(run.closed_at),
            answered=run.answered,
            right=live_minutes.right_of(rows, run),
            remark="; ".join(remarks),
        )


def _journal(round_id: int, words: Words) -> Iterator[Entry]:
    names = live_story.actors(round_id)
    for step in live_story.story(round_id):
        entry, told = step.entry, tell(step)
        yield Entry(
            version=entry.version,
            at=datetime.fromtimestamp(entry.at / 1000, UTC),
            actor=names.get(entry.actor or 0) or words.role(entry.role),
            what=words.tell(told),
            reason=words.reason(told.reason),
        )
