"""Lists, queues and coverage of the bank."""

from datetime import UTC, datetime

import pytest

from contest.models import User
from question_bank.actions import outline, questions, review
from question_bank.models import Topic
from question_bank.queries import browse
from question_bank.queries.coverage import Axis, coverage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def writer():
    return User.objects.create(username="writer", can_write_questions=True)


@pytest.fixture
def approver():
    return User.objects.create(username="approver", can_approve_questions=True)


@pytest.fixture
def write(writer):
    outline.load_shipped(now=NOW)

    def make(code, topic, *, level="NB", stem="Câu hỏi này nói về điều gì?", author=writer):
        content = questions.Content(
            "truefalse", level, stem, "Vì vậy.", {}, {"accepted": ["true"]}, [(topic, "trích")]
        )
        place = Topic.objects.get(key=topic)
        return questions.create_question(code=code, topic=place, content=content, author=author, now=NOW)

    return make


def codes(**wanted):
    return [row.question.code for row in browse.browse(browse.Filter(**wanted))]


def approve(version, writer, approver):
    review.submit(version, actor=writer, now=NOW)
    return review.approve(version, actor=approver, now=NOW)


def test_a_topic_takes_in_its_subtree_and_no_neighbour(write):
    for code, topic in (("A", "II.1"), ("B", "II.1.3"), ("C", "II.2.1"), ("D", "II.2.10"), ("E", "I")):
        write(code, topic)

    assert codes(topic="II.1") == ["A", "B"]
    assert codes(topic="II.2.1") == ["C"]
    assert codes(topic="I") == ["E"]
    assert codes() == ["A", "B", "C", "D", "E"]


def test_words_are_found_without_accents_and_by_code(write):
    write("K-01", "I", stem="Đại hội đảng bộ tỉnh lần thứ mấy?")
    write("K-02", "I", stem="Chiến lược phát triển kinh tế ra sao?")

    assert codes(words="dang bo") == ["K-01"]
    assert codes(words="Chiến LƯỢC") == ["K-02"]
    assert codes(words="k-02") == ["K-02"]
    assert codes(words="dang kinh") == []


def test_state_level_and_kind_narrow(write, writer, approver):
    approve(write("A", "I"), writer, approver)
    write("B", "I", level="VD")

    assert codes(state="approved") == ["A"]
    assert codes(level="VD") == ["B"]
    assert codes(kind="truefalse") == ["A", "B"]
    assert codes(kind="single") == []


def test_without_a_state_only_the_newest_version_is_listed(write, writer, approver):
    first = approve(write("A", "I"), writer, approver)
    questions.revise_question(first.question, content=review.content_of(first), author=writer, now=NOW)

    assert [row.number for row in browse.browse(browse.Filter())] == [2]
    assert [row.number for row in browse.browse(browse.Filter(state="approved"))] == [1]


def test_a_page_costs_two_queries_however_long(write, django_assert_num_queries):
    for number in range(5):
        write(f"A-{number}", "I")

    with django_assert_num_queries(2):
        page = browse.browse(browse.Filter(), page=2, size=2)
        shown = [(row.question.topic.key, str(row.author)) for row in page]
    assert shown == [("I", "writer"), ("I", "writer")]
    assert browse.browse(browse.Filter(), page="99", size=2).number == 3


def test_the_queue_tells_what_waits_for_whom(write, writer, approver, django_assert_num_queries):
    write("DRAFT", "I")
    review.submit(write("SENT", "I"), actor=writer, now=NOW)
    back = review.submit(write("BACK", "I"), actor=writer, now=NOW)
    review.return_with_remarks(back, actor=approver, remark="Sửa lại.", now=NOW)

    with django_assert_num_queries(2):
        own = browse.queue(writer.pk)
        names = {
            part: [row.question.code for row in getattr(own, part)]
            for part in ("waiting", "drafts", "returned", "sent")
        }
    assert names == {"waiting": [], "drafts": ["DRAFT"], "returned": ["BACK"], "sent": ["SENT"]}
    assert [row.question.code for row in browse.queue(approver.pk).waiting] == ["SENT"]


def test_coverage_counts_approved_versions_upwards(write, writer, approver, django_assert_num_queries):
    approve(write("A", "II.1.3"), writer, approver)
    approve(write("B", "II.1.3", level="VD"), writer, approver)
    approve(write("C", "II.2.10"), writer, approver)
    write("D", "II.1.3")

    with django_assert_num_queries(2):
        counts = {line.key: line.counts for line in coverage()}

    assert counts["II.1.3"] == (1, 0, 1, 0)
    assert counts["II.1"] == (1, 0, 1, 0)
    assert counts["II"] == (2, 0, 1, 0)
    assert counts["II.2.1"] == (0, 0, 0, 0)
    assert "I/b2" not in counts


def test_coverage_by_kind_and_by_state(write, writer, approver):
    approve(write("A", "II.1.3"), writer, approver)
    write("B", "II.1.3")

    by_kind = {
        line.key: dict(zip(Axis.KIND.values, line.counts, strict=True)) for line in coverage(Axis.KIND)
    }
    by_state = {
        line.key: dict(zip(Axis.STATE.values, line.counts, strict=True)) for line in coverage(Axis.STATE)
    }

    assert by_kind["II"]["truefalse"] == 1
    assert (by_state["II.1.3"]["approved"], by_state["II.1.3"]["draft"]) == (1, 1)


def test_what_only_sums_up_is_told_apart(write):
    whole = {line.key: line.whole for line in coverage()}

    assert (whole["II"], whole["II.1"], whole["II.1.3"]) == (True, True, False)
