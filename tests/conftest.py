"""What every test gets: quick passwords, an empty cache, a database like the product's own."""

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

# Two shared cores: a slow example is no fault, and neither are slow draws. `print_blob` lets a failure be replayed
# elsewhere.
hypothesis_settings.register_profile(
    "house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The server of static files warns when there is no folder."""
    with override_settings(STATIC_ROOT=str(tmp_path_factory.mktemp("static"))):
        yield


@pytest.fixture(scope="session", autouse=True)
def own_corner_of_redis(worker_id: str) -> Iterator[None]:
    """Workers of pytest-xdist share the Redis server, but neither its keys nor its channels."""
    url = django_settings.REDIS_URL
    if worker_id == "master" or not url:
        yield
        return
    address = urlsplit(url)
    number = str(1 + int(worker_id.removeprefix("gw")))
    unix = address.scheme == "unix"
    own = f"unix://{address.path}?db={number}" if unix else address._replace(path=f"/{number}").geturl()
    caches, layers = deepcopy(django_settings.CACHES), deepcopy(django_settings.CHANNEL_LAYERS)
    caches["default"]["LOCATION"] = own
    layers["default"]["CONFIG"]["prefix"] = f"timhieu-{worker_id}"
    with override_settings(CACHES=caches, CHANNEL_LAYERS=layers):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite tests run on a file, as the product does: threads and WAL behave differently in memory."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        folder: Path = tmp_path_factory.mktemp("database")
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end nobody is left in the database.

    PostgreSQL drops none in use, and a thread of the product that outlives its test by a moment, on a slow machine, may
    still hold a session.
    """
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_audit() -> Iterator[None]:
    """Between tests with real transactions every table is emptied; on SQLite row by row, which the audit refuses."""
    if connection.vendor != "sqlite":
        yield
        return
    names = ("0004_audit_append_only", "0006_live_append_only")
    triggers = [import_module(f"contest.migrations.{name}") for name in names]
    undo = [statement for module in triggers for statement in module.SQLITE_UNDO]
    again = [statement for module in triggers for statement in module.SQLITE]
    operations: Any = type(connection.ops)
    flush = operations.execute_sql_flush

    def flushed(self: Any, statements: list[str]) -> None:
        flush(self, [*undo, *statements, *again])

    operations.execute_sql_flush = flushed
    yield
    operations.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def within_one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of requests stand for a minute by the clock, or ten: no minute ends in the middle of a test."""
    meter = import_module("api.throttles").meter
    meter.forget()
    monkeypatch.setattr(meter, "_clock", lambda: 60_000.0)
    monkeypatch.setattr(import_module("frontend.patience"), "time", SimpleNamespace(time=lambda: 600_000.0))


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Throttles, cached boards, rounds and live rounds of one test must not reach the next."""
    yield
    cache.clear()
    # Models may be imported only after Django is set up.
    import_module("contest.queries.live").forget()
    import_module("contest.queries.snapshots").forget_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whether planted faults are caught is asked once, not on every database: it is the slowest question."""
    for item in items:
        if "mutants" in item.nodeid.split("::")[0]:
            item.add_marker("once")
