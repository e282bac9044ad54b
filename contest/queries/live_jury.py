"""What the jury of a live round looks up: what was answered, receipts, objections, and what a deed would change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import machine, modes, moves, ranking, swings, unit_ranking
from contest.live.modes.base import is_right
from contest.live.state import Item, State
from contest.models import LiveAnswer, LiveAppeal
from contest.queries import live
from question_bank.rules import kinds
from question_bank.rules.text import clean_line, fold, whole_number

MOST = 50
MOST_GIVEN = 200
SHORTEST_CODE = 4  # fewer letters of a receipt are anybody's
Weighed = c.Accept | c.VoidRun | c.Adjust | c.Rescue | c.Eliminate | c.MarkLoss
_weighed: msgspec.json.Decoder[Weighed] = msgspec.json.Decoder(Weighed)


def read_weighed(text: bytes) -> Weighed:
    """A deed whose effect may be asked for, out of JSON. Refusal("malformed")."""
    try:
        return _weighed.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise Refusal("malformed") from None


def effect(round_id: int, deed: Weighed, *, now: datetime) -> swings.Effect:
    """What the deed of the jury would change, nothing written. Refusals: those of the deed."""
    loaded = live.load(round_id)
    if not moves.allowed(type(deed), moves.JURY):
        raise Refusal("not-allowed", role=moves.JURY)
    facts = machine.Facts(
        int(now.timestamp() * 1000), loaded.secrets, lambda run: live.answers_of(round_id, run)
    )
    before = loaded.state
    after = machine.apply(before, machine.decide(before, deed, facts))
    old, new = ranking.board(before), ranking.board(after)
    units = [unit_ranking.of_board(board, before.rules) for board in (old, new)]
    return swings.Effect(
        changed=swings.between(old, new),
        lines=len(new.lines),
        back=swings.back_on_floor(before, after),
        off=swings.off_floor(before, after),
        reopens=bool(before.signatures) and not after.signatures,
        scale=modes.get(before.rules.mode).scale,
        units=swings.units_between(*units),
        unit_lines=len(units[1].lines),
    )


def run_sheet(round_id: int, run_no: int) -> dict[str, Any]:
    """A run that is over: stem, key in lines, and each different answer with its number and whether it is right now.

    The most frequent first, at most 200. Refusal("no-such-run").
    """
    loaded = live.load(round_id)
    run = loaded.state.runs.get(run_no)
    if run is None or not run.closed_at:
        raise Refusal("no-such-run")
    item = loaded.state.items[run.item - 1]
    secret = loaded.secrets.get(run.item)
    found: dict[str, dict[str, Any]] = {}
    for answer in live.answers_of(round_id, run_no):
        entry = found.setdefault(
            msgspec.json.encode(answer.value).decode(),
            {
                "value": answer.value,
                "lines": _lines(item, answer.value),
                "count": 0,
                "right": secret is not None and is_right(item, run, secret.key, answer.value),
            },
        )
        entry["count"] += 1
    given = sorted(found.values(), key=lambda entry: (-entry["count"], entry["lines"]))
    return {
        "run": run_no,
        "stem": item.stem,
        "key": list(secret.solution.lines) if secret else [],
        "answers": given[:MOST_GIVEN],
    }


def receipts(round_id: int, query: str) -> list[dict[str, Any]]:
    """Answers by the beginning of a receipt, a seat number or a name without accents: the newest 50."""
    state = live.load(round_id).state
    words = clean_line(query)
    if not words:
        return []
    wanted = Q(player_id__in=_people(state, words))
    if len(words) >= SHORTEST_CODE:
        wanted |= Q(receipt__istartswith=words)
    rows = LiveAnswer.objects.filter(wanted, round_id=round_id)
    found = rows.order_by("-run", "player_id").values("run", "player_id", "value", "at", "ms", "receipt")[
        :MOST
    ]
    return [_receipt(state, row) for row in found]


def appeals(round_id: int) -> list[dict[str, Any]]:
    """Every objection, the oldest first; `decision` empty while it is open."""
    players = live.load(round_id).state.players
    rows = LiveAppeal.objects.filter(round_id=round_id).order_by("at", "id")
    found = rows.values("id", "run", "player_id", "text", "at", "decision", "remark")
    return [{**_without(dict(row), "player_id"), **_who(players, row["player_id"])} for row in found]


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def _people(state: State, words: str) -> list[int]:
    """Those with this seat number or a name that holds the words."""
    seat = whole_number(words)
    if seat is not None:
        return [player.id for player in state.players.values() if player.seat == seat]
    return [player.id for player in state.players.values() if fold(words) in fold(player.name)][:MOST]


def _receipt(state: State, row: Mapping[str, Any]) -> dict[str, Any]:
    run = state.runs.get(row["run"])
    lines = _lines(state.items[run.item - 1], row["value"]) if run else []
    facts = {name: row[name] for name in ("run", "at", "ms", "receipt")}
    return {**facts, **_who(state.players, row["player_id"]), "lines": lines}


def _who(players: Mapping[int, Any], player: int) -> dict[str, Any]:
    person = players.get(player)
    return {"name": person.name if person else "", "seat": person.seat if person else 0}


def _lines(item: Item, value: Any) -> list[str]:
    if not item.kind:
        return [str(value)]
    return list(kinds.get(item.kind).answer_lines(item.body, value))


def numbered(items: Iterable[Item]) -> dict[str, dict[str, Any]]:
    """By item number what the jury calls an item: the question's own number (0: none) and its stem. No keys."""
    found: dict[str, dict[str, Any]] = {}
    number = 0
    for item in items:
        number += item.type == "question"
        found[str(item.no)] = {"number": number if item.type == "question" else 0, "stem": item.stem}
    return found
