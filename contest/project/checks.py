"""System checks that refuse to start where answers or secrets would be lost."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

IN_MEMORY_LAYER = "channels.layers.InMemoryChannelLayer"


@register
def layer_reaches_all_processes(
    *, app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """E001: an in-memory layer or cache is seen by one process only."""
    if settings.PROCESSES > 1 and settings.CHANNEL_LAYERS["default"]["BACKEND"] == IN_MEMORY_LAYER:
        return [
            Error("PROCESSES is more than 1 without REDIS_URL.", hint="Set REDIS_URL.", id="contest.E001")
        ]
    return []


@register
def sqlite_keeps_answers(*, app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: SQLite without IMMEDIATE transactions or WAL refuses writers under load."""
    database: dict[str, Any] = dict(settings.DATABASES["default"])
    if database["ENGINE"] != "django.db.backends.sqlite3":
        return []
    options: dict[str, Any] = dict(database.get("OPTIONS") or {})
    wal = "journal_mode=wal" in str(options.get("init_command", "")).lower().replace(" ", "")
    if options.get("transaction_mode") == "IMMEDIATE" and wal:
        return []
    return [Error("SQLite must run in WAL with IMMEDIATE transactions.", id="contest.E002")]


@register
def secret_is_our_own(*, app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E003: outside debug the built-in secret would let anyone sign attempt tokens.

    Loopback-only hosts are let through: `make run` on one machine needs no secret.
    """
    loopback = set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}
    if settings.SECRET_KEY == settings.BUILT_IN_SECRET and not settings.DEBUG and not loopback:
        return [Error("SECRET_KEY is the built-in one.", hint="Set SECRET_KEY.", id="contest.E003")]
    return []


@register
def hosts_are_named(*, app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E004: '*' accepts any Host header, and so any origin for WebSockets."""
    if "*" in settings.ALLOWED_HOSTS and not settings.DEBUG:
        return [Error("ALLOWED_HOSTS holds '*'.", hint="Name the hosts.", id="contest.E004")]
    return []
