"""Joining a live round: many at once in one transaction, known afterwards by a token, never by a socket."""

import hashlib
import hmac
import secrets
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from contest.actions import live as moving
from contest.actions.gathering import Gathering
from contest.errors import Refusal
from contest.live import commands as c
from contest.live import machine, moves
from contest.live.names import clean_name, distinct, skeleton
from contest.live.state import Player, State
from contest.models import LivePlayer, LiveRound
from contest.queries import live, rows
from contest.rules.receipts import ALPHABET
from question_bank.rules.text import clean_line

MOST_AT_ONCE = 200
LONGEST_UNIT = 200
CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to join. `device` is the hash of a cookie, "" for none; `entrant` the id of a registered person."""

    name: str
    unit: str = ""
    device: str = ""
    entrant: int | None = None


@dataclass(frozen=True, slots=True)
class Seated:
    """A participant with the token that is theirs alone (kept nowhere but as a hash) and the code to come back with."""

    round_id: int
    player: int
    seat: int
    name: str
    token: str
    code: str


def join(round_id: int, wish: Wish, *, now: datetime) -> Seated:
    """Lets one person in; those who come together share a transaction.

    The same device gets its own place back. Refusals: `not-found`, `name-empty`, `name-too-long`, `unit-missing`,
    `unit-too-long`, `not-now` (ended, or still a draft), `lobby-locked`, `joining-over`, `round-full`, `banned`.
    """
    clean = Wish(clean_name(wish.name), clean_line(wish.unit), wish.device, wish.entrant)
    if len(clean.unit) > LONGEST_UNIT:
        raise Refusal("unit-too-long", limit=LONGEST_UNIT)
    outcome = _joins.take(round_id, (clean, now))
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def join_together(round_id: int, wishes: Sequence[Wish], *, now: datetime) -> list[Seated | Refusal]:
    """Lets up to 200 people in by one transaction; an outcome for each, in order. Refusals as `join`."""
    if len(wishes) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} at once")
    return _write(round_id, [(wish, now) for wish in wishes])


def come_back(round_id: int, *, seat: int, code: str) -> Seated:
    """The place on another phone: a new token; the old one is dead. Refusals: `not-found`, `code-wrong`, `banned`."""
    with rows.one_writer(), transaction.atomic():
        row = moving.locked(round_id)
        player = LivePlayer.objects.filter(round=row, seat=seat).first()
        if player is None or not hmac.compare_digest(code_of(player), _read_code(code)):
            raise Refusal("code-wrong")
        _require_not_banned(live.at_version(round_id, row.version).state, player.pk)
        return _seated(player, _new_token(player))


def code_of(player: LivePlayer) -> str:
    """Six characters with which the person, knowing the seat, comes back on another phone."""
    text = f"live:{player.round_id}:{player.pk}:{player.joined_at}".encode()
    found = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in found[:CODE_LENGTH])


def _read_code(text: str) -> str:
    typed = text.upper().translate(str.maketrans("OIL", "011"))
    return "".join(char for char in typed if char in ALPHABET)


def _write(round_id: Hashable, wishes: Sequence[tuple[Wish, datetime]]) -> list[Seated | Refusal]:
    """A batch under the lock of the round: rows first, then one event for all of them."""
    with rows.one_writer(), transaction.atomic():
        row = moving.locked(int(str(round_id)))
        state = live.at_version(row.pk, row.version).state
        if not row.phase:
            return [Refusal("not-now", phase="draft")] * len(wishes)
        now = wishes[-1][1]
        batch = _Batch(row, state)
        outcomes = [batch.seat(wish, now) for wish, now in wishes]
        if batch.fresh:
            people = c.Join(tuple(batch.fresh))
            moving.carry_out(row, people, role=moves.DOOR, now=now)
        return outcomes


_joins: Gathering[tuple[Wish, datetime], Seated | Refusal] = Gathering(_write, most=MOST_AT_ONCE)


class _Batch:
    """The people of one transaction; each is checked by the machine before a row is written."""

    def __init__(self, row: LiveRound, state: State) -> None:
        self.row = row
        self.state = state
        self.fresh: list[Player] = []
        self._next = LivePlayer.objects.filter(round=row).count() + 1
        self._taken = {skeleton(player.name) for player in state.players.values()}

    def seat(self, wish: Wish, now: datetime) -> Seated | Refusal:
        try:
            known = self._known(wish.device)
            return _seated(known, _new_token(known)) if known else self._new(wish, now)
        except Refusal as refusal:
            return refusal

    def _known(self, device: str) -> LivePlayer | None:
        """The place this device has already. Refusal("banned")."""
        if not device:
            return None
        for player in LivePlayer.objects.filter(round=self.row, device=device).order_by("-pk"):
            _require_not_banned(self.state, player.pk)
            person = self.state.players.get(player.pk)
            if person is None or person.status == "in":
                return player
        return None

    def _new(self, wish: Wish, now: datetime) -> Seated:
        rules = self.state.rules
        if rules.ask_unit and not wish.unit:
            raise Refusal("unit-missing")
        _require_room(self.state, len(self.fresh))
        seat = self._next
        name = distinct(wish.name, taken=self._taken, seat=seat)
        token = secrets.token_hex(16)
        player = LivePlayer.objects.create(
            round=self.row,
            entrant_id=wish.entrant,
            seat=seat,
            name=name,
            unit=wish.unit,
            skeleton=skeleton(name)[:60],
            token_hash=live.digest(token),
            device=wish.device,
            joined_at=moving.milliseconds(now),
        )
        self._next += 1
        self._taken.add(skeleton(name))
        since = self.state.run + 1 if self.state.run else 1
        self.fresh.append(Player(player.pk, seat, name, unit=wish.unit, since=since))
        return _seated(player, token)


def _require_room(state: State, more: int) -> None:
    """The machine's own refusals of one more person, before a row is written for them."""
    machine.decide(
        state,
        c.Join(tuple(Player(-1 - number, 0, "") for number in range(more + 1))),
        machine.Facts(0),
    )


def _require_not_banned(state: State, player: int) -> None:
    person = state.players.get(player)
    if person is not None and person.status == "banned":
        raise Refusal("banned")


def _new_token(player: LivePlayer) -> str:
    token = secrets.token_hex(16)
    player.token_hash = live.digest(token)
    player.save(update_fields=["token_hash"])
    return token


def _seated(player: LivePlayer, token: str) -> Seated:
    return Seated(player.round_id, player.pk, player.seat, player.name, token, code_of(player))
