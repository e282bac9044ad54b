"""Rows by plain SQL, for what the object-relational mapper makes dear: one statement in, values out.

Building a query through the mapper costs several times what PostgreSQL needs to run it (performance.md).
"""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

_writing = threading.Lock()


def is_postgres() -> bool:
    """True on PostgreSQL, False on SQLite."""
    return connection.vendor == "postgresql"


def run(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Executes one statement that gives rows (SELECT, or RETURNING) and returns them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@contextmanager
def one_writer() -> Iterator[None]:
    """On SQLite the threads of a process write one after the other: who waits here is woken at once.

    SQLite itself has waiting writers ask again after ever longer naps. Inside a transaction nothing is waited for: it
    holds SQLite's own lock already, and whoever waits for that may stand in front of us.
    """
    if is_postgres() or connection.in_atomic_block:
        yield
        return
    with _writing:
        yield


def execute(sql: str, parameters: Sequence[Any]) -> None:
    """Executes one statement that gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def moment(value: datetime) -> Any:
    """An aware datetime as a parameter."""
    return connection.ops.adapt_datetimefield_value(value)


def read_moment(value: Any) -> datetime:
    """A datetime column of a raw row, aware, in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    found: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
    return found


def document(value: Any) -> str:
    """A JSON document as a parameter."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_document(value: Any) -> Any:
    """A JSON column of a raw row."""
    return json.loads(value) if isinstance(value, str) else value


def insert_many(model: type[Model], columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Inserts rows of plain values (moments as `moment` gives them) in one batch."""
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608, SLF001
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(values))
