"""What each event of a journal was, as a code with facts. An event that has no line here is told by its own name."""

from collections.abc import Callable
from typing import Any, TypeVar

from contest.live import events as e
from contest.live import modes
from contest.live.state import Phase
from contest.live.story import Step, Told, item_facts, names_of, question_facts, tag_of

E = TypeVar("E", bound=e.Event)
_TELL: dict[type[e.Event], Callable[[Step, Any], Told]] = {}


def tell(step: Step) -> Told:
    """The event of a step as code and facts."""
    event = step.entry.event
    found = _TELL.get(type(event))
    return found(step, event) if found else Told(tag_of(event))


def _tells(kind: type[E]) -> Callable[[Callable[[Step, E], Told]], Callable[[Step, E], Told]]:
    def register(function: Callable[[Step, E], Told]) -> Callable[[Step, E], Told]:
        _TELL[kind] = function
        return function

    return register


@_tells(e.PlayersJoined)
def _joined(step: Step, event: e.PlayersJoined) -> Told:
    return Told("joined", {"count": len(event.players), "names": tuple(one.name for one in event.players)})


@_tells(e.TeamsFormed)
def _teams(step: Step, event: e.TeamsFormed) -> Told:
    return Told("teams-formed", {"count": len(event.teams)})


@_tells(e.RunAnnounced)
def _announced(step: Step, event: e.RunAnnounced) -> Told:
    return Told("announced", question_facts(step.after, event.run))


@_tells(e.QuestionShown)
def _shown(step: Step, event: e.QuestionShown) -> Told:
    return Told("shown", question_facts(step.after, event.run))


@_tells(e.OptionsOpened)
def _opened(step: Step, event: e.OptionsOpened) -> Told:
    seconds = (event.closes_at - event.opens_at) / 1000
    return Told("opened", question_facts(step.after, event.run) | {"seconds": seconds})


@_tells(e.ClosingMoved)
def _moved(step: Step, event: e.ClosingMoved) -> Told:
    facts = question_facts(step.after, event.run)
    more = (event.closes_at - step.before.runs[event.run].closes_at) / 1000
    return Told("time-added", facts | {"seconds": more}) if more > 0 else Told("closed-early", facts)


@_tells(e.RunClosed)
def _closed(step: Step, event: e.RunClosed) -> Told:
    rules = step.before.rules
    as_one = rules.mode == "teams" and rules.teams.answers != "members"
    code = "closed-teams" if as_one else "closed"
    right = modes.get(rules.mode).right_count(step.before, event.marks)
    facts = {"answered": event.answered, "right": right, "late": step.late_ms}
    return Told(code, question_facts(step.after, event.run) | facts)


@_tells(e.Revealed)
def _revealed(step: Step, event: e.Revealed) -> Told:
    return Told("revealed", question_facts(step.after, event.run))


@_tells(e.Remarked)
def _remarked(step: Step, event: e.Remarked) -> Told:
    code = "remarked" if event.reason else "remarked-back"
    facts = {
        "everything": event.everything,
        "back": len(event.back),
        "fell": len(event.fell) + len(event.held),
        "waits": len(event.waits),
    }
    return Told(code, question_facts(step.after, event.run) | facts, event.reason)


@_tells(e.RunVoided)
def _voided(step: Step, event: e.RunVoided) -> Told:
    code = "voided" if event.reason else "unvoided"
    facts = {"back": len(event.back), "waits": len(event.waits)}
    return Told(code, question_facts(step.after, event.run) | facts, event.reason)


@_tells(e.RunReplaced)
def _replaced(step: Step, event: e.RunReplaced) -> Told:
    return Told("replaced", question_facts(step.after, event.run), event.reason)


@_tells(e.SlideShown)
def _slide(step: Step, event: e.SlideShown) -> Told:
    return Told("slide-shown", item_facts(step.after.items, event.item))


@_tells(e.PodiumStepped)
def _podium(step: Step, event: e.PodiumStepped) -> Told:
    return Told("podium-stepped", {"step": event.step})


@_tells(e.Ended)
def _ended(step: Step, event: e.Ended) -> Told:
    early = step.before.phase is not Phase.PODIUM
    return Told("ended-early" if early else "ended", {}, event.reason)


@_tells(e.Resumed)
def _resumed(step: Step, event: e.Resumed) -> Told:
    return Told("resumed", {"seconds": (event.at - step.before.paused_at) / 1000})


@_tells(e.Locked)
def _locked(step: Step, event: e.Locked) -> Told:
    return Told("locked" if event.on else "unlocked")


@_tells(e.Blanked)
def _blanked(step: Step, event: e.Blanked) -> Told:
    return Told("blanked" if event.on else "unblanked")


@_tells(e.BoardHidden)
def _board_hidden(step: Step, event: e.BoardHidden) -> Told:
    return Told("board-hidden" if event.on else "board-unhidden")


def _people(step: Step, *players: int) -> dict[str, Any]:
    return {"count": len(players), "names": names_of(step.before, players)}


@_tells(e.PlayerKicked)
def _kicked(step: Step, event: e.PlayerKicked) -> Told:
    return Told("banned" if event.ban else "kicked", _people(step, event.player), event.reason)


@_tells(e.PlayerReadmitted)
def _readmitted(step: Step, event: e.PlayerReadmitted) -> Told:
    return Told("readmitted", _people(step, event.player))


@_tells(e.PlayerRenamed)
def _renamed(step: Step, event: e.PlayerRenamed) -> Told:
    return Told("renamed", _people(step, event.player) | {"name": event.name})


@_tells(e.LossMarked)
def _loss(step: Step, event: e.LossMarked) -> Told:
    code = "loss-unmarked" if event.off else "loss-marked"
    return Told(code, _people(step, event.player) | question_facts(step.before, event.run), event.reason)


@_tells(e.LineLost)
def _line_lost(step: Step, event: e.LineLost) -> Told:
    return Told("line-lost", _people(step, *event.players) | question_facts(step.before, event.run))


@_tells(e.LeftFloor)
def _left(step: Step, event: e.LeftFloor) -> Told:
    facts = _people(step, *event.players) | question_facts(step.after, event.run)
    if not event.run:
        return Told("off-floor", {"count": len(event.players), "names": names_of(step.after, event.players)})
    return Told("left-by-jury" if event.reason else "left-floor", facts, event.reason)


@_tells(e.StayedOnFloor)
def _stayed(step: Step, event: e.StayedOnFloor) -> Told:
    facts = {"count": len(event.players)} | question_facts(step.before, event.run)
    return Told("stayed-on-floor", facts)


@_tells(e.HeldForJury)
def _held(step: Step, event: e.HeldForJury) -> Told:
    return Told("held-for-jury", _people(step, *event.players) | question_facts(step.before, event.run))


@_tells(e.BackOnFloor)
def _back(step: Step, event: e.BackOnFloor) -> Told:
    return Told("rescued" if event.rescued else "back-on-floor", _people(step, *event.players), event.reason)


@_tells(e.BuzzWon)
def _won(step: Step, event: e.BuzzWon) -> Told:
    return Told("buzz-won", _people(step, *event.players))


@_tells(e.BuzzJudged)
def _judged(step: Step, event: e.BuzzJudged) -> Told:
    return Told("buzz-right" if event.right else "buzz-wrong", _people(step, event.player))


@_tells(e.PointsAdjusted)
def _adjusted(step: Step, event: e.PointsAdjusted) -> Told:
    deed = event.adjustment
    points = -deed.points if event.off else deed.points
    people = _people(step, deed.player)
    if step.before.rules.mode == "teams":
        team = step.before.teams.get(deed.player)
        people = {"count": 1, "names": (team.name,) if team else ()}
    return Told("adjusted", people | {"points": points}, deed.reason)


@_tells(e.Confirmed)
def _confirmed(step: Step, event: e.Confirmed) -> Told:
    return Told("confirmed-whole" if event.whole else "confirmed", {"by": event.by.name})


@_tells(e.Published)
def _published(step: Step, event: e.Published) -> Told:
    return Told("published", {"by": event.by.name})


@_tells(e.VerdictReopened)
def _reopened(step: Step, event: e.VerdictReopened) -> Told:
    return Told("verdict-reopened", {}, event.reason)


@_tells(e.Undone)
def _undone(step: Step, event: e.Undone) -> Told:
    return Told("undone", {"what": event.what})
