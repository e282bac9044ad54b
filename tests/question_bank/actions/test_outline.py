from dataclasses import replace
from datetime import UTC, datetime

import pytest

from question_bank.actions import outline, starter
from question_bank.models import Outline, Question, QuestionVersion, Topic
from tests.builders import user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def test_the_shipped_outline_has_four_sections_twelve_groups_and_twenty_three_items():
    outline.load_shipped(now=NOW)
    kinds = list(Topic.objects.values_list("kind", flat=True))

    assert [kinds.count(kind) for kind in ("section", "group", "item")] == [4, 12, 23]
    assert Topic.objects.get(key="II.2.10").parent.key == "II.2"
    keys = list(Topic.objects.values_list("key", flat=True))
    assert keys.index("II.2.10") == keys.index("II.2.9") + 1


def test_loading_again_changes_nothing():
    title, entries = outline.shipped()
    outline.apply(entries, title=title, now=NOW)

    assert outline.difference(entries).empty
    assert outline.apply(entries, title=title, now=NOW).empty
    assert Outline.objects.count() == 1


def test_an_edited_document_is_shown_as_a_difference_before_it_is_applied():
    title, entries = outline.shipped()
    outline.apply(entries, title=title, now=NOW)
    edited = [replace(entry, text="mới") if entry.key == "II.2.1" else entry for entry in entries]
    edited = [entry for entry in edited if entry.key != "IV.6"] + [
        outline.Entry("IV.7", "group", "7", "IV", "Cơ quan khác")
    ]

    change = outline.difference(edited)

    assert (change.added, change.changed, change.removed, change.kept) == (
        ("IV.7",),
        ("II.2.1",),
        ("IV.6",),
        (),
    )
    assert Topic.objects.filter(key="IV.6").exists()
    outline.apply(edited, title=title, now=NOW)
    assert not Topic.objects.filter(key="IV.6").exists()


def test_a_topic_that_owns_questions_is_retired_never_deleted():
    starter.load(author=user(), approver=user(), now=NOW)
    title, entries = outline.shipped()
    fewer = [entry for entry in entries if entry.key != "II.2.3"]

    change = outline.apply(fewer, title=title, now=NOW)

    assert change.kept == ("II.2.3",)
    assert Topic.objects.get(key="II.2.3").retired is True
    assert Question.objects.filter(topic__key="II.2.3").exists()


def test_the_starter_bank_covers_every_topic_of_section_two_and_loads_once():
    author, approver = user(), user()

    added = starter.load(author=author, approver=approver, now=NOW)

    assert added >= 150
    assert starter.load(author=author, approver=approver, now=NOW) == 0
    counts = {
        key: QuestionVersion.objects.filter(state="approved", question__topic__key=key).count()
        for key in Topic.objects.filter(key__startswith="II.", kind="item").values_list("key", flat=True)
    }
    assert len(counts) == 15
    assert min(counts.values()) >= 5
    for section in ("I", "III", "IV"):
        assert QuestionVersion.objects.filter(question__topic__key__startswith=section).exists()
    assert set(QuestionVersion.objects.values_list("kind", flat=True)) == {
        "single", "multi", "truefalse", "fill", "order", "match",
    }  # fmt: skip
    assert set(QuestionVersion.objects.values_list("level", flat=True)) == {"NB", "TH", "VD", "VDC"}
