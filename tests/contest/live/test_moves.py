"""Every command in every phase: it moves as the table says, or is refused, and nothing in between."""

from typing import get_args

import pytest

from contest.live import commands as c
from contest.live import events as e
from contest.live import machine
from contest.live.deciding import DECIDE
from contest.live.moves import MOVES, ONLY_IN, ROLES, allowed, has, possible
from contest.live.state import Phase
from tests.contest.live.phases import MODES, command, hall_at

COMMANDS = get_args(c.AnyCommand)
# The table once more, by hand, in the order of the phases: what the host, the jury and the clock may do when.
ORDER = [
    "lobby",
    "title",
    "reading",
    "open",
    "judging",
    "closed",
    "reveal",
    "board",
    "slide",
    "podium",
    "ended",
]
TABLE = {
    c.OpenLobby: "x..........",
    c.Join: "xxxxxxxxxx.",
    c.FormTeams: "x..........",
    c.Advance: "xxx..xxxxx.",
    c.Tick: "xxxxxxxxxxx",
    c.CloseNow: "...x.......",
    c.AddTime: "...x.......",
    c.Pause: ".xxxxxxxx..",
    c.Resume: ".xxxxxxxx..",
    c.Stay: ".....xxxx..",
    c.Replay: ".....xxx...",
    c.VoidRun: ".....xxxxxx",
    c.Accept: ".....xxxxxx",
    c.Lock: "xxxxxxxxxx.",
    c.Blank: "xxxxxxxxxx.",
    c.HideBoard: "xxxxxxxxxx.",
    c.Kick: "xxxxxxxxxxx",
    c.Readmit: "xxxxxxxxxxx",
    c.Rename: "xxxxxxxxxxx",
    c.MarkLoss: ".xxxxxxxxxx",
    c.Rescue: ".xx...xxxxx",
    c.Eliminate: ".xx...xxxxx",
    c.CollectPresses: "..xx.......",
    c.JudgeBuzz: "....x......",
    c.Adjust: ".xxxxxxxxxx",
    c.Undo: "xxxxxxxxxxx",
    c.Finish: ".xxxxxxxxx.",
    c.Confirm: "..........x",
    c.Publish: "..........x",
}
# Where the phase allows a command, what may still be in its way in our halls.
REFUSALS = {
    c.OpenLobby: {"live-already-open"},
    c.CloseNow: {"question-not-open"},
    c.Undo: {"nothing-to-undo"},
    c.Confirm: {"floor-undecided"},
    c.Publish: {"not-confirmed"},
    c.Accept: {"not-marked"},
    c.FormTeams: {"no-teams"},
    c.Rescue: {"no-floor"},
    c.Eliminate: {"no-floor"},
    c.JudgeBuzz: {"not-at-the-buzzer"},
}
# What each command may lead to; anything else in its events is a mistake.
LEADS_TO = {
    c.OpenLobby: {e.LobbyOpened},
    c.Join: {e.PlayersJoined, e.LeftFloor},
    c.FormTeams: {e.TeamsFormed},
    c.Advance: {
        e.RunAnnounced, e.QuestionShown, e.OptionsOpened, e.Revealed, e.BoardShown, e.SlideShown,
        e.PodiumStepped, e.Ended, e.LeftFloor, e.HeldForJury, e.StayedOnFloor,
    },
    c.Tick: {e.QuestionShown, e.OptionsOpened, e.RunClosed, e.BuzzWon, e.BuzzJudged},
    c.CloseNow: {e.ClosingMoved},
    c.AddTime: {e.ClosingMoved},
    c.Pause: {e.Paused},
    c.Resume: {e.Resumed},
    c.Stay: {e.Stayed},
    c.Replay: {e.RunReplaced, e.RunAnnounced},
    c.VoidRun: {e.RunVoided},
    c.Accept: {e.Remarked},
    c.Lock: {e.Locked},
    c.Blank: {e.Blanked},
    c.HideBoard: {e.BoardHidden},
    c.Kick: {e.PlayerKicked},
    c.Readmit: {e.PlayerReadmitted},
    c.Rename: {e.PlayerRenamed},
    c.MarkLoss: {e.LossMarked},
    c.Rescue: {e.BackOnFloor},
    c.Eliminate: {e.LeftFloor},
    c.CollectPresses: {e.BuzzWon},
    c.JudgeBuzz: {e.BuzzJudged, e.BuzzWon, e.RunClosed},
    c.Adjust: {e.PointsAdjusted},
    c.Undo: {e.Undone},
    c.Finish: {e.RunVoided, e.Ended},
    c.Confirm: {e.Confirmed},
    c.Publish: {e.Published},
}  # fmt: skip
PAIRS = [(phase, mode) for mode in MODES for phase in Phase if phase is not Phase.JUDGING or mode == "buzzer"]


def test_the_tables_are_complete():
    for table in (MOVES, ROLES, DECIDE, TABLE, LEADS_TO):
        assert set(table) == set(COMMANDS)
    assert [phase.value for phase in Phase] == ORDER


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
def test_the_table_of_moves_is_the_one_written_here(kind):
    assert "".join("x" if possible(kind, phase) else "." for phase in Phase) == TABLE[kind]


@pytest.mark.parametrize(("phase", "mode"), PAIRS, ids=str)
def test_every_command_moves_as_the_table_says_or_is_refused(phase, mode):
    hall = hall_at(phase, mode)
    assert hall.state.phase is phase
    for kind in COMMANDS:
        deed = command(kind, hall)
        if not possible(kind, phase):
            assert hall.refused(deed) == "not-now", kind
            continue
        code = hall.refused(deed)
        if code:
            assert code in REFUSALS.get(kind, set()), (kind, code)
            continue
        decided = machine.decide(hall.state, deed, hall.facts())
        assert {type(event) for event in decided} <= LEADS_TO[kind], kind
        after = machine.apply(hall.state, decided)
        assert after.version == hall.state.version + len(decided)
        for event in decided:
            assert e.decode(e.encode(event)) == event


@pytest.mark.parametrize("mode", MODES)
def test_a_command_of_another_mode_does_nothing(mode):
    for kind, own in ONLY_IN.items():
        if own == mode:
            continue
        for phase in Phase:
            if phase is Phase.JUDGING or not possible(kind, phase):
                continue
            hall = hall_at(phase, mode)
            code = hall.refused(command(kind, hall))
            assert code or hall.do(command(kind, hall)) == []
        assert not has(mode, kind)


def test_only_the_clock_ticks_and_only_the_jury_judges_results():
    assert [kind for kind in COMMANDS if allowed(kind, "clock")] == [c.Tick, c.CollectPresses]
    assert [kind for kind in COMMANDS if allowed(kind, "door")] == [c.Join]
    for kind in (c.Accept, c.Adjust, c.Eliminate, c.Confirm, c.Publish):
        assert ROLES[kind] == {"jury"}
    for kind in COMMANDS:
        for role in ("player", "projector", "anonymous", ""):
            assert not allowed(kind, role)


def test_a_remote_paces_and_decides_nothing():
    assert {kind for kind in COMMANDS if allowed(kind, "remote")} == {
        c.Advance, c.CloseNow, c.AddTime, c.Pause, c.Resume, c.Stay, c.Lock, c.Blank,
        c.HideBoard,
    }  # fmt: skip
