"""Finding an attempt again by its receipt."""

from dataclasses import dataclass
from datetime import datetime

from contest.errors import Refusal
from contest.models import Attempt
from contest.rules import masking, receipts


@dataclass(frozen=True, slots=True)
class Found:
    """What a receipt proves to whoever holds it; the name is masked and there is no score."""

    receipt: str
    contest: str
    round: str
    name: str
    unit: str
    state: str
    finished_at: datetime
    duration_ms: int


def look_up(typed: str, *, now: datetime) -> Found:
    """The attempt of this code. Refusals: `receipt-malformed`, `receipt-unknown`."""
    code = receipts.read_receipt(typed)
    row = Attempt.objects.select_related("round__contest", "entrant").filter(receipt=code).first()
    if row is None:
        raise Refusal("receipt-unknown")
    return Found(
        receipt=code,
        contest=row.round.contest.title,
        round=row.round.title,
        name=masking.public_name(row.entrant.name, consented=False),
        unit=row.unit_name,
        state=row.state,
        finished_at=row.finished_at or now,
        duration_ms=row.duration_ms or 0,
    )
