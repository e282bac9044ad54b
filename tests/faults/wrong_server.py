"""The product with one promise broken on purpose (WRONG=…): the checker has to find it, or it checks nothing.

ack-before-commit   acknowledges at once and writes a moment later
time-from-start     takes the time of an answer from its own start where that is shorter
"""

import os
import threading
from collections.abc import Sequence
from typing import Any

import msgspec

from contest.project.asgi import application

from contest.actions import live_answers  # isort: skip  (needs the app registry)
from contest.live import answers as judging  # isort: skip
from contest.live.state import Answer  # isort: skip

__all__ = ["application"]
DELAY_S = 1.5
_record: Any = live_answers.record
_accept: Any = judging.accept


def record_later(round_id: int, run: int, submissions: Sequence[Any]) -> list[Any]:
    """Says that all is well, and writes after a while."""
    threading.Timer(DELAY_S, _record, (round_id, run, list(submissions))).start()
    return [
        live_answers.Recorded(
            found.answer.player,
            run,
            found.key,
            found.answer.seq,
            found.answer.value,
            found.answer.at,
            live_answers.new_receipt(),
        )
        for found in submissions
    ]


def accept_askew(*arguments: Any, **named: Any) -> Answer:
    """Counts another time than the moment it acknowledges."""
    found: Answer = _accept(*arguments, **named)
    return msgspec.structs.replace(found, ms=found.ms + found.player % 7)


WRONG = os.environ.get("WRONG", "")
if WRONG == "ack-before-commit":
    live_answers.record = record_later
elif WRONG == "another-time":
    judging.accept = accept_askew
