"""Whatever a journal may hold is told: every event has a code, every code a sentence, in every mode."""

import random
import re
from datetime import timedelta
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from contest.actions import live_crowd, live_rehearsal
from contest.actions.live_crowd import Crowd
from contest.live import events, presets, showing, telling
from contest.live.rules import BellRules, BuzzerRules, GameRules, LiveRules, TeamRules
from contest.live.state import Phase, State
from contest.live.story import Told
from contest.models import LiveRound
from contest.queries import live as reading
from contest.queries import live_story
from frontend import live_journal, live_regulations
from frontend.live_phrases import CRITERIA
from frontend.views.organise.live_words import rules_of
from tests.live_builders import START, hall

CODES = set(re.findall(r'"([a-z-]+)"(?: if| else|, |\))', Path(telling.__file__).read_text(encoding="utf-8")))
TOLD_BY_NAME = {kind for kind in get_args(events.AnyEvent) if kind not in telling._TELL}


@pytest.mark.parametrize("kind", sorted(TOLD_BY_NAME, key=str))
def test_an_event_that_is_told_by_its_name_has_a_sentence(kind):
    assert kind.__struct_config__.tag in live_journal.DEEDS


def test_every_code_has_a_sentence():
    assert {code for code in CODES if code not in live_journal.DEEDS} <= {"teams", "count", "names"}
    assert len(CODES & set(live_journal.DEEDS)) > 35


@pytest.mark.parametrize(
    ("code", "deed"), [("voided", "Hủy câu 2"), ("remarked", "Chấm lại câu 2, nhận thêm đáp án")]
)
def test_a_correction_tells_of_those_whom_the_bell_question_has_passed_over(code, deed):
    facts = {"question": 2, "title": "", "again": False, "back": 1, "waits": 2}
    told = live_journal.sentence(Told(code, facts, "Sai đề"))
    assert told == f"{deed}; 2 người chưa được hỏi câu rung chuông, chờ giám khảo"


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


@pytest.mark.parametrize("preset", presets.PRESETS, ids=lambda preset: preset.code)
def test_the_order_that_is_printed_is_the_one_that_ranks_and_that_phones_are_told(preset):
    rules = preset.rules
    chain = [str(CRITERIA[code]) for code in showing.round_view(State(rules=rules)).chain]
    listed = "; ".join(f"({place}) {words}" for place, words in enumerate(chain, start=1))

    assert f"Thứ tự xét: {listed}." in live_regulations.clauses(rules)
    assert dict(rules_of(LiveRound(rules=msgspec.to_builtins(rules))))["Xếp hạng"] == ", rồi ".join(chain)


def test_a_captain_is_replaced_when_removed_and_the_rules_say_no_more_than_that():
    found = live_regulations.clauses(LiveRules(mode="teams", teams=TeamRules(answers="captain")))
    assert [line for line in found if "đội trưởng bị mời ra thì" in line]
    assert not [line for line in found if "vắng" in line]


RULED = [
    ("game", GameRules(), GameRules(speed=False)),
    ("game", GameRules(), GameRules(streaks=True)),
    ("game", GameRules(streaks=True), GameRules(streaks=True, streak_step=50)),
    ("teams", TeamRules(), TeamRules(answers="captain")),
    ("teams", TeamRules(), TeamRules(answers="majority")),
    ("teams", TeamRules(), TeamRules(best_of=3)),
    ("bell", BellRules(), BellRules(last=4)),
    ("bell", BellRules(), BellRules(to_bell=True)),
    ("bell", BellRules(), BellRules(all_out="leave")),
    ("bell", BellRules(), BellRules(late_floor=True)),
    ("bell", BellRules(), BellRules(grace=True)),
    ("buzzer", BuzzerRules(), BuzzerRules(tie_ms=50)),
    ("buzzer", BuzzerRules(), BuzzerRules(answer_s=7)),
    ("buzzer", BuzzerRules(), BuzzerRules(strict=True)),
    ("buzzer", BuzzerRules(), BuzzerRules(penalty=5)),
    ("buzzer", BuzzerRules(penalty=5), BuzzerRules(penalty=5, floor=False)),
    ("buzzer", BuzzerRules(), BuzzerRules(skip_next=True)),
    ("buzzer", BuzzerRules(), BuzzerRules(early=True)),
    ("buzzer", BuzzerRules(), BuzzerRules(again_s=9)),
]
ONLY_PRINTED = {"again_s"}
NOT_A_TERM = {"columns"}  # how the grid of seats is drawn


@pytest.mark.parametrize(("mode", "one", "other"), RULED, ids=str)
def test_whatever_a_mode_lets_the_organiser_decide_is_printed_and_told_in_the_lobby(mode, one, other):
    before, after = (LiveRules(mode=mode, **{mode: rules}) for rules in (one, other))
    assert live_regulations.clauses(before) != live_regulations.clauses(after)
    if not ONLY_PRINTED & {
        name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name)
    }:
        terms = [showing.round_view(State(rules=rules)).terms for rules in (before, after)]
        assert terms[0] != terms[1]


def test_no_rule_of_a_mode_is_left_out_of_that():
    decided = {
        (mode, name)
        for mode, one, other in RULED
        for name in one.__struct_fields__
        if getattr(one, name) != getattr(other, name)
    }
    for kind, mode in (
        (GameRules, "game"),
        (TeamRules, "teams"),
        (BellRules, "bell"),
        (BuzzerRules, "buzzer"),
    ):
        assert {name for code, name in decided if code == mode} == {*kind.__struct_fields__} - NOT_A_TERM


@pytest.mark.parametrize(
    ("mode", "rules", "sentence"),
    [
        ("game", {}, "Điểm được làm tròn đến số nguyên, phần nửa làm tròn lên."),
        ("teams", {"teams": TeamRules(answers="majority")}, "ngang nhau thì lấy câu có phiếu cuối đến sớm hơn."),
        ("teams", {"teams": TeamRules(answers="captain")}, "không rút lại được câu trả lời đã gửi cho đội."),
        ("teams", {}, "người bị mời ra không còn được tính vào đội."),
        ("bell", {}, "sau đó chỉ đưa người trở lại."),
    ],
)  # fmt: skip
def test_what_the_modes_leave_open_is_decided_in_print(mode, rules, sentence):
    found = live_regulations.clauses(LiveRules(mode=mode, **rules))
    assert [line for line in found if line.endswith(sentence)]


def test_who_leaves_the_floor_by_a_correction_stands_with_it():
    told = telling.Told(
        "remarked", {"question": 7, "title": "", "again": False, "everything": False, "fell": 3}
    )
    assert (
        live_journal.sentence(told) == "Chấm lại câu 7, nhận thêm đáp án; 3 người rời sàn hoặc chờ giám khảo"
    )
