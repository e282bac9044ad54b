"""Which command is possible in which phase, and which role may give it. Everything else is refused, never ignored."""

from contest.live import commands as c
from contest.live.state import Phase

ALL = frozenset(Phase)
STARTED = ALL - {Phase.LOBBY}
RUNNING = ALL - {Phase.ENDED}
TIMED = ALL - {Phase.LOBBY, Phase.PODIUM, Phase.ENDED}
# Nobody's answer is being weighed: who stands on the floor may change.
SETTLED = frozenset(
    {Phase.TITLE, Phase.READING, Phase.REVEAL, Phase.BOARD, Phase.SLIDE, Phase.PODIUM, Phase.ENDED}
)
# What `auto_advance_s` ends; a question's own phases end by their clocks.
BETWEEN = frozenset({Phase.CLOSED, Phase.REVEAL, Phase.BOARD, Phase.SLIDE})
CORRECTED = frozenset({Phase.CLOSED, Phase.REVEAL, Phase.BOARD, Phase.SLIDE, Phase.PODIUM, Phase.ENDED})

MOVES: dict[type[c.Command], frozenset[Phase]] = {
    c.OpenLobby: frozenset({Phase.LOBBY}),
    c.Join: RUNNING,
    c.FormTeams: frozenset({Phase.LOBBY}),
    c.Advance: RUNNING - {Phase.OPEN, Phase.JUDGING},
    c.Tick: ALL,
    c.CloseNow: frozenset({Phase.OPEN}),
    c.AddTime: frozenset({Phase.OPEN}),
    c.Pause: TIMED,
    c.Resume: TIMED,
    c.Stay: BETWEEN,
    c.Replay: frozenset({Phase.CLOSED, Phase.REVEAL, Phase.BOARD}),
    c.VoidRun: CORRECTED,
    c.Accept: CORRECTED,
    c.Lock: RUNNING,
    c.Blank: RUNNING,
    c.HideBoard: RUNNING,
    c.Kick: ALL,
    c.Readmit: ALL,
    c.Rename: ALL,
    c.MarkLoss: STARTED,
    c.Rescue: SETTLED,
    c.Eliminate: SETTLED,
    c.CollectPresses: frozenset({Phase.READING, Phase.OPEN}),
    c.JudgeBuzz: frozenset({Phase.JUDGING}),
    c.Adjust: STARTED,
    c.Undo: ALL,
    c.Finish: STARTED - {Phase.ENDED},
    c.Confirm: frozenset({Phase.ENDED}),
    c.Publish: frozenset({Phase.ENDED}),
}

HOST, JURY, REMOTE, CLOCK, DOOR = "host", "jury", "remote", "clock", "door"
_PACE = frozenset({HOST, REMOTE})
_RUN = frozenset({HOST, JURY})

ROLES: dict[type[c.Command], frozenset[str]] = {
    c.OpenLobby: frozenset({HOST}),
    c.Join: frozenset({DOOR}),
    c.FormTeams: frozenset({HOST}),
    c.Advance: _PACE,
    c.Tick: frozenset({CLOCK}),
    c.CloseNow: _PACE,
    c.AddTime: _PACE,
    c.Pause: _PACE | {JURY},
    c.Resume: _PACE,
    c.Stay: _PACE,
    c.Replay: _RUN,
    c.VoidRun: _RUN,
    c.Accept: frozenset({JURY}),
    c.Lock: _PACE,
    c.Blank: _PACE,
    c.HideBoard: _PACE,
    c.Kick: frozenset({HOST}),
    c.Readmit: frozenset({HOST}),
    c.Rename: frozenset({HOST}),
    c.MarkLoss: _RUN,
    c.Rescue: _RUN,
    c.Eliminate: frozenset({JURY}),
    c.CollectPresses: frozenset({CLOCK}),
    c.JudgeBuzz: _RUN,
    c.Adjust: frozenset({JURY}),
    c.Undo: frozenset({HOST}),
    c.Finish: frozenset({HOST}),
    c.Confirm: frozenset({JURY}),
    c.Publish: frozenset({JURY}),
}


ONLY_IN: dict[type[c.Command], str] = {
    c.FormTeams: "teams",
    c.Rescue: "bell",
    c.Eliminate: "bell",
    c.CollectPresses: "buzzer",
    c.JudgeBuzz: "buzzer",
}


def possible(command: type[c.Command], phase: Phase) -> bool:
    """Whether the phase allows the command at all."""
    return phase in MOVES[command]


def has(mode: str, command: type[c.Command]) -> bool:
    """Whether the mode knows the command."""
    return ONLY_IN.get(command, mode) == mode


def allowed(command: type[c.Command], role: str) -> bool:
    """Whether the role may give the command."""
    return role in ROLES[command]


def name_of(command: type[c.Command]) -> str:
    """The command's name on the wire."""
    return str(command.__struct_config__.tag)
