"""The checker finds each broken promise in evidence that was spoilt by hand, and none in evidence that is sound."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults import oracle
from tests.faults.checker import Case, Row, Stored
from tests.faults.ledger import Ack, Entry, Intent, Refusal

OPENS, CLOSES = 1_000_000, 1_005_000
KEYS = {1: ["a"], 2: ["b"]}
PLAYERS = [11, 12, 13]
FIRST_BOARD = [[1, 12, 20, 2, 900], [2, 11, 10, 1, 500], [3, 13, 0, 0, 0]]


def evidence() -> tuple[list[Entry], Stored]:
    """Two questions of three players: 12 has both right, 11 the first, 13 none."""
    given = [(11, 1, "a", 500), (12, 1, "a", 400), (13, 1, "c", 10), (11, 2, "c", 700), (12, 2, "b", 500)]
    entries: list[Entry] = []
    rows = []
    for player, run, value, ms in given:
        key, at = f"key-{player}-{run}", OPENS + ms
        entries.append(Intent(player, run, key, value, 1, OPENS, CLOSES))
        entries.append(Ack(player, run, key, at, f"R{player}{run}", 1))
        rows.append(Row(player, run, key, 1, value, at, f"R{player}{run}"))
    events: list[tuple[int, str, dict[str, Any], int]] = []
    for run in (1, 2):
        events.append((len(events) + 1, "options-opened", {"run": run, "closes_at": CLOSES}, OPENS))
        events.append((len(events) + 1, "run-closed", {"run": run, "at": CLOSES}, CLOSES + 250))
        events.append((len(events) + 1, "revealed", {"run": run}, CLOSES + 900))
    return entries, Stored(len(events), rows, events)


def problems(entries: list[Entry], stored: Stored, board: Any = None, **more: Any) -> list[str]:
    given = {"refusals": frozenset[str](), **more}
    return Case(entries, stored).problems(
        board=FIRST_BOARD if board is None else board, players=PLAYERS, accepted=KEYS, **given
    )


def test_sound_evidence_accuses_nobody() -> None:
    assert problems(*evidence()) == []


def test_ties_share_a_rank() -> None:
    counted = [oracle.Counted(player, 1, "a", OPENS + 5, OPENS, CLOSES) for player in (11, 12)]
    ranks = [(line[0], line[1]) for line in oracle.ranking(PLAYERS, counted, KEYS)]
    assert ranks == [(1, 11), (1, 12), (3, 13)]


Spoil = Callable[[list[Entry], Stored], None]
SPOILT: dict[str, tuple[str, Spoil]] = {}


def spoils(promise: str) -> Callable[[Spoil], Spoil]:
    """Registers a way to spoil the evidence, with the sentence that must accuse it."""

    def register(spoil: Spoil) -> Spoil:
        SPOILT[spoil.__name__] = promise, spoil
        return spoil

    return register


@spoils("P1 acknowledged and lost")
def lost(entries: list[Entry], stored: Stored) -> None:
    del stored.rows[-1]


@spoils("P1 another value")
def another_value(entries: list[Entry], stored: Stored) -> None:
    stored.rows[0] = dataclasses.replace(stored.rows[0], value="b")


@spoils("P1 the acknowledgement is not the row's")
def another_moment(entries: list[Entry], stored: Stored) -> None:
    stored.rows[0] = dataclasses.replace(stored.rows[0], at=OPENS + 501)


@spoils("P1 a retry was told something else")
def two_words(entries: list[Entry], stored: Stored) -> None:
    entries.append(Ack(11, 1, stored.rows[0].key, OPENS + 500, "other", 1))


@spoils("P1 an acknowledgement of an answer that nobody gave")
def from_nowhere(entries: list[Entry], stored: Stored) -> None:
    entries.append(Ack(13, 2, "key-none", OPENS, "R", 1))


@spoils("P2 2 answers of player 11")
def twice(entries: list[Entry], stored: Stored) -> None:
    stored.rows.append(dataclasses.replace(stored.rows[0], key="key-11-1b"))


@spoils("P2 the journal")
def journal_gap(entries: list[Entry], stored: Stored) -> None:
    del stored.events[1]


@spoils("P2 run-closed 2 times")
def closed_twice(entries: list[Entry], stored: Stored) -> None:
    stored.events[-1] = (stored.version, "run-closed", {"run": 2, "at": CLOSES}, CLOSES + 260)


@spoils("P4 acknowledged at")
def late(entries: list[Entry], stored: Stored) -> None:
    entries.append(Intent(13, 2, "late", "a", 1, OPENS, CLOSES))
    entries.append(Ack(13, 2, "late", CLOSES + 1, "R132", 1))
    stored.rows.append(Row(13, 2, "late", 1, "a", CLOSES + 1, "R132"))


@spoils("P5 never a word")
def no_word(entries: list[Entry], stored: Stored) -> None:
    entries.append(Intent(13, 2, "silent", "a", 1, OPENS, CLOSES))


@spoils("P5 refused with answer-malformed")
def refused(entries: list[Entry], stored: Stored) -> None:
    entries += [Intent(13, 2, "no", "a", 1, OPENS, CLOSES), Refusal(13, 2, "no", "answer-malformed")]


@spoils("P5 refused with question-closed, and yet stored")
def refused_and_stored(entries: list[Entry], stored: Stored) -> None:
    entries += [Intent(13, 2, "no", "a", 1, OPENS, CLOSES), Refusal(13, 2, "no", "question-closed")]
    stored.rows.append(Row(13, 2, "no", 1, "a", OPENS + 1, "R"))


@spoils("run 1 closed 2001 ms")
def closed_late(entries: list[Entry], stored: Stored) -> None:
    stored.events[1] = (2, "run-closed", {"run": 1, "at": CLOSES}, CLOSES + 2_001)


@spoils("run 1 says it closed 1 ms after")
def closed_after_its_time(entries: list[Entry], stored: Stored) -> None:
    stored.events[1] = (2, "run-closed", {"run": 1, "at": CLOSES + 1}, CLOSES + 250)


@pytest.mark.parametrize("name", list(SPOILT))
def test_each_broken_promise_is_found(name: str) -> None:
    promise, spoil = SPOILT[name]
    entries, stored = evidence()
    spoil(entries, stored)
    found = problems(entries, stored, refusals=frozenset({"question-closed"}))
    assert any(sentence.startswith(promise) for sentence in found), found


def test_a_line_may_leave_out_its_last_columns() -> None:
    assert problems(*evidence(), [*FIRST_BOARD[:1], *(line[:3] for line in FIRST_BOARD[1:])]) == []
    assert problems(*evidence(), FIRST_BOARD[:2]) != []


def test_another_ranking_is_found() -> None:
    board = [FIRST_BOARD[1], FIRST_BOARD[0], FIRST_BOARD[2]]
    assert any(sentence.startswith("P3") for sentence in problems(*evidence(), board))


def test_a_close_while_the_server_was_away_is_forgiven() -> None:
    entries, stored = evidence()
    stored.events[1] = (2, "run-closed", {"run": 1, "at": CLOSES}, CLOSES + 5_000)
    assert problems(entries, stored, outages=[(CLOSES - 10, CLOSES + 4_000)]) == []
    assert problems(entries, stored, outages=[(CLOSES - 10, CLOSES + 2_000)]) != []
