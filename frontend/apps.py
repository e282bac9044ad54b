"""Pages for people: no tables."""

from django.apps import AppConfig


class FrontendConfig(AppConfig):
    """Views, forms, templates and the client's sources."""

    name = "frontend"
    verbose_name = "Giao diện"
