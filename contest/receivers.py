"""What the contest does on news from below; connected once by the app config."""

from datetime import datetime
from typing import Any

from contest.actions import corrections
from question_bank.signals import key_corrected


def on_key_corrected(
    sender: object, *, version_id: int, actor_id: int, reason: str, now: datetime, **kwargs: Any
) -> None:
    """A corrected key in the bank is noted in the audit of every contest that asked the version."""
    corrections.note_corrected_key(version_id=version_id, actor_id=actor_id, reason=reason, now=now)


def connect() -> None:
    """Connects every receiver of this package; calling it again changes nothing."""
    key_corrected.connect(on_key_corrected, dispatch_uid="contest.on_key_corrected")
