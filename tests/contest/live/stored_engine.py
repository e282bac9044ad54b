"""The room over the two tables: the same random rounds through `contest.actions.live` on whichever database."""

import msgspec
from django.db import transaction

from contest.actions import live, live_answers, live_setup
from contest.actions.live_answers import Submission
from contest.errors import Refusal
from contest.live import events, moves
from contest.live.state import Answer
from contest.models import LiveAnswer, LivePlayer
from contest.queries import live as reading
from tests.contest.live.room_engine import Ack, Engine
from tests.live_builders import START, _contest

SEATS = range(1, 8)


class StoredEngine(Engine):
    """A round in the database, in a transaction that the example takes back. A server is a cache that can be lost."""

    def __init__(self, secrets, rtt):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.secrets, self.rtt = secrets, rtt
        contest, self.chief = _contest()
        row = live_setup.create_live_round(contest, title="Thử", actor=self.chief, now=START)
        row.secrets = msgspec.to_builtins(secrets, str_keys=True)
        row.save(update_fields=["secrets"])
        self.id = row.pk
        reading.forget()
        LivePlayer.objects.bulk_create(
            LivePlayer(
                pk=seat,
                round=row,
                seat=seat,
                name=f"Người {seat}",
                skeleton=str(seat),
                token_hash=str(seat),
                joined_at=1,
            )
            for seat in SEATS
        )

    def close(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        reading.forget()

    @property
    def journal(self):
        return reading.bodies_since(self.id, 0)

    @property
    def rows(self):
        found = LiveAnswer.objects.filter(round_id=self.id)
        return {
            (row.player_id, row.run): Answer(
                row.player_id, row.run, row.value, row.at, row.ms, row.lag_ms, row.seq
            )
            for row in found
        }

    def state(self, server=0):
        return reading.load(self.id).state

    def command(self, server, deed, now):
        before = self.state().version
        role = min(moves.ROLES[type(deed)])
        live.command(self.id, deed, role=role, now=live.moment(now), actor=self.chief)
        return [type(events.decode(text)) for text in reading.bodies_since(self.id, before)]

    def answers(self, run):
        return reading.answers_of(self.id, run)

    def answer(self, server, sent, at):
        known = live_answers.recorded(self.id, player=sent.player, run=sent.run, key=sent.key)
        if known is None:
            answer = Answer(sent.player, sent.run, sent.value, at, 0, self.lag_of(sent), sent.seq)
            known = live_answers.record(self.id, sent.run, [Submission(sent.key, answer)])[0]
        if isinstance(known, Refusal):
            raise known
        return Ack(known.player, known.run, known.key, known.at, known.receipt)

    def restart(self, server):
        reading.forget()
