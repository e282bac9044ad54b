"""Writes frontend/client/src/live/messages.gen.ts and api/live/PROTOCOL.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from api.live import protocol, typescript

TARGETS = {
    "frontend/client/src/live/messages.gen.ts": typescript.module,
    "api/live/PROTOCOL.md": protocol.document,
}


class Command(BaseCommand):
    help = "Write the messages of the sockets as TypeScript for the client, and the protocol as a document."

    def handle(self, *args: Any, **options: Any) -> None:
        for target, text in TARGETS.items():
            (Path(settings.BASE_DIR) / target).write_text(text(), encoding="utf-8")
            self.stdout.write(f"{target} written")
