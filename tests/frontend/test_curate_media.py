"""The page on which an author gives a draft its picture and its sound."""

from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from question_bank.actions import review
from question_bank.models import Media, QuestionVersion
from question_bank.queries import media as media_queries
from tests import builders
from tests.question_bank.formats import files

pytestmark = pytest.mark.django_db
PNG = files.saved(files.drawn(), "PNG")
ALT = "Lá cờ <nửa đỏ>"


@pytest.fixture
def draft():
    return QuestionVersion.objects.get(pk=_draft().pk)


def _draft():
    version = builders.approved(builders.single(1))
    QuestionVersion.objects.filter(pk=version.pk).update(state="draft", approver=None, approved_at=None)
    writer = version.author
    writer.can_write_questions = True
    writer.save()
    return version


@pytest.fixture
def writer(client, draft):
    client.force_login(draft.author)
    return draft.author


def page_of(version, name="curate-media"):
    return reverse(name, args=[version.pk])


def send(client, version, kind="picture", *, data=None, name="dap-an-la-B.png", **fields):
    more = {"file": SimpleUploadedFile(name, data, content_type="text/html")} if data is not None else {}
    return client.post(page_of(version), {"kind": kind, "alt": ALT, "action": "save"} | more | fields)


def test_a_picture_and_a_sound_are_put_in_shown_and_taken_out(client, draft, writer):
    assert send(client, draft, data=PNG).url == page_of(draft)
    assert send(client, draft, "sound", data=files.wav(), name="x.exe").url == page_of(draft)

    picture, sound = Media.objects.order_by("kind")
    for name in ("curate-media", "curate-version", "curate-edit"):
        page = client.get(page_of(draft, name)).content.decode()
        assert f'src="/tep/{picture.digest}" alt="{escape(ALT)}" width="64" height="48"' in page, name
        assert f'<audio class="media__sound" src="/tep/{sound.digest}" controls' in page, name
        assert "dap-an" not in page, name
    assert client.get(f"/tep/{picture.digest}").content == picture.content

    assert send(client, draft, action="remove").url == page_of(draft)
    assert send(client, draft, "sound", action="remove").url == page_of(draft)
    assert not Media.objects.exists()
    assert 'class="media"' not in client.get(page_of(draft, "curate-version")).content.decode()


def test_the_text_alone_is_changed_and_the_file_stays(client, draft, writer):
    send(client, draft, data=PNG)
    before = Media.objects.get()

    assert send(client, draft, alt="Một lá cờ").url == page_of(draft)

    after = Media.objects.get()
    assert (after.digest, after.alt) == (before.digest, "Một lá cờ")
    assert client.get(page_of(draft)).context["parts"][0]["form"]["alt"].value() == "Một lá cờ"


def test_another_file_takes_the_place(client, draft, writer):
    send(client, draft, data=PNG)
    send(client, draft, data=files.photo())

    assert Media.objects.get().content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("picture", {}, "Xin chọn tệp."),
        ("picture", {"data": PNG, "alt": " "}, "Xin ghi lời thay thế"),
        ("picture", {"data": PNG, "alt": "x" * 501}, "Lời thay thế dài quá 500 ký tự."),
        ("picture", {"data": b""}, "Tệp không có nội dung."),
        ("picture", {"data": b"<svg onload='x()'/>"}, "Chỉ nhận hình PNG, JPEG hoặc WebP."),
        ("picture", {"data": bytes(12_000_001)}, "Tệp lớn quá 12 MB."),
        ("sound", {"data": PNG}, "Chỉ nhận âm thanh MP3"),
        ("sound", {"data": files.wav(cut=2)}, "Tệp âm thanh bị hỏng"),
    ],
    ids=files.short,
)
def test_what_is_refused_is_said_at_its_field_and_the_text_is_kept(
    client, draft, writer, kind, fields, words
):
    reply = send(client, draft, kind, **fields)

    assert reply.status_code == 422
    assert words in reply.content.decode()
    form = next(part["form"] for part in reply.context["parts"] if part["form"].kind == kind)
    assert form["alt"].value() == fields.get("alt", ALT)
    assert len(form.errors) == 1
    assert not Media.objects.exists()


def test_an_unknown_kind_is_malformed(client, draft, writer):
    assert send(client, draft, "video", data=PNG).status_code == 400


def test_a_new_version_shows_the_same_and_the_approved_one_opens_no_page(client, draft, writer):
    send(client, draft, data=PNG)
    approver = builders.user(can_approve_questions=True)
    draft.refresh_from_db()
    review.submit(draft, actor=writer, now=builders.at(0))
    review.approve(draft, actor=approver, now=builders.at(1))

    assert client.get(page_of(draft)).status_code == 409
    assert send(client, draft, action="remove").status_code == 409
    client.post(page_of(draft, "curate-revise"))

    second = draft.question.versions.get(number=2)
    assert media_queries.of_version(second.pk) == media_queries.of_version(draft.pk) != ()


def test_a_version_begun_from_an_older_one_shows_the_older_ones_picture(client, draft, writer):
    send(client, draft, data=PNG)
    draft.refresh_from_db()
    picture = draft.media.get()
    later = QuestionVersion.objects.get(pk=draft.pk)
    later.pk, later.number, later.state = None, 2, "retired"
    later.save()
    QuestionVersion.objects.filter(pk=draft.pk).update(state="retired")

    client.post(page_of(draft, "curate-revise"))

    third = draft.question.versions.get(number=3)
    assert [row.digest for row in third.media.all()] == [picture.digest]


def test_saving_the_words_of_a_question_keeps_its_picture(client, draft, writer):
    send(client, draft, data=PNG)
    draft.refresh_from_db()
    form = client.get(page_of(draft, "curate-edit")).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in typed.items() if value not in {None, False}}

    assert client.post(page_of(draft, "curate-edit"), typed | {"action": "save"}).status_code == 302

    before = draft.content_hash
    draft.refresh_from_db()
    assert draft.content_hash == before
    assert draft.media.count() == 1


def test_others_are_kept_out(client, draft):
    assert client.get(page_of(draft)).status_code == 302
    client.force_login(builders.user())
    assert client.get(page_of(draft)).status_code == 403
    client.force_login(builders.user(can_approve_questions=True))
    assert send(client, draft, data=PNG).status_code == 409
    assert not Media.objects.exists()
