"""Is the process alive, and can it serve? Both answers are never cached."""

import asyncio
import threading

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

LAYER_SECONDS = 2.0
_migrated = threading.Event()


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; nothing else is asked."""
    return JsonResponse({"alive": True})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when answers can be stored: the database answers and every migration is applied. Else 503.

    The channel layer is reported too, but carries only hints: without it boards are up to ten seconds late and
    everything else works, so a process without it stays in service.
    """
    database = _database()
    good = database == "ok"
    body = {"ready": good, "database": database, "layer": _layer()}
    return JsonResponse(body, status=200 if good else 503)


def _database() -> str:
    """ok, unreachable or unmigrated; that every migration is applied is asked until it was so once."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated.is_set():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return "unmigrated"
            _migrated.set()
    except Error:
        return "unreachable"
    return "ok"


def _layer() -> str:
    """in-process, ok or unreachable."""
    layer = get_channel_layer()
    if isinstance(layer, InMemoryChannelLayer):
        return "in-process"

    async def send() -> None:
        await asyncio.wait_for(layer.group_send("ready", {"type": "ready"}), LAYER_SECONDS)

    try:
        async_to_sync(send)()
    except Exception:
        return "unreachable"
    return "ok"
