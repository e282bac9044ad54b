"""The curators' pages: who enters, writing every kind, moving a version, refusals that keep what was typed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from contest.models import User
from frontend import curation_phrases
from frontend.forms.curate import QuestionForm
from question_bank.actions import outline, questions, review
from question_bank.models import QuestionVersion, Topic
from question_bank.rules import kinds
from question_bank.rules.problems import Problem

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
PAGES = ["/bien-tap/", "/bien-tap/cau-hoi/", "/bien-tap/cau-hoi/moi/"]

# (kind, what is typed, accepted answers as lines, a part of what the entrant sees)
WRITTEN = [
    (
        "single",
        {"option_1": "Năm 2020", "option_3": "Năm 2025", "correct_3": "on", "fixed_3": "on"},
        [["Năm 2025"]],
        "Năm 2020",
    ),
    (
        "multi",
        {"option_1": "Một", "option_2": "Hai", "option_3": "Ba", "correct_1": "on", "correct_3": "on"},
        [["Một", "Ba"]],
        "Hai",
    ),
    ("truefalse", {"truth": "false"}, [["Sai"]], "Nhận định trên đúng hay sai?"),
    (
        "fill",
        {"accepted": "35-NQ/TW\r\n\r\nNghị quyết  35\r\n", "accents": "optional"},
        [["35-NQ/TW"], ["Nghị quyết 35"]],
        'type="text"',
    ),
    ("order", {"items": "Đầu\r\nGiữa\r\nCuối"}, [["Đầu", "Giữa", "Cuối"]], "Giữa"),
    (
        "match",
        {"pairs": "Hà Nội = thủ đô\r\nHuế = cố đô\r\nĐà Nẵng = cảng", "extras": "đảo"},
        [["Hà Nội → thủ đô", "Huế → cố đô", "Đà Nẵng → cảng"]],
        "đảo",
    ),
]


@pytest.fixture
def writer():
    return User.objects.create(
        username="writer", full_name="Nguyễn Thị Phương Thảo", can_write_questions=True
    )


@pytest.fixture
def approver():
    return User.objects.create(username="approver", can_approve_questions=True)


@pytest.fixture
def topic():
    outline.load_shipped(now=NOW)
    return Topic.objects.get(key="II.1.3")


@pytest.fixture
def draft(topic, writer):
    content = questions.Content(
        kind="single",
        level="NB",
        stem="Nghị quyết được nêu là của nhiệm kỳ nào?",
        explanation="Đề cương ghi rõ.",
        body={"options": [{"key": "c", "text": "2015-2020"}, {"key": "a", "text": "2020-2025"}]},
        key={"accepted": ["a"]},
        citations=[("II.1.3", "nhiệm kỳ 2020-2025")],
    )
    return questions.create_question(code="Q-1", topic=topic, content=content, author=writer, now=NOW)


def typed(topic, kind, **fields):
    return {
        "topic": str(topic.pk),
        "kind": kind,
        "level": "TH",
        "stem": "Đâu là câu trả lời cho câu hỏi này?",
        "explanation": "Vì đề cương nói vậy.",
        "cite_topic_1": "II.1.3",
        "cite_quote_1": "nhiệm kỳ 2020-2025",
        "action": "save",
    } | fields


def page_of(version, name="curate-version"):
    return reverse(name, args=[version.pk])


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_sent_to_sign_in_and_others_are_refused(client, path):
    response = client.get(path)
    assert (response.status_code, response.url) == (302, f"/dang-nhap/?next={path}")

    client.force_login(User.objects.create(username="entrant", can_organise=True))
    assert client.get(path).status_code == 403


def test_keys_stay_hidden_from_who_is_no_curator(client, draft):
    client.force_login(User.objects.create(username="entrant"))

    for name in ("curate-version", "curate-edit"):
        assert client.get(page_of(draft, name)).status_code == 403
    assert client.post(page_of(draft), {"move": "submit"}).status_code == 403
    assert client.post(page_of(draft, "curate-revise")).status_code == 403
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_for_a_curator(client, draft, writer, path):
    client.force_login(writer)

    assert client.get(path).status_code == 200


def test_a_version_that_is_not_there_is_a_drawn_404(client, writer):
    client.force_login(writer)

    assert client.get("/bien-tap/phien-ban/999/").status_code == 404


@pytest.mark.parametrize(("kind", "fields", "lines", "seen"), WRITTEN)
def test_every_kind_is_written_and_comes_back_unchanged(client, topic, writer, kind, fields, lines, seen):
    client.force_login(writer)

    response = client.post("/bien-tap/cau-hoi/moi/", typed(topic, kind, **fields))

    version = QuestionVersion.objects.get()
    assert response.url == page_of(version)
    assert (version.state, version.author, version.question.code) == ("draft", writer, "II.1.3-01")
    assert [kinds.get(kind).answer_lines(version.body, answer) for answer in version.key["accepted"]] == lines
    assert review.problems_of(version) == []
    assert seen in client.get(page_of(version)).content.decode()

    editor = client.get(page_of(version, "curate-edit"))
    form = editor.context["form"]
    again = {name: form[name].value() for name in form.fields}
    again = {name: value for name, value in again.items() if value not in {None, False}}
    response = client.post(page_of(version, "curate-edit"), again | {"action": "save"})
    assert response.url == page_of(version)
    after = QuestionVersion.objects.get()
    assert (after.body, after.key, after.content_hash) == (version.body, version.key, version.content_hash)
    assert list(after.citations.values_list("topic_key", "quote")) == [("II.1.3", "nhiệm kỳ 2020-2025")]


def test_options_keep_their_keys_when_the_text_changes(client, draft, writer):
    client.force_login(writer)
    form = client.get(page_of(draft, "curate-edit")).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in fields.items() if value not in {None, False}}

    client.post(page_of(draft, "curate-edit"), fields | {"option_2": "2020–2025", "option_5": "2025-2030"})

    draft.refresh_from_db()
    assert draft.body["options"] == [
        {"key": "c", "text": "2015-2020", "fixed": False},
        {"key": "a", "text": "2020–2025", "fixed": False},
        {"key": "b", "text": "2025-2030", "fixed": False},
    ]
    assert draft.key == {"accepted": ["a"]}


def test_an_answer_part_left_alone_keeps_every_accepted_answer(topic):
    body = {"items": [{"key": key, "text": key.upper() * 3} for key in "abc"]}
    base = questions.Content(
        "order", "NB", "Xếp thế nào?", "", body, {"accepted": [["c", "a", "b"], ["b", "a", "c"]]}, []
    )
    first = QuestionForm(base=base, topic="II.1.3")
    fields = {name: first[name].value() or "" for name in first.fields}

    form = QuestionForm(fields | {"stem": "Xếp như thế nào?"}, base=base)

    assert form.is_valid(), form.errors
    assert (form.content().body, form.content().key) == (base.body, base.key)


def test_the_preview_shows_the_typed_question_and_its_problems_and_stores_nothing(client, topic, writer):
    client.force_login(writer)
    fields = typed(topic, "single", option_1="Chỉ một", explanation="", action="preview")

    response = client.post("/bien-tap/cau-hoi/moi/", fields)

    shown = response.content.decode()
    assert response.context["item"]["body"] == {"options": [{"key": "a", "text": "Chỉ một", "fixed": False}]}
    assert "Số phương án phải từ 2 đến 8; hiện có 1." in shown
    assert "Chưa có lời giải thích đáp án." in shown
    assert not QuestionVersion.objects.exists()


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("single", {"option_1": "A", "option_2": "B", "correct_1": "on", "correct_2": "on"}, "correct_1"),
        ("match", {"pairs": "trái = phải\nkhông có dấu"}, "pairs"),
        ("truefalse", {"truth": "true", "stem": ""}, "stem"),
    ],
)
def test_a_form_with_faults_keeps_what_was_typed(client, topic, writer, kind, fields, field):
    client.force_login(writer)

    response = client.post("/bien-tap/cau-hoi/moi/", typed(topic, kind, **fields))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Vì đề cương nói vậy." in response.content.decode()
    assert not QuestionVersion.objects.exists()


def test_a_question_is_submitted_returned_mended_and_approved(client, draft, writer, approver):
    client.force_login(writer)
    assert client.post(page_of(draft), {"move": "submit"}).url == page_of(draft)
    client.force_login(approver)
    assert "Chờ tôi duyệt (1)" in client.get("/bien-tap/").content.decode()

    client.post(page_of(draft), {"move": "return", "remark": "Xin nêu rõ cấp."})
    client.force_login(writer)
    assert "Được trả lại để sửa (1)" in client.get("/bien-tap/").content.decode()
    assert "Xin nêu rõ cấp." in client.get(page_of(draft)).content.decode()
    client.post(page_of(draft), {"move": "submit"})
    client.force_login(approver)
    client.post(page_of(draft), {"move": "approve"})

    draft.refresh_from_db()
    assert (draft.state, draft.approver) == ("approved", approver)
    heat = {row["line"].key: row["cells"][0]["shade"] for row in client.get("/bien-tap/").context["heat"]}
    assert (heat["II.1.3"], heat["II.1.4"]) == (1, 0)


def test_a_refused_move_says_why_and_keeps_the_remark(client, topic, approver, draft, writer):
    review.submit(draft, actor=writer, now=NOW)
    client.force_login(writer)

    response = client.post(page_of(draft), {"move": "approve", "remark": "Tự duyệt nhé"})

    assert response.status_code == 409
    assert "Người viết không được tự duyệt câu hỏi của mình." in response.content.decode()
    assert response.context["remark"] == "Tự duyệt nhé"
    draft.refresh_from_db()
    assert draft.state == "in_review"


def test_an_unknown_move_changes_nothing(client, draft, writer):
    client.force_login(writer)

    assert client.post(page_of(draft), {"move": "explode"}).status_code == 409
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_only_the_author_edits_a_draft_and_nobody_an_approved_version(client, draft, writer, approver):
    client.force_login(approver)
    assert client.get(page_of(draft, "curate-edit")).status_code == 409

    review.submit(draft, actor=writer, now=NOW)
    review.approve(draft, actor=approver, now=NOW)
    client.force_login(writer)
    response = client.post(page_of(draft, "curate-edit"), {"stem": "Câu khác hẳn câu đã duyệt"})
    assert response.status_code == 409
    draft.refresh_from_db()
    assert draft.stem == "Nghị quyết được nêu là của nhiệm kỳ nào?"


def test_revising_copies_the_version_into_a_draft_of_mine(client, draft, writer, approver):
    review.submit(draft, actor=writer, now=NOW)
    review.approve(draft, actor=approver, now=NOW)
    client.force_login(approver)

    response = client.post(page_of(draft, "curate-revise"))

    second = QuestionVersion.objects.get(number=2)
    assert response.url == page_of(second, "curate-edit")
    assert (second.author, second.state, second.content_hash) == (approver, "draft", draft.content_hash)
    again = client.post(page_of(draft, "curate-revise"), follow=True)
    assert "đang có một bản nháp hoặc bản chờ duyệt" in again.content.decode()


def test_the_list_is_narrowed_and_ignores_values_not_on_offer(client, draft, writer):
    client.force_login(writer)

    def codes(query):
        return [row["code"] for row in client.get(f"/bien-tap/cau-hoi/?{query}").context["rows"]]

    assert codes("q=nghi+quyet&topic=II.1&level=NB&kind=single&state=draft") == ["Q-1"]
    assert codes("level=VD") == []
    assert codes("state=nonsense&topic=XX") == ["Q-1"]


def test_problems_are_told_in_words():
    known = Problem("stem-too-short", facts={"length": 3, "least": 10})
    assert curation_phrases.sentence(known) == "Nội dung câu hỏi quá ngắn: cần ít nhất 10 ký tự."
    assert curation_phrases.sentence(Problem("new-code")) == "Câu hỏi còn một lỗi: new-code."


def test_an_empty_cell_of_the_map_leads_to_writing_what_is_missing(client, topic, writer):
    client.force_login(writer)

    page = client.get("/bien-tap/", {"theo": "kind"})

    assert page.context["gaps"] > 0
    assert "/bien-tap/cau-hoi/moi/?topic=II.1.3&amp;kind=fill" in page.content.decode()
    form = client.get("/bien-tap/cau-hoi/moi/", {"topic": "II.1.3", "kind": "fill", "level": "X"}).context[
        "form"
    ]
    assert (form["topic"].value(), form["kind"].value(), form["level"].value()) == (
        str(topic.pk),
        "fill",
        None,
    )


def test_the_map_is_drawn_by_state_and_an_unknown_axis_is_the_level(client, draft, writer):
    client.force_login(writer)

    by_state = client.get("/bien-tap/", {"theo": "state"})
    cells = next(row["cells"] for row in by_state.context["heat"] if row["line"].key == "II.1.3")

    assert [cell["count"] for cell in cells] == [1, 0, 0, 0]
    assert "?topic=II.1.3&amp;state=draft" in by_state.content.decode()
    assert client.get("/bien-tap/", {"theo": "author"}).context["axis"] == "level"
