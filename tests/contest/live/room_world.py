"""The people, the plan and the rules that random rounds are played with."""

import msgspec
from msgspec.structs import replace

from contest.live.facts import Secret
from contest.live.rules import BellRules, BuzzerRules, GameRules, LiveRules, TeamRules
from contest.live.state import Item, Phase, Solution
from tests.contest.live.hall import OPTIONS
from tests.contest.live.room_engine import Sent

PEOPLE = (1, 2, 3, 4, 5)
RTT = {1: 20, 2: 300, 3: 1800, 4: None, 5: 90}
TEAMS = {1: (1, 2, 3), 2: (4, 5)}
CANARY = "KHÓA-BÍ-MẬT"
SECRET = Secret({"accepted": ["a"]}, Solution((CANARY,), ("a",), CANARY, CANARY))
ITEMS = (
    Item(1, "question", "Một?", kind="single", body=OPTIONS),
    Item(2, "question", "Hai?", kind="single", body=OPTIONS, weight=2),
    Item(3, "poll", "Ba?", kind="single", body=OPTIONS),
    Item(4, "question", "Bốn?", kind="single", body=OPTIONS, bell=True),
    Item(5, "slide", "Nghỉ", text="Mười phút"),
    Item(6, "question", "Sáu?", kind="fill"),
)
RULES = {
    "official": LiveRules(board_every=2),
    "last": LiveRules(board_every=1, answer="last"),
    "game": LiveRules(mode="game", points=1000, game=GameRules()),
    "streaks": LiveRules(mode="game", auto_advance_s=3, game=GameRules(streaks=True, streak_step=3)),
    "members": LiveRules(mode="teams"),
    "captain": LiveRules(mode="teams", teams=TeamRules(answers="captain")),
    "majority": LiveRules(mode="teams", teams=TeamRules(answers="majority")),
    "bell": LiveRules(mode="bell", chain=("points", "right")),
    "bell-leave": LiveRules(
        mode="bell",
        auto_advance_s=3,
        bell=BellRules(last=3, to_bell=True, all_out="leave", late_floor=True),
    ),
    "buzzer": LiveRules(mode="buzzer", buzzer=BuzzerRules(penalty=5, skip_next=True, early=True)),
    "buzzer-strict": LiveRules(
        mode="buzzer", buzzer=BuzzerRules(penalty=4, floor=False, strict=True, tie_ms=700)
    ),
}
NEXT = {
    Phase.LOBBY: {Phase.TITLE, Phase.SLIDE},
    Phase.TITLE: {Phase.READING},
    Phase.READING: {Phase.OPEN, Phase.JUDGING},
    Phase.OPEN: {Phase.CLOSED, Phase.JUDGING},
    Phase.JUDGING: {Phase.OPEN, Phase.READING, Phase.CLOSED},
    Phase.CLOSED: {Phase.REVEAL, Phase.TITLE, Phase.JUDGING},
    Phase.REVEAL: {Phase.BOARD, Phase.TITLE, Phase.SLIDE, Phase.PODIUM},
    Phase.BOARD: {Phase.TITLE, Phase.SLIDE, Phase.PODIUM},
    Phase.SLIDE: {Phase.TITLE, Phase.SLIDE, Phase.PODIUM},
    Phase.PODIUM: {Phase.ENDED},
    Phase.ENDED: set(),
}
REFUSED = {
    "not-a-player", "question-closed", "question-not-open", "live-paused", "not-asked", "no-team", "captain-answers",
    "buzzer-taken", "buzzer-locked", "already-answered", "answer-overtaken", "response-malformed",
}  # fmt: skip


def spelt(state, player, value):
    """The answer as this participant writes it, where answers are typed: whoever has an even number shouts."""
    run = state.current
    typed = run is not None and ITEMS[run.item - 1].kind == "fill"
    return f"{value.upper()}." if typed and player % 2 == 0 else value


def again(sent, connection):
    """The same frame on another socket."""
    return Sent(sent.player, sent.run, sent.value, sent.key, sent.seq, connection, sent.claims_ms)


def floor_of(state):
    """Who has fallen by which run, and who waits; not who joined too late to stand."""
    return {player: run for player, run in state.floor.out.items() if run}, state.floor.waiting


def shuffled(state):
    """The same state with its people in another order."""
    players = dict(sorted(state.players.items(), reverse=True))
    return replace(state, players=players)


def told(ack):
    """The names of what an acknowledgement says."""
    return set(msgspec.to_builtins(ack))
