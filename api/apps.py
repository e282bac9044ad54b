"""The machine door as a Django app: no tables."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Connects the news of the contest to the sockets."""

    name = "api"

    def ready(self) -> None:
        """Connects the broadcaster of boards and the live rooms."""
        from api.live import broadcast, lobby  # noqa: PLC0415  (models must be loaded first)

        broadcast.connect()
        lobby.connect()
