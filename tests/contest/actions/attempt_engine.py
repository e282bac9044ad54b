"""The doors through which the attempt machine drives the product; faulty engines override single doors."""

from datetime import datetime
from typing import Any

from contest.actions import attempts, rounds
from contest.actions.attempts import Saved, Work
from contest.models import Attempt, BoardBucket, BoardEntry, Round, StartKey
from contest.queries import snapshots
from contest.queries.tokens import AttemptToken
from tests.builders import World


class Engine:
    """The product itself."""

    def __init__(self, place: World):
        self.place = place
        snapshots.forget_round(place.round.pk)

    def start(self, entrant: int, key: str, now: datetime) -> Attempt:
        return attempts.start_attempt(
            round_id=self.place.round.pk, entrant_id=entrant, start_key=key, now=now
        )

    def save(self, token: AttemptToken, work: Work, now: datetime) -> Saved:
        return attempts.save_answers(token, work, now=now)

    def submit(self, token: AttemptToken, work: Work, now: datetime) -> Attempt:
        return attempts.submit_attempt(token, work, now=now)

    def open(self, public_id: str, entrant: int, now: datetime) -> AttemptToken:
        return attempts.resume_attempt(public_id=public_id, entrant_id=entrant, now=now)[1]

    def sweep(self, now: datetime) -> int:
        return attempts.expire_attempts(now=now)

    def move_close(self, closes: datetime, now: datetime) -> None:
        rounds.reschedule_round(
            self.place.round, opens_at=self.place.round.opens_at, closes_at=closes,
            actor=self.place.chief, reason="đổi lịch", now=now,
        )  # fmt: skip
        self._committed()

    def close(self, now: datetime) -> None:
        rounds.close_round(self.place.round, actor=self.place.chief, reason="mất điện", now=now)
        self._committed()

    def _committed(self) -> None:
        """Examples are rolled back, so that nothing is ever committed; this is what a commit would do."""
        snapshots.forget_round(self.place.round.pk)


def everything() -> list[list[tuple[Any, ...]]]:
    """All rows that the commands may write; a refused command leaves them equal. Evidence of lateness is apart."""
    tables = (Attempt, StartKey, BoardEntry, BoardBucket, Round)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]
