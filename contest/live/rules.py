"""The rules of a live round as data: what the organiser sets and opening the lobby freezes. Seconds and points."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

ModeCode = Literal["official", "game", "teams", "bell", "buzzer"]
DEFAULT_CHAIN = ("points", "right", "time")


class GameRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Mode `game`: speed points, or with `speed` off the whole points however long it took.

    Streaks add `streak_step` points for the second right answer in a row, twice that for the third, up to five times.
    """

    speed: bool = True
    streaks: bool = False
    streak_step: int = 100


class TeamRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Mode `teams`: whose answer counts; the mean is of the best `best_of` members (0: size of the smallest team)."""

    answers: Literal["members", "captain", "majority"] = "members"
    best_of: int = 0


class BellRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Mode `bell` (Rung chuông vàng): seats in a row of the grid, and with how many left the bell question may come.

    With `to_bell` it comes as soon as so few are left. When nobody on the floor is right, `all_out` says whether they
    all `stay` (a single one leaves even then) or all `leave`. `late_floor`: who joins after the first question for
    points stands on the floor while they can still fall; otherwise they answer off it. `grace`: who gave no answer and
    whose line the server knew to be down while the question was open waits for the jury instead of leaving.
    """

    columns: int = 10
    last: int = 1
    to_bell: bool = False
    all_out: Literal["stay", "leave"] = "stay"
    late_floor: bool = False
    grace: bool = False


class BuzzerRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Mode `buzzer`: presses within `tie_ms` of the first are a declared tie. An answer must come in `answer_s`.

    With `strict`, silence until then is a wrong answer; otherwise the jury says what it heard. A wrong answer costs
    `penalty` points (with `floor` nobody falls below 0), locks out for the rest of the question, and with `skip_next`
    for the next question too; the others have what is left of the time, at least `again_s`. `early` allows pressing
    while the question is read.
    """

    tie_ms: int = 150
    answer_s: int = 3
    again_s: int = 3
    strict: bool = False
    penalty: int = 0
    floor: bool = True
    skip_next: bool = False
    early: bool = False


class LiveRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Everything the thể lệ of a live round says.

    `answer`: the first or the last answer counts. `board_every`: a board after every so many questions, 0 at the end
    only. `auto_advance_s`: 0 means that the host moves. `reading_s` 0 waits until the host opens the options.
    `units_best_of`: units are ranked by the mean of so many of their best people, 0 not at all; it needs `ask_unit`
    and lines that are people. `capacity`: people who may join. `sounds`: the hall's screen begins with its sounds
    on. `rehearsal` is set by opening the lobby, and shown on every screen.
    """

    mode: ModeCode = "official"
    answer: Literal["first", "last"] = "first"
    points: int = 10
    seconds: int = 20
    title_s: int = 2
    reading_s: int = 4
    board_every: int = 5
    auto_advance_s: int = 0
    chain: tuple[str, ...] = DEFAULT_CHAIN
    compensate: bool = True
    late_join: bool = True
    ask_unit: bool = False
    units_best_of: int = 0
    capacity: int = 2000
    sounds: bool = True
    rehearsal: bool = False
    game: GameRules = GameRules()
    teams: TeamRules = TeamRules()
    bell: BellRules = BellRules()
    buzzer: BuzzerRules = BuzzerRules()


RANGES: dict[str, tuple[int, int]] = {
    "points": (1, 1000),
    "seconds": (5, 300),
    "title_s": (0, 10),
    "reading_s": (0, 60),
    "board_every": (0, 50),
    "auto_advance_s": (0, 60),
    "units_best_of": (0, 100),
    "capacity": (2, 10_000),
    "game.streak_step": (1, 1000),
    "teams.best_of": (0, 100),
    "bell.columns": (2, 50),
    "bell.last": (1, 100),
    "buzzer.tie_ms": (0, 1000),
    "buzzer.answer_s": (1, 60),
    "buzzer.again_s": (1, 60),
    "buzzer.penalty": (0, 1000),
}


def problems(rules: LiveRules) -> list[tuple[str, str]]:
    """(code, field) of whatever keeps a lobby with these rules from being opened; empty when nothing does.

    Correctness ranks and time only breaks ties: but in a game, `time` stands after a criterion of correctness.
    """
    found = [("live-out-of-range", name) for name in _outside(rules)]
    unknown = [code for code in rules.chain if code not in CRITERIA]
    twice = len(set(rules.chain)) != len(rules.chain)
    if unknown or twice or not rules.chain or (rules.mode != "game" and _time_ranks(rules)):
        found.append(("live-chain-wrong", "chain"))
    if rules.units_best_of and rules.mode == "teams":
        found.append(("live-units-of-teams", "units_best_of"))
    elif rules.units_best_of and not rules.ask_unit:
        found.append(("live-units-not-asked", "units_best_of"))
    return found


def _time_ranks(rules: LiveRules) -> bool:
    """Whether time decides before anything that was answered right. Who stands longest has answered right longest."""
    correct = {"points", "right", "floor"} if rules.mode == "bell" else {"points", "right"}
    before = rules.chain[: rules.chain.index("time")] if "time" in rules.chain else rules.chain
    return not correct & set(before)


def _outside(rules: LiveRules) -> Iterator[str]:
    for name, (least, most) in RANGES.items():
        value: Any = rules
        for part in name.split("."):
            value = getattr(value, part)
        if not least <= value <= most:
            yield name


# Points earned; questions wholly right; ms used for right answers; who stood longest (Rung chuông vàng).
CRITERIA = ("points", "right", "time", "floor")
