"""The composition root as a Django app without tables: it brings the system checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers `checks.py`, which no lower layer may import."""

    name = "contest.project"

    def ready(self) -> None:
        """Registers the system checks."""
        from contest.project import checks  # noqa: F401, PLC0415  (registers by import)
