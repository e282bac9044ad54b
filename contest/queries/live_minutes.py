"""The minutes of a live round, out of its journal and rows.

An outage is what the journal proves: a phase that went on more than three seconds after its time, because no clock
looked (`contest.live.story.LATE_MS`). That single phones were away stands with the person where the jury marked it, or
in Rung chuông vàng where the rule `grace` let the server note it; any other socket that dropped leaves no trace.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from contest.documents.minutes import (
    Incident,
    Minutes,
    Participant,
    Place,
    Question,
    Ruling,
    Step,
)
from contest.live import events as e
from contest.live import modes, ranking
from contest.live import story as told_by
from contest.live.lines import option_lines, right_lines
from contest.live.ranking import Line
from contest.live.state import Player, Run, State
from contest.live.telling import tell
from contest.models import LiveAnswer, LivePlayer
from contest.queries import live, live_results, live_rows, live_story
from contest.queries.live import Loaded
from contest.queries.live_story import Words, moment
from question_bank.models import QuestionVersion

RULINGS = {e.RunVoided: "voided", e.RunReplaced: "replaced", e.Remarked: "remarked"}


def minutes(round_id: int, *, words: Words, now: datetime) -> Minutes:
    """The minutes as of now. Refusals: `not-found`, `not-settled`, `rehearsal-only`."""
    row = live.get(round_id)
    edition = live_story.newest_edition(row)
    loaded = live.load(round_id)
    state = loaded.state
    told = _Account(round_id, words)
    ranked = ranking.board(state).lines
    by_teams = state.rules.mode == "teams"
    return Minutes(
        contest=row.contest.title,
        organiser=row.contest.organiser,
        round=row.title,
        place=row.place,
        mode=words.mode,
        game=modes.get(state.rules.mode).is_game,
        status=state.verdict or "provisional",
        written_at=now,
        started_at=told.started_at or row.opened_at,
        ended_at=moment(state.ended_at),
        rules=words.rules,
        participants=tuple(attendance(round_id, state, words)),
        questions=tuple(questions(loaded, words, told.rulings)),
        incidents=tuple(told.incidents),
        places=() if by_teams else tuple(places(state, ranked, words)),
        steps=tuple(told.steps),
        sha256=edition.sheet_hash,
        receipts=LiveAnswer.objects.filter(round_id=round_id).count(),
        team_places=tuple(places(state, ranked, words)) if by_teams else (),
        unit_places=tuple(live_results.units_of(state)),
    )


class _Account:
    """What the journal tells, gone through once."""

    def __init__(self, round_id: int, words: Words) -> None:
        self.words = words
        self.names = live_story.actors(round_id)
        self.started_at: datetime | None = None
        self.incidents: list[Incident] = []
        self.steps: list[Step] = []
        self.rulings: dict[int, list[Ruling]] = {}
        self._signed = 0
        for step in live_story.story(round_id):
            self._take(step)

    def _take(self, step: told_by.Step) -> None:
        entry, told = step.entry, tell(step)
        at = datetime.fromtimestamp(entry.at / 1000, UTC)
        who = self.names.get(entry.actor or 0) or self.words.role(entry.role)
        event = entry.event
        if isinstance(event, e.RunAnnounced) and self.started_at is None:
            self.started_at = at
        if step.late_ms:
            due_at = datetime.fromtimestamp(step.before.due_at / 1000, UTC)
            facts = {"seconds": step.late_ms / 1000}
            what = self.words.remark("outage", facts)
            self.incidents.append(Incident(due_at, "outage", self.words.role("clock"), what, ""))
        if isinstance(event, e.LineLost):
            self.incidents.append(Incident(at, "outage", who, self.words.tell(told), ""))
        if told.is_override:
            self.incidents.append(
                Incident(at, "override", who, self.words.tell(told), self.words.reason(told.reason))
            )
        if isinstance(event, (e.RunVoided, e.RunReplaced, e.Remarked)) and event.reason:
            ruling = Ruling(RULINGS[type(event)], self.words.reason(event.reason), who, at)  # type: ignore[arg-type]
            self.rulings.setdefault(event.run, []).append(ruling)
        if isinstance(event, e.Undone):
            self._take_back(event)
        self._way(event, at, who)

    def _take_back(self, event: e.Undone) -> None:
        """A ruling that was undone is no ruling; that there was one stands among the overrides."""
        for deed in event.events:
            rulings = self.rulings.get(deed.get("run", 0), [])
            if deed["event"] in {"run-voided", "remarked"} and rulings:
                rulings.pop()

    def _way(self, event: e.AnyEvent, at: datetime, who: str) -> None:
        """The steps of the result."""
        match event:
            case e.Ended():
                self.steps.append(Step("provisional", who, at))
            case e.Confirmed(by=by):
                self._signed += 1
                self.steps.append(Step("confirmed" if self._signed == 1 else "second", by.name, at))
            case e.Published(by=by):
                self.steps.append(Step("published", by.name, at))
            case e.VerdictReopened(reason=reason):
                self._signed = 0
                self.steps.append(Step("corrected", who, at, self.words.reason(reason)))
            case _:
                pass


def attendance(round_id: int, state: State, words: Words) -> Iterable[Participant]:
    """Everybody who joined, by seat."""
    joined = dict(LivePlayer.objects.filter(round_id=round_id).values_list("pk", "joined_at"))
    for player in by_seat(state):
        team = state.teams.get(player.team)
        yield Participant(
            seat=player.seat,
            name=player.name,
            joined_at=moment(joined.get(player.id, 0)),
            unit=player.unit,
            team=team.name if team else "",
            remark=remark_of(state, player, words),
        )


def by_seat(state: State) -> list[Player]:
    """Participants in the order of their seats."""
    return sorted(state.players.values(), key=lambda player: player.seat)


def remark_of(state: State, player: Player, words: Words) -> str:
    """Removed, late, technical losses."""
    found = []
    if player.status != "in":
        found.append(words.remark(player.status, {}))
    if state.is_late(player.since):
        found.append(words.remark("late", told_by.question_facts(state, player.since)))
    found += [words.remark("loss", told_by.question_facts(state, run)) for run in sorted(player.loss)]
    return "; ".join(found)


def asked(state: State) -> list[Run]:
    """Runs that asked a question, in order; those that were not played are left out."""
    return [
        run for run in state.runs.values() if was_played(run) and state.items[run.item - 1].type == "question"
    ]


def was_played(run: Run) -> bool:
    """Whether it opened, or was closed: an early press judged right closes a question at the buzzer before its time
    has begun to run.
    """
    return bool(run.opens_at or run.closed_at)


def right_of(rows: State, run: Run) -> int:
    """How many answers of the run were right by themselves; `rows`: the state by its rows."""
    return sum(1 for mark in rows.runs[run.no].marks.values() if mark.right)


def key_versions(state: State) -> dict[int, int]:
    """Version numbers of the questions, by the version's id."""
    ids = [item.version_id for item in state.items if item.version_id]
    return dict(QuestionVersion.objects.filter(pk__in=ids).values_list("pk", "number"))


def questions(loaded: Loaded, words: Words, rulings: dict[int, list[Ruling]]) -> Iterable[Question]:
    """Every question as it was played; one that was asked again stands twice."""
    state = loaded.state
    numbers = key_versions(state)
    rows = live_rows.by_row(loaded)
    for run in asked(state):
        item = state.items[run.item - 1]
        answers = right_lines(item, loaded.secrets.get(run.item), run)
        if run.everything:
            answers.append(words.remark("everything", {}))
        yield Question(
            number=told_by.question_facts(state, run.no)["question"],
            stem=item.stem,
            answers=tuple(answers),
            key_version=numbers.get(item.version_id, 0),
            points=item.points * item.weight,
            seconds=item.seconds,
            opened_at=moment(run.opens_at),
            closed_at=moment(run.closed_at),
            answered=run.answered,
            right=right_of(rows, run),
            topic=item.topic,
            options=tuple(option_lines(item)),
            rulings=tuple(rulings.get(run.no, ())),
        )


def places(state: State, ranked: Iterable[Line], words: Words) -> Iterable[Place]:
    """The ranked lines, then whoever was removed, unranked."""
    scale = modes.get(state.rules.mode).scale
    for line in ranked:
        yield Place(
            rank=line.rank,
            name=line.name,
            right=line.total.right,
            points=line.total.points / scale,
            time_ms=line.total.ms,
            unit=line.unit,
            remark=place_remark(state, line.id, words),
        )
    if state.rules.mode == "teams":
        return
    earned = modes.get(state.rules.mode).totals(state)
    for player in by_seat(state):
        if player.status != "in":
            total = earned[player.id]
            remark = words.remark(player.status, {})
            yield Place(None, player.name, total.right, total.points, total.ms, player.unit, remark)


def place_remark(state: State, line: int, words: Words) -> str:
    """Where somebody left the floor of Rung chuông vàng or why they wait, and points that the jury gave or took."""
    found = []
    if state.rules.mode == "bell":
        found.append(_floor_remark(state, line, words))
    points = sum(deed.points for deed in state.adjustments if deed.player == line)
    if points:
        found.append(words.remark("adjusted", {"points": points}))
    return "; ".join(found)


def _floor_remark(state: State, player: int, words: Words) -> str:
    if player in state.floor.waiting:
        return words.remark("waiting", told_by.question_facts(state, state.floor.waiting[player]))
    if player not in state.floor.out:
        return words.remark("on-floor", {})
    run = state.floor.out[player]
    return (
        words.remark("left-floor", told_by.question_facts(state, run))
        if run
        else words.remark("off-floor", {})
    )
