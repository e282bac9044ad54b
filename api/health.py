"""Is the process alive, and can it serve? Both answers are never cached."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def alive(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 as long as the process answers."""
    return JsonResponse({"alive": True})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 when the database answers and every migration is applied, else 503 with what is missing."""
    missing = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            missing.append("migrations")
    except DatabaseError:
        missing.append("database")
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)
