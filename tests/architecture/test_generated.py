"""What is generated and committed is what the sources say today; `make generate` writes it anew."""

from pathlib import Path

from django.core.management import call_command

from api.live import protocol, typescript
from api.live.closing import MEANING, Close

ROOT = Path(__file__).resolve().parents[2]
PROTOCOL = ROOT / "api" / "live" / "PROTOCOL.md"
LIVE_TYPES = ROOT / "frontend" / "client" / "src" / "live" / "messages.gen.ts"
OPENAPI = ROOT / "tests" / "architecture" / "openapi.yml"
STALE = "is stale: run `make generate`"


def test_live_messages_of_the_client_are_fresh():
    assert LIVE_TYPES.read_text() == typescript.module(), f"{LIVE_TYPES.name} {STALE}"


def test_the_protocol_of_live_rooms_is_told_as_the_code_has_it():
    assert PROTOCOL.read_text() == protocol.document(), f"{PROTOCOL.name} {STALE}"
    assert set(MEANING) == set(Close)


def test_openapi_document_is_valid_complete_and_fresh(tmp_path):
    written = tmp_path / "openapi.yml"

    call_command("spectacular", file=str(written), validate=True, fail_on_warn=True)

    assert OPENAPI.read_text() == written.read_text(), f"{OPENAPI.name} {STALE}"
