"""The competition as a Django app."""

from django.apps import AppConfig


class ContestConfig(AppConfig):
    """Tables of contests, rounds, entrants and attempts."""

    name = "contest"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Cuộc thi"

    def ready(self) -> None:
        """Connects the receivers."""
        from contest import receivers  # noqa: PLC0415  (models must be loaded first)

        receivers.connect()
