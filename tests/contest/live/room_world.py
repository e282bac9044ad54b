"""The people, the plan and the rules that random rounds are played with."""

from dataclasses import replace

import msgspec
from msgspec.structs import replace as changed

from contest.live.facts import Secret
from contest.live.rules import BellRules, BuzzerRules, GameRules, LiveRules, TeamRules
from contest.live.state import Item, Phase, Solution
from tests.contest.live.hall import OPTIONS

PEOPLE = (1, 2, 3, 4, 5)
RTT = {1: 20, 2: 300, 3: 1800, 4: None, 5: 90}
TEAMS = {1: (1, 2, 3), 2: (4, 5)}
CANARY = "KHÓA-BÍ-MẬT"
PLACES = {"items": [{"key": key, "text": f"Việc {key}"} for key in "xyz"]}
PAIRS = {
    side: [{"key": f"{side[0]}{n}", "text": f"{side} {n}"} for n in (1, 2)] for side in ("left", "right")
}
ITEMS = (
    Item(1, "question", "Một?", kind="single", body=OPTIONS),
    Item(2, "question", "Hai?", kind="order", body=PLACES, weight=2),
    Item(3, "poll", "Ba?", kind="single", body=OPTIONS),
    Item(4, "question", "Bốn?", kind="match", body=PAIRS, bell=True),
    Item(5, "slide", "Nghỉ", text="Mười phút"),
    Item(6, "question", "Sáu?", kind="fill"),
)
# People and jury say a, b, c, whatever the kind; a is right. Here is what that means, and what a phone may send for it.
MEANT = {
    "order": {"a": ["x", "z", "y"], "b": ["y", "z", "x"], "c": ["z", "y", "x"]},
    "match": {
        "a": [["l1", "r1"], ["l2", "r2"]],
        "b": [["l1", "r2"], ["l2", "r1"]],
        "c": [["l1", "r2"], ["l2", "r2"]],
    },
}
TYPED = {
    "order": {"a": ["y:3", "x:1", "z:2"], "b": "y,z,x", "c": ["z", "y", "x"]},
    "match": {
        "a": {"l2": "r2", "l1": "r1"},
        "b": ["l2:r1", "l1:r2"],
        "c": [["l2", "r2"], ["l1", "r2"]],
    },
}
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
        bell=BellRules(last=3, to_bell=True, all_out="leave", late_floor=True, grace=True),
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


def spelt(item, player, value):
    """The answer as this participant writes it, where answers are typed: whoever has an even number shouts."""
    shouts = item.kind == "fill" and player % 2 == 0 and isinstance(value, str)
    return f"{value.upper()}." if shouts else value


def secret_of(item):
    """The key of an item, and a solution that shows wherever it leaks."""
    return Secret({"accepted": [canonical(item, "a")]}, Solution((CANARY,), ("a",), CANARY, CANARY))


def canonical(item, letter):
    """The answer in the kind's canonical form."""
    return MEANT.get(item.kind, {}).get(letter, letter)


def typed(item, letter):
    """The answer as a phone sends it; forms differ, the answer does not."""
    return TYPED.get(item.kind, {}).get(letter, letter)


def letter_of(item, value):
    """What a canonical answer means; whatever has no letter (a press) is its own."""
    known = MEANT.get(item.kind, {})
    return next((letter for letter, answer in known.items() if answer == value), value)


def again(sent, connection):
    """The same frame on another socket."""
    return replace(sent, connection=connection)


def floor_of(state):
    """Who has fallen by which run, and who waits; not who joined too late to stand."""
    return {player: run for player, run in state.floor.out.items() if run}, state.floor.waiting


def shuffled(state):
    """The same state with its people in another order."""
    players = dict(sorted(state.players.items(), reverse=True))
    return changed(state, players=players)


def told(ack):
    """The names of what an acknowledgement says."""
    return set(msgspec.to_builtins(ack))
