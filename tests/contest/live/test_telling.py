"""Whatever a journal may hold is told: every event has a code, every code a sentence, in every mode."""

import random
import re
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from contest.actions import live_crowd, live_rehearsal
from contest.actions.live_crowd import Crowd
from contest.live import events, telling
from contest.live.rules import LiveRules
from contest.live.state import Phase
from contest.queries import live as reading
from contest.queries import live_story
from frontend import live_journal, live_regulations
from tests.live_builders import START, hall

CODES = set(re.findall(r'"([a-z-]+)"(?: if| else|, |\))', Path(telling.__file__).read_text(encoding="utf-8")))
TOLD_BY_NAME = {kind for kind in get_args(events.AnyEvent) if kind not in telling._TELL}


@pytest.mark.parametrize("kind", sorted(TOLD_BY_NAME, key=str))
def test_an_event_that_is_told_by_its_name_has_a_sentence(kind):
    assert kind.__struct_config__.tag in live_journal.DEEDS


def test_every_code_has_a_sentence():
    assert {code for code in CODES if code not in live_journal.DEEDS} <= {"teams", "count", "names"}
    assert len(CODES & set(live_journal.DEEDS)) > 35


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["official", "game", "teams", "bell", "buzzer"])
def test_a_whole_round_is_told_in_sentences(mode):
    place = hall(open_=False, rules=LiveRules(mode=mode, board_every=1))
    row = live_rehearsal.rehearse(place.id, people=9, actor=place.chief, now=START)
    crowd, dice, now = Crowd(row.pk, 9, seed=1), random.Random(1), START
    while reading.load(row.pk).state.phase is not Phase.ENDED:
        now += timedelta(seconds=1)
        crowd.beat(now)
        live_crowd.lead(row.pk, now=now, dice=dice)

    told = [live_journal.sentence(telling.tell(step)) for step in live_story.story(row.pk)]
    assert told[0] == "Mở phòng chờ"
    assert told[-1] == "Kết thúc vòng thi"
    assert not [line for line in told if "%(" in line or re.fullmatch(r"[a-z-]+", line)]


@pytest.mark.parametrize("mode", ["official", "game", "teams", "bell", "buzzer"])
def test_the_rules_of_every_mode_are_sentences(mode):
    found = live_regulations.clauses(LiveRules(mode=mode))

    assert len(found) >= 6
    assert all(line.endswith(".") and "%(" not in line for line in found)
