"""Every command in every phase: it moves as the table says, or is refused, and nothing in between."""

from typing import get_args

import pytest

from contest.live import commands as c
from contest.live import events as e
from contest.live import machine
from contest.live.deciding import DECIDE
from contest.live.moves import MOVES, ONLY_IN, ROLES, allowed, has, possible
from contest.live.state import Phase
from tests.contest.live.phases import MODES, command, hall_at, make_ready

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
# Where the phase allows a command, what is in its way in our halls, or that there is nothing to do (""): in which
# modes, in which phases, running or paused. Everything else leads to an event.
ANY, RUNS, STANDS = frozenset({False, True}), frozenset({False}), frozenset({True})
EVERY = frozenset(Phase)
HALLS = frozenset(MODES)
OUTCOMES = [
    (c.OpenLobby, "live-already-open", HALLS, EVERY, ANY),
    (c.FormTeams, "no-teams", HALLS - {"teams"}, EVERY, ANY),
    (c.Rescue, "no-floor", HALLS - {"bell"}, EVERY, ANY),
    (c.Eliminate, "no-floor", HALLS - {"bell"}, EVERY, ANY),
    (c.Accept, "not-marked", {"buzzer"}, EVERY, ANY),
    (c.Advance, "live-paused", HALLS, EVERY, STANDS),
    (c.Replay, "live-paused", HALLS, EVERY, STANDS),
    (c.CloseNow, "live-paused", HALLS, EVERY, STANDS),
    (c.JudgeBuzz, "live-paused", HALLS, EVERY, STANDS),
    (c.Pause, "", HALLS, EVERY, STANDS),
    (c.Resume, "", HALLS, EVERY, RUNS),
    (c.Tick, "", HALLS, EVERY, STANDS),
    # No timer runs: nothing is announced, the jury listens without a hurry, the podium is the host's.
    (c.Tick, "", HALLS, {Phase.LOBBY, Phase.JUDGING, Phase.PODIUM, Phase.ENDED}, RUNS),
    (c.CollectPresses, "", HALLS, {Phase.READING}, ANY),
    (c.CollectPresses, "", HALLS - {"buzzer"}, EVERY, ANY),
    (c.CollectPresses, "", HALLS, EVERY, STANDS),
]


def outcome_of(kind, phase, mode, *, paused):
    """The refusal's code, "" for nothing to do, None where something happens."""
    for command_, outcome, modes, phases, when in OUTCOMES:
        if kind is command_ and mode in modes and phase in phases and paused in when:
            return outcome
    return None


# What each command may lead to; anything else in its events is a mistake.
LEADS_TO = {
    c.OpenLobby: {e.LobbyOpened},
    c.Join: {e.PlayersJoined, e.LeftFloor},
    c.FormTeams: {e.TeamsFormed},
    c.Advance: {
        e.RunAnnounced, e.QuestionShown, e.OptionsOpened, e.Revealed, e.BoardShown, e.SlideShown,
        e.PodiumStepped, e.Ended, e.LeftFloor, e.HeldForJury, e.StayedOnFloor,
    },
    c.Tick: {
        e.QuestionShown, e.OptionsOpened, e.RunClosed, e.BuzzWon, e.BuzzJudged,
        e.RunAnnounced, e.Revealed, e.BoardShown, e.SlideShown, e.LeftFloor, e.HeldForJury, e.StayedOnFloor,
    },
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
STOOD = [
    (phase, mode, paused)
    for phase, mode in PAIRS
    for paused in (False, True)
    if not paused or possible(c.Pause, phase)
]


def test_the_tables_are_complete():
    for table in (MOVES, ROLES, DECIDE, TABLE, LEADS_TO):
        assert set(table) == set(COMMANDS)
    assert [phase.value for phase in Phase] == ORDER


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
def test_the_table_of_moves_is_the_one_written_here(kind):
    assert "".join("x" if possible(kind, phase) else "." for phase in Phase) == TABLE[kind]


@pytest.mark.parametrize(("phase", "mode", "paused"), STOOD, ids=str)
def test_every_command_does_what_the_tables_say_and_nothing_in_between(phase, mode, paused):
    for kind in COMMANDS:
        hall = hall_at(phase, mode)
        assert hall.state.phase is phase
        if paused and kind is c.Tick:  # before its time is over
            hall.do(c.Pause())
        make_ready(kind, hall)
        if paused:
            hall.do(c.Pause())
        deed = command(kind, hall)
        if not possible(kind, phase):
            assert hall.refused(deed) == "not-now", kind
            continue
        expected = outcome_of(kind, phase, mode, paused=paused)
        assert hall.refused(deed) == (expected or ""), kind
        if expected:
            continue
        decided = machine.decide(hall.state, deed, hall.facts())
        assert bool(decided) == (expected is None), (kind, decided)
        assert {type(event) for event in decided} <= LEADS_TO[kind], kind
        after = machine.apply(hall.state, decided)
        assert after.version == hall.state.version + len(decided)
        assert (after != hall.state) == bool(decided)
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
