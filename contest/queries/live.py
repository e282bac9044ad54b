"""A live round as it stands: the state its journal adds up to, its keys, its answers, its people.

States are frozen, so each process keeps the newest one it has seen; whoever asks gets the one at the row's version.
"""

import hashlib
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from contest.errors import Refusal
from contest.live import events, machine
from contest.live.facts import Secret
from contest.live.state import Answer, State
from contest.models import LiveAnswer, LiveAppeal, LiveEvent, LivePlayer, LiveRound
from contest.queries import rows
from question_bank.rules.text import whole_number

MOST_KEPT = 200
JOIN_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A live round at a version. `secrets` by item number."""

    round_id: int
    contest_id: int
    rehearsal: bool
    state: State
    secrets: Mapping[int, Secret]


_kept: dict[int, Loaded] = {}
_lock = threading.Lock()


def load(round_id: int) -> Loaded:
    """The round at the version of its row: one statement when nothing has moved. Refusal("not-found")."""
    found = LiveRound.objects.filter(pk=round_id).values_list("version", flat=True).first()
    if found is None:
        raise Refusal("not-found")
    return at_version(round_id, found)


def at_version(round_id: int, version: int) -> Loaded:
    """The round at this version or a newer one, for who has read the row already."""
    kept = _kept.get(round_id)
    if kept is None or (kept.state.version > version and kept.state.version > _stored(round_id)):
        # A version that went back means another database (tests) or a cleared rehearsal.
        kept = _fresh(round_id)
    if kept.state.version < version:
        fresh = [events.decode(body) for body in bodies_since(round_id, kept.state.version)]
        kept = replace(kept, state=machine.apply(kept.state, fresh))
    keep(kept)
    return kept


def keep(loaded: Loaded) -> None:
    """Remembers a state; an older one than is known is not kept."""
    with _lock:
        known = _kept.get(loaded.round_id)
        if known is not None and known.state.version > loaded.state.version:
            return
        if len(_kept) >= MOST_KEPT and loaded.round_id not in _kept:
            del _kept[next(iter(_kept))]
        _kept[loaded.round_id] = loaded


def forget(round_id: int | None = None) -> None:
    """Forgets one round, or all."""
    with _lock:
        if round_id is None:
            _kept.clear()
        else:
            _kept.pop(round_id, None)


def _stored(round_id: int) -> int:
    """The row's version of now: another thread may have moved the round since the caller read it."""
    found = LiveRound.objects.filter(pk=round_id).values_list("version", flat=True).first()
    return -1 if found is None else found


def _fresh(round_id: int) -> Loaded:
    forget(round_id)
    row = LiveRound.objects.filter(pk=round_id).values_list("contest_id", "rehearsal", "secrets").first()
    if row is None:
        raise Refusal("not-found")
    secrets = msgspec.convert(row[2], dict[int, Secret], strict=False)
    return Loaded(round_id, row[0], row[1], State(), secrets)


def bodies_since(round_id: int, version: int) -> list[str]:
    """The journal's events after a version, as JSON texts in order."""
    rows_ = LiveEvent.objects.filter(round_id=round_id, version__gt=version).order_by("version")
    return list(rows_.values_list("body", flat=True))


def answers_of(round_id: int, run: int) -> list[Answer]:
    """The answers to a run, in the order of participants."""
    found = rows.run(
        "SELECT player_id, value, at, ms, lag_ms, seq FROM contest_liveanswer"
        " WHERE round_id = %s AND run = %s ORDER BY player_id",
        [round_id, run],
    )
    return [
        Answer(player, run, rows.read_document(value), at, ms, lag_ms, seq)
        for player, value, at, ms, lag_ms, seq in found
    ]


def own_answers(round_id: int, run: int, players: Sequence[int]) -> dict[int, LiveAnswer]:
    """The recorded answers of these participants to a run."""
    found = LiveAnswer.objects.filter(round_id=round_id, run=run, player_id__in=players)
    return {answer.player_id: answer for answer in found}


def appeals_of(round_id: int, player: int) -> list[LiveAppeal]:
    """A participant's objections, the oldest first."""
    return list(LiveAppeal.objects.filter(round_id=round_id, player_id=player).order_by("at", "pk"))


def lag_used(round_id: int, player: int) -> list[int]:
    """The compensation a participant has had, run by run."""
    found = LiveAnswer.objects.filter(round_id=round_id, player_id=player).order_by("run")
    return list(found.values_list("lag_ms", flat=True))


def digest(token: str) -> str:
    """What is kept of a token or code."""
    return hashlib.sha256(token.encode()).hexdigest()


def player_by_token(round_id: int, token: str) -> LivePlayer | None:
    """The participant whose token this is."""
    return LivePlayer.objects.filter(round_id=round_id, token_hash=digest(token)).first()


def token_hashes(players: Sequence[int]) -> dict[int, str]:
    """What is kept of these participants' tokens: of the newest of each, for an older one is dead."""
    if not players:
        return {}
    return dict(LivePlayer.objects.filter(pk__in=players).values_list("pk", "token_hash"))


def by_pin(pin: str) -> LiveRound:
    """The round that has this PIN now. Refusal("no-such-pin")."""
    is_one = whole_number(pin) is not None
    found = LiveRound.objects.select_related("contest").filter(pin=pin).first() if is_one else None
    if found is None:
        raise Refusal("no-such-pin")
    return found


def by_join_token(token: str) -> LiveRound:
    """The round of a QR code. Refusal("not-found")."""
    is_one = JOIN_TOKEN.fullmatch(token)
    found = LiveRound.objects.select_related("contest").filter(join_token=token).first() if is_one else None
    if found is None:
        raise Refusal("not-found")
    return found


def get(round_id: int) -> LiveRound:
    """The row with its contest. Refusal("not-found")."""
    found = LiveRound.objects.select_related("contest").filter(pk=round_id).first()
    if found is None:
        raise Refusal("not-found")
    return found


def due(now_ms: int) -> list[int]:
    """The rounds at which the clock has to look."""
    found = LiveRound.objects.filter(due_at__gt=0, due_at__lte=now_ms).order_by("due_at")
    return list(found.values_list("id", flat=True))


def journal(round_id: int) -> list[dict[str, Any]]:
    """Every event with when, who and in which role, in order."""
    found = LiveEvent.objects.filter(round_id=round_id).order_by("version")
    fields = ("version", "deed", "kind", "body", "at", "role", "actor_id")
    return [dict(zip(fields, row, strict=True)) for row in found.values_list(*fields)]
