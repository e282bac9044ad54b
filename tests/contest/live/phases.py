"""A hall in every phase, and a sensible instance of every command for it."""

from contest.live import commands as c
from contest.live import machine
from contest.live.rules import LiveRules
from contest.live.state import Item, Phase, Player, Team
from tests.contest.live.hall import OPTIONS, Hall, questions

ITEMS = (
    *questions(1),
    Item(2, "slide", "Nghỉ", text="Mười phút"),
    *(Item(no, "question", f"Câu {no}?", kind="single", body=OPTIONS) for no in (3, 4)),
)
TEAMS = {1: (1, 2), 2: (3, 4, 5)}
MODES = ("official", "game", "teams", "bell", "buzzer")


def hall_at(phase, mode="official"):
    """One question is behind when the phase is past the lobby; participant 5 has left the floor, 4 waits."""
    hall = Hall(
        rules=LiveRules(mode=mode, board_every=2, auto_advance_s=5),
        items=ITEMS,
        teams=TEAMS if mode == "teams" else None,
    )
    if phase is Phase.LOBBY:
        return hall
    first_question(hall)
    while hall.state.phase is not phase:
        step(hall, phase)
    return hall


def first_question(hall):
    hall.open()
    if hall.state.rules.mode == "buzzer":
        hall.answer(1, True)
        hall.now = hall.run.opens_at + 5000
        hall.do(c.CollectPresses(1))
        hall.do(c.JudgeBuzz(1, 1, True))
    else:
        for player in (1, 2, 3):
            hall.answer(player)
        hall.do(c.MarkLoss(4, 1, "Mất mạng"))
        hall.close()
    hall.next()


def step(hall, phase):
    state = hall.state
    if state.phase is Phase.OPEN and phase is Phase.JUDGING:
        hall.answer(2, True)
        hall.now = hall.run.opens_at + 5000
        hall.do(c.CollectPresses(state.run))
    elif state.phase in {Phase.TITLE, Phase.READING, Phase.OPEN}:
        hall.tick()
    else:
        hall.next()


def make_ready(kind, hall):
    """What has to be there for the command to have something to do: a press, somebody out, a deed, a timer's end."""
    state = hall.state
    if kind is c.CollectPresses and state.phase is Phase.OPEN and state.rules.mode == "buzzer":
        hall.answer(2, True)
        hall.now = max(hall.now, hall.run.opens_at + 5000)
    elif kind is c.CloseNow and state.phase is Phase.OPEN:
        hall.now = hall.run.opens_at + 1000
    elif kind is c.Readmit:
        hall.do(c.Kick(2))
    elif kind is c.Undo:
        hall.do(c.Kick(3))
    elif kind is c.Tick:
        hall.now = max(hall.now, state.due_at)
    elif kind in {c.Confirm, c.Publish} and state.phase is Phase.ENDED:
        if state.floor.waiting:
            hall.do(c.Eliminate((4,), "Không có bằng chứng"))
        for user in (8, 9) if kind is c.Publish else ():
            hall.do(c.Confirm(user, "B"))


def command(kind, hall):
    """The command as somebody in the room would give it now."""
    state = hall.state
    run = max(1, state.run)
    closed = max((one.no for one in state.runs.values() if one.closed_at), default=1)
    made = {
        c.OpenLobby: lambda: c.OpenLobby("Lại", LiveRules(), ITEMS),
        c.Join: lambda: c.Join((Player(99, 99, "Người mới"),)),
        c.FormTeams: lambda: c.FormTeams((Team(1, "Một"), Team(2, "Hai")), {1: (1,), 2: (2,)}),
        c.Advance: lambda: c.Advance(machine.stamp(state)),
        c.Tick: lambda: c.Tick(host_present=True),
        c.Stay: lambda: c.Stay(machine.stamp(state)),
        c.CloseNow: lambda: c.CloseNow(run),
        c.AddTime: lambda: c.AddTime(run),
        c.Replay: lambda: c.Replay(run, "Mất điện"),
        c.VoidRun: lambda: c.VoidRun(closed, "Sai đề"),
        c.Accept: lambda: c.Accept(closed, "Cũng đúng", answer="b"),
        c.Lock: lambda: c.Lock(True),
        c.Blank: lambda: c.Blank(True),
        c.HideBoard: lambda: c.HideBoard(True),
        c.Kick: lambda: c.Kick(2),
        c.Readmit: lambda: c.Readmit(2),
        c.Rename: lambda: c.Rename(2, "Tên khác"),
        c.MarkLoss: lambda: c.MarkLoss(2, run, "Mất mạng"),
        c.Rescue: lambda: c.Rescue("Cứu trợ", (5,)),
        c.Eliminate: lambda: c.Eliminate((4,), "Không có bằng chứng"),
        c.CollectPresses: lambda: c.CollectPresses(run),
        c.JudgeBuzz: lambda: c.JudgeBuzz(run, 2, True),
        c.Adjust: lambda: c.Adjust(1, 5, "Thưởng"),
        c.Undo: lambda: c.Undo(state.undo_at),
        c.Finish: lambda: c.Finish("Hết giờ"),
        c.Confirm: lambda: c.Confirm(1, "A"),
        c.Publish: lambda: c.Publish(1, "A"),
    }
    return made[kind]() if kind in made else kind()
