"""One attempt by its public name, read in one cheap statement."""

from typing import Any

from contest.models import Attempt
from contest.queries import rows

_FIELDS = tuple(field.attname for field in Attempt._meta.concrete_fields)  # noqa: SLF001
_MOMENTS = frozenset({"started_at", "deadline", "saved_at", "finished_at"})
_READ = f"SELECT {', '.join(_FIELDS)} FROM contest_attempt WHERE public_id = %s AND entrant_id = %s"  # noqa: S608


def attempt_of(public_id: str, entrant_id: int) -> Attempt | None:
    """The entrant's own attempt; None when there is none of that name, or it is another's."""
    found = rows.run(_READ, [public_id, entrant_id])
    if not found:
        return None
    values = [_value(name, value) for name, value in zip(_FIELDS, found[0], strict=True)]
    return Attempt.from_db("default", _FIELDS, values)


def _value(name: str, value: Any) -> Any:
    if name == "answers":
        return rows.read_document(value)
    if name == "all_correct":
        return bool(value)
    return rows.read_moment(value) if name in _MOMENTS and value is not None else value
