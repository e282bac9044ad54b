"""The demo holds what `make run` promises of live rounds: one published, one ready to open, one Rung chuông vàng."""

import pytest
from django.utils import timezone

from contest.actions import demo, live_results, live_setup
from contest.models import LiveAppeal, LiveRound
from contest.queries import live, live_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return demo.seed(now=timezone.now(), people=3)


def test_the_live_rounds_of_the_demo(made):
    played = made.live.played
    stored, sheet, _ = live_results.recomputed(played.pk)

    assert sheet == stored.sheet
    assert live.load(played.pk).state.verdict == "published"
    assert stored.numbers == {"people": 40, "questions": 11, "units": 6}
    assert LiveAppeal.objects.get(round=played).decision == "rejected"
    assert not any(step.late_ms for step in live_story.story(played.pk))

    for row, items in ((made.live.draft, 10), (made.live.bell, 10)):
        opened = live_setup.open_lobby(row.pk, actor=made.contest.created_by, now=timezone.now())
        assert len(live.load(opened.pk).state.items) == items
    kinds = [(item.type, item.kind) for item in live.load(made.live.draft.pk).state.items]
    assert {kind for kind, _ in kinds} == {"question", "slide", "poll"}
    assert {kind for type_, kind in kinds if type_ == "question"} == {
        "single", "multi", "truefalse", "fill", "order", "match",
    }  # fmt: skip
    assert live.load(made.live.bell.pk).state.items[-1].bell


def test_a_second_seeding_changes_nothing(made):
    assert demo.seed(now=timezone.now(), people=3) is None
    assert LiveRound.objects.count() == 3
