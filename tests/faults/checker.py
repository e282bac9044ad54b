"""Holds what the database has against what the phones wrote down. Every sentence it returns is a broken promise.

P1 no acknowledged answer is lost, P2 none is counted twice, P3 the ranking is the oracle's, P4 nothing late is
acknowledged, P5 whatever is stored was acknowledged once its phone could hear it, P8 nothing fell over. P7, that all
screens agree, is the arena's to see.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import psycopg

from tests.faults import oracle
from tests.faults.ledger import Ack, Entry, Intent, Refusal

CLOSE_MS = 2_000  # from the later of its time and the server's return to the close of a question
MOST_TOLD = 5  # sentences of a kind


@dataclass(frozen=True, slots=True)
class Row:
    """An answer on disk."""

    player: int
    run: int
    key: str
    seq: int
    value: Any
    at: int
    receipt: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database has of a round. `events`: (version, kind, body, at)."""

    version: int
    rows: list[Row]
    events: list[tuple[int, str, dict[str, Any], int]]


def read(url: str, round_id: int) -> Stored:
    """By SQL of its own."""
    answers = _select(
        url,
        "SELECT player_id, run, key, seq, value, at, receipt FROM contest_liveanswer WHERE round_id = {}",
        round_id,
    )
    events = _select(
        url,
        "SELECT version, kind, body, at FROM contest_liveevent WHERE round_id = {} ORDER BY version",
        round_id,
    )
    version = _select(url, "SELECT version FROM contest_liveround WHERE id = {}", round_id)[0][0]
    return Stored(
        version,
        [Row(*row[:4], _json(row[4], url), *row[5:]) for row in answers],
        [(number, kind, msgspec.json.decode(body), at) for number, kind, body, at in events],
    )


def _select(url: str, sql: str, round_id: int) -> list[tuple[Any, ...]]:
    text = sql.format(int(round_id))
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            return connection.execute(text).fetchall()
        finally:
            connection.close()
    with psycopg.connect(url) as server:
        return server.execute(text).fetchall()  # type: ignore[call-overload, no-any-return]


def _json(value: Any, url: str) -> Any:
    """SQLite gives the text, PostgreSQL what it says."""
    return msgspec.json.decode(value) if url.startswith("sqlite") else value


class Case:
    """The evidence of one round. `excused` players were stopped for good and may not have heard.

    `last`: an answer may be replaced until the close, and then stands no more; the one with the highest `seq` counts.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        stored: Stored,
        *,
        excused: frozenset[int] = frozenset(),
        last: bool = False,
    ) -> None:
        self.stored, self.excused, self.last = stored, excused, last
        self.intents: dict[str, Intent] = {}
        self.acks: dict[str, list[Ack]] = defaultdict(list)
        self.refusals: dict[str, Refusal] = {}
        for entry in entries:
            if isinstance(entry, Intent):
                self.intents[entry.key] = entry
            elif isinstance(entry, Ack):
                self.acks[entry.key].append(entry)
            else:
                self.refusals[entry.key] = entry
        self.rows = {row.key: row for row in stored.rows}
        self.newest = {(row.player, row.run): row.seq for row in stored.rows}

    def problems(
        self,
        *,
        board: Sequence[Sequence[int]] | None,
        players: Iterable[int],
        accepted: Mapping[int, list[Any]],
        refusals: frozenset[str],
        outages: Sequence[tuple[int, int]] = (),
    ) -> list[str]:
        """All broken promises. `refusals`: codes that may be met. `outages`: from a kill to readiness (ms).

        Without a `board` the ranking is somebody else's to judge: the oracle knows the official mode alone.
        """
        found = [*self.acknowledged(), *self.twice(), *self.late(), *self.unknown(refusals)]
        if board is not None:
            found += self.ranked(board, players, accepted)
        found += self.closes(outages)
        return _few(found)

    def acknowledged(self) -> list[str]:
        """P1, and that every retry is told the same."""
        found = []
        for key, acks in self.acks.items():
            row, intent = self.rows.get(key), self.intents.get(key)
            if intent is None:
                found.append(f"P1 an acknowledgement of an answer that nobody gave: {key}")
            elif row is None and self.replaced(intent):
                continue
            elif row is None:
                found.append(f"P1 acknowledged and lost: player {intent.player}, run {intent.run}")
            elif row.value != intent.value:
                found.append(f"P1 another value is stored: {row.value!r} for {intent.value!r}")
            if len({(ack.at, ack.receipt, ack.seq) for ack in acks}) > 1:
                found.append(f"P1 a retry was told something else: {acks}")
            if row is not None and (acks[0].at, acks[0].receipt) != (row.at, row.receipt):
                found.append(f"P1 the acknowledgement is not the row's: {acks[0]} {row}")
        return found

    def replaced(self, intent: Intent) -> bool:
        """The round lets people change their minds, and a later answer of the same person stands."""
        return self.last and self.newest.get((intent.player, intent.run), 0) > intent.seq

    def twice(self) -> list[str]:
        """P2."""
        found = []
        for (player, run), times in Counter((row.player, row.run) for row in self.stored.rows).items():
            if times > 1:
                found.append(f"P2 {times} answers of player {player} to run {run}")
        versions = [version for version, *_ in self.stored.events]
        if versions != list(range(1, self.stored.version + 1)):
            found.append(
                f"P2 the journal has versions {versions[:3]}…{versions[-3:]}, the round {self.stored.version}"
            )
        for kind in ("run-closed", "revealed", "options-opened"):
            runs = Counter(body["run"] for _, name, body, _ in self.stored.events if name == kind)
            found += [f"P2 {kind} {times} times for run {run}" for run, times in runs.items() if times > 1]
        return found

    def late(self) -> list[str]:
        """P4."""
        return [
            f"P4 acknowledged at {acks[0].at}, outside {intent.opens_at}–{intent.closes_at}"
            for key, acks in self.acks.items()
            if (intent := self.intents.get(key)) and not intent.opens_at <= acks[0].at <= intent.closes_at
        ]

    def unknown(self, refusals: frozenset[str]) -> list[str]:
        """P5."""
        found = []
        for key, intent in self.intents.items():
            refusal = self.refusals.get(key)
            if refusal is not None and refusal.code not in refusals:
                found.append(f"P5 refused with {refusal.code}")
            if refusal is not None and key in self.rows:
                found.append(f"P5 refused with {refusal.code}, and yet stored")
            if refusal is None and key not in self.acks and intent.player not in self.excused:
                stored = "and yet stored" if key in self.rows else "and not stored"
                found.append(f"P5 never a word about run {intent.run}, {stored}")
        found += ["P5 stored, and nobody gave it" for key in self.rows if key not in self.intents]
        return found

    def ranked(
        self, board: Sequence[Sequence[int]], players: Iterable[int], accepted: Mapping[int, list[Any]]
    ) -> list[str]:
        """P3. A line of the board may leave out its last columns.

        What counts are the acknowledged answers, and of those who could not hear what is stored.
        """
        counted = []
        for key, intent in self.intents.items():
            if self.replaced(intent):
                continue
            if key in self.acks:
                at = self.acks[key][0].at
            elif key in self.rows and intent.player in self.excused:
                at = self.rows[key].at
            else:
                continue
            counted.append(
                oracle.Counted(
                    intent.player,
                    intent.run,
                    intent.value,
                    at,
                    intent.opens_at,
                    intent.closes_at,
                    intent.stood,
                )
            )
        whole = oracle.ranking(players, counted, accepted)
        wanted = [line[: len(shown)] for line, shown in zip(whole, board, strict=False)]
        if len(whole) == len(board) and msgspec.json.encode(wanted) == msgspec.json.encode(board):
            return []
        differing = [
            (ours, theirs) for ours, theirs in zip(wanted, board, strict=False) if ours != list(theirs)
        ]
        return [f"P3 the ranking is not the oracle's ({len(whole)} and {len(board)} lines): {differing[:2]}"]

    def closes(self, outages: Sequence[tuple[int, int]]) -> list[str]:
        """A question closes at its time, or soon after the server's return."""
        due: dict[int, int] = {}
        found = []
        run = stopped = 0
        for _, kind, body, at in self.stored.events:
            run = int(body.get("run", run))
            if kind == "paused":
                stopped = body["at"]
            elif kind == "resumed" and run in due:
                due[run] += body["at"] - stopped
            elif kind == "buzz-judged":
                due[run] = body.get("closes_at") or at
            elif kind in {"options-opened", "closing-moved"}:
                due[body["run"]] = body["closes_at"]
            elif kind == "run-closed":
                closes_at = due[body["run"]]
                back = max((ready for killed, ready in outages if killed <= at), default=0)
                if at > max(closes_at, back) + CLOSE_MS:
                    found.append(f"run {body['run']} closed {at - max(closes_at, back)} ms after it should")
                if body["at"] > closes_at:
                    found.append(
                        f"run {body['run']} says it closed {body['at'] - closes_at} ms after its time"
                    )
        return found


def _few(found: list[str]) -> list[str]:
    """At most so many of a kind, and how many more."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for sentence in found:
        kinds[sentence[:24]].append(sentence)
    told = []
    for sentences in kinds.values():
        told += sentences[:MOST_TOLD]
        if len(sentences) > MOST_TOLD:
            told.append(f"… and {len(sentences) - MOST_TOLD} more of “{sentences[0][:40]}”")
    return told
