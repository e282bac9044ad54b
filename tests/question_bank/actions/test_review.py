"""Review: the moves, the two-person rule, what is recorded, what may never change."""

from datetime import UTC, datetime, timedelta

import pytest

from contest.models import User
from question_bank.actions import outline, questions, review
from question_bank.errors import Refusal
from question_bank.models import ReviewDecision, Topic
from question_bank.rules.review import Command

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def content(**changes):
    """A single-choice question without fault."""
    fields = {
        "kind": "single",
        "level": "NB",
        "stem": "Nghị quyết được nêu là của nhiệm kỳ nào?",
        "explanation": "Đề cương ghi rõ nhiệm kỳ.",
        "body": {"options": [{"key": "a", "text": "2015-2020"}, {"key": "b", "text": "2020-2025"}]},
        "key": {"accepted": ["b"]},
        "citations": [("II.1.3", "nhiệm kỳ 2020-2025")],
    }
    return questions.Content(**(fields | changes))


@pytest.fixture
def writer():
    return User.objects.create(username="writer", can_write_questions=True)


@pytest.fixture
def approver():
    return User.objects.create(username="approver", can_approve_questions=True)


@pytest.fixture
def topic():
    outline.load_shipped(now=NOW)
    return Topic.objects.get(key="II.1.3")


@pytest.fixture
def draft(topic, writer):
    return questions.create_question(code="Q-1", topic=topic, content=content(), author=writer, now=NOW)


def refused(deed):
    with pytest.raises(Refusal) as caught:
        deed()
    return caught.value


def test_a_question_goes_from_draft_to_use_by_two_people(draft, writer, approver):
    review.submit(draft, actor=writer, now=NOW)
    later = NOW + timedelta(hours=1)

    review.approve(draft, actor=approver, now=later)

    draft.refresh_from_db()
    assert (draft.state, draft.approver, draft.approved_at) == ("approved", approver, later)
    rows = ReviewDecision.objects.values_list("actor__username", "move", "before", "after", "at")
    assert list(rows) == [
        ("writer", "submit", "draft", "in_review", NOW),
        ("approver", "approve", "in_review", "approved", later),
    ]


def test_nobody_approves_or_returns_the_own_question(topic, approver):
    own = questions.create_question(code="Q-2", topic=topic, content=content(), author=approver, now=NOW)
    review.submit(own, actor=approver, now=NOW)

    assert refused(lambda: review.approve(own, actor=approver, now=NOW)).code == "author-cannot-approve"
    assert (
        refused(lambda: review.return_with_remarks(own, actor=approver, remark="x", now=NOW)).code
        == "author-cannot-approve"
    )
    own.refresh_from_db()
    assert own.state == "in_review"


def test_a_writer_does_not_approve_and_a_stranger_does_not_submit(draft, writer):
    other = User.objects.create(username="other", can_write_questions=True)
    stranger = User.objects.create(username="stranger")

    assert refused(lambda: review.submit(draft, actor=stranger, now=NOW)).code == "not-allowed"
    review.submit(draft, actor=writer, now=NOW)
    assert refused(lambda: review.approve(draft, actor=other, now=NOW)).code == "not-allowed"


def test_a_faulty_question_is_not_submitted(topic, writer):
    faulty = questions.create_question(
        code="Q-3",
        topic=topic,
        content=content(explanation="", key={"accepted": []}, citations=[("XX.9", "nơi không có")]),
        author=writer,
        now=NOW,
    )

    refusal = refused(lambda: review.submit(faulty, actor=writer, now=NOW))

    assert refusal.code == "question-not-ready"
    assert set(refusal.facts["problems"]) == {
        "explanation-missing",
        "answer-missing",
        "citation-topic-unknown",
    }
    assert not ReviewDecision.objects.exists()


def test_an_outline_without_text_takes_a_bullet_of_a_topic_it_has(draft, writer):
    draft.citations.update(topic_key="II.1.3/b2")

    assert review.submit(draft, actor=writer, now=NOW).state == "in_review"


def test_a_quotation_must_stand_in_its_topic_or_below(draft, writer):
    Topic.objects.filter(key="II.1.3").update(text="Nghị quyết của nhiệm kỳ 2015-2020.")
    assert refused(lambda: review.submit(draft, actor=writer, now=NOW)).facts["problems"] == [
        "citation-quote-not-found"
    ]

    Topic.objects.filter(key="II.1.3").update(text="Nghị quyết đại hội Nhiệm kỳ 2020 – 2025.")
    draft.citations.update(topic_key="II.1", quote="nhiệm kỳ 2020 - 2025")
    assert review.submit(draft, actor=writer, now=NOW).state == "in_review"


def test_returning_needs_a_remark_and_gives_a_draft(draft, writer, approver):
    review.submit(draft, actor=writer, now=NOW)

    refusal = refused(lambda: review.return_with_remarks(draft, actor=approver, remark="  ", now=NOW))
    assert refusal.code == "remark-missing"
    review.return_with_remarks(draft, actor=approver, remark="Xin ghi rõ năm.", now=NOW)

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert draft.decisions.last().remark == "Xin ghi rõ năm."


def test_only_the_author_withdraws(draft, writer, approver):
    review.submit(draft, actor=writer, now=NOW)

    assert refused(lambda: review.withdraw(draft, actor=approver, now=NOW)).code == "not-the-author"
    assert review.withdraw(draft, actor=writer, now=NOW).state == "draft"


def test_approving_a_revision_retires_the_former_version(draft, writer, approver):
    review.submit(draft, actor=writer, now=NOW)
    review.approve(draft, actor=approver, now=NOW)
    second = questions.revise_question(
        draft.question, content=content(stem="Nghị quyết ấy là của nhiệm kỳ nào?"), author=writer, now=NOW
    )
    review.submit(second, actor=writer, now=NOW)
    draft.refresh_from_db()
    assert draft.state == "approved"

    review.approve(second, actor=approver, now=NOW)

    assert list(draft.question.versions.values_list("number", "state")) == [(1, "retired"), (2, "approved")]
    assert draft.decisions.last().move == "retire"
    draft.refresh_from_db()
    assert draft.approver == approver


def test_an_approved_version_is_never_edited_nor_moved_back(draft, writer, approver):
    review.submit(draft, actor=writer, now=NOW)
    review.approve(draft, actor=approver, now=NOW)

    edit = refused(
        lambda: questions.edit_draft(draft, content=content(stem="Một câu khác hẳn câu cũ?"), actor=writer)
    )
    assert edit.code == "version-immutable"
    for deed in (review.submit, review.withdraw, review.approve):
        assert refused(lambda deed=deed: deed(draft, actor=approver, now=NOW)).code == "move-not-allowed"
    draft.refresh_from_db()
    assert draft.stem == content().stem


def test_nobody_edits_the_draft_of_another(draft, approver):
    edit = refused(lambda: questions.edit_draft(draft, content=content(), actor=approver))

    assert edit.code == "not-the-author"


def test_retiring_an_approved_version_takes_an_approver(draft, writer, approver):
    review.submit(draft, actor=writer, now=NOW)
    review.approve(draft, actor=approver, now=NOW)

    assert refused(lambda: review.retire(draft, actor=writer, now=NOW)).code == "not-allowed"
    assert review.retire(draft, actor=approver, now=NOW, remark="Đã lỗi thời").state == "retired"


def test_the_moves_on_offer_are_those_that_work(draft, writer, approver):
    assert review.moves_for(draft, writer) == [Command.SUBMIT, Command.RETIRE]
    sent = review.submit(draft, actor=writer, now=NOW)
    assert review.moves_for(sent, writer) == [Command.WITHDRAW]
    assert review.moves_for(sent, approver) == [Command.APPROVE, Command.RETURN]
    assert review.moves_for(sent, User.objects.create(username="stranger")) == []
