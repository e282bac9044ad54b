"""Answers of a live round become rows, many in one transaction; what is returned may be acknowledged.

Whoever calls has judged each answer against a state (`contest.live.answers.accept`). Here the database has the last
word: the run still takes answers, the participant is still in, and there is one row a participant and run.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from contest.errors import Refusal
from contest.live import answers
from contest.live.state import Answer, State
from contest.models import LiveAnswer
from contest.queries import live, rows
from contest.rules.receipts import ALPHABET

MOST_AT_ONCE = 500
RECEIPT_LENGTH = 6
_COLUMNS = "round_id, run, player_id, key, seq, value, at, ms, lag_ms, receipt"


@dataclass(frozen=True, slots=True)
class Submission:
    """An accepted answer with the key its client made for it.

    `token_hash`: of the token its sender has shown; "" for who has none (simulated people).
    """

    key: str
    answer: Answer
    token_hash: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer on disk: what an acknowledgement says, the same for every retry."""

    player: int
    run: int
    key: str
    seq: int
    value: Any
    at: int
    receipt: str


Outcome = Recorded | Refusal


def record(round_id: int, run: int, submissions: Sequence[Submission]) -> list[Outcome]:
    """One transaction; an outcome for each submission, in order. All are of this run, at most 500.

    Every answer is judged once more, against the state that is locked: the server that judged it first may not have
    heard of a pause, a kick, a close, or of the place having gone to another device: that holds the row too, so the
    order of the two transactions decides. Refusals as outcomes: those of `contest.live.answers.accept`, `token-invalid`
    (the place has gone), `already-answered` (the first counts), `answer-overtaken` (a later one of the same participant
    is on disk).
    """
    if len(submissions) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} at once")
    with rows.one_writer(), transaction.atomic():
        state = _held(round_id)
        hashes = live.token_hashes([found.answer.player for found in submissions if found.token_hash])
        judged = [_judged(state, submission, hashes) for submission in submissions]
        last = state.rules.answer == "last"
        fresh = [found for found in judged if isinstance(found, Submission)]
        _insert(round_id, run, _one_each(fresh, last=last), last=last)
        kept = live.own_answers(round_id, run, [found.answer.player for found in submissions])
    return [
        _outcome(found, verdict, kept.get(found.answer.player), state)
        for found, verdict in zip(submissions, judged, strict=True)
    ]


def recorded(round_id: int, *, player: int, run: int, key: str) -> Recorded | None:
    """What an answer was acknowledged with, for a retry that comes when the question is over; None if it is unknown."""
    kept = live.own_answers(round_id, run, [player]).get(player)
    return _recorded(kept) if kept is not None and kept.key == key else None


def _held(round_id: int) -> State:
    """The state, with the row held: moves wait until this transaction has ended."""
    lock = " FOR SHARE" if rows.is_postgres() else ""
    found = rows.run(f"SELECT version FROM contest_liveround WHERE id = %s{lock}", [round_id])  # noqa: S608
    if not found:
        raise Refusal("not-found")
    return live.at_version(round_id, found[0][0]).state


def _judged(state: State, found: Submission, hashes: Mapping[int, str]) -> Submission | Refusal:
    answer = found.answer
    if found.token_hash != hashes.get(answer.player, found.token_hash):
        return Refusal("token-invalid")
    try:
        again = answers.accept(
            state,
            player=answer.player,
            run=answer.run,
            value=answer.value,
            at=answer.at,
            lag_ms=answer.lag_ms,
            seq=answer.seq,
        )
    except Refusal as refusal:
        return refusal
    return replace(found, answer=again)


def _one_each(found: list[Submission], *, last: bool) -> list[Submission]:
    """One of each participant: the first sent, or where the last counts the one with the highest number."""
    kept: dict[int, Submission] = {}
    for submission in found:
        before = kept.get(submission.answer.player)
        if before is None or (last and submission.answer.seq > before.answer.seq):
            kept[submission.answer.player] = submission
    return [kept[player] for player in sorted(kept)]


def _insert(round_id: int, run: int, found: list[Submission], *, last: bool) -> None:
    if not found:
        return
    line = "(" + ", ".join(["%s"] * 10) + ")"
    clash = "DO NOTHING"
    if last:
        renewed = ", ".join(
            f"{name} = excluded.{name}" for name in ("key", "seq", "value", "at", "ms", "lag_ms")
        )
        clash = f"DO UPDATE SET {renewed} WHERE excluded.seq > contest_liveanswer.seq"
    sql = (
        f"INSERT INTO contest_liveanswer ({_COLUMNS}) VALUES {', '.join([line] * len(found))}"  # noqa: S608
        f" ON CONFLICT (round_id, run, player_id) {clash}"
    )
    values: list[Any] = []
    for submission in found:
        answer = submission.answer
        values += [round_id, run, answer.player, submission.key, answer.seq, rows.document(answer.value)]
        values += [answer.at, answer.ms, answer.lag_ms, new_receipt()]
    rows.execute(sql, values)


def new_receipt() -> str:
    """Six characters that a person can read out; the jury finds the answer by them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH))


def _outcome(
    found: Submission, verdict: Submission | Refusal, kept: LiveAnswer | None, state: State
) -> Outcome:
    """A retry gets what it got before, even when the question is over; not one from who is out or has a dead token."""
    if isinstance(verdict, Refusal) and verdict.code in {"not-a-player", "token-invalid"}:
        return verdict
    if kept is not None and kept.key == found.key:
        return _recorded(kept)
    if isinstance(verdict, Refusal):
        return verdict
    return Refusal("answer-overtaken" if state.rules.answer == "last" else "already-answered")


def _recorded(kept: LiveAnswer) -> Recorded:
    return Recorded(kept.player_id, kept.run, kept.key, kept.seq, kept.value, kept.at, kept.receipt)
