"""Writes frontend/client/src/live/messages.gen.ts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from api.live import typescript

TARGET = "frontend/client/src/live/messages.gen.ts"


class Command(BaseCommand):
    help = "Write the messages of the sockets as TypeScript for the client."

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.BASE_DIR) / TARGET
        target.write_text(typescript.module(), encoding="utf-8")
        self.stdout.write(f"{TARGET} written")
