"""The result sheet as bytes: one way of writing it, so that a recomputed result can be compared byte for byte."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from contest.rules.ranking import Chain
from contest.rules.settlement import SettledRow, Settlement

# Raised whenever a published sheet would be written differently; a sheet names the format it was written in.
FORMAT = 1
_PLAIN = frozenset({str, int, bool, type(None)})


def settlement_sheet(settlement: Settlement, chain: Chain) -> dict[str, Any]:
    """The settlement as plain data: numbers, truth, chain and rows; moments in UTC to the microsecond."""
    numbers = settlement.numbers
    return {
        "format": FORMAT,
        "chain": chain.as_json(),
        "numbers": {
            "people_participating": numbers.people_participating,
            "attempts": numbers.attempts,
            "people_all_correct": numbers.people_all_correct,
        },
        "truth": settlement.truth,
        "rows": [_row_data(entry) for entry in settlement.rows],
    }


def canonical_bytes(obj: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces, of dicts with text keys, lists, text, integers, booleans and null.

    TypeError for anything else, floats and moments above all: their text depends on who writes it.
    """
    _check(obj)
    text = json.dumps(obj, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def sheet_hash(obj: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal characters."""
    return hash_of(canonical_bytes(obj))


def hash_of(content: bytes) -> str:
    """SHA-256 of canonical bytes, 64 hexadecimal characters."""
    return hashlib.sha256(content).hexdigest()


def moment_text(moment: datetime) -> str:
    """2026-11-23T09:30:00.000000Z: always UTC, always six decimals."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _row_data(entry: SettledRow) -> dict[str, Any]:
    row = entry.row
    return {
        "rank": entry.rank,
        "entrant": row.entrant_id,
        "attempt": row.attempt_id,
        "attempts": entry.attempts,
        "points": row.points,
        "max_points": row.max_points,
        "correct": row.correct,
        "all_correct": row.all_correct,
        "person_all_correct": entry.person_all_correct,
        "prediction": row.prediction,
        "prediction_error": row.prediction_error,
        "duration_ms": row.duration_ms,
        "started_at": moment_text(row.started_at),
        "submitted_at": moment_text(row.submitted_at),
        "lottery": row.lottery,
    }


def _check(obj: Any) -> None:
    if type(obj) in _PLAIN:
        return
    if isinstance(obj, list | tuple):
        for part in obj:
            _check(part)
    elif isinstance(obj, dict) and all(isinstance(key, str) for key in obj):
        for part in obj.values():
            if type(part) not in _PLAIN:
                _check(part)
    elif isinstance(obj, str | int):  # an enumeration of texts
        return
    else:
        raise TypeError(f"a sheet holds no {type(obj).__name__}")
