"""Joining a live round: many at once in one transaction, known afterwards by a token, never by a socket."""

import hashlib
import hmac
import secrets
from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from contest.actions import live as moving
from contest.actions.gathering import Gathering
from contest.errors import Refusal
from contest.live import commands as c
from contest.live import machine, moves
from contest.live.names import clean_name, clean_unit, distinct, skeleton
from contest.live.state import Player, State
from contest.models import LiveDevice, LivePlayer, LiveRound
from contest.queries import live, rows
from contest.rules.receipts import ALPHABET
from contest.signals import live_seat_taken

MOST_AT_ONCE = 200
LONGEST_UNIT = 200
CODE_LENGTH = 6
DEVICE_COOKIE = "thiet_bi"


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

    A registered person gets their place back on any device; who was sent out comes in as somebody new.
    A device gets the place back that was last seated on it, its own before a guest's; one that was made on it and has
    moved on, only under the same name: phones are lent. Where a banned place has been, nobody comes in. Refusals:
    `not-found`, `name-empty`, `name-too-long`, `unit-missing`, `unit-too-long`, `not-now` (ended, or still a draft),
    `lobby-locked`, `joining-over`, `round-full`, `banned`.
    """
    clean = Wish(clean_name(wish.name), clean_unit(wish.unit), wish.device, wish.entrant)
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


def come_back(round_id: int, *, seat: int, code: str, device: str = "") -> Seated:
    """The place on another phone: a new token; the old one is dead. `device` as in `Wish`.

    Refusals: `not-found`, `code-wrong`, `banned` (the place, or another one that has been on this device).
    """
    with rows.one_writer(), transaction.atomic():
        row = moving.locked(round_id)
        player = LivePlayer.objects.filter(round=row, seat=seat).first()
        if player is None or not hmac.compare_digest(code_of(player), _read_code(code)):
            raise Refusal("code-wrong")
        state = live.at_version(round_id, row.version).state
        _require_not_banned(state, player.pk, *(one.pk for one in _places(row, {device})[device]))
        if device not in {"", player.device}:
            LiveDevice.objects.get_or_create(round=row, player=player, device=device)
        _tell_taken([player])
        return _seated(player, _new_token(player, device))


def code_of(player: LivePlayer) -> str:
    """Six characters with which the person, knowing the seat, comes back on another phone."""
    text = f"live:{player.round_id}:{player.pk}:{player.joined_at}".encode()
    found = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in found[:CODE_LENGTH])


def _places(row: LiveRound, devices: Set[str]) -> dict[str, list[LivePlayer]]:
    """The participants that have been on each of these devices, the newest first."""
    found: dict[str, set[int]] = {device: set() for device in devices}
    people: dict[int, LivePlayer] = {}  # one of each, so that two devices of a batch do not seat two
    named = devices - {""}
    for player in LivePlayer.objects.filter(round=row, device__in=named):
        people[player.pk] = player
        found[player.device].add(player.pk)
    for more in LiveDevice.objects.filter(round=row, device__in=named).select_related("player"):
        people.setdefault(more.player_id, more.player)
        found[more.device].add(more.player_id)
    return {device: [people[key] for key in sorted(keys, reverse=True)] for device, keys in found.items()}


def _is_own(player: LivePlayer, wish: Wish) -> bool:
    """Whether the wish's device may have the place back; a guest's that has moved on is not its own."""
    if player.seated_on == wish.device:
        return True
    names = (wish.name, f"{wish.name} ({player.seat})")
    return player.device == wish.device and player.skeleton in {skeleton(name)[:60] for name in names}


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
        batch = _Batch(row, state, [wish for wish, _ in wishes])
        places = [batch.place(wish, now) for wish, now in wishes]
        people = batch.write()
        _tell_taken(batch.back)
        if people:
            moving.carry_out(row, c.Join(people), role=moves.DOOR, now=wishes[-1][1])
        return [place if isinstance(place, Refusal) else _seated(*place) for place in places]


_joins: Gathering[tuple[Wish, datetime], Seated | Refusal] = Gathering(_write, most=MOST_AT_ONCE)


class _Batch:
    """The people of one transaction, each checked by the machine; any number costs one look and one insertion, and
    one more look where some are registered.
    """

    def __init__(self, row: LiveRound, state: State, wishes: Sequence[Wish]) -> None:
        self.row = row
        self.state = state
        self._fresh: list[LivePlayer] = []
        self.back: list[LivePlayer] = []
        self._seated_here: set[str] = set()
        self._next = LivePlayer.objects.filter(round=row).count() + 1
        self._taken = {skeleton(player.name) for player in state.players.values()}
        self._visits: list[tuple[LivePlayer, str]] = []
        self._released: list[int] = []
        self._of_device = _places(row, {wish.device for wish in wishes})
        self._of_entrant = self._registered({wish.entrant for wish in wishes if wish.entrant})

    def _registered(self, entrants: set[int]) -> dict[int | None, LivePlayer]:
        """The places of these registered persons."""
        if not entrants:
            return {}
        known = {player.pk: player for places in self._of_device.values() for player in places}
        found = LivePlayer.objects.filter(round=self.row, entrant__in=entrants)
        return {player.entrant_id: known.get(player.pk, player) for player in found}

    def place(self, wish: Wish, now: datetime) -> tuple[LivePlayer, str] | Refusal:
        """The participant, not yet on disk, with a new token; an earlier one of theirs is dead."""
        try:
            player = self._known(wish) or self._new(wish, now)
        except Refusal as refusal:
            return refusal
        token = secrets.token_hex(16)
        player.token_hash, player.seated_on = live.digest(token), wish.device
        return player, token

    def write(self) -> tuple[Player, ...]:
        """Puts everybody on disk; returns who is new, for the machine."""
        if self._released:
            LivePlayer.objects.filter(pk__in=self._released).update(entrant=None)
        LivePlayer.objects.bulk_create(self._fresh)
        if self.back:
            LivePlayer.objects.bulk_update(self.back, ["token_hash", "seated_on"])
        if self._visits:
            visits = [LiveDevice(round=self.row, player=one, device=device) for one, device in self._visits]
            LiveDevice.objects.bulk_create(visits, ignore_conflicts=True)
        since = self.state.run + 1 if self.state.run else 1
        return tuple(
            Player(player.pk, player.seat, player.name, unit=player.unit, since=since)
            for player in self._fresh
        )

    def _known(self, wish: Wish) -> LivePlayer | None:
        """The place that this registered person or this device has already. Refusal("banned")."""
        device, been_here = wish.device, self._of_device[wish.device]
        if device in self._seated_here:
            return been_here[0]
        place = self._of_entrant.get(wish.entrant)
        registered = [place] if place else []
        _require_not_banned(self.state, *(player.pk for player in (*registered, *been_here)))
        own = [player for player in been_here if _is_own(player, wish)]
        own.sort(key=lambda one: (one.seated_on != device, one.device != device))
        for player in (*registered, *own):
            person = self.state.players.get(player.pk)
            if person is None or person.status == "in":
                self._give_back(player, device)
                return player
        return None

    def _give_back(self, player: LivePlayer, device: str) -> None:
        if player not in self._fresh and player not in self.back:
            self.back.append(player)
        if device not in {"", player.device}:
            self._visits.append((player, device))

    def _release(self, entrant: int | None) -> None:
        """Somebody new is registered as who was sent out: the registration goes with them."""
        before = self._of_entrant.get(entrant)
        if before is not None:
            self._released.append(before.pk)

    def _new(self, wish: Wish, now: datetime) -> LivePlayer:
        if self.state.rules.ask_unit and not wish.unit:
            raise Refusal("unit-missing")
        _require_room(self.state, len(self._fresh))
        self._release(wish.entrant)
        name = distinct(wish.name, taken=self._taken, seat=self._next)
        player = LivePlayer(
            round=self.row,
            entrant_id=wish.entrant,
            seat=self._next,
            name=name,
            unit=wish.unit,
            skeleton=skeleton(name)[:60],
            device=wish.device,
            joined_at=moving.milliseconds(now),
        )
        self._next += 1
        self._taken.add(skeleton(name))
        self._fresh.append(player)
        if wish.entrant:
            self._of_entrant[wish.entrant] = player
        if wish.device:
            self._of_device[wish.device].insert(0, player)
            self._seated_here.add(wish.device)
        return player


def _require_room(state: State, more: int) -> None:
    """The machine's own refusals of one more person, before a row is written for them."""
    machine.decide(
        state,
        c.Join(tuple(Player(-1 - number, 0, "") for number in range(more + 1))),
        machine.Facts(0),
    )


def _require_not_banned(state: State, *players: int) -> None:
    if any(state.players[player].status == "banned" for player in players if player in state.players):
        raise Refusal("banned")


def _new_token(player: LivePlayer, device: str) -> str:
    token = secrets.token_hex(16)
    player.token_hash, player.seated_on = live.digest(token), device
    player.save(update_fields=["token_hash", "seated_on"])
    return token


def _tell_taken(players: Sequence[LivePlayer]) -> None:
    """Their older tokens are dead from the commit on: whoever is connected with one is told."""

    def tell() -> None:
        for player in players:
            live_seat_taken.send(sender=None, round_id=player.round_id, player=player.pk)

    transaction.on_commit(tell)


def _seated(player: LivePlayer, token: str) -> Seated:
    return Seated(player.round_id, player.pk, player.seat, player.name, token, code_of(player))
