"""The SQL of one attempt: counted per request in this process, then run again bare, without the product around it.

Called through `Site.stage`, JSON in and out; works on entrants that nobody else uses.
"""

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contest.models import Attempt
from contest.queries import tokens
from tests.load import unit

BEGIN = ("BEGIN", "COMMIT", "ROLLBACK")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the product sent it; `group` is the number of its transaction, 0 for none."""

    sql: str
    values: tuple[Any, ...]
    group: int


def count(*, round_id: int, entrants: list[str]) -> dict[str, Any]:
    """Statements per request: {kind: {"queries": of its own, "control": BEGIN and COMMIT}}, of a warm attempt.

    That is the least of all entrants' attempts: reading a paper or a round into the process's caches is left out.
    """
    found: dict[str, dict[str, int]] = {}
    for entrant in entrants:
        for kind, queries in _captured(round_id, entrant):
            control = sum(query["sql"].startswith(BEGIN) for query in queries)
            row = found.setdefault(kind, {"queries": len(queries) - control, "control": control})
            row["queries"] = min(row["queries"], len(queries) - control)
    return found


def bare(*, round_id: int, entrants: list[str], step: int, seconds: float) -> dict[str, Any]:
    """The statements of a whole attempt in a loop on one connection of the driver: attempts, wall and CPU seconds.

    Recorded from one attempt of the product, then repeated for the other entrants; reads that the caches of a process
    save are not among them, since the recording starts warm.
    """
    for _ in _captured(round_id, entrants[0]):
        pass
    recorded, sample = _record(round_id, entrants[1], step)
    connection.close()
    run = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    with run() as execute:
        began, cpu, done = time.perf_counter(), time.process_time(), 0
        for entrant in entrants[2:]:
            if time.perf_counter() - began > seconds:
                break
            _again(execute, recorded, sample, tokens.read_entrant(entrant))
            done += 1
        wall, used = time.perf_counter() - began, time.process_time() - cpu
    statements = len(recorded) + 2 * len({statement.group for statement in recorded if statement.group})
    return {"attempts": done, "seconds": wall, "cpu": used, "statements": statements}


def _captured(round_id: int, entrant: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    client, steps = Client(SERVER_NAME="127.0.0.1"), unit.requests(round_id, entrant, 4)
    request = next(steps)
    while True:
        with CaptureQueriesContext(connection) as context:
            reply = _send(client, request)
        yield request.kind, list(context.captured_queries)
        try:
            request = steps.send(reply.json() if request.kind == "start" else None)
        except StopIteration:
            return


def _send(client: Client, request: unit.Request) -> Any:
    headers = {name: value for name, value in request.headers.items() if name != "Content-Type"}
    reply = client.generic(
        request.method, request.path, request.body, content_type="application/json", headers=headers
    )
    if reply.status_code >= 300:
        raise RuntimeError(f"{request.kind}: {reply.status_code} {reply.content!r}")
    return reply


def _record(round_id: int, entrant: str, step: int) -> tuple[list[Statement], dict[Any, str]]:
    """The statements of one attempt, and which of their values belong to that attempt alone."""
    recorded: list[Statement] = []
    group = 0

    def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(BEGIN):  # SQLite's are seen here, PostgreSQL's are not; `_again` makes its own
            recorded.append(Statement(sql, tuple(values or ()), group if connection.in_atomic_block else 0))
        return execute(sql, values, many, context)

    client, steps = Client(SERVER_NAME="127.0.0.1"), unit.requests(round_id, entrant, step)
    request = next(steps)
    with connection.execute_wrapper(note):
        while True:
            group += 1
            reply = _send(client, request)
            try:
                request = steps.send(reply.json() if request.kind == "start" else None)
            except StopIteration:
                break
    attempt = Attempt.objects.get(entrant_id=tokens.read_entrant(entrant), round_id=round_id)
    sample = {
        attempt.public_id: "public_id",
        attempt.start_key: "start_key",
        attempt.receipt: "receipt",
        ("id", attempt.entrant_id): "entrant_id",
        ("id", attempt.pk): "pk",
    }
    if attempt.entrant_id == attempt.pk:
        raise RuntimeError("the recorded attempt and its entrant have the same id: seed differently")
    return recorded, sample


def _again(execute: Any, recorded: list[Statement], sample: dict[Any, str], entrant_id: int | None) -> None:
    fresh = {
        "public_id": secrets.token_urlsafe(16),
        "start_key": secrets.token_urlsafe(12),
        "receipt": secrets.token_hex(8),
        "entrant_id": entrant_id,
        "pk": None,
    }
    open_group = 0
    for statement in recorded:
        if statement.group != open_group:
            if open_group:
                execute("COMMIT", ())
            if statement.group:
                execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN", ())
            open_group = statement.group
        values = [fresh.get(_role(value, sample), value) for value in statement.values]
        rows = execute(statement.sql, values)
        if statement.sql.lstrip().startswith("INSERT INTO contest_attempt"):
            fresh["pk"] = rows[0][0]
    if open_group:
        execute("COMMIT", ())


def _role(value: Any, sample: dict[Any, str]) -> str:
    if isinstance(value, str):
        return sample.get(value, "")
    return sample.get(("id", value), "") if isinstance(value, int) and not isinstance(value, bool) else ""


@contextmanager
def _on_postgres() -> Iterator[Any]:
    database = settings.DATABASES["default"]
    with psycopg.connect(
        host=database["HOST"], dbname=database["NAME"], user=database["USER"], autocommit=True
    ) as plain:
        cursor = plain.cursor()

        def execute(sql: str, values: Any) -> Any:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

        yield execute


@contextmanager
def _on_sqlite() -> Iterator[Any]:
    plain = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None, timeout=20)
    plain.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
    plain.execute("PRAGMA foreign_keys = ON")

    def execute(sql: str, values: Any) -> Any:
        return plain.execute(sql.replace("%s", "?"), values).fetchall()

    try:
        yield execute
    finally:
        plain.close()
