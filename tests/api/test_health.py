"""Is it alive, can it serve?"""

import pytest
from channels.layers import InMemoryChannelLayer
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from api import health


@pytest.fixture(autouse=True)
def asked_anew():
    health._migrated.clear()


def test_alive_asks_nothing(client, django_assert_num_queries):
    reply = client.get("/livez")

    assert (reply.status_code, reply.json()) == (200, {"alive": True})
    assert "no-store" in reply["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_database_and_migrations_are(client):
    reply = client.get("/readyz")

    layer = "ok" if settings.REDIS_URL else "in-process"
    assert (reply.status_code, reply.json()) == (200, {"ready": True, "database": "ok", "layer": layer})
    assert "no-store" in reply["Cache-Control"]


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready(client):
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("contest")
    MigrationRecorder(connection).record_unapplied(*newest)

    reply = client.get("/readyz")

    assert (reply.status_code, reply.json()["database"]) == (503, "unmigrated")


@pytest.mark.django_db
def test_an_unreachable_database_is_not_ready(client):
    def down(*args):
        raise OperationalError("gone")

    with connection.execute_wrapper(down):
        reply = client.get("/readyz")

    assert (reply.status_code, reply.json()["database"]) == (503, "unreachable")


class DeafLayer(InMemoryChannelLayer.__base__):
    """A layer whose server is away."""

    async def group_send(self, group, message):
        raise ConnectionError


@pytest.mark.django_db
def test_without_the_layer_it_serves_on_and_says_so(client, monkeypatch):
    monkeypatch.setattr(health, "get_channel_layer", DeafLayer)

    reply = client.get("/readyz")

    assert (reply.status_code, reply.json()["layer"]) == (200, "unreachable")
