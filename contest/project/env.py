"""Typed reading of the environment: the one table of every variable the product knows.

`VARIABLES` is printed in README.md; a test compares the two. Nothing else in the code base reads `os.environ`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, the value without it, and what it does."""

    name: str
    default: str
    meaning: str


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "DATABASE_URL", "sqlite:///data/timhieu.sqlite3", "where the answers live; postgres://… in production"
    ),
    Variable(
        "PREPARED_STATEMENTS",
        "1",
        "PostgreSQL keeps plans by connection; 0 behind a pooler that does not (PgBouncer before 1.21)",
    ),
    Variable("REDIS_URL", "", "channel layer between processes; empty: in-memory layer, one process only"),
    Variable("SECRET_KEY", "", "signs sessions, attempt tokens and person keys; needed unless DEBUG=1"),
    Variable("PERSON_KEY", "", "keys the hash of a phone number; empty: derived from SECRET_KEY"),
    Variable("DEBUG", "0", "1 shows tracebacks and allows the built-in secret; never in public"),
    Variable("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", "host names served, separated by commas"),
    Variable("CSRF_TRUSTED_ORIGINS", "", "origins (https://…) allowed to post, separated by commas"),
    Variable("HTTPS", "0", "1: secure cookies, HSTS and redirect to https"),
    Variable(
        "TRUSTED_PROXY_DEPTH", "0", "how many proxies in front set X-Forwarded-For and X-Forwarded-Proto"
    ),
    Variable("PROCESSES", "1", "how many server processes share the load; more than one needs REDIS_URL"),
    Variable("HTTP_THREADS", "8", "threads that answer HTTP inside one Daphne process"),
    Variable(
        "EMBEDDED_CLOCK",
        "1",
        "1: the server itself closes rounds and attempts; 0: `manage.py run_clock` does",
    ),
    Variable(
        "BOARD_REFRESH_SECONDS",
        "10",
        "after how many seconds without news a watched board is read anyway, in case news got lost",
    ),
    Variable("DATA_DIR", "data", "folder of the SQLite file and of uploads"),
    Variable("LOG_LEVEL", "INFO", "least severe message that is logged"),
    Variable("SITE_NAME", "Tìm Hiểu", "name in the page header"),
)

_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


def text(name: str, source: Mapping[str, str] = os.environ) -> str:
    """The variable's value, or its default; KeyError for a name that is not in the table."""
    return source.get(name, "") or _DEFAULTS[name]


def flag(name: str, source: Mapping[str, str] = os.environ) -> bool:
    """True for 1, true, yes, on."""
    return text(name, source).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, source: Mapping[str, str] = os.environ) -> int:
    """The variable as a whole number; ValueError names the variable."""
    value = text(name, source)
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from None


def names(name: str, source: Mapping[str, str] = os.environ) -> list[str]:
    """A comma-separated list without blanks."""
    return [part.strip() for part in text(name, source).split(",") if part.strip()]
