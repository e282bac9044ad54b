"""Faulty engines: each makes one mistake that a quiz platform could make. The machine must catch every one."""

from datetime import timedelta
from itertools import count

from django.db.models import F

from contest.actions.attempts import Saved
from contest.errors import Refusal
from contest.models import Attempt, BoardEntry, StartKey
from tests.contest.actions.attempt_engine import Engine
from tests.contest.actions.attempt_model import ATTEMPTS, LIMIT

_numbers = count(1)


class StartNotIdempotent(Engine):
    """Every start is taken for a new one, whatever its key."""

    def start(self, entrant, key, now):
        return super().start(entrant, f"{key}-{next(_numbers)}", now)


class ReuseKeyNotRecorded(Engine):
    """A further key answered with the open attempt is not written down."""

    def start(self, entrant, key, now):
        attempt = super().start(entrant, key, now)
        StartKey.objects.all().delete()
        return attempt


class LimitOffByOne(Engine):
    """One attempt more than the rules allow."""

    def start(self, entrant, key, now):
        try:
            return super().start(entrant, key, now)
        except Refusal as refusal:
            own = Attempt.objects.filter(entrant_id=entrant).order_by("number")
            if refusal.code != "no-attempts-left" or len(own) > ATTEMPTS:
                raise
            last = own.last()
            return Attempt.objects.create(
                round_id=last.round_id, entrant_id=entrant, number=last.number + 1, start_key=key,
                paper_id=last.paper_id, seed="1", started_at=now, deadline=now + LIMIT, unit_name="",
            )  # fmt: skip


class AnybodyMayWrite(Engine):
    """Whose attempt it is, is not asked."""

    def save(self, token, work, now):
        owner = Attempt.objects.get(public_id=token.public_id).entrant_id
        return super().save(type(token)(token.public_id, owner, token.epoch), work, now)


class WritesInSpiteOf(Engine):
    """A save refused with one code is written nevertheless."""

    code = ""

    def save(self, token, work, now):
        try:
            return super().save(token, work, now)
        except Refusal as refusal:
            if refusal.code != self.code:
                raise
            attempt = Attempt.objects.get(public_id=token.public_id)
            attempt.answers |= work.answers
            attempt.save(update_fields=["answers"])
            return Saved(work.revision, now, 0, attempt.state)


class SaveAfterSubmit(WritesInSpiteOf):
    """Answers change after the finish."""

    code = "attempt-finished"


class LateSave(WritesInSpiteOf):
    """Answers change after the deadline and its tolerance."""

    code = "attempt-late"


class OlderPageWrites(WritesInSpiteOf):
    """The page that was left behind on the first device still writes."""

    code = "opened-elsewhere"


class LastWriteWins(Engine):
    """The revision is not asked: a save that comes twice or late in order overwrites newer answers."""

    def save(self, token, work, now):
        saved = super().save(token, work, now)
        attempt = Attempt.objects.get(public_id=token.public_id)
        attempt.answers |= work.answers
        attempt.save(update_fields=["answers"])
        return saved


class ResubmitMovesTheTime(Engine):
    """Submitting again moves the finish."""

    def submit(self, token, work, now):
        before = Attempt.objects.filter(public_id=token.public_id).values_list("state", flat=True).first()
        attempt = super().submit(token, work, now)
        if before != "in_progress":
            attempt.finished_at = min(now, attempt.deadline)
            attempt.save(update_fields=["finished_at"])
        return attempt


class FinishAfterTheDeadline(Engine):
    """An attempt ends when the sweeper came by, not at its deadline."""

    def sweep(self, now):
        due = list(Attempt.objects.filter(state="in_progress").values_list("pk", flat=True))
        swept = super().sweep(now)
        finished = Attempt.objects.filter(pk__in=due, state="auto_submitted")
        for attempt in finished:
            attempt.finished_at = now
            attempt.save(update_fields=["finished_at"])
        return swept


class SweepDiscardsAnswers(Engine):
    """What was saved before the time was up does not count."""

    def sweep(self, now):
        due = list(Attempt.objects.filter(state="in_progress").values_list("pk", flat=True))
        swept = super().sweep(now)
        Attempt.objects.filter(pk__in=due, state="auto_submitted").update(answers={}, score=0)
        return swept


class SweepComesTooEarly(Engine):
    """Attempts end at the deadline, without the tolerance for answers already on their way."""

    def sweep(self, now):
        return super().sweep(now + timedelta(seconds=5))


class SweepIsNotIdempotent(Engine):
    """Every sweep touches what was swept before."""

    def sweep(self, now):
        Attempt.objects.filter(state="auto_submitted").update(epoch=F("epoch") + 1)
        return super().sweep(now)


class IgnoresTheClose(Engine):
    """An attempt started shortly before the close runs on after it."""

    def start(self, entrant, key, now):
        attempt = super().start(entrant, key, now)
        if attempt.state == "in_progress" and attempt.started_at == now:
            attempt.deadline = now + LIMIT
            attempt.save(update_fields=["deadline"])
        return attempt


class LeavesDeadlinesBehind(Engine):
    """The close moves and the open attempts' deadlines do not."""

    def move_close(self, closes, now):
        kept = list(Attempt.objects.filter(state="in_progress").values_list("pk", "deadline"))
        super().move_close(closes, now)
        for pk, deadline in kept:
            Attempt.objects.filter(pk=pk).update(deadline=deadline)


class BoardShowsTheLast(Engine):
    """The board shows an entrant's last attempt, be it worse."""

    def submit(self, token, work, now):
        attempt = super().submit(token, work, now)
        if attempt.state != "in_progress":
            BoardEntry.objects.filter(entrant_id=attempt.entrant_id).update(
                attempt=attempt, points=attempt.score, duration_ms=attempt.duration_ms
            )
        return attempt


class RefusedStartWrites(Engine):
    """A start is refused, and its key is spent all the same."""

    def start(self, entrant, key, now):
        try:
            return super().start(entrant, key, now)
        except Refusal:
            last = Attempt.objects.filter(entrant_id=entrant).last()
            if last is not None:
                StartKey.objects.create(
                    entrant_id=entrant, round_id=last.round_id, key=f"spent-{next(_numbers)}", attempt=last
                )
            raise


MUTANTS = [
    StartNotIdempotent, ReuseKeyNotRecorded, LimitOffByOne, AnybodyMayWrite, SaveAfterSubmit, LateSave,
    OlderPageWrites, LastWriteWins, ResubmitMovesTheTime, FinishAfterTheDeadline, SweepDiscardsAnswers,
    SweepComesTooEarly, SweepIsNotIdempotent, IgnoresTheClose, LeavesDeadlinesBehind, BoardShowsTheLast,
    RefusedStartWrites,
]  # fmt: skip
