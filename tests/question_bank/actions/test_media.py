"""A draft's picture and sound: put in, replaced, taken out; what a hash covers; what may never change."""

import hashlib
from datetime import UTC, datetime

import pytest

from contest.models import User
from question_bank.actions import media, outline, questions, review
from question_bank.errors import Refusal
from question_bank.models import Media, Topic
from question_bank.queries import media as media_queries
from question_bank.queries import pool
from question_bank.queries.media import MediaRef
from question_bank.rules.media import MediaKind
from tests.question_bank.formats import files

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
PNG, WAV = files.saved(files.drawn(), "PNG"), files.wav()
# Of the content below, reckoned before there were media.
FORMER_HASH = "88035a782b76b6798e27bac0109bd33c01c401410cf8a557e0b6595ff8de7bc3"


@pytest.fixture
def writer():
    return User.objects.create(username="writer", can_write_questions=True)


@pytest.fixture
def approver():
    return User.objects.create(username="approver", can_approve_questions=True)


def content(**changes):
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
def draft(writer):
    outline.load_shipped(now=NOW)
    topic = Topic.objects.get(key="II.1.3")
    return questions.create_question(code="Q-1", topic=topic, content=content(), author=writer, now=NOW)


def picture(draft, actor, *, data=PNG, alt="Một lá cờ nửa đỏ"):
    return media.attach(draft, kind=MediaKind.PICTURE, data=data, alt=alt, actor=actor)


def sound(draft, actor, *, data=WAV, alt="Một tiếng còi"):
    return media.attach(draft, kind=MediaKind.SOUND, data=data, alt=alt, actor=actor)


def hash_of(version):
    version.refresh_from_db()
    return version.content_hash


def refused(deed):
    with pytest.raises(Refusal) as caught:
        deed()
    return caught.value


def test_a_draft_gets_a_picture_and_a_sound(draft, writer):
    made = picture(draft, writer, alt="  Một lá cờ\r\nnửa đỏ ")
    sound(draft, writer)

    assert (made.content_type, made.width, made.height) == ("image/png", 64, 48)
    assert made.digest == hashlib.sha256(made.content).hexdigest()
    kept = media_queries.find(made.digest)
    assert (kept.content, kept.content_type) == (made.content, "image/png")
    heard = Media.objects.get(kind="sound")
    assert media_queries.of_version(draft.pk) == (
        MediaRef("picture", f"/tep/{made.digest}", "Một lá cờ\nnửa đỏ", len(made.content), 64, 48),
        MediaRef("sound", f"/tep/{heard.digest}", "Một tiếng còi", len(WAV)),
    )


def test_what_is_public_of_them():
    shown = MediaRef("picture", "/tep/x", "Cờ", 9, 64, 48).to_json()
    heard = MediaRef("sound", "/tep/y", "Còi", 8).to_json()

    assert shown == {"kind": "picture", "url": "/tep/x", "alt": "Cờ", "size": 9, "width": 64, "height": 48}
    assert heard == {"kind": "sound", "url": "/tep/y", "alt": "Còi", "size": 8}


def test_another_file_replaces_the_former(draft, writer):
    former = picture(draft, writer)
    picture(draft, writer, data=files.photo(), alt="Hình khác")

    assert [row.content_type for row in draft.media.all()] == ["image/jpeg"]
    assert media_queries.find(former.digest) is None


def test_the_hash_covers_file_and_text_and_is_as_before_without_any(draft, writer):
    seen = [hash_of(draft)]
    assert seen[0] == FORMER_HASH

    picture(draft, writer)
    seen.append(hash_of(draft))
    media.describe(draft, kind=MediaKind.PICTURE, alt="Lá cờ", actor=writer)
    seen.append(hash_of(draft))
    sound(draft, writer)
    seen.append(hash_of(draft))
    picture(draft, writer, data=files.photo(), alt="Lá cờ")
    seen.append(hash_of(draft))
    assert len(set(seen)) == 5

    questions.edit_draft(draft, content=content(), actor=writer)
    assert hash_of(draft) == seen[-1]
    for kind in MediaKind:
        media.detach(draft, kind=kind, actor=writer)
    assert hash_of(draft) == seen[0]
    assert not Media.objects.exists()


def test_a_new_version_begins_with_a_copy_and_leaves_the_former_as_it_was(draft, writer, approver):
    made, heard = picture(draft, writer), sound(draft, writer)
    review.submit(draft, actor=writer, now=NOW)
    review.approve(draft, actor=approver, now=NOW)
    before = hash_of(draft)

    second = questions.revise_question(
        draft.question, content=review.content_of(draft), author=writer, now=NOW
    )

    assert second.content_hash == before
    assert media_queries.of_version(second.pk) == media_queries.of_version(draft.pk)
    media.detach(second, kind=MediaKind.PICTURE, actor=writer)
    media.describe(second, kind=MediaKind.SOUND, alt="Tiếng khác", actor=writer)
    assert [ref.alt for ref in media_queries.of_version(draft.pk)] == ["Một lá cờ nửa đỏ", "Một tiếng còi"]
    assert hash_of(draft) == before
    assert media_queries.find(made.digest) is not None
    assert media_queries.find(heard.digest) is not None


def test_a_version_begun_from_an_older_one_takes_the_older_ones_files(draft, writer, approver):
    picture(draft, writer)
    review.submit(draft, actor=writer, now=NOW)
    review.approve(draft, actor=approver, now=NOW)
    second = questions.revise_question(draft.question, content=content(), author=writer, now=NOW)
    media.detach(second, kind=MediaKind.PICTURE, actor=writer)
    review.submit(second, actor=writer, now=NOW)
    review.approve(second, actor=approver, now=NOW)

    third = questions.revise_question(draft.question, content=content(), author=writer, now=NOW, base=draft)

    assert len(media_queries.of_version(third.pk)) == 1
    assert media_queries.of_version(second.pk) == ()


@pytest.mark.parametrize("step", ["in_review", "approved"])
def test_what_left_the_draft_is_immutable(draft, writer, approver, step):
    picture(draft, writer)
    review.submit(draft, actor=writer, now=NOW)
    if step == "approved":
        review.approve(draft, actor=approver, now=NOW)
    before = media_queries.of_version(draft.pk)

    for deed in (
        lambda: picture(draft, writer, data=files.photo()),
        lambda: sound(draft, writer),
        lambda: media.describe(draft, kind=MediaKind.PICTURE, alt="Khác", actor=writer),
        lambda: media.detach(draft, kind=MediaKind.PICTURE, actor=writer),
    ):
        assert refused(deed).code == "version-immutable"
    assert media_queries.of_version(draft.pk) == before


def test_only_the_author_touches_them(draft, writer, approver):
    picture(draft, writer)

    assert refused(lambda: picture(draft, approver, data=files.photo())).code == "not-the-author"
    assert (
        refused(lambda: media.detach(draft, kind=MediaKind.PICTURE, actor=approver)).code == "not-the-author"
    )


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda draft, who: picture(draft, who, alt=" \n "), "alt-missing"),
        (lambda draft, who: picture(draft, who, alt="x" * 501), "alt-too-long"),
        (lambda draft, who: sound(draft, who, alt="x" * 2001), "alt-too-long"),
        (lambda draft, who: picture(draft, who, data=WAV), "picture-unknown"),
        (lambda draft, who: sound(draft, who, data=PNG), "sound-unknown"),
        (
            lambda draft, who: media.describe(draft, kind=MediaKind.SOUND, alt="Còi", actor=who),
            "media-missing",
        ),
    ],
)
def test_what_is_refused_changes_nothing(draft, writer, deed, code):
    before = hash_of(draft)

    assert refused(lambda: deed(draft, writer)).code == code
    assert hash_of(draft) == before
    assert not Media.objects.exists()


def test_the_pool_gives_them_with_the_question_and_never_the_bytes(draft, writer, django_assert_num_queries):
    other = questions.create_question(
        code="Q-2", topic=draft.question.topic, content=content(), author=writer, now=NOW
    )
    made = picture(draft, writer)

    with django_assert_num_queries(2) as caught:
        found = pool.contents([draft.pk, other.pk])

    assert [ref.url for ref in found[draft.pk].media] == [f"/tep/{made.digest}"]
    assert found[other.pk].media == ()
    assert not any('"content"' in row["sql"] for row in caught.captured_queries)
